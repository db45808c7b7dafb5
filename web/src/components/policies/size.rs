use organization::{PolicyUse, Scenario, TreeIndex};
use policy::{Kind, Size};
use yew::prelude::*;

/// How many nodes are listed with their slots.
const MOST_NODES: usize = 30;

/// The size of a policy against its quota, short: a number and a bar.
pub(super) fn size_meter(size: Size) -> Html {
    let counted = counted(size);
    let Some(quota) = size.quota else {
        return html! { <span class="policy-size">{ texts::policies_size_characters(&grouped(counted)) }</span> };
    };
    let percent = (counted * 100)
        .checked_div(quota)
        .unwrap_or(0)
        .clamp(1, 100);
    let over = counted > quota;
    html! {
        <span class={classes!("policy-size", over.then_some("over"))}>
            <span>
                { texts::common_of(&grouped(counted), &grouped(quota)) }
                if over {
                    { texts::policies_size_too_long() }
                }
            </span>
            <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect width={percent.to_string()} height="4" fill="currentColor" />
            </svg>
        </span>
    }
}

/// What counts against the quota.
fn counted(size: Size) -> usize {
    if size.counts_whitespace {
        size.typed
    } else {
        size.minified
    }
}

/// All that is to say of the size, and the slots that are used where the policy is attached.
pub(super) fn size_list(
    size: Size,
    scenario: &Scenario,
    index: Option<&TreeIndex>,
    uses: &[PolicyUse],
    kind: Option<Kind>,
) -> Html {
    let counts = match size.quota {
        None => texts::policies_size_aws_one_quota(),
        Some(_) if size.counts_whitespace => texts::policies_size_white_space_counts(),
        Some(_) => texts::policies_size_white_space_does(),
    };
    html! {
        <>
            <dl class="sizes">
                <dt>{ texts::policies_size_as_typed() }</dt><dd>{ grouped(size.typed) }</dd>
                <dt>{ texts::policies_size_minified() }</dt><dd>{ grouped(size.minified) }</dd>
                if let Some(quota) = size.quota {
                    <dt>{ texts::policies_size_quota() }</dt><dd>{ grouped(quota) }</dd>
                    <dt>{ texts::policies_size_left() }</dt><dd>{ grouped(quota.saturating_sub(counted(size))) }</dd>
                }
            </dl>
            <p class="none">{ counts }</p>
            if let Some((kind, index)) = kind.zip(index) {
                { slots(scenario, index, uses, kind) }
            }
        </>
    }
}

/// The slots that are used at each node that the policy is attached to.
fn slots(scenario: &Scenario, index: &TreeIndex, uses: &[PolicyUse], kind: Kind) -> Html {
    let Some(organization) = scenario.organization.as_ref() else {
        return Html::default();
    };
    let most = scenario.settings.most_attached(kind);
    let nodes = uses.iter().filter_map(|place| match place {
        PolicyUse::Node(id) => index.node(id.as_str()),
        _ => None,
    });
    let used = nodes.clone().take(MOST_NODES).map(|node| {
        let attached = organization.effective_attachments(node.attachments());
        let same = attached.iter().filter(|id| {
            let policy = scenario.policy(id.as_str());
            policy.and_then(|policy| policy.kind()) == Some(kind)
        });
        (node.name().to_owned(), same.count())
    });
    let used: Vec<(String, usize)> = used.collect();
    let more = nodes.count().saturating_sub(MOST_NODES);
    if used.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h3>{ texts::policies_size_slots_used_where() }</h3>
            <dl class="sizes">
                for (name, count) in used {
                    <dt>{ name }</dt>
                    <dd class={(count > most).then_some("over")}>{ texts::common_of(&count, &most) }</dd>
                }
            </dl>
            if more > 0 {
                <p class="none">{ texts::policies_size_and_more_nodes(&more) }</p>
            }
        </>
    }
}

/// 10240 as "10,240".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push_str(texts::common_thousands());
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(612), "612");
        assert_eq!(grouped(10_240), "10,240");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}

use policy::Size;
use yew::prelude::*;

/// The size of a policy against its quota: a number, a bar, and both counts as a title.
pub(super) fn size_meter(size: Size) -> Html {
    let counted = if size.counts_whitespace {
        size.typed
    } else {
        size.minified
    };
    let typed = format!(
        "{} characters as typed, {} without white space",
        grouped(size.typed),
        grouped(size.minified)
    );
    let Some(quota) = size.quota else {
        return html! {
            <span class="policy-size" title={typed}>{ format!("{} characters", grouped(counted)) }</span>
        };
    };
    let percent = (counted * 100)
        .checked_div(quota)
        .unwrap_or(0)
        .clamp(1, 100);
    let over = counted > quota;
    html! {
        <span class={classes!("policy-size", over.then_some("over"))} title={typed}>
            <span>
                { format!("{} of {}", grouped(counted), grouped(quota)) }
                if over {
                    { ": too long" }
                }
            </span>
            <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect width={percent.to_string()} height="4" fill="currentColor" />
            </svg>
        </span>
    }
}

/// 10240 as "10,240".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
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

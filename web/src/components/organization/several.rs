//! Several nodes at once, under the tree: what they have, and what can be done with all of them.

use organization::{NodeId, NodeRef, Organization, Scenario, TreeIndex};
use web_sys::Element;
use yew::prelude::*;

use super::attach::attached_to;
use super::parts::{Item, part};
use super::sheets::close;
use crate::context::Dispatch;
use crate::state::{Action, Dialog, TreeAction};

/// The part under the tree while several nodes are selected.
pub(super) fn several(
    scenario: &Scenario,
    organization: &Organization,
    index: &TreeIndex,
    nodes: &[NodeId],
    pick: &Callback<Element>,
    dispatch: &Dispatch,
) -> Html {
    let count = nodes.len();
    let attached = attached_to(scenario, organization, index, nodes);
    let items = attached.into_iter().map(|(policy, name, on)| Item {
        remark: match on {
            on if on == count => "on all of them".to_owned(),
            on => format!("on {on} of {count}"),
        },
        opened: Action::PolicySelected(policy.clone()),
        removed: Some((
            format!("Detach {name} from {on} nodes"),
            Action::Tree(TreeAction::Detached {
                nodes: nodes.to_vec(),
                policy,
            }),
        )),
        name,
    });
    let picked = pick.reform(|event: MouseEvent| {
        let target = event.target_dyn_into::<Element>();
        target.unwrap_or_else(|| event.target_unchecked_into())
    });
    let addition = html! {
        <button type="button" class="button" aria-haspopup="dialog" onclick={picked}>{ "Attach or detach" }</button>
    };
    let one = nodes.first().cloned().map(Dialog::Move);
    html! {
        <section class="details" aria-labelledby="details-head">
            <div class="details-head">
                <h3 id="details-head" tabindex="-1">{ format!("{count} selected") }</h3>
                { close(Action::NodeSelected(None), dispatch) }
            </div>
            <p class="details-path">{ words(index, nodes) }</p>
            <div class="details-actions">
                if let Some(dialog) = one {
                    { plain("Move to…", Action::DialogOpened(dialog), dispatch) }
                }
                { plain("Delete", Action::Tree(TreeAction::Deleted(nodes.to_vec())), dispatch) }
            </div>
            { part(
                "Policies attached", "", addition, items.collect(), "No policy is attached to any of them.",
                dispatch,
            ) }
        </section>
    }
}

fn plain(words: &'static str, done: Action, dispatch: &Dispatch) -> Html {
    let onclick = dispatch.reform(move |_: MouseEvent| done.clone());
    html! { <button type="button" class="button outlined" {onclick}>{ words }</button> }
}

/// "2 OUs, 3 accounts".
fn words(index: &TreeIndex, nodes: &[NodeId]) -> String {
    let (mut ous, mut accounts, mut root) = (0, 0, false);
    for node in nodes {
        match index.node(node.as_str()) {
            Some(NodeRef::Ou(_)) => ous += 1,
            Some(NodeRef::Account(_)) => accounts += 1,
            Some(NodeRef::Root(_)) => root = true,
            None => {}
        }
    }
    let mut words = Vec::new();
    if root {
        words.push("the root".to_owned());
    }
    for (count, one, many) in [(ous, "OU", "OUs"), (accounts, "account", "accounts")] {
        match count {
            0 => {}
            1 => words.push(format!("1 {one}")),
            _ => words.push(format!("{count} {many}")),
        }
    }
    words.join(", ")
}

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
            on if on == count => texts::organization_several_on_all_of_them().to_owned(),
            on => texts::organization_several_on_of(&on, &count),
        },
        opened: Action::PolicySelected(policy.clone()),
        removed: Some((
            texts::organization_several_detach_from_nodes(&name, &on),
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
        <button type="button" class="button" aria-haspopup="dialog" onclick={picked}>{ texts::organization_several_attach_or_detach() }</button>
    };
    let one = nodes.first().cloned().map(Dialog::Move);
    html! {
        <section class="details" aria-labelledby="details-head">
            <div class="details-head">
                <h3 id="details-head" tabindex="-1">{ texts::common_selected(&count) }</h3>
                { close(Action::NodeSelected(None), dispatch) }
            </div>
            <p class="details-path">{ words(index, nodes) }</p>
            <div class="details-actions">
                if let Some(dialog) = one {
                    { plain(texts::common_move_to(), Action::DialogOpened(dialog), dispatch) }
                }
                { plain(texts::common_delete(), Action::Tree(TreeAction::Deleted(nodes.to_vec())), dispatch) }
            </div>
            { part(
                texts::organization_several_policies_attached(), "", addition, items.collect(), texts::organization_several_policy_attached_any(),
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
        words.push(texts::common_the_root().to_owned());
    }
    if ous > 0 {
        words.push(texts::organization_several_ous(ous));
    }
    if accounts > 0 {
        words.push(texts::scenarios_accounts(accounts));
    }
    words.join(", ")
}

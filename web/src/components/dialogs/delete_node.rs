//! Deleting an OU that is not empty.

use organization::{Contents, Edit, NodeId};
use yew::prelude::*;

use super::modal::Modal;
use crate::context::{use_dispatch, use_model};
use crate::state::Action;

/// Properties of [`DeleteNode`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct DeleteNodeProps {
    /// The OU.
    pub node: NodeId,
}

/// Asks before an OU is deleted with everything in it.
#[component]
pub(super) fn DeleteNode(props: &DeleteNodeProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let index = model
        .scenario
        .organization
        .as_ref()
        .map(organization::Organization::index);
    let name = index
        .as_ref()
        .and_then(|index| index.node(props.node.as_str()))
        .map(|node| node.name().to_owned())
        .unwrap_or_default();
    let ondelete = {
        let (ou, dispatch) = (props.node.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.emit(Action::DialogClosed);
            dispatch.emit(Action::Edited(Edit::DeleteOu {
                ou: ou.clone(),
                contents: Contents::Delete,
            }));
        })
    };
    html! {
        <Modal title={format!("Delete {name}?")}>
            <p>
                { "The OUs and accounts in it are deleted too, with their users, groups and roles. \
                   AWS itself deletes only empty OUs. Undo brings everything back." }
            </p>
            <div class="dialog-actions">
                <button type="button" class="button primary" onclick={ondelete}>{ "Delete" }</button>
                <button
                    type="button" class="button outlined"
                    onclick={dispatch.reform(|_: MouseEvent| Action::DialogClosed)}
                >
                    { "Cancel" }
                </button>
            </div>
        </Modal>
    }
}

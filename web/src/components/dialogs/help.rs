//! Keys, and how the page works.

use yew::prelude::*;

use super::modal::Modal;

/// The keys with what they do.
const KEYS: [(&str, &str); 9] = [
    ("Ctrl or ⌘ Z", "Undo, outside text fields"),
    ("Shift Ctrl or ⌘ Z, Ctrl Y", "Redo"),
    ("↑ ↓ Home End", "Move in the tree"),
    (
        "→ ←",
        "Open or close a node, or move to its child or parent",
    ),
    ("A letter", "Move to the next node with that name"),
    ("F2", "Rename the node"),
    ("Delete", "Delete the node"),
    ("Shift F10", "Commands of the node"),
    ("Esc", "Close a menu or a dialog, leave a field unchanged"),
];

/// The help.
#[component]
pub(super) fn Help() -> Html {
    html! {
        <Modal title="How this page works">
            <p>
                { "Build an organization, attach policies, describe requests. The verdict of each \
                   request and its reasons follow at once, as AWS documents them. Everything \
                   happens in this page: nothing is sent anywhere." }
            </p>
            <table class="dialog-keys">
                <caption class="visually-hidden">{ "Keys" }</caption>
                <tbody>
                    for (keys, what) in KEYS {
                        <tr><th scope="row">{ keys }</th><td>{ what }</td></tr>
                    }
                </tbody>
            </table>
        </Modal>
    }
}

//! How the page works, and its keys.

use yew::prelude::*;

use super::modal::Modal;
use crate::effects::keys_in_words;
use crate::state::commands::{COMMANDS, OTHER_KEYS};

/// The help.
#[component]
pub(super) fn Help() -> Html {
    let commands = COMMANDS.iter().filter(|command| !command.keys.is_empty());
    let commands: Vec<(String, &str)> = commands
        .map(|command| (keys_in_words(&command.keys.join(", ")), command.name))
        .collect();
    html! {
        <Modal title="How this page works">
            <ol class="dialog-steps">
                <li>{ "Build an organization: OUs and accounts below the root." }</li>
                <li>{ "Attach policies to it. An SCP limits every account below the place where it is attached." }</li>
                <li>{ "Describe requests: who calls what, on what, from where." }</li>
            </ol>
            <p>
                { "The verdict of each request and its reasons follow at once, as AWS documents \
                   them. Everything happens in this page: nothing is sent anywhere." }
            </p>
            <div class="dialog-keys">
                { keys("Commands", &commands) }
                for (group, lines) in OTHER_KEYS {
                    { keys(group, &lines.iter().map(|(keys, what)| ((*keys).to_owned(), *what)).collect::<Vec<_>>()) }
                }
            </div>
            <p class="muted small">
                { "Keys without Ctrl or ⌘, such as ?, can be switched off in the page settings." }
            </p>
        </Modal>
    }
}

fn keys(group: &str, lines: &[(String, &str)]) -> Html {
    html! {
        <table>
            <caption>{ group }</caption>
            <tbody>
                for (keys, what) in lines {
                    <tr><th scope="row"><kbd>{ keys }</kbd></th><td>{ *what }</td></tr>
                }
            </tbody>
        </table>
    }
}

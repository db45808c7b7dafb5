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
        .map(|command| {
            (
                keys_in_words(&command.keys.join(", ")),
                texts::get(command.name),
            )
        })
        .collect();
    html! {
        <Modal title={texts::common_how_this_page_works()}>
            <ol class="dialog-steps">
                <li>{ texts::help_build_organization_ous() }</li>
                <li>{ texts::help_attach_policies_scp() }</li>
                <li>{ texts::help_describe_requests_who() }</li>
            </ol>
            <p>
                { texts::help_verdict_each_request() }
            </p>
            <div class="dialog-keys">
                { keys(texts::help_commands(), &commands) }
                for (group, lines) in OTHER_KEYS {
                    { keys(texts::get(*group), &lines.iter().map(|(keys, what)| (keys_in_words(keys), texts::get(*what))).collect::<Vec<_>>()) }
                }
            </div>
            <p class="muted small">
                { texts::help_keys_without_ctrl() }
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

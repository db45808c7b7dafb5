//! The empty page: how to begin.

use yew::prelude::*;

use crate::context::{use_dispatch, use_model};
use crate::state::{Action, Dialog};

/// The invitation to begin.
#[component]
pub fn Start() -> Html {
    let dispatch = use_dispatch();
    let standalone = !use_model().is_empty();
    html! {
        <div class="empty start">
            if standalone {
                <p>{ "This scenario has no organization, so no SCP affects its requests." }</p>
            } else {
                <>
                    <h3>{ "Build an organization" }</h3>
                    <p>
                        { "Start with a root and its management account. Add OUs and accounts, \
                           attach SCPs, and see for each request whether AWS would allow it, and why." }
                    </p>
                </>
            }
            <button
                type="button" class="button primary"
                onclick={dispatch.reform(|_: MouseEvent| Action::OrganizationStarted)}
            >
                { "Start an organization" }
            </button>
            <button
                type="button" class="button outlined"
                onclick={dispatch.reform(|_: MouseEvent| Action::DialogOpened(Dialog::Examples))}
            >
                { "Open an example" }
            </button>
        </div>
    }
}

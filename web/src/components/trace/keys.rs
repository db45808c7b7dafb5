use playground::KeyView;
use yew::prelude::*;

use super::others::use_fold;
use crate::components::ui::{breakable, phrase};

/// What [`KeysFold`] draws.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct KeysFoldProps {
    /// The context keys of the request.
    pub(super) keys: Vec<KeyView>,
}

/// The context keys of the request, folded: value and origin of each.
#[component]
pub(super) fn KeysFold(props: &KeysFoldProps) -> Html {
    let (details, open, ontoggle) = use_fold();
    html! {
        <details class="fold" ref={details} {ontoggle}>
            <summary>{ format!("Context keys of the request ({})", props.keys.len()) }</summary>
            if open {
                <table class="keys">
                    <thead class="visually-hidden">
                        <tr>
                            <th scope="col">{ "Key" }</th><th scope="col">{ "Value" }</th>
                            <th scope="col">{ "Origin" }</th>
                        </tr>
                    </thead>
                    <tbody>
                        for key in &props.keys {
                            <tr>
                                <th scope="row"><code>{ breakable(&key.name) }</code></th>
                                <td>{ phrase(&key.value) }</td>
                                <td>{ &key.origin }</td>
                            </tr>
                        }
                    </tbody>
                </table>
            }
        </details>
    }
}

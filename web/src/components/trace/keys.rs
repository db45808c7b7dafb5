use playground::TraceView;
use yew::prelude::*;

use super::fold::Fold;
use crate::components::requests::{Same, short_arn};
use crate::components::ui::{breakable, phrase};

/// The context keys of the request, folded: value and origin of each.
pub(super) fn keys_fold(trace: &Same<TraceView>) -> Html {
    if trace.keys.is_empty() {
        return Html::default();
    }
    let title = texts::trace_keys_context_keys_request(&trace.keys.len());
    let trace = trace.clone();
    let body = Callback::from(move |()| {
        html! {
            <table class="keys">
                <thead class="visually-hidden">
                    <tr>
                        <th scope="col">{ texts::common_key() }</th><th scope="col">{ texts::common_value() }</th>
                        <th scope="col">{ texts::trace_keys_origin() }</th>
                    </tr>
                </thead>
                <tbody>
                    for key in &trace.keys {
                        <tr>
                            <th scope="row"><code>{ breakable(&key.name) }</code></th>
                            <td>{ phrase(&key.value) }</td>
                            <td>
                                { &key.origin }
                                if let Some(one) = key.resource.and_then(|at| trace.resources.get(at)) {
                                    <code class="key-resource" title={one.arn.clone()}>{ breakable(short_arn(&one.arn)) }</code>
                                }
                            </td>
                        </tr>
                    }
                </tbody>
            </table>
        }
    });
    html! { <Fold {title} {body} /> }
}

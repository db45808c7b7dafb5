use yew::prelude::*;

use crate::components::ui::breakable;

/// A message in which the words of a policy stand in backticks.
pub(crate) fn with_code(message: &str) -> Html {
    message
        .split('`')
        .enumerate()
        .map(|(at, piece)| {
            if at % 2 == 1 {
                html! { <code>{ breakable(piece) }</code> }
            } else {
                html! { { piece } }
            }
        })
        .collect()
}

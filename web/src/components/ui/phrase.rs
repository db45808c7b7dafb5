//! Sentences made of pieces.

use playground::Inline;
use yew::prelude::*;

use super::breakable;

/// A sentence, its pieces marked as what they are.
pub fn phrase(pieces: &[Inline]) -> Html {
    pieces
        .iter()
        .map(|piece| match piece {
            Inline::Text(text) => html! { { text } },
            Inline::Strong(text) => html! { <strong>{ text }</strong> },
            Inline::Code(text) => html! { <code>{ breakable(text) }</code> },
            Inline::Mark(text) => html! { <code class="marked">{ breakable(text) }</code> },
        })
        .collect()
}

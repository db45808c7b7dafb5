//! The Markdown of lessons as nodes: what is no mark stays text.

use playground::lesson::{Block, Span, blocks};
use yew::prelude::*;

use crate::components::ui::breakable;

/// A text in paragraphs, lists and code.
pub(super) fn text(markdown: &str) -> Html {
    blocks(markdown).iter().map(block).collect()
}

fn block(block: &Block) -> Html {
    match block {
        Block::Paragraph(spans) => html! { <p>{ for spans.iter().map(span) }</p> },
        Block::List { numbered, items } => {
            let items = items
                .iter()
                .map(|item| html! { <li>{ for item.iter().map(span) }</li> });
            match numbered {
                true => html! { <ol>{ for items }</ol> },
                false => html! { <ul>{ for items }</ul> },
            }
        }
        // It scrolls by itself where a line is long, so the keyboard must come to it.
        Block::Code(code) => html! { <pre tabindex="0"><code>{ code }</code></pre> },
    }
}

fn span(span: &Span) -> Html {
    match span {
        Span::Text(text) => html! { { text } },
        Span::Emphasis(text) => html! { <em>{ text }</em> },
        Span::Strong(text) => html! { <strong>{ text }</strong> },
        Span::Code(text) => html! { <code>{ breakable(text) }</code> },
        Span::Link { text, url } => html! {
            <a href={url.clone()} target="_blank" rel="noopener noreferrer">{ text }</a>
        },
    }
}

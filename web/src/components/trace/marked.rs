//! Texts in which the parts that differ are marked.

use std::ops::Range;

use yew::prelude::*;

use crate::components::ui::breakable;

/// A text as code, with the parts that differ from the other side marked; with a class
/// where the whole stands out.
pub(super) fn marked(text: &str, differs: &[Range<usize>], class: Option<&'static str>) -> Html {
    let mut pieces = Vec::new();
    let mut done = 0;
    for part in differs {
        let (Some(before), Some(other)) = (text.get(done..part.start), text.get(part.clone()))
        else {
            continue;
        };
        pieces.push(breakable(before));
        pieces.push(html! { <mark>{ breakable(other) }</mark> });
        done = part.end;
    }
    pieces.push(breakable(text.get(done..).unwrap_or_default()));
    html! { <code {class}>{ for pieces }</code> }
}

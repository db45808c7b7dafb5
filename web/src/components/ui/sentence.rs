//! Messages of the other crates as sentences.

use yew::prelude::*;

use super::breakable;

/// A message as a sentence: with a capital and a period, and what stands in backticks as code.
pub fn sentence(text: &str) -> Html {
    with_code(&capitalized(text))
}

/// A message in which what stands in backticks is code.
pub fn with_code(message: &str) -> Html {
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

fn capitalized(text: &str) -> String {
    let mut letters = text.trim().chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let mut sentence: String = [first.to_ascii_uppercase()]
        .into_iter()
        .chain(letters)
        .collect();
    if !sentence.ends_with(['.', '?', '!']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::capitalized;

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(capitalized("the link is cut"), "The link is cut.");
        assert_eq!(capitalized("Deleted Dev."), "Deleted Dev.");
        assert_eq!(capitalized(""), "");
    }
}

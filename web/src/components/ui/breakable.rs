//! Long names that may break where a reader would break them.

use yew::prelude::*;

/// An ARN, action, key or value that may break after `:`, `/` and `_` and before the capitals
/// inside a word; elsewhere only where a line is too narrow for anything else (class `breakable`).
pub fn breakable(text: &str) -> Html {
    let pieces = pieces(text);
    let last = pieces.len().saturating_sub(1);
    html! {
        <span class="breakable">
            for (at, piece) in pieces.into_iter().enumerate() {
                { piece }
                if at < last {
                    <wbr />
                }
            }
        </span>
    }
}

fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut before = ' ';
    for letter in text.chars() {
        let hump = before.is_lowercase() && letter.is_uppercase();
        let joint = matches!(before, ':' | '/' | '_') && letter != before;
        if hump || joint {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(letter);
        }
        before = letter;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn breaks_stand_where_a_reader_would_put_them() {
        assert_eq!(
            pieces("arn:aws:s3:::logs/app_1"),
            ["arn:", "aws:", "s3:::", "logs/", "app_", "1"]
        );
        assert_eq!(
            pieces("aws:RequestedRegion"),
            ["aws:", "Requested", "Region"]
        );
        assert_eq!(pieces(""), [""]);
    }
}

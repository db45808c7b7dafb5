//! Markdown as pull requests show it.

/// A table. Its cells are finished Markdown.
pub(crate) fn table(heading: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = format!("| {} |\n", heading.join(" | "));
    out.push_str(&format!("|{}\n", " --- |".repeat(heading.len())));
    for row in rows {
        out.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    out
}

/// Plain words that stay what they are: nothing in them becomes a link, a tag or a new cell.
pub(crate) fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '-' | '!'
            | '|' | '~' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Code in a cell: a fence longer than any in the text, and no bare bar.
pub(crate) fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    let mut inner = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' => inner.push_str("\\|"),
            c if c.is_control() => inner.push(' '),
            c => inner.push(c),
        }
    }
    format!("{fence}{pad}{inner}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_cell() {
        assert_eq!(
            text("a|b\n<img src=x> [l](u) `c` \\"),
            "a\\|b &lt;img src=x&gt; \\[l\\]\\(u\\) \\`c\\` \\\\"
        );
        assert_eq!(code("a|b\nc"), "`a\\|b c`");
        assert_eq!(code("`x``"), "``` `x`` ```");
    }
}

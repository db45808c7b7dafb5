//! Small helpers for wording findings.

/// The longest excerpt of a user's text in a message, in characters.
const EXCERPT: usize = 60;

/// The user's own text in backticks, cut when it is long.
pub(crate) fn quote(text: &str) -> String {
    let mut excerpt: String = text
        .chars()
        .take(EXCERPT)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(EXCERPT).is_some() {
        excerpt.push('…');
    }
    format!("`{excerpt}`")
}

/// The end of a message that names what was probably meant, if anything.
pub(crate) fn did_you_mean(near: Option<&str>) -> String {
    near.map_or_else(String::new, |name| texts::finding_did_you_mean(&name))
}

/// The candidate that `word` was most likely meant to be: equal but for case, or few edits away.
pub(crate) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    if word.len() > 60 {
        return None;
    }
    let word = word.trim().to_lowercase();
    let allowed = (word.chars().count() / 4).clamp(1, 3);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= 2 * allowed)
        .map(|candidate| (distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(edits, candidate)| *edits <= allowed && *edits < candidate.len())
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// The number of characters to add, remove, replace or swap with a neighbour.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, from) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, to) in right.iter().enumerate() {
            let replaced = above[column] + usize::from(from != to);
            let mut best = replaced.min(above[column + 1] + 1).min(line[column] + 1);
            let swapped =
                row > 0 && column > 0 && left[row - 1] == *to && right[column - 1] == *from;
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            line.push(best);
        }
        before = above;
        above = line;
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_recognised() {
        let names = ["Action", "NotAction", "Resource", "Effect"];
        let near = |word| nearest(word, names);
        assert_eq!(near("action"), Some("Action"));
        assert_eq!(near("Actions"), Some("Action"));
        assert_eq!(near("Resouces"), Some("Resource"));
        assert_eq!(near("Efefct"), Some("Effect"));
        assert_eq!(near("notaction"), Some("NotAction"));
        assert_eq!(near("Colour"), None);
        assert_eq!(near(""), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), names), None);
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(quote("a\nb"), "`a b`");
        assert_eq!(quote(&"é".repeat(100)), format!("`{}…`", "é".repeat(60)));
    }
}

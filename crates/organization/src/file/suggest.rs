//! "Did you mean": the known word that is closest to one that is not known.

/// The closest of `known`, if it is close enough to be a slip of the fingers.
pub(crate) fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = word.chars().flat_map(char::to_lowercase).take(64).collect();
    let limit = (typed.len() / 3).clamp(1, 3);
    known
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(typed.len()) <= limit)
        .map(|candidate| (distance(&typed, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.len())
        .min()
        .map(|(_, candidate)| candidate)
}

/// Letters to add, drop, change or swap with a neighbour, upper and lower case being the same.
fn distance(typed: &[char], known: &str) -> usize {
    let known: Vec<char> = known.chars().flat_map(char::to_lowercase).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (i, a) in typed.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in known.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (get(&row, j) + usize::from(a != b))
                .min(get(&row, j + 1) + 1)
                .min(get(&next, j) + 1);
            let swapped =
                i > 0 && j > 0 && typed.get(i - 1) == Some(b) && known.get(j - 1) == Some(a);
            if swapped {
                cost = cost.min(get(&before, j - 1) + 1);
            }
            next.push(cost);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(typed.len())
}

//! Ids for what has none: the first free ones of a fixed sequence.

use std::collections::HashSet;

/// Account ids in the order in which they are given out: `111111111111` to `999999999999`, then
/// `100000000010` and upwards.
fn account_candidates() -> impl Iterator<Item = String> {
    (1..=9_u64)
        .map(|digit| digit * 111_111_111_111)
        .chain(100_000_000_010..1_000_000_000_000)
        .map(|number| number.to_string())
}

/// Account ids that are free, in order.
pub(crate) fn account_ids(taken: &HashSet<&str>) -> impl Iterator<Item = String> {
    account_candidates().filter(|id| !taken.contains(id.as_str()))
}

/// OU ids that are free, in order, below the root of this id (ORG-6).
pub(crate) fn ou_ids<'t>(
    root: &str,
    taken: &'t HashSet<&'t str>,
) -> impl Iterator<Item = String> + use<'t> {
    let suffix = root.strip_prefix("r-").unwrap_or("root").to_owned();
    (1..u64::MAX)
        .map(move |number| format!("ou-{suffix}-{number:08}"))
        .filter(|id| !taken.contains(id.as_str()))
}

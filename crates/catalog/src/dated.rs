use crate::date::Date;

/// A fact with the day from which it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated<T> {
    /// The first day.
    pub since: Date,
    /// The fact.
    pub value: T,
}

/// The newest entry that is not later than `as_of`, from entries in the order of their days.
pub(crate) fn newest<T>(entries: &'static [Dated<T>], as_of: Date) -> Option<&'static Dated<T>> {
    entries.iter().rev().find(|entry| entry.since <= as_of)
}

//! The index of the course. Its texts are files beside the page, `lessons/<id>.json`: nobody who
//! does not open a lesson has to load them.

/// A lesson of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id, as in `#lesson/<id>`.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// How long it takes, in minutes.
    pub minutes: usize,
    /// What it is about: one of [`TOPICS`].
    pub topic: &'static str,
}

/// The topics, in order, each with its title.
pub const TOPICS: &[(&str, &str)] = &[];

/// All lessons, in the order of the course.
pub const ALL: &[Entry] = &[];

/// The lesson with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Entry> {
    ALL.iter().find(|lesson| lesson.id == id)
}

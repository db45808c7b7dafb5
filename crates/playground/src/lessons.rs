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
pub const TOPICS: &[(&str, &str)] = &[
    ("responsibility", "Shared responsibility"),
    ("identities", "Users, groups and roles"),
    ("organizations", "Organizations and OUs"),
    ("guardrails", "Guardrails"),
    ("data", "Data and keys"),
    ("network", "Private access"),
    ("operations", "Rolling out"),
];

/// All lessons, in the order of the course.
pub const ALL: &[Entry] = &[
    Entry {
        id: "your-side",
        title: "Your side of the line",
        minutes: 6,
        topic: "responsibility",
    },
    Entry {
        id: "least-privilege",
        title: "Only what the work needs",
        minutes: 8,
        topic: "identities",
    },
    Entry {
        id: "not-the-root-user",
        title: "Leave the root user alone",
        minutes: 7,
        topic: "identities",
    },
    Entry {
        id: "mfa",
        title: "A second factor, really asked for",
        minutes: 6,
        topic: "identities",
    },
    Entry {
        id: "switch-roles",
        title: "Update the app",
        minutes: 9,
        topic: "identities",
    },
    Entry {
        id: "two-doors",
        title: "Two doors between accounts",
        minutes: 7,
        topic: "identities",
    },
    Entry {
        id: "federation",
        title: "People from elsewhere",
        minutes: 10,
        topic: "identities",
    },
    Entry {
        id: "design-ous",
        title: "Build the tree",
        minutes: 8,
        topic: "organizations",
    },
    Entry {
        id: "what-inherits",
        title: "A Deny comes down",
        minutes: 8,
        topic: "organizations",
    },
    Entry {
        id: "allow-lists",
        title: "Deny lists and allow lists",
        minutes: 9,
        topic: "organizations",
    },
    Entry {
        id: "nothing-works",
        title: "Nothing works any more",
        minutes: 6,
        topic: "organizations",
    },
    Entry {
        id: "management-exempt",
        title: "The account that no SCP reaches",
        minutes: 7,
        topic: "organizations",
    },
    Entry {
        id: "regions",
        title: "Stay in the Region",
        minutes: 9,
        topic: "guardrails",
    },
    Entry {
        id: "detectives",
        title: "Protect those who watch",
        minutes: 9,
        topic: "guardrails",
    },
    Entry {
        id: "boundaries",
        title: "Limits that grant nothing",
        minutes: 8,
        topic: "guardrails",
    },
    Entry {
        id: "data-perimeter",
        title: "A fence around the data",
        minutes: 10,
        topic: "data",
    },
    Entry {
        id: "keys",
        title: "Who holds the key?",
        minutes: 9,
        topic: "data",
    },
    Entry {
        id: "private-access",
        title: "From inside only",
        minutes: 9,
        topic: "network",
    },
    Entry {
        id: "no-order",
        title: "Not a list of rules in order",
        minutes: 8,
        topic: "network",
    },
    Entry {
        id: "roll-out",
        title: "Try it on one account first",
        minutes: 9,
        topic: "operations",
    },
];

/// The lesson with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Entry> {
    ALL.iter().find(|lesson| lesson.id == id)
}

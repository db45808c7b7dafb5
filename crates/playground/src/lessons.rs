//! The index of the course. Its texts are files beside the page, `lessons/<id>.json`: nobody who
//! does not open a lesson has to load them.

use texts::Text;

/// A lesson of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id, as in `#lesson/<id>`.
    pub id: &'static str,
    title: Text,
    goal: Text,
    /// How long it takes, in minutes.
    pub minutes: usize,
    /// What it is about: one of [`TOPICS`].
    pub topic: &'static str,
}

impl Entry {
    /// Its title.
    #[must_use]
    pub fn title(&self) -> &'static str {
        texts::get(self.title)
    }

    /// What the learner can do or tell afterwards.
    #[must_use]
    pub fn goal(&self) -> &'static str {
        texts::get(self.goal)
    }
}

/// The topics, in order, each with its title.
pub const TOPICS: &[(&str, Text)] = &[
    ("responsibility", texts::COURSE_TOPIC_RESPONSIBILITY),
    ("identities", texts::COURSE_TOPIC_IDENTITIES),
    ("organizations", texts::COURSE_TOPIC_ORGANIZATIONS),
    ("guardrails", texts::COURSE_TOPIC_GUARDRAILS),
    ("data", texts::COURSE_TOPIC_DATA),
    ("network", texts::COURSE_TOPIC_NETWORK),
    ("operations", texts::COURSE_TOPIC_OPERATIONS),
];

/// All lessons, in the order of the course.
pub const ALL: &[Entry] = &[
    Entry {
        id: "your-side",
        title: texts::COURSE_YOUR_SIDE,
        goal: texts::COURSE_YOUR_SIDE_GOAL,
        minutes: 6,
        topic: "responsibility",
    },
    Entry {
        id: "least-privilege",
        title: texts::COURSE_LEAST_PRIVILEGE,
        goal: texts::COURSE_LEAST_PRIVILEGE_GOAL,
        minutes: 8,
        topic: "identities",
    },
    Entry {
        id: "not-the-root-user",
        title: texts::COURSE_NOT_THE_ROOT_USER,
        goal: texts::COURSE_NOT_THE_ROOT_USER_GOAL,
        minutes: 7,
        topic: "identities",
    },
    Entry {
        id: "mfa",
        title: texts::COURSE_MFA,
        goal: texts::COURSE_MFA_GOAL,
        minutes: 6,
        topic: "identities",
    },
    Entry {
        id: "switch-roles",
        title: texts::COURSE_SWITCH_ROLES,
        goal: texts::COURSE_SWITCH_ROLES_GOAL,
        minutes: 9,
        topic: "identities",
    },
    Entry {
        id: "two-doors",
        title: texts::COURSE_TWO_DOORS,
        goal: texts::COURSE_TWO_DOORS_GOAL,
        minutes: 7,
        topic: "identities",
    },
    Entry {
        id: "federation",
        title: texts::COURSE_FEDERATION,
        goal: texts::COURSE_FEDERATION_GOAL,
        minutes: 10,
        topic: "identities",
    },
    Entry {
        id: "design-ous",
        title: texts::COURSE_DESIGN_OUS,
        goal: texts::COURSE_DESIGN_OUS_GOAL,
        minutes: 8,
        topic: "organizations",
    },
    Entry {
        id: "what-inherits",
        title: texts::COURSE_WHAT_INHERITS,
        goal: texts::COURSE_WHAT_INHERITS_GOAL,
        minutes: 8,
        topic: "organizations",
    },
    Entry {
        id: "allow-lists",
        title: texts::COURSE_ALLOW_LISTS,
        goal: texts::COURSE_ALLOW_LISTS_GOAL,
        minutes: 9,
        topic: "organizations",
    },
    Entry {
        id: "nothing-works",
        title: texts::COURSE_NOTHING_WORKS,
        goal: texts::COURSE_NOTHING_WORKS_GOAL,
        minutes: 6,
        topic: "organizations",
    },
    Entry {
        id: "management-exempt",
        title: texts::COURSE_MANAGEMENT_EXEMPT,
        goal: texts::COURSE_MANAGEMENT_EXEMPT_GOAL,
        minutes: 7,
        topic: "organizations",
    },
    Entry {
        id: "regions",
        title: texts::COURSE_REGIONS,
        goal: texts::COURSE_REGIONS_GOAL,
        minutes: 9,
        topic: "guardrails",
    },
    Entry {
        id: "detectives",
        title: texts::COURSE_DETECTIVES,
        goal: texts::COURSE_DETECTIVES_GOAL,
        minutes: 9,
        topic: "guardrails",
    },
    Entry {
        id: "boundaries",
        title: texts::COURSE_BOUNDARIES,
        goal: texts::COURSE_BOUNDARIES_GOAL,
        minutes: 8,
        topic: "guardrails",
    },
    Entry {
        id: "data-perimeter",
        title: texts::COURSE_DATA_PERIMETER,
        goal: texts::COURSE_DATA_PERIMETER_GOAL,
        minutes: 10,
        topic: "data",
    },
    Entry {
        id: "keys",
        title: texts::COURSE_KEYS,
        goal: texts::COURSE_KEYS_GOAL,
        minutes: 9,
        topic: "data",
    },
    Entry {
        id: "private-access",
        title: texts::COURSE_PRIVATE_ACCESS,
        goal: texts::COURSE_PRIVATE_ACCESS_GOAL,
        minutes: 9,
        topic: "network",
    },
    Entry {
        id: "no-order",
        title: texts::COURSE_NO_ORDER,
        goal: texts::COURSE_NO_ORDER_GOAL,
        minutes: 8,
        topic: "network",
    },
    Entry {
        id: "roll-out",
        title: texts::COURSE_ROLL_OUT,
        goal: texts::COURSE_ROLL_OUT_GOAL,
        minutes: 9,
        topic: "operations",
    },
];

/// The lesson with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Entry> {
    ALL.iter().find(|lesson| lesson.id == id)
}

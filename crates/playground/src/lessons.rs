//! The index of the course. Its texts are files beside the page, `lessons/<id>.json`: nobody who
//! does not open a lesson has to load them.

/// A lesson of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id, as in `#lesson/<id>`.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What the learner can do or tell afterwards.
    pub goal: &'static str,
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
        goal: "Tell what AWS protects by itself from what it leaves to your policies.",
        minutes: 6,
        topic: "responsibility",
    },
    Entry {
        id: "least-privilege",
        title: "Only what the work needs",
        goal: "Write a policy for a group that allows the work and nothing beside it.",
        minutes: 8,
        topic: "identities",
    },
    Entry {
        id: "not-the-root-user",
        title: "Leave the root user alone",
        goal: "Say what can stop a root user, and stop it with an SCP.",
        minutes: 7,
        topic: "identities",
    },
    Entry {
        id: "mfa",
        title: "A second factor, really asked for",
        goal: "Write a condition on MFA that access keys do not slip through.",
        minutes: 6,
        topic: "identities",
    },
    Entry {
        id: "switch-roles",
        title: "Update the app",
        goal: "Let people of one account switch to a role of another, and say what they can do there.",
        minutes: 9,
        topic: "identities",
    },
    Entry {
        id: "two-doors",
        title: "Two doors between accounts",
        goal: "Say which policies must allow when a caller and a resource are in different accounts.",
        minutes: 7,
        topic: "identities",
    },
    Entry {
        id: "federation",
        title: "People from elsewhere",
        goal: "Follow a federated sign-in from the provider to the role, and keep the door to your own pool of users.",
        minutes: 10,
        topic: "identities",
    },
    Entry {
        id: "design-ous",
        title: "Build the tree",
        goal: "Group accounts into OUs by the policies that they need, and attach an SCP where it belongs.",
        minutes: 8,
        topic: "organizations",
    },
    Entry {
        id: "what-inherits",
        title: "A Deny comes down",
        goal: "Tell which accounts a Deny in an SCP reaches, and that nothing below undoes it.",
        minutes: 8,
        topic: "organizations",
    },
    Entry {
        id: "allow-lists",
        title: "Deny lists and allow lists",
        goal: "Choose between a deny list and an allow list, and write an allow list that limits something.",
        minutes: 9,
        topic: "organizations",
    },
    Entry {
        id: "nothing-works",
        title: "Nothing works any more",
        goal: "Recognise a missing FullAWSAccess, and mend it without opening more than needed.",
        minutes: 6,
        topic: "organizations",
    },
    Entry {
        id: "management-exempt",
        title: "The account that no SCP reaches",
        goal: "Say what limits the management account, and what does not.",
        minutes: 7,
        topic: "organizations",
    },
    Entry {
        id: "regions",
        title: "Stay in the Region",
        goal: "Keep work in some Regions without breaking the services that have none.",
        minutes: 9,
        topic: "guardrails",
    },
    Entry {
        id: "detectives",
        title: "Protect those who watch",
        goal: "Keep member accounts from switching off CloudTrail, Config, GuardDuty, Security Hub and Inspector, and keep one way in.",
        minutes: 9,
        topic: "guardrails",
    },
    Entry {
        id: "boundaries",
        title: "Limits that grant nothing",
        goal: "Tell a permissions boundary from an SCP, and both from a grant.",
        minutes: 8,
        topic: "guardrails",
    },
    Entry {
        id: "data-perimeter",
        title: "A fence around the data",
        goal: "Keep strangers away from every bucket of the organization with an RCP, and let AWS's services through.",
        minutes: 10,
        topic: "data",
    },
    Entry {
        id: "keys",
        title: "Who holds the key?",
        goal: "Read a KMS key policy: who may use the key, who may delete it, and when the account's own policies count.",
        minutes: 9,
        topic: "data",
    },
    Entry {
        id: "private-access",
        title: "From inside only",
        goal: "Let callers in by address and by VPC endpoint, and say what an endpoint policy adds.",
        minutes: 9,
        topic: "network",
    },
    Entry {
        id: "no-order",
        title: "Not a list of rules in order",
        goal: "Say how policies differ from the rules of a network ACL or a web ACL, and write an exception to a Deny.",
        minutes: 8,
        topic: "network",
    },
    Entry {
        id: "roll-out",
        title: "Try it on one account first",
        goal: "Bring in a new SCP in steps, and find out what it breaks before everybody does.",
        minutes: 9,
        topic: "operations",
    },
];

/// The lesson with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Entry> {
    ALL.iter().find(|lesson| lesson.id == id)
}

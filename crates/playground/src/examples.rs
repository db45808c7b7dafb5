//! The built-in examples.

/// A scenario that comes with the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its id, as in `#example/<id>`.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it shows, in a sentence or two.
    pub summary: &'static str,
    /// The scenario file.
    pub text: &'static str,
}

/// All of them, in the order of the gallery.
pub const ALL: &[Example] = &[
    Example {
        id: "four-departments",
        title: "Four departments",
        summary: "Finance and IT stand directly under the root, HR and Legal share an OU. Its SCP allows only the services that meet their regulatory requirements.",
        text: include_str!("../examples/four-departments.json"),
    },
    Example {
        id: "region-guardrail",
        title: "Region guardrail",
        summary: "A Deny with NotAction and aws:RequestedRegion keeps work in two regions, and leaves the global services and one break-glass role alone.",
        text: include_str!("../examples/region-guardrail.json"),
    },
    Example {
        id: "protect-the-trail",
        title: "Protect the trail",
        summary: "No member account can stop CloudTrail. The management account can, which is why it should hold no workloads.",
        text: include_str!("../examples/protect-the-trail.json"),
    },
    Example {
        id: "full-access-taken-away",
        title: "FullAWSAccess taken away at one level",
        summary: "An Allow does not flow down: every level must allow by itself. The inheritance cases of the AWS documentation in one organization.",
        text: include_str!("../examples/full-access-taken-away.json"),
    },
];

/// The example with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Example> {
    ALL.iter().find(|example| example.id == id)
}

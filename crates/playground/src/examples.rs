//! The built-in examples. Their texts are files beside the page, `examples/<id>.json`: nobody who
//! opens a link or a scenario of their own has to load them.

/// A scenario that comes with the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its id, as in `#example/<id>`.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it shows, in a sentence or two.
    pub summary: &'static str,
}

/// All of them, in the order of the gallery.
pub const ALL: &[Example] = &[
    Example {
        id: "four-departments",
        title: "Four departments",
        summary: "Finance and IT stand directly under the root, HR and Legal share an OU. Its SCP allows only the services that meet their regulatory requirements.",
    },
    Example {
        id: "region-guardrail",
        title: "Region guardrail",
        summary: "A Deny with NotAction and aws:RequestedRegion keeps work in two regions, and leaves the global services and one break-glass role alone.",
    },
    Example {
        id: "protect-the-trail",
        title: "Protect the trail",
        summary: "No member account can stop CloudTrail. The management account can, which is why it should hold no workloads.",
    },
    Example {
        id: "full-access-taken-away",
        title: "FullAWSAccess taken away at one level",
        summary: "An Allow does not flow down: every level must allow by itself. The inheritance cases of the AWS documentation in one organization.",
    },
    Example {
        id: "update-the-app",
        title: "Update the app",
        summary: "Developers switch to a role of another account to publish an app. The role's trust policy and their own policy must both allow it, and in the role they leave their permissions behind.",
    },
    Example {
        id: "mfa-or-nothing",
        title: "MFA or nothing",
        summary: "Bool, BoolIfExists and Null ask for aws:MultiFactorAuthPresent. Access keys never carry that key, so a Deny where it is false does not stop them.",
    },
];

/// The example with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Example> {
    ALL.iter().find(|example| example.id == id)
}

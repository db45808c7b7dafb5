//! The built-in examples. Their texts are files beside the page, `examples/<id>.json`: nobody who
//! opens a link or a scenario of their own has to load them.

use texts::Text;

/// A scenario that comes with the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its id, as in `#example/<id>`.
    pub id: &'static str,
    title: Text,
    summary: Text,
}

impl Example {
    /// Its title.
    #[must_use]
    pub fn title(&self) -> &'static str {
        texts::get(self.title)
    }

    /// What it shows, in a sentence or two.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        texts::get(self.summary)
    }
}

/// All of them, in the order of the gallery.
pub const ALL: &[Example] = &[
    Example {
        id: "four-departments",
        title: texts::EXAMPLE_FOUR_DEPARTMENTS,
        summary: texts::EXAMPLE_FOUR_DEPARTMENTS_SUMMARY,
    },
    Example {
        id: "region-guardrail",
        title: texts::EXAMPLE_REGION_GUARDRAIL,
        summary: texts::EXAMPLE_REGION_GUARDRAIL_SUMMARY,
    },
    Example {
        id: "protect-the-trail",
        title: texts::EXAMPLE_PROTECT_THE_TRAIL,
        summary: texts::EXAMPLE_PROTECT_THE_TRAIL_SUMMARY,
    },
    Example {
        id: "full-access-taken-away",
        title: texts::EXAMPLE_FULL_ACCESS_TAKEN_AWAY,
        summary: texts::EXAMPLE_FULL_ACCESS_TAKEN_AWAY_SUMMARY,
    },
    Example {
        id: "update-the-app",
        title: texts::EXAMPLE_UPDATE_THE_APP,
        summary: texts::EXAMPLE_UPDATE_THE_APP_SUMMARY,
    },
    Example {
        id: "mfa-or-nothing",
        title: texts::EXAMPLE_MFA_OR_NOTHING,
        summary: texts::EXAMPLE_MFA_OR_NOTHING_SUMMARY,
    },
];

/// The example with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Example> {
    ALL.iter().find(|example| example.id == id)
}

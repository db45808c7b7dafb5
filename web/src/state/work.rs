//! What one kept scenario is called, and how it stands in storage.

/// The scenario of a browser that was here before there were several.
const FIRST_KEY: &str = "guardrail:work";

/// Names a scenario that this browser keeps. Its title may change and need not be the only one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkId(u64);

impl WorkId {
    /// One that is made now, in milliseconds, and is not `other`.
    #[must_use]
    pub fn new(now: f64, other: Option<Self>) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a time of the present fits"
        )]
        let id = Self(now.max(1.0) as u64);
        match other {
            Some(other) if id.0 <= other.0 => Self(other.0.wrapping_add(1)),
            _ => id,
        }
    }

    /// The key that it is kept under.
    #[must_use]
    pub fn key(self) -> String {
        match self.0 {
            0 => FIRST_KEY.to_owned(),
            id => format!("{FIRST_KEY}:{id:x}"),
        }
    }

    /// The one that is kept under a key, if that is one's.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        match key.strip_prefix(FIRST_KEY)? {
            "" => Some(Self(0)),
            id => {
                let id = u64::from_str_radix(id.strip_prefix(':')?, 16).ok()?;
                (id > 0).then_some(Self(id))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WorkId;

    #[test]
    fn a_key_leads_back_to_its_scenario() {
        for id in [WorkId::default(), WorkId::new(1_732_300_000_123.0, None)] {
            assert_eq!(WorkId::from_key(&id.key()), Some(id));
        }
        for key in [
            "guardrail:works",
            "guardrail:work:",
            "guardrail:work:0",
            "guardrail:work:x",
            "theme",
        ] {
            assert_eq!(WorkId::from_key(key), None, "{key}");
        }
    }

    #[test]
    fn two_that_are_made_in_one_moment_differ() {
        let first = WorkId::new(5.0, None);
        assert_ne!(WorkId::new(5.0, Some(first)), first);
        assert_ne!(WorkId::new(0.0, Some(WorkId::default())), WorkId::default());
    }
}

//! How large a policy is, and how large it may be.

use catalog::Date;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::format::without_blanks;
use crate::kind::Kind;
use crate::span::Span;

/// The size of a policy against its quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Characters as typed.
    pub typed: usize,
    /// Characters without white space outside quoted strings: what the console saves.
    pub minified: usize,
    /// The quota for this kind of policy, in characters, where there is one.
    pub quota: Option<usize>,
    /// Whether white space counts against the quota when the text is saved by API.
    pub counts_whitespace: bool,
}

/// Measures a policy of the given kind against the newest quota; the text need not be valid.
#[must_use]
pub fn size(text: &str, kind: Kind) -> Size {
    size_on(text, kind, catalog::AS_OF)
}

/// Measures a policy of the given kind against the quota of a day; the text need not be valid.
///
/// The quota of identity-based policies is that of a managed policy, and the quota of trust
/// policies is the default, which can be raised to 4,096.
#[must_use]
pub fn size_on(text: &str, kind: Kind, as_of: Date) -> Size {
    let quotas = catalog::quotas(as_of).value;
    let (quota, counts_whitespace) = match kind {
        Kind::Scp => (Some(quotas.scp_characters), true),
        Kind::Rcp => (Some(quotas.rcp_characters), true),
        Kind::Identity | Kind::Boundary => (Some(6_144), false),
        Kind::Session | Kind::Trust => (Some(2_048), false),
        Kind::Endpoint => (Some(20_480), true),
        Kind::Resource => (None, false),
    };
    Size {
        typed: text.chars().count(),
        minified: without_blanks(text).count(),
        quota,
        counts_whitespace,
    }
}

/// Warns of a policy that is larger than its quota, at the first character.
pub(crate) fn findings(text: &str, kind: Kind, as_of: Date) -> Option<Diagnostic> {
    let size = size_on(text, kind, as_of);
    let quota = size.quota?;
    let span = Span::new(0, text.chars().next().map_or(0, char::len_utf8));
    let finding = if size.minified > quota {
        Diagnostic::warning(
            codes::OVER_QUOTA,
            span,
            texts::finding_characters_without_white_space(&size.minified),
        )
    } else if size.counts_whitespace && size.typed > quota {
        Diagnostic::warning(
            codes::WHITESPACE_OVER_QUOTA,
            span,
            texts::finding_characters_as_typed_without(&size.typed, &size.minified),
        )
    } else {
        return None;
    };
    Some(finding.expected(texts::finding_at_most_characters(&quota)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_inside_strings_counts() {
        let measured = size("{ \"a b\" :\n\t\"\\\" é\" }", Kind::Scp);
        assert_eq!(measured.typed, 19);
        assert_eq!(measured.minified, "{\"a b\":\"\\\" é\"}".chars().count());
        assert_eq!(measured.quota, Some(10_240));
        assert!(measured.counts_whitespace);
        assert_eq!(size("", Kind::Resource).quota, None);
    }

    #[test]
    fn the_quota_is_that_of_the_day() {
        let quota = |kind, date| size_on("", kind, Date::parse(date).unwrap()).quota;
        assert_eq!(quota(Kind::Scp, "2026-05-14"), Some(5_120));
        assert_eq!(quota(Kind::Scp, "2026-05-15"), Some(10_240));
        assert_eq!(quota(Kind::Rcp, "2026-05-15"), Some(5_120));
        assert_eq!(quota(Kind::Identity, "2020-01-01"), Some(6_144));
    }
}

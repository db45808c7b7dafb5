//! Where a text of a policy and a text of a request differ: the parts of an ARN, an action or a
//! path that do not fit, so that the eye need not compare them letter by letter.

use std::ops::Range;

/// Places in the two texts: of the policy's value, and of the request's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) policy: Vec<Range<usize>>,
    pub(crate) request: Vec<Range<usize>>,
    /// How many parts fit.
    pub(crate) same: usize,
}

/// The parts in which a pattern and a text that does not fit it differ. Empty where it is all of
/// them: then there is nothing to point at.
pub(crate) fn difference(pattern: &str, text: &str, ignore_case: bool) -> Difference {
    let mut found = Difference::default();
    let (left, right) = if is_arn(pattern) && is_arn(text) {
        (parts(pattern, 6), parts(text, 6))
    } else {
        (parts(pattern, 2), parts(text, 2))
    };
    let last = left.len().max(right.len()).saturating_sub(1);
    for at in 0..=last {
        let (a, b) = (left.get(at), right.get(at));
        match (a, b) {
            (Some(a), Some(b)) if at == last => inside(&mut found, a, b, ignore_case),
            _ => compare(&mut found, a, b, ignore_case),
        }
    }
    if found.same == 0 {
        return Difference::default();
    }
    found
}

/// A piece of a text, with its place.
type Part<'a> = (usize, &'a str);

fn is_arn(text: &str) -> bool {
    text.starts_with("arn:") && text.split(':').count() >= 6
}

/// The parts between colons, at most so many.
fn parts(text: &str, most: usize) -> Vec<Part<'_>> {
    split(0, text.splitn(most, ':'))
}

/// The last part of both, segment by segment.
fn inside(found: &mut Difference, a: &Part<'_>, b: &Part<'_>, ignore_case: bool) {
    if fits(a.1, b.1, ignore_case) {
        found.same += 1;
        return;
    }
    let (left, mut right) = (segments(a), segments(b));
    // A `*` at the end stands for all segments that are left.
    if let Some((_, last)) = left.last()
        && last.ends_with('*')
        && let Some(start) = right.get(left.len() - 1).map(|(start, _)| *start)
        && let Some(rest) = b.1.get(start - b.0..)
    {
        right.truncate(left.len() - 1);
        right.push((start, rest));
    }
    for at in 0..left.len().max(right.len()) {
        compare(found, left.get(at), right.get(at), ignore_case);
    }
}

fn segments<'a>(part: &Part<'a>) -> Vec<Part<'a>> {
    split(part.0, part.1.split(['/', ':']))
}

fn compare(found: &mut Difference, a: Option<&Part<'_>>, b: Option<&Part<'_>>, ignore_case: bool) {
    if let (Some(a), Some(b)) = (a, b)
        && fits(a.1, b.1, ignore_case)
    {
        found.same += 1;
        return;
    }
    let place = |(start, text): &Part<'_>| *start..*start + text.len();
    found.policy.extend(a.map(place));
    found.request.extend(b.map(place));
}

fn split<'a>(start: usize, pieces: impl Iterator<Item = &'a str>) -> Vec<Part<'a>> {
    let mut at = start;
    let mut parts = Vec::new();
    for piece in pieces {
        parts.push((at, piece));
        at += piece.len() + 1;
    }
    parts
}

fn fits(pattern: &str, text: &str, ignore_case: bool) -> bool {
    if ignore_case {
        return evaluator::fits(&pattern.to_ascii_lowercase(), &text.to_ascii_lowercase());
    }
    evaluator::fits(pattern, text)
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: (&[&str], &[&str])) {
        let found = difference(pattern, text, false);
        let cut = |of: &str, places: &[std::ops::Range<usize>]| -> Vec<String> {
            places
                .iter()
                .map(|it| of.get(it.clone()).unwrap_or_default().to_owned())
                .collect()
        };
        assert_eq!(cut(pattern, &found.policy), expected.0);
        assert_eq!(cut(text, &found.request), expected.1);
    }

    #[test]
    fn of_arns_the_parts_that_do_not_fit_are_found() {
        check(
            "arn:aws:s3:::reports/*",
            "arn:aws:s3:::ledger/2026/may",
            (&["reports"], &["ledger"]),
        );
        check(
            "arn:aws:iam::*:role/BreakGlass",
            "arn:aws:iam::222222222222:role/Admin",
            (&["BreakGlass"], &["Admin"]),
        );
        check(
            "arn:aws:ec2:eu-west-1:*:instance/*",
            "arn:aws:ec2:us-east-1:222222222222:instance/i-1",
            (&["eu-west-1"], &["us-east-1"]),
        );
        check("arn:aws:s3:::data", "arn:aws:s3:::data/x", (&[], &["x"]));
    }

    #[test]
    fn of_actions_the_service_or_the_name_is_found() {
        check("s3:Get*", "s3:PutObject", (&["Get*"], &["PutObject"]));
        check("ec2:*", "s3:PutObject", (&["ec2"], &["s3"]));
    }

    #[test]
    fn where_nothing_is_alike_nothing_is_pointed_at() {
        check("eu-west-1", "us-east-1", (&[], &[]));
        check("ec2:RunInstances", "s3:PutObject", (&[], &[]));
        check("", "", (&[], &[]));
    }

    #[test]
    fn letters_of_another_alphabet_are_kept_whole() {
        check(
            "arn:aws:s3:::bücher/a",
            "arn:aws:s3:::bücher/ö",
            (&["a"], &["ö"]),
        );
    }
}

//! What is wrong with a typed text, to be said beside its field. The text stays as it is.

/// What a field expects: why a text that is not empty is none, in a few words.
pub(super) type Check = fn(&str) -> Option<&'static str>;

/// Anything.
pub(super) fn any(_: &str) -> Option<&'static str> {
    None
}

/// An account id.
pub(super) fn account(text: &str) -> Option<&'static str> {
    let digits = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    (!digits).then_some(texts::common_twelve_digits())
}

/// An ARN.
pub(super) fn arn(text: &str) -> Option<&'static str> {
    let is_arn = text.starts_with("arn:") && text.split(':').count() >= 6;
    (!is_arn).then_some("arn:partition:service:region:account:resource")
}

/// What a call acts on.
pub(super) fn resource(text: &str) -> Option<&'static str> {
    if text == "*" { None } else { arn(text) }
}

/// `service:Action`.
pub(super) fn action(text: &str) -> Option<&'static str> {
    let named = text.split_once(':').is_some_and(|(service, name)| {
        let is_word = |word: &str| {
            let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            !word.is_empty() && word.bytes().all(letter)
        };
        is_word(service) && is_word(name)
    });
    (!named).then_some("service:Action")
}

/// A region: `eu-west-1`, `us-gov-east-1`.
pub(super) fn region(text: &str) -> Option<&'static str> {
    let mut parts = text.rsplit('-');
    let number = parts.next().unwrap_or_default();
    let is_word =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let words = parts.clone().count() >= 2 && parts.all(is_word);
    let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (!words || !numbered).then_some(texts::requests_check_such_eu_west())
}

/// The name of a service that calls or forwards a call.
pub(super) fn service(text: &str) -> Option<&'static str> {
    let named = text.contains('.') && !text.contains([' ', ':', '/', ',']);
    (!named).then_some(texts::requests_check_such_s3_amazonaws())
}

/// A moment, as the scenario file writes it.
pub(super) fn time(text: &str) -> Option<&'static str> {
    let like = |pattern: &str| {
        let fits = |(byte, wanted): (u8, u8)| match wanted {
            b'0' => byte.is_ascii_digit(),
            _ => byte == wanted,
        };
        text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(fits)
    };
    let is_moment = like("0000-00-00") || like("0000-00-00T00:00:00Z");
    (!is_moment).then_some(texts::requests_check_such_date())
}

/// The name of a session, of a federated user, or a source identity.
pub(super) fn session_name(text: &str) -> Option<&'static str> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    let fits = (2..=64).contains(&text.len()) && text.bytes().all(letter);
    (!fits).then_some(texts::requests_check_2_64_letters())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_right_pass_and_others_are_named() {
        let cases: [(Check, &[&str], &[&str]); 8] = [
            (account, &["222222222222"], &["22222222222", "22222222222a"]),
            (
                resource,
                &["*", "arn:aws:s3:::b/k:ey", "arn:aws:ec2:*:*:instance/*"],
                &["bucket", "arn:aws:s3"],
            ),
            (
                action,
                &["s3:GetObject", "a4b:GetX"],
                &["s3", "s3:", "s3:Get*", "s3:a:b"],
            ),
            (
                region,
                &["eu-west-1", "us-gov-east-1"],
                &["eu-west", "Europe", "eu-west-one", "-1", "eu--1"],
            ),
            (service, &["s3.amazonaws.com"], &["s3", "a, b.c"]),
            (
                time,
                &["2026-11-21", "2026-11-21T09:00:00Z"],
                &["today", "2026-11-21T09:00:00", "2026/11/21"],
            ),
            (session_name, &["ana@example.com"], &["a", "a b"]),
            (any, &["x"], &[]),
        ];
        for (check, right, wrong) in cases {
            for text in right {
                assert_eq!(check(text), None, "{text}");
            }
            for text in wrong {
                assert!(check(text).is_some(), "{text}");
            }
        }
    }
}

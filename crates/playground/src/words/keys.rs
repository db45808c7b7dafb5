//! Context keys, their values, and unknown things.

use evaluator::{AbsentWhy, KeyState, Origin, Tried, UnknownThing, Values};
use texts::rich;

use super::{code, text};
use crate::view::{Inline, Phrase};

/// The state of a key as the request's side of a comparison, and where it comes from.
pub(crate) fn key_state(state: &KeyState, mark: bool) -> (Phrase, String) {
    match state {
        KeyState::Known { values, origin } => (values_phrase(values, mark), origin_word(*origin)),
        KeyState::Absent(why) => (vec![text(texts::key_absent())], absent(*why).to_owned()),
        KeyState::PresentUnknown => (
            vec![text(texts::key_unknown())],
            texts::key_present_unknown().to_owned(),
        ),
        KeyState::Unknown => (
            vec![text(texts::key_perhaps_absent())],
            texts::key_not_stated().to_owned(),
        ),
    }
}

fn values_phrase(values: &Values, mark: bool) -> Phrase {
    let show = |value: &str| match (value, evaluator::unmentioned(value)) {
        ("", _) => text(texts::value_empty()),
        // All parts of it are made up.
        (value, Some(which)) if value.starts_with("arn:") && is_made_up(value) => {
            text(texts::value_other_arn(&which))
        }
        (_, Some(which)) => text(texts::value_other(&which)),
        (value, None) if mark => Inline::Mark(value.to_owned()),
        (value, None) => code(value),
    };
    let mut phrase = Vec::new();
    for value in values.as_slice() {
        if !phrase.is_empty() {
            phrase.push(text(", "));
        }
        phrase.push(show(value));
    }
    if phrase.is_empty() {
        phrase.push(text(texts::value_none()));
    }
    phrase
}

fn is_made_up(arn: &str) -> bool {
    let mut parts = arn.split(':').skip(1);
    let first = parts.next().unwrap_or_default();
    evaluator::unmentioned(first).is_some() && parts.all(|part| part == first)
}

fn origin_word(origin: Origin) -> String {
    match origin {
        Origin::Request => texts::origin_request(),
        Origin::Override => texts::origin_override(),
        Origin::Defaults => texts::origin_defaults(),
        Origin::Derived => texts::origin_derived(),
        Origin::Tried => texts::origin_tried(),
    }
    .to_owned()
}

fn absent(why: AbsentWhy) -> &'static str {
    match why {
        AbsentWhy::Stated => texts::absent_stated(),
        AbsentWhy::Unstated => texts::absent_unstated(),
        AbsentWhy::Caller => texts::absent_caller(),
        AbsentWhy::LongTermKeys => texts::absent_long_term_keys(),
        AbsentWhy::Federated => texts::absent_federated(),
        AbsentWhy::NoOrganization => texts::absent_no_organization(),
        AbsentWhy::NoTag => texts::absent_no_tag(),
        AbsentWhy::NotMade => texts::absent_not_made(),
        AbsentWhy::ThroughEndpoint => texts::absent_through_endpoint(),
        AbsentWhy::NoEndpoint => texts::absent_no_endpoint(),
        AbsentWhy::Action => texts::absent_action(),
        AbsentWhy::NotForwarded => texts::absent_not_forwarded(),
        AbsentWhy::Tried => texts::absent_tried(),
    }
}

/// An unknown thing.
pub(crate) fn thing(thing: &UnknownThing) -> Phrase {
    match thing {
        UnknownThing::Key { key, resource } => {
            let key = vec![code(key_name(key))];
            match resource {
                Some(at) => rich::thing_of_resource(key, [text((at + 1).to_string())]),
                None => key,
            }
        }
        UnknownThing::Owner { .. } => vec![text(texts::thing_owner())],
    }
}

/// A thing and what it was tried as: "`aws:SourceIp` is `203.0.113.7`". Values that no policy
/// mentions are numbered where the cases tell two of them apart.
pub(crate) fn tried(about: &UnknownThing, tried: &Tried, numbered: bool) -> Phrase {
    match tried {
        Tried::AnotherValue(_) if !numbered => rich::tried_anything_else(thing(about)),
        Tried::Values(values) | Tried::AnotherValue(values) => {
            rich::tried_value(thing(about), values_phrase(values, false))
        }
        Tried::Absent => rich::tried_absent(thing(about)),
        Tried::SameAccount => vec![text(texts::tried_same_account())],
        Tried::OtherAccount => vec![text(texts::tried_other_account())],
        Tried::Follows => Phrase::new(),
        Tried::AccountLike(account) => rich::tried_account_like([code(account.as_str())]),
    }
}

/// Whether the cases tell two values apart that no policy mentions.
pub(crate) fn is_second(tried: &Tried) -> bool {
    match tried {
        Tried::Values(values) | Tried::AnotherValue(values) => values
            .as_slice()
            .iter()
            .any(|value| evaluator::unmentioned(value) == Some(2)),
        _ => false,
    }
}

/// Global keys as AWS writes them; policies may write them in any case.
pub const GLOBAL_KEYS: &[&str] = &[
    "aws:AssumedRoot",
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:FederatedProvider",
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:PrincipalType",
    "aws:RequestedRegion",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "aws:SecureTransport",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIdentity",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:TagKeys",
    "aws:TokenIssueTime",
    "aws:UserAgent",
    "aws:userid",
    "aws:username",
    "aws:ViaAWSService",
    "aws:VpcSourceIp",
];

/// What the values of a key are, in a word; by the comparison that a policy makes with it where
/// the key itself does not tell.
#[must_use]
pub fn key_type(key: &str, operator: &str) -> &'static str {
    const BOOL: [&str; 5] = [
        "aws:multifactorauthpresent",
        "aws:securetransport",
        "aws:viaawsservice",
        "aws:principalisawsservice",
        "aws:assumedroot",
    ];
    let key = key.to_ascii_lowercase();
    let operator = operator.rsplit(':').next().unwrap_or_default();
    let ends = |ends: &[&str]| ends.iter().any(|end| key.ends_with(end));
    if catalog::is_multivalued(&key) {
        texts::key_type_list()
    } else if BOOL.contains(&key.as_str()) || operator.starts_with("Bool") {
        texts::key_type_bool()
    } else if ends(&["currenttime", "tokenissuetime"]) || operator.starts_with("Date") {
        texts::key_type_date()
    } else if ends(&["multifactorauthage", "epochtime"]) || operator.starts_with("Numeric") {
        texts::key_type_number()
    } else if ends(&["sourceip"]) || operator.contains("IpAddress") {
        texts::key_type_ip()
    } else if ends(&["arn"]) || operator.starts_with("Arn") {
        texts::key_type_arn()
    } else {
        texts::key_type_text()
    }
}

/// A key as AWS writes it, if it is a global one.
pub(crate) fn key_name(key: &str) -> String {
    GLOBAL_KEYS
        .iter()
        .find(|name| name.eq_ignore_ascii_case(key))
        .map_or_else(|| key.to_owned(), |name| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::key_type;

    #[test]
    fn the_type_of_a_key_follows_from_its_name_or_its_comparison() {
        for (key, operator, kind) in [
            ("aws:MultiFactorAuthPresent", "Null", "yes or no"),
            ("aws:TagKeys", "ForAllValues:StringEquals", "list"),
            ("s3:max-keys", "NumericLessThanEquals", "number"),
            ("aws:CurrentTime", "", "date"),
            ("aws:SourceIp", "", "IP address"),
            ("aws:VpcSourceIp", "NotIpAddress", "IP address"),
            ("aws:PrincipalArn", "StringLike", "ARN"),
            ("ec2:InstanceType", "StringLike", "text"),
        ] {
            assert_eq!(key_type(key, operator), kind, "{key}");
        }
    }
}

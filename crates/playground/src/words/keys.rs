//! Context keys, their values, and unknown things.

use evaluator::{AbsentWhy, KeyState, Origin, Tried, UnknownThing, Values};

use super::{code, text};
use crate::view::{Inline, Phrase};

/// The state of a key as the request's side of a comparison, and where it comes from.
pub(crate) fn key_state(state: &KeyState, mark: bool) -> (Phrase, String) {
    match state {
        KeyState::Known { values, origin } => (values_phrase(values, mark), origin_word(*origin)),
        KeyState::Absent(why) => (vec![text("absent")], absent(*why).to_owned()),
        KeyState::PresentUnknown => (
            vec![text("unknown")],
            "every such request has one; not stated here".to_owned(),
        ),
        KeyState::Unknown => (
            vec![text("unknown, perhaps absent")],
            "not stated here".to_owned(),
        ),
    }
}

fn values_phrase(values: &Values, mark: bool) -> Phrase {
    let show = |value: &str| match (value, evaluator::unmentioned(value)) {
        ("", _) => text("the empty text"),
        (_, Some(which)) => text(format!("other value {which}")),
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
        phrase.push(text("no values"));
    }
    phrase
}

fn origin_word(origin: Origin) -> String {
    match origin {
        Origin::Request => "from the request",
        Origin::Override => "typed; something else follows from the scenario",
        Origin::Defaults => "from the defaults",
        Origin::Derived => "derived",
        Origin::Tried => "tried",
    }
    .to_owned()
}

fn absent(why: AbsentWhy) -> &'static str {
    match why {
        AbsentWhy::Stated => "stated in the request",
        AbsentWhy::Unstated => "nobody stated it",
        AbsentWhy::Caller => "AWS does not set it for this caller",
        AbsentWhy::LongTermKeys => "long-term keys never carry it",
        AbsentWhy::Federated => "federated sessions never carry it",
        AbsentWhy::NoOrganization => "the account is in no organization",
        AbsentWhy::NoTag => "there is no such tag",
        AbsentWhy::ThroughEndpoint => "the request travels through a VPC endpoint",
        AbsentWhy::NoEndpoint => "the request travels through no VPC endpoint",
        AbsentWhy::Action => "requests for this action never carry it",
        AbsentWhy::NotForwarded => "no service forwarded the request",
        AbsentWhy::Tried => "tried",
    }
}

/// An unknown thing.
pub(crate) fn thing(thing: &UnknownThing) -> Phrase {
    match thing {
        UnknownThing::Key { key, resource } => {
            let mut phrase = vec![code(key_name(key))];
            if let Some(resource) = resource {
                phrase.push(text(format!(" of resource {}", resource + 1)));
            }
            phrase
        }
        UnknownThing::Owner { .. } => vec![text("the account that owns the resource")],
    }
}

/// A thing and what it was tried as: "`aws:SourceIp` is `203.0.113.7`". Values that no policy
/// mentions are numbered where the cases tell two of them apart.
pub(crate) fn tried(about: &UnknownThing, tried: &Tried, numbered: bool) -> Phrase {
    let mut phrase = thing(about);
    match tried {
        Tried::AnotherValue(_) if !numbered => phrase.push(text(" is anything else")),
        Tried::Values(values) | Tried::AnotherValue(values) => {
            phrase.push(text(" is "));
            phrase.extend(values_phrase(values, false));
        }
        Tried::Absent => phrase.push(text(" is absent")),
        Tried::SameAccount => phrase = vec![text("the caller's account owns the resource")],
        Tried::OtherAccount => phrase = vec![text("another account owns the resource")],
        Tried::Follows => phrase.clear(),
        Tried::AccountLike(account) => {
            phrase = vec![
                text("an account with the RCPs of "),
                code(account.as_str()),
                text(" owns the resource"),
            ];
        }
    }
    phrase
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
        "list"
    } else if BOOL.contains(&key.as_str()) || operator.starts_with("Bool") {
        "yes or no"
    } else if ends(&["currenttime", "tokenissuetime"]) || operator.starts_with("Date") {
        "date"
    } else if ends(&["multifactorauthage", "epochtime"]) || operator.starts_with("Numeric") {
        "number"
    } else if ends(&["sourceip"]) || operator.contains("IpAddress") {
        "IP address"
    } else if ends(&["arn"]) || operator.starts_with("Arn") {
        "ARN"
    } else {
        "text"
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

use organization::PolicyKind;
use policy::Kind;

/// A kind of policy in words.
pub(crate) fn kind_word(kind: &PolicyKind) -> String {
    match kind {
        PolicyKind::Known(Kind::Scp) => "SCP".to_owned(),
        PolicyKind::Known(Kind::Rcp) => "RCP".to_owned(),
        PolicyKind::Known(Kind::Identity) => "Identity policy".to_owned(),
        PolicyKind::Known(Kind::Boundary) => "Permissions boundary".to_owned(),
        PolicyKind::Known(Kind::Session) => "Session policy".to_owned(),
        PolicyKind::Known(Kind::Resource) => "Resource policy".to_owned(),
        PolicyKind::Known(Kind::Trust) => "Trust policy".to_owned(),
        PolicyKind::Known(Kind::Endpoint) => "Endpoint policy".to_owned(),
        PolicyKind::Other(word) => format!("Unknown kind “{word}”"),
    }
}

/// The same for a narrow place.
pub(crate) fn short_kind_word(kind: &PolicyKind) -> &str {
    match kind {
        PolicyKind::Known(Kind::Scp) => "SCP",
        PolicyKind::Known(Kind::Rcp) => "RCP",
        PolicyKind::Known(Kind::Identity) => "Identity",
        PolicyKind::Known(Kind::Boundary) => "Boundary",
        PolicyKind::Known(Kind::Session) => "Session",
        PolicyKind::Known(Kind::Resource) => "Resource",
        PolicyKind::Known(Kind::Trust) => "Trust",
        PolicyKind::Known(Kind::Endpoint) => "Endpoint",
        PolicyKind::Other(word) => word,
    }
}

use organization::PolicyKind;
use policy::Kind;

/// A kind of policy in words.
pub(crate) fn kind_word(kind: &PolicyKind) -> String {
    match kind {
        PolicyKind::Known(Kind::Scp) => "SCP".to_owned(),
        PolicyKind::Known(Kind::Rcp) => "RCP".to_owned(),
        PolicyKind::Known(Kind::Identity) => texts::policies_kind_identity_policy().to_owned(),
        PolicyKind::Known(Kind::Boundary) => texts::common_permissions_boundary().to_owned(),
        PolicyKind::Known(Kind::Session) => texts::policies_kind_session_policy().to_owned(),
        PolicyKind::Known(Kind::Resource) => texts::common_resource_policy().to_owned(),
        PolicyKind::Known(Kind::Trust) => texts::common_trust_policy().to_owned(),
        PolicyKind::Known(Kind::Endpoint) => texts::common_endpoint_policy().to_owned(),
        PolicyKind::Other(word) => texts::policies_kind_unknown_kind(&word),
    }
}

/// The same for a narrow place.
pub(crate) fn short_kind_word(kind: &PolicyKind) -> &str {
    match kind {
        PolicyKind::Known(Kind::Scp) => "SCP",
        PolicyKind::Known(Kind::Rcp) => "RCP",
        PolicyKind::Known(Kind::Identity) => texts::policy_type_identity(),
        PolicyKind::Known(Kind::Boundary) => texts::policy_type_boundary(),
        PolicyKind::Known(Kind::Session) => texts::policy_type_session(),
        PolicyKind::Known(Kind::Resource) => texts::common_resource(),
        PolicyKind::Known(Kind::Trust) => texts::policies_kind_trust(),
        PolicyKind::Known(Kind::Endpoint) => texts::policy_type_endpoint(),
        PolicyKind::Other(word) => word,
    }
}

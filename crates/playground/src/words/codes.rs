//! Stable names of reasons, for programs. They are part of the wire form: none is changed.

use evaluator::{Access, Blocker, ElementNote, FixedRule, Strict, Why};

/// The name of why a policy type asks no document.
pub(crate) fn why(why: &Why) -> &'static str {
    match why {
        Why::SwitchedOff => "switchedOff",
        Why::NoOrganization => "noOrganization",
        Why::ConsolidatedBilling => "consolidatedBilling",
        Why::Disabled => "disabled",
        Why::ManagementAccount => "managementAccount",
        Why::ServiceLinkedRole => "serviceLinkedRole",
        Why::OtherOrganization => "otherOrganization",
        Why::ServicePrincipal => "servicePrincipal",
        Why::Anonymous => "anonymous",
        Why::IdentityProvider => "identityProvider",
        Why::OnlyManaged => "onlyManaged",
        Why::ServiceWithoutRcps => "serviceWithoutRcps",
        Why::ManagementResource => "managementResource",
        Why::OwnerOutside => "ownerOutside",
        Why::OwnerUnknown => "ownerUnknown",
        Why::NoResource => "noResource",
        Why::BeyondRcps => "beyondRcps",
        Why::NoEndpoint => "noEndpoint",
        Why::ForwardedCall => "forwardedCall",
        Why::DefaultEndpointPolicy => "defaultEndpointPolicy",
        Why::NoResourcePolicy => "noResourcePolicy",
        Why::SharedWithoutPolicy => "sharedWithoutPolicy",
        Why::CrossAccountWithoutPolicy => "crossAccountWithoutPolicy",
        Why::OwnerUnknownWithoutPolicy => "ownerUnknownWithoutPolicy",
        Why::NoGrantNeeded => "noGrantNeeded",
        Why::Granted => "granted",
        Why::BucketOwnerRoot => "bucketOwnerRoot",
        Why::OnlyResourcePolicy => "onlyResourcePolicy",
        Why::OnlyResourcePolicyOff => "onlyResourcePolicyOff",
        Why::RootUser => "rootUser",
        Why::RootWithoutIdentity => "rootWithoutIdentity",
        Why::NoIdentityPolicies => "noIdentityPolicies",
        Why::NoBoundary => "noBoundary",
        Why::NoSessionPolicy => "noSessionPolicy",
        Why::NoSession => "noSession",
        Why::FederatedWithoutSessionPolicy => "federatedWithoutSessionPolicy",
    }
}

/// The name of a rule that no policy can change.
pub(crate) fn fixed(rule: FixedRule) -> &'static str {
    match rule {
        FixedRule::DifferentPartitions => "differentPartitions",
        FixedRule::GetCallerIdentity => "getCallerIdentity",
        FixedRule::GetSessionToken => "getSessionToken",
        FixedRule::RoleSessionCannotFederate => "roleSessionCannotFederate",
        FixedRule::FederatedUser => "federatedUser",
        FixedRule::SessionTokenSts => "sessionTokenSts",
        FixedRule::SessionTokenIam => "sessionTokenIam",
        FixedRule::RootCannotAssume => "rootCannotAssume",
        FixedRule::KeptByAws => "keptByAws",
        FixedRule::BucketPolicyOwner => "bucketPolicyOwner",
        FixedRule::ProviderOnlyOpensSessions => "providerOnlyOpensSessions",
        FixedRule::ReservedAlias => "reservedAlias",
    }
}

/// The name of why an element is met or not.
pub(crate) fn note(note: ElementNote) -> &'static str {
    match note {
        ElementNote::AbsentNegated => "absentNegated",
        ElementNote::AbsentPositive => "absentPositive",
        ElementNote::AbsentIfExists => "absentIfExists",
        ElementNote::AbsentForAll => "absentForAll",
        ElementNote::AbsentForAny => "absentForAny",
        ElementNote::ManyWithoutQualifier => "manyWithoutQualifier",
        ElementNote::Misfit => "misfit",
        ElementNote::UnresolvedVariable => "unresolvedVariable",
        ElementNote::UnknownVariable => "unknownVariable",
        ElementNote::NoSingleResource => "noSingleResource",
        ElementNote::NoResourceNamed => "noResourceNamed",
        ElementNote::NotPrincipalWithBoundary => "notPrincipalWithBoundary",
        ElementNote::NotPrincipalPartlyListed => "notPrincipalPartlyListed",
    }
}

/// The name of which sides must allow.
pub(crate) fn access(access: Access) -> &'static str {
    match access {
        Access::ResourceSide => "resourceSide",
        Access::SameAccount => "sameAccount",
        Access::OwnRoot => "ownRoot",
        Access::Strict(Strict::Role) => "trustPolicy",
        Access::Strict(Strict::Key) => "keyPolicy",
        Access::CrossAccount => "crossAccount",
    }
}

/// The name of what keeps a request from being evaluated, and the id or word that it is about.
pub(crate) fn blocker(blocker: &Blocker) -> (&'static str, String) {
    match blocker {
        Blocker::Refused(id) => ("refused", id.to_string()),
        Blocker::MissingPolicy(id) => ("missingPolicy", id.to_string()),
        Blocker::UnknownKind(id) => ("unknownKind", id.to_string()),
        Blocker::WrongKind { policy, .. } => ("wrongKind", policy.to_string()),
        Blocker::MissingPrincipal(id) => ("missingPrincipal", id.to_string()),
        Blocker::WrongPrincipal(id) => ("wrongPrincipal", id.to_string()),
        Blocker::UnknownCaller(word) => ("unknownCaller", word.clone()),
        Blocker::NoEntry(arn) => ("noEntry", arn.clone()),
        Blocker::NotAPrincipal(arn) => ("notAPrincipal", arn.clone()),
        Blocker::MissingTrustPolicy(arn) => ("missingTrustPolicy", arn.clone()),
        Blocker::MissingKeyPolicy(arn) => ("missingKeyPolicy", arn.clone()),
        Blocker::MissingTaskPolicy => ("missingTaskPolicy", String::new()),
        Blocker::NotModelled(action) => ("notModelled", action.clone()),
        Blocker::UnlistedAccount(id) => ("unlistedAccount", id.to_string()),
        Blocker::MissingEndpoint(id) => ("missingEndpoint", id.clone()),
        Blocker::InvalidAction(word) => ("invalidAction", word.clone()),
        Blocker::UnknownFeature(word) => ("unknownFeature", word.clone()),
        Blocker::UnknownFeatureSet(word) => ("unknownFeatureSet", word.clone()),
        Blocker::UnknownSwitch(word) => ("unknownSwitch", word.clone()),
        Blocker::InvalidTime(word) => ("invalidTime", word.clone()),
    }
}

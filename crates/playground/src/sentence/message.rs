//! The message that AWS would show (GCI-6), in the form that AWS documents [S-TAD].
//!
//! It names one policy type, even when several deny. Services may word it in their own way.
//!
//! [S-TAD]: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html

use evaluator::{
    Explanation, Outcome, PolicyType, Prepared, ResourceTrace, StageTrace, Verdict, Via,
};

/// The message of a denied request. There is none where no policy type is named: a rule that no
/// policy can change, a caller who is not signed in.
pub(crate) fn message(
    action: &str,
    prepared: &Prepared,
    explanation: &Explanation,
) -> Option<String> {
    let wanted = match explanation.answer.verdict {
        Verdict::ExplicitDeny => Outcome::ExplicitDeny,
        Verdict::ImplicitDeny => Outcome::ImplicitDeny,
        Verdict::Allow | Verdict::Depends | Verdict::Error => return None,
    };
    let mut resources = explanation.resources.iter();
    let (resource, stage) = resources.find_map(|resource| {
        let mut stages = resource.stages.iter();
        let stage = stages.find(|stage| stage.outcome == wanted)?;
        resource.fixed.is_none().then_some((resource, stage))
    })?;
    let caller = prepared.caller()?;
    let reason = match wanted {
        Outcome::ExplicitDeny => format!("with an explicit deny in {}", denying(resource, stage)),
        _ => format!(
            "because no {} allows the {action} action",
            kind(resource, stage)
        ),
    };
    // Messages about actions on no resource name none.
    let on = match &*resource.resource {
        "*" => String::new(),
        arn => format!(" on resource: {arn}"),
    };
    Some(format!(
        "User: {caller} is not authorized to perform: {action}{on} {reason}"
    ))
}

fn denying(resource: &ResourceTrace, stage: &StageTrace) -> String {
    let kind = kind(resource, stage);
    let article = match kind {
        "role trust policy" => "the",
        "identity-based policy" => "an",
        _ => "a",
    };
    format!("{article} {kind}")
}

fn kind(resource: &ResourceTrace, stage: &StageTrace) -> &'static str {
    match stage.policy_type {
        PolicyType::Scp => "service control policy",
        PolicyType::Rcp => "resource control policy",
        PolicyType::Endpoint => "VPC endpoint policy",
        PolicyType::Resource => {
            let mut policies = stage.policies.iter();
            let trust = policies.any(|policy| matches!(policy.via, Via::Role(_)))
                || resource.resource.contains(":iam:") && resource.resource.contains(":role/");
            if trust {
                "role trust policy"
            } else {
                "resource-based policy"
            }
        }
        PolicyType::Boundary => "permissions boundary",
        PolicyType::Session => "session policy",
        PolicyType::Identity | PolicyType::Fixed => "identity-based policy",
    }
}

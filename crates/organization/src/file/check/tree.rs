//! States of the tree that AWS refuses.

use std::collections::HashSet;

use policy::Kind;

use super::references::Names;
use crate::file::error::{FileWarning, FileWarningKind};
use crate::file::json::shortened;
use crate::file::reader::Findings;
use crate::ids::{NodeId, PolicyId};
use crate::scenario::{Scenario, Settings};
use crate::tree::{Attachments, Child, FeatureSet, MAX_OU_DEPTH, Organization, policy_type};
use crate::well_known::RCP_FULL_AWS_ACCESS;

/// Collects the ids of all accounts.
pub(super) fn accounts<'a>(children: &'a [Child], into: &mut HashSet<&'a str>) {
    for child in children {
        match child {
            Child::Ou(ou) => accounts(&ou.children, into),
            Child::Account(account) => {
                into.insert(account.id.as_str());
            }
        }
    }
}

pub(super) fn check(scenario: &Scenario, names: &Names<'_>, findings: &Findings) {
    for (index, account) in scenario.external_accounts.iter().enumerate() {
        account_id(
            account.id.as_str(),
            &format!("externalAccounts[{index}]"),
            findings,
        );
    }
    let Some(organization) = &scenario.organization else {
        return;
    };
    let walk = Walk {
        settings: &scenario.settings,
        organization,
        names,
        findings,
    };
    let mut members = HashSet::new();
    accounts(&organization.root.children, &mut members);
    if let Some(management) = &organization.management_account
        && !members.contains(management.as_str())
    {
        findings.push(FileWarning {
            kind: FileWarningKind::Reference,
            path: "organization.managementAccountId".to_owned(),
            message: texts::file_there_no_account_in_organization(&shortened(management.as_str())),
            suggestion: None,
        });
    }
    if !is_id(organization.id.as_ref(), "o-", 10) {
        walk.refused(
            "organization.id",
            texts::file_aws_would_refuse_id(&shortened(&organization.id)),
        );
    }
    let root = &organization.root;
    if !is_id(root.id.as_str(), "r-", 4) {
        walk.refused(
            "organization.root.id",
            texts::file_aws_would_refuse_id_expected(&shortened(root.id.as_str())),
        );
    }
    walk.number_of_policies(scenario);
    walk.attachments(&root.attachments, "organization.root");
    walk.children(&root.children, "organization.root", 1);
}

/// Lower-case letters and digits after the prefix, as many as AWS gives.
fn is_id(id: &str, prefix: &str, least: usize) -> bool {
    id.strip_prefix(prefix).is_some_and(|rest| {
        (least..=32).contains(&rest.len())
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

fn account_id(id: &str, path: &str, findings: &Findings) {
    if id.len() != 12 || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        findings.push(FileWarning {
            kind: FileWarningKind::Refused,
            path: format!("{path}.id"),
            message: texts::file_aws_would_refuse_account(&shortened(id)),
            suggestion: None,
        });
    }
}

struct Walk<'a> {
    settings: &'a Settings,
    organization: &'a Organization,
    names: &'a Names<'a>,
    findings: &'a Findings,
}

impl Walk<'_> {
    fn refused(&self, path: &str, message: String) {
        self.findings.push(FileWarning {
            kind: FileWarningKind::Refused,
            path: path.to_owned(),
            message,
            suggestion: None,
        });
    }

    ///
    fn number_of_policies(&self, scenario: &Scenario) {
        let quotas = catalog::quotas(self.settings.date()).value;
        for (kind, word, most) in [
            (Kind::Scp, "SCPs", quotas.scps),
            (Kind::Rcp, "RCPs", quotas.rcps),
        ] {
            let kinds = scenario.policies.iter().map(|policy| policy.kind.known());
            let count = kinds.filter(|known| *known == Some(kind)).count();
            if count > most {
                self.refused(
                    "policies",
                    texts::file_aws_would_refuse_more(&count, &word, &most),
                );
            }
        }
    }

    fn children(&self, children: &[Child], path: &str, level: usize) {
        for (index, child) in children.iter().enumerate() {
            let path = format!("{path}.children[{index}]");
            match child {
                Child::Ou(ou) => {
                    if level > MAX_OU_DEPTH {
                        self.refused(
                            &path,
                            texts::file_ou_stands_levels_below(
                                &shortened(&ou.name),
                                &level,
                                &MAX_OU_DEPTH,
                            ),
                        );
                    }
                    self.ou_id(&ou.id, &path);
                    self.attachments(&ou.attachments, &path);
                    self.children(&ou.children, &path, level + 1);
                }
                Child::Account(account) => {
                    account_id(account.id.as_str(), &path, self.findings);
                    self.attachments(&account.attachments, &path);
                }
            }
        }
    }

    fn ou_id(&self, id: &NodeId, path: &str) {
        let root = self.organization.root.id.as_str();
        let root = root.strip_prefix("r-").unwrap_or(root);
        let prefix = format!("ou-{root}-");
        if !is_id(id.as_str(), &prefix, 8) {
            self.refused(
                &format!("{path}.id"),
                texts::file_aws_would_refuse_id_expected_and(&shortened(id.as_str()), &prefix),
            );
        }
    }

    fn attachments(&self, attachments: &Attachments, path: &str) {
        let path = format!("{path}.policies");
        let Attachments::Listed(listed) = attachments else {
            return;
        };
        let mut seen = HashSet::new();
        for (index, policy) in listed.iter().enumerate() {
            let path = format!("{path}[{index}]");
            self.names.policy(policy, &[Kind::Scp, Kind::Rcp], &path);
            if !seen.insert(policy) {
                self.findings.push(FileWarning {
                    kind: FileWarningKind::Redundant,
                    path,
                    message: texts::file_policy_attached_twice(&shortened(policy.as_str())),
                    suggestion: None,
                });
            }
        }
        self.quota(&seen, Kind::Scp, &path);
        self.quota(&seen, Kind::Rcp, &path);
    }

    /// At least one SCP while SCPs are enabled (ORG-16), no more than the quota, none
    /// of a type that is not enabled.
    fn quota(&self, attached: &HashSet<&PolicyId>, kind: Kind, path: &str) {
        let most = self.settings.most_attached(kind);
        let mut count = attached
            .iter()
            .filter(|id| self.names.policies.get(id.as_str()) == Some(&Some(kind)))
            .count();
        let enabled = self.organization.enables(kind);
        let word = match kind {
            Kind::Rcp => "RCP",
            _ => "SCP",
        };
        let implied = PolicyId::from(RCP_FULL_AWS_ACCESS);
        if kind == Kind::Rcp && enabled && !attached.contains(&implied) {
            count += 1;
        }
        if count > most {
            self.refused(path, texts::file_s_are_attached_aws(&count, &word, &most));
        }
        if enabled && count == 0 {
            self.refused(path, texts::file_no_scp_attached_aws().to_owned());
        }
        let all_features = self.organization.feature_set == FeatureSet::All;
        if let Some(name) = policy_type(kind)
            && !enabled
            && all_features
            && count > 0
        {
            self.refused(path, texts::file_attached_but_not_in(&word, &name));
        }
    }
}

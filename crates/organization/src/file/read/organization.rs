//! The organization tree and the accounts outside it.

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::file::derive::{account_ids, ou_ids};
use crate::file::error::{FileError, Refusal};
use crate::file::json::Json;
use crate::file::reader::{Field, Fields, ids, unknown_word};
use crate::file::{
    DEFAULT_ORGANIZATION_ID, DEFAULT_PARTITION, DEFAULT_POLICY_TYPES, DEFAULT_ROOT_ID,
};
use crate::ids::{AccountId, NodeId};
use crate::scenario::{ExternalAccount, ExternalOrganization, Scenario};
use crate::tree::{Account, Attachments, Child, FeatureSet, Organization, Ou, POLICY_TYPES, Root};

/// Stands for an id that is left out until all of the file has been read.
const LEFT_OUT: &str = "\0";

pub(super) fn organization(field: Field<'_>) -> Result<Organization, Refusal> {
    let mut fields = field.object(&[
        "id",
        "partition",
        "featureSet",
        "enabledPolicyTypes",
        "managementAccountId",
        "root",
    ])?;
    Ok(Organization {
        id: fields
            .text("id")?
            .map_or_else(|| DEFAULT_ORGANIZATION_ID.into(), Into::into),
        partition: fields
            .text("partition")?
            .map_or_else(|| DEFAULT_PARTITION.into(), Into::into),
        feature_set: fields
            .optional("featureSet", feature_set)?
            .unwrap_or(FeatureSet::All),
        enabled_policy_types: fields
            .optional("enabledPolicyTypes", |list| list.items(policy_type))?
            .unwrap_or_else(|| {
                DEFAULT_POLICY_TYPES
                    .iter()
                    .map(ToString::to_string)
                    .collect()
            }),
        management_account: fields.id("managementAccountId")?,
        root: Rc::new(fields.required("root", texts::file_root_tree(), root)?),
        extra: fields.finish()?,
    })
}

fn feature_set(field: Field<'_>) -> Result<FeatureSet, Refusal> {
    let (at, findings) = (field.at, field.findings);
    let word = field.text()?;
    Ok(match word.as_str() {
        "ALL" => FeatureSet::All,
        "CONSOLIDATED_BILLING" => FeatureSet::ConsolidatedBilling,
        _ => {
            let known = ["ALL", "CONSOLIDATED_BILLING"];
            unknown_word(findings, at, texts::file_feature_set(), &word, known);
            FeatureSet::Other(word)
        }
    })
}

fn policy_type(field: Field<'_>) -> Result<String, Refusal> {
    let (at, findings) = (field.at, field.findings);
    let word = field.text()?;
    if !POLICY_TYPES.contains(&word.as_str()) {
        unknown_word(
            findings,
            at,
            texts::file_policy_type(),
            &word,
            POLICY_TYPES.iter().copied(),
        );
    }
    Ok(word)
}

fn root(field: Field<'_>) -> Result<Root, Refusal> {
    let mut fields = field.object(&["id", "policies", "children"])?;
    let id = fields.id("id")?;
    let attachments = attachments(&mut fields)?;
    let (children, unknown) = children(&mut fields)?;
    Ok(Root {
        id: id.unwrap_or_else(|| NodeId::from(DEFAULT_ROOT_ID)),
        attachments,
        children,
        extra: with_unknown(fields.finish()?, unknown),
    })
}

fn attachments(fields: &mut Fields<'_>) -> Result<Attachments, Refusal> {
    Ok(fields
        .optional("policies", ids)?
        .map_or(Attachments::Default, Attachments::Listed))
}

/// The children of a node; those of an unknown type apart.
fn children(fields: &mut Fields<'_>) -> Result<(Vec<Child>, Vec<Value>), Refusal> {
    let mut unknown = Vec::new();
    let children = fields.or_default("children", |list| {
        list.items(|item| match child(item)? {
            Ok(child) => Ok(Some(child)),
            Err(value) => {
                unknown.push(value);
                Ok(None)
            }
        })
    })?;
    Ok((children.into_iter().flatten().collect(), unknown))
}

/// Keeps children of an unknown type: in `extra`, under the name that they have in the file.
fn with_unknown(mut extra: Map<String, Value>, unknown: Vec<Value>) -> Map<String, Value> {
    if !unknown.is_empty() {
        extra.insert("children".to_owned(), Value::Array(unknown));
    }
    extra
}

fn child(field: Field<'_>) -> Result<Result<Child, Value>, Refusal> {
    let Json::Object(members) = &field.json else {
        return Err(field.unexpected(texts::file_object()));
    };
    let word = match members.iter().find(|(key, _)| key == "type") {
        Some((_, Json::Text(word))) => word.as_str(),
        Some((_, found)) => {
            return Err(Box::new(FileError {
                path: field.at.key("type").to_string(),
                found: found.to_string(),
                ..*field.unexpected(texts::file_ou_or_account())
            }));
        }
        None => {
            return Err(field
                .object(&["type"])?
                .missing("type", texts::file_ou_or_account()));
        }
    };
    match word {
        "ou" => Ok(Ok(Child::Ou(Rc::new(ou(field)?)))),
        "account" => Ok(Ok(Child::Account(Rc::new(account(field)?)))),
        _ => {
            let at = field.at.key("type");
            unknown_word(
                field.findings,
                at,
                texts::file_type_node(),
                word,
                ["ou", "account"],
            );
            field.value().map(Err)
        }
    }
}

/// The id of an OU or account, which may be left out.
fn node_id(fields: &mut Fields<'_>) -> Result<NodeId, Refusal> {
    let id = fields.optional("id", |field| {
        if field.json == Json::text(LEFT_OUT) {
            return Err(field.unexpected(texts::file_id()));
        }
        field.text()
    })?;
    Ok(NodeId::from(id.as_deref().unwrap_or(LEFT_OUT)))
}

fn ou(field: Field<'_>) -> Result<Ou, Refusal> {
    let mut fields = field.object(&["type", "id", "name", "policies", "children"])?;
    fields.text("type")?;
    let id = node_id(&mut fields)?;
    let name = fields.text("name")?.unwrap_or_else(|| id.to_string());
    let attachments = attachments(&mut fields)?;
    let (children, unknown) = children(&mut fields)?;
    Ok(Ou {
        id,
        name,
        attachments,
        children,
        extra: with_unknown(fields.finish()?, unknown),
    })
}

fn account(field: Field<'_>) -> Result<Account, Refusal> {
    let mut fields = field.object(&["type", "id", "name", "policies", "tags"])?;
    fields.text("type")?;
    let id = AccountId::from(node_id(&mut fields)?.as_str());
    Ok(Account {
        name: fields.text("name")?.unwrap_or_else(|| id.to_string()),
        attachments: attachments(&mut fields)?,
        tags: fields.or_default("tags", |field| field.tags())?,
        id,
        extra: fields.finish()?,
    })
}

pub(super) fn external(field: Field<'_>) -> Result<ExternalAccount, Refusal> {
    let mut fields = field.object(&["id", "name", "partition", "organization"])?;
    let id: AccountId = fields.required_id("id", texts::file_id_account_twelve_digits())?;
    Ok(ExternalAccount {
        name: fields.text("name")?.unwrap_or_else(|| id.to_string()),
        partition: fields.text("partition")?,
        organization: fields.optional("organization", |field| {
            let mut fields = field.object(&["id", "path"])?;
            Ok(ExternalOrganization {
                id: fields.required("id", texts::file_id_organization_o(), |field| field.text())?,
                path: fields.text("path")?,
                extra: fields.finish()?,
            })
        })?,
        id,
        extra: fields.finish()?,
    })
}

/// Gives an id to every node that has none in the file.
pub(super) fn derive_ids(scenario: &mut Scenario) {
    let Some(organization) = &mut scenario.organization else {
        return;
    };
    let mut typed = Vec::new();
    collect(&organization.root.children, &mut typed);
    let external = scenario.external_accounts.iter().map(|account| &account.id);
    let taken: HashSet<&str> = typed
        .iter()
        .map(NodeId::as_str)
        .chain(external.map(AccountId::as_str))
        .collect();
    let mut ous = ou_ids(organization.root.id.as_str(), &taken);
    let mut accounts = account_ids(&taken);
    let root = Rc::make_mut(&mut organization.root);
    fill(&mut root.children, &mut ous, &mut accounts);
}

fn collect(children: &[Child], typed: &mut Vec<NodeId>) {
    for child in children {
        let id = child.id();
        if id.as_str() != LEFT_OUT {
            typed.push(id);
        }
        if let Child::Ou(ou) = child {
            collect(&ou.children, typed);
        }
    }
}

fn fill(
    children: &mut [Child],
    ous: &mut impl Iterator<Item = String>,
    accounts: &mut impl Iterator<Item = String>,
) {
    for child in children {
        match child {
            Child::Ou(ou) => {
                let ou = Rc::make_mut(ou);
                if ou.id.as_str() == LEFT_OUT {
                    named(ous.next(), &mut ou.name, |id| ou.id = NodeId::from(id));
                }
                fill(&mut ou.children, ous, accounts);
            }
            Child::Account(account) => {
                if account.id.as_str() == LEFT_OUT {
                    let account = Rc::make_mut(account);
                    named(accounts.next(), &mut account.name, |id| {
                        account.id = AccountId::from(id);
                    });
                }
            }
        }
    }
}

fn named(id: Option<String>, name: &mut String, set: impl FnOnce(&str)) {
    if let Some(id) = id {
        set(&id);
        if name == LEFT_OUT {
            *name = id;
        }
    }
}

//! Policies, and the resources and endpoints that carry one.

use policy::Kind;

use super::settings::kinds;
use crate::file::error::{FileError, FileErrorKind, Refusal};
use crate::file::json::Json;
use crate::file::print::{Layout, print};
use crate::file::reader::{Field, unknown_word};
use crate::ids::PolicyId;
use crate::scenario::{Endpoint, Policy, PolicyKind, Resource};

pub(super) fn policy(field: Field<'_>) -> Result<Policy, Refusal> {
    let mut fields = field.object(&["id", "name", "kind", "document", "source"])?;
    let id: PolicyId = fields.required_id("id", texts::file_id_that_no_other_policy())?;
    let document = fields.optional("document", |field| match &field.json {
        Json::Object(_) => Ok(print(&field.json, Layout::Indented)),
        Json::Text(_) => Err(field.unexpected(texts::file_json_object_policy_as())),
        _ => Err(field.unexpected(texts::file_json_object())),
    })?;
    let source = fields.text("source")?;
    let text = match (document, source) {
        (Some(_), Some(_)) => {
            return Err(Box::new(FileError {
                kind: FileErrorKind::Conflict,
                path: fields.at.to_string(),
                place: None,
                found: texts::file_both_document_and_source().to_owned(),
                expected: texts::file_one_them().to_owned(),
            }));
        }
        (Some(text), None) | (None, Some(text)) => text,
        (None, None) => {
            return Err(fields.missing("document", texts::file_policy_as_document_or()));
        }
    };
    Ok(Policy {
        name: fields
            .text("name")?
            .unwrap_or_else(|| id.as_str().to_owned()),
        kind: fields.required("kind", &kind_words(), kind)?,
        text: text.into(),
        id,
        extra: fields.finish()?,
    })
}

fn kind_words() -> String {
    let words: Vec<String> = kinds().map(|word| format!("`{word}`")).collect();
    texts::file_one(&words.join(", "))
}

fn kind(field: Field<'_>) -> Result<PolicyKind, Refusal> {
    let (at, findings) = (field.at, field.findings);
    let word = field.text()?;
    Ok(match Kind::from_word(&word) {
        Some(kind) => PolicyKind::Known(kind),
        None => {
            unknown_word(findings, at, texts::file_kind_policy(), &word, kinds());
            PolicyKind::Other(word)
        }
    })
}

pub(super) fn resource(field: Field<'_>) -> Result<Resource, Refusal> {
    let mut fields = field.object(&["arn", "account", "policy", "tags"])?;
    Ok(Resource {
        arn: fields.required("arn", texts::file_arn_resource(), |field| field.text())?,
        account: fields.id("account")?,
        policy: fields.id("policy")?,
        tags: fields.or_default("tags", |field| field.tags())?,
        extra: fields.finish()?,
    })
}

pub(super) fn endpoint(field: Field<'_>) -> Result<Endpoint, Refusal> {
    let mut fields = field.object(&["id", "policy", "vpc", "account"])?;
    Ok(Endpoint {
        id: fields.required("id", texts::file_id_endpoint_vpce(), |field| field.text())?,
        policy: fields.id("policy")?,
        vpc: fields.text("vpc")?,
        account: fields.id("account")?,
        extra: fields.finish()?,
    })
}

//! Requests and the resources they act on.

use super::caller::caller;
use super::context::context;
use super::expect::expectation;
use crate::file::error::{FileError, FileErrorKind, FileWarningKind, Refusal};
use crate::file::reader::{Field, Fields};
use crate::scenario::{Request, RequestResource};

const REQUEST: &[&str] = &[
    "id",
    "name",
    "principal",
    "action",
    "resource",
    "resources",
    "resourceAccount",
    "requestTags",
    "region",
    "time",
    "endpoint",
    "via",
    "context",
    "absent",
    "unknown",
    "expect",
];

pub(super) fn request(field: Field<'_>) -> Result<Request, Refusal> {
    let mut fields = field.object(REQUEST)?;
    Ok(Request {
        id: fields.required_id("id", texts::file_id_that_no_other_request())?,
        name: fields.or_default("name", |field| field.text())?,
        caller: fields.required("principal", texts::file_caller_by_id_or(), caller)?,
        action: fields.required("action", texts::file_action_such_as_s3(), |field| {
            field.text()
        })?,
        resources: resources(&mut fields)?,
        resource_account: fields.id("resourceAccount")?,
        request_tags: fields.or_default("requestTags", |field| field.tags())?,
        region: fields.text("region")?,
        time: fields.text("time")?,
        endpoint: fields.text("endpoint")?,
        via: fields.or_default("via", |field| field.texts())?,
        context: fields.or_default("context", context)?,
        absent: fields.or_default("absent", |field| field.texts())?,
        unknown: fields.or_default("unknown", |field| field.texts())?,
        expect: fields.optional("expect", expectation)?,
        extra: fields.finish()?,
    })
}

fn resources(fields: &mut Fields<'_>) -> Result<Vec<RequestResource>, Refusal> {
    let one = fields.text("resource")?;
    let several = fields.optional("resources", |list| {
        let (at, findings) = (list.at, list.findings);
        let list = list.items(resource)?;
        if list.is_empty() {
            findings.warn(
                FileWarningKind::Redundant,
                at,
                texts::file_empty_list_means_same().to_owned(),
            );
        }
        Ok(list)
    })?;
    match (one, several) {
        (Some(_), Some(_)) => Err(Box::new(FileError {
            kind: FileErrorKind::Conflict,
            path: fields.at.to_string(),
            place: None,
            found: texts::file_both_resource_and_resources().to_owned(),
            expected: texts::file_one_them().to_owned(),
        })),
        (None, Some(several)) if !several.is_empty() => Ok(several),
        (one, _) => Ok(vec![RequestResource::new(one.as_deref().unwrap_or("*"))]),
    }
}

fn resource(field: Field<'_>) -> Result<RequestResource, Refusal> {
    let mut fields = field.object(&["arn", "account", "tags", "context"])?;
    Ok(RequestResource {
        arn: fields.required("arn", texts::file_arn_resource(), |field| field.text())?,
        account: fields.id("account")?,
        tags: fields.or_default("tags", |field| field.tags())?,
        context: fields.or_default("context", context)?,
        extra: fields.finish()?,
    })
}

//! From JSON to the model, one file for each part of the scenario.

mod caller;
mod context;
mod expect;
mod lesson;
mod organization;
mod policies;
mod principals;
mod requests;
mod settings;

use std::rc::Rc;

use super::error::{FileError, FileErrorKind, FileWarning, FileWarningKind, Refusal};
use super::json::{Json, shortened};
use super::path::Path;
use super::reader::{Field, Findings};
use super::suggest::closest;
use super::{FEATURES, VERSION};
use crate::scenario::Scenario;

const SCENARIO: &[&str] = &[
    "version",
    "requires",
    "title",
    "description",
    "settings",
    "defaults",
    "organization",
    "externalAccounts",
    "policies",
    "principals",
    "resources",
    "endpoints",
    "requests",
    "recorded",
    "lesson",
];

pub(crate) fn scenario(json: Json, findings: &Findings) -> Result<Scenario, Refusal> {
    let file = Field {
        json,
        at: Path::Top,
        findings,
    };
    let mut fields = file.object(SCENARIO)?;
    version(fields.optional("version", |field| Ok(field.json))?)?;
    Ok(Scenario {
        requires: fields.or_default("requires", requires)?,
        title: fields.or_default("title", |field| field.text())?,
        description: fields.or_default("description", |field| field.text())?,
        settings: Rc::new(fields.or_default("settings", settings::settings)?),
        defaults: Rc::new(fields.or_default("defaults", settings::defaults)?),
        external_accounts: fields.or_default("externalAccounts", |list| {
            shared(list, organization::external)
        })?,
        organization: fields.optional("organization", organization::organization)?,
        policies: fields.or_default("policies", |list| shared(list, policies::policy))?,
        principals: fields.or_default("principals", |list| shared(list, principals::principal))?,
        resources: fields.or_default("resources", |list| shared(list, policies::resource))?,
        endpoints: fields.or_default("endpoints", |list| shared(list, policies::endpoint))?,
        requests: fields.or_default("requests", |list| shared(list, requests::request))?,
        recorded: fields.optional("recorded", |field| field.value())?,
        lesson: fields.optional("lesson", |field| lesson::lesson(field).map(Rc::new))?,
        extra: fields.finish()?,
    })
    .map(|mut scenario| {
        organization::derive_ids(&mut scenario);
        scenario
    })
}

fn shared<T>(
    list: Field<'_>,
    mut read: impl FnMut(Field<'_>) -> Result<T, Refusal>,
) -> Result<Vec<Rc<T>>, Refusal> {
    list.items(|item| read(item).map(Rc::new))
}

fn version(found: Option<Json>) -> Result<(), Refusal> {
    let error = |found: String, expected: &str| {
        Box::new(FileError {
            kind: FileErrorKind::Version,
            path: "version".to_owned(),
            place: None,
            found,
            expected: expected.to_owned(),
        })
    };
    match found {
        Some(Json::Number(text)) if text == VERSION.to_string() => Ok(()),
        Some(Json::Number(text)) if text.parse::<u64>().is_ok_and(|n| n > u64::from(VERSION)) => {
            Err(error(
                texts::file_number(&shortened(&text)),
                texts::file_1_file_was_written(),
            ))
        }
        Some(other) => Err(error(other.to_string(), texts::file_number_one())),
        None => Err(Box::new(FileError {
            path: String::new(),
            ..*error(texts::file_no_version().to_owned(), "`\"version\": 1`")
        })),
    }
}

fn requires(field: Field<'_>) -> Result<Vec<String>, Refusal> {
    field.items(|item| {
        let (at, findings) = (item.at.to_string(), item.findings);
        let feature = item.text()?;
        if !FEATURES.contains(&feature.as_str()) {
            findings.push(FileWarning {
                kind: FileWarningKind::UnknownFeature,
                path: at,
                message: texts::file_scenario_needs_feature_which(&shortened(&feature)),
                suggestion: closest(&feature, FEATURES.iter().copied()).map(str::to_owned),
            });
        }
        Ok(feature)
    })
}

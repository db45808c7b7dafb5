//! `settings` and `defaults`.

use std::collections::BTreeMap;

use catalog::{AS_OF, Date};
use policy::Kind;

use super::context::context;
use crate::file::error::{FileWarningKind, Refusal};
use crate::file::json::{Json, shortened};
use crate::file::reader::{Field, unknown_word};
use crate::ids::{NodeId, PolicyId};
use crate::scenario::{Defaults, OPEN_QUESTIONS, Settings, SwitchedOff, UnstatedKeys};

pub(super) fn settings(field: Field<'_>) -> Result<Settings, Refusal> {
    let mut fields = field.object(&["unstatedKeys", "asOf", "rules", "off"])?;
    Ok(Settings {
        unstated_keys: fields.or_default("unstatedKeys", unstated_keys)?,
        as_of: fields.optional("asOf", date)?,
        rules: fields.or_default("rules", rules)?,
        off: fields.or_default("off", |list| list.items(switched_off))?,
        extra: fields.finish()?,
    })
}

/// A date, kept as it is even if it is none.
fn date(field: Field<'_>) -> Result<String, Refusal> {
    let (findings, at) = (field.findings, field.at);
    let text = field.text()?;
    if Date::parse(&text).is_none() {
        findings.warn(
            FileWarningKind::UnknownWord,
            at,
            texts::file_no_date_such_as(&shortened(&text), &AS_OF),
        );
    }
    Ok(text)
}

fn rules(field: Field<'_>) -> Result<BTreeMap<String, bool>, Refusal> {
    let mut rules = BTreeMap::new();
    field.each_member(&mut |name, value| {
        if !OPEN_QUESTIONS.contains(&name) {
            unknown_word(
                value.findings,
                value.at,
                texts::file_open_question(),
                name,
                OPEN_QUESTIONS,
            );
        }
        rules.insert(name.to_owned(), value.bool()?);
        Ok(())
    })?;
    Ok(rules)
}

fn unstated_keys(field: Field<'_>) -> Result<UnstatedKeys, Refusal> {
    match &field.json {
        Json::Text(word) if word == "unknown" => Ok(UnstatedKeys::Unknown),
        Json::Text(word) if word == "absent" => Ok(UnstatedKeys::Absent),
        _ => Err(field.unexpected(texts::file_unknown_or_absent())),
    }
}

fn switched_off(field: Field<'_>) -> Result<SwitchedOff, Refusal> {
    match &field.json {
        Json::Text(word) => {
            if let Some(kind) = Kind::from_word(word) {
                return Ok(SwitchedOff::Kind(kind));
            }
            unknown_word(
                field.findings,
                field.at,
                texts::file_policy_type(),
                word,
                kinds(),
            );
        }
        Json::Object(members) => {
            if let [(a, Json::Text(x)), (b, Json::Text(y))] = members.as_slice() {
                match (a.as_str(), b.as_str()) {
                    ("policy", "node") => return Ok(attachment(x, y)),
                    ("node", "policy") => return Ok(attachment(y, x)),
                    _ => {}
                }
            }
            unknown_word(
                field.findings,
                field.at,
                texts::file_entry_word(),
                "off",
                [],
            );
        }
        _ => {
            return Err(field.unexpected(texts::file_policy_type_or_object()));
        }
    }
    field.value().map(SwitchedOff::Unknown)
}

fn attachment(policy: &str, node: &str) -> SwitchedOff {
    SwitchedOff::Attachment {
        policy: PolicyId::from(policy),
        node: NodeId::from(node),
    }
}

/// The words for the kinds of policy.
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    Kind::ALL.into_iter().map(Kind::as_str)
}

pub(super) fn defaults(field: Field<'_>) -> Result<Defaults, Refusal> {
    let mut fields = field.object(&["region", "time", "context"])?;
    Ok(Defaults {
        region: fields.text("region")?,
        time: fields.text("time")?,
        context: fields.or_default("context", context)?,
        extra: fields.finish()?,
    })
}

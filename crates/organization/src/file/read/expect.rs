//! What the author of a request expects.

use crate::file::error::FileError;
use crate::file::json::Json;
use crate::file::reader::{Field, unknown_word};
use crate::ids::AccountId;
use crate::scenario::{Expectation, ExpectedReason, ExpectedVerdict};

pub(super) fn expectation(field: Field<'_>) -> Result<Expectation, FileError> {
    if matches!(field.json, Json::Text(_)) {
        return verdict(field).map(Expectation::bare);
    }
    if !matches!(field.json, Json::Object(_)) {
        return Err(field.unexpected("a verdict such as `deny`, or an object with `verdict`"));
    }
    let mut fields = field.object(&["verdict", "dependsOn", "by", "accounts"])?;
    Ok(Expectation {
        verdict: fields.optional("verdict", verdict)?,
        depends_on: fields.optional("dependsOn", |field| field.texts())?,
        by: fields.optional("by", |list| list.items(reason))?,
        accounts: fields
            .or_default("accounts", |map| {
                map.members(|account, word| Ok((AccountId::from(account.as_str()), verdict(word)?)))
            })?
            .into_iter()
            .collect(),
        bare: false,
        extra: fields.finish()?,
    })
}

fn verdict(field: Field<'_>) -> Result<ExpectedVerdict, FileError> {
    let (at, findings) = (field.at, field.findings);
    let word = field.text()?;
    Ok(ExpectedVerdict::from_word(&word).unwrap_or_else(|| {
        let known = ExpectedVerdict::WORDS.map(|(word, _)| word);
        unknown_word(findings, at, "verdict", &word, known);
        ExpectedVerdict::Other(word)
    }))
}

fn reason(field: Field<'_>) -> Result<ExpectedReason, FileError> {
    let mut fields = field.object(&["policy", "sid", "index", "node"])?;
    Ok(ExpectedReason {
        policy: fields.id("policy")?,
        sid: fields.text("sid")?,
        index: fields.optional("index", |field| field.position())?,
        node: fields.id("node")?,
        extra: fields.finish()?,
    })
}

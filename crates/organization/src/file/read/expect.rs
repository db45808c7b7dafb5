//! What the author of a request expects.

use std::collections::BTreeMap;

use crate::file::error::Refusal;
use crate::file::json::Json;
use crate::file::reader::{Field, unknown_word};
use crate::ids::AccountId;
use crate::scenario::{Expectation, ExpectedReason, ExpectedVerdict};

pub(super) fn expectation(field: Field<'_>) -> Result<Expectation, Refusal> {
    if matches!(field.json, Json::Text(_)) {
        return verdict(field).map(Expectation::bare);
    }
    if !matches!(field.json, Json::Object(_)) {
        return Err(field.unexpected(texts::file_verdict_such_as_deny()));
    }
    let mut fields = field.object(&["verdict", "dependsOn", "by", "accounts"])?;
    Ok(Expectation {
        verdict: fields.optional("verdict", verdict)?,
        depends_on: fields.optional("dependsOn", |field| field.texts())?,
        by: fields.optional("by", |list| list.items(reason))?,
        accounts: fields.or_default("accounts", accounts)?,
        bare: false,
        extra: fields.finish()?,
    })
}

fn accounts(field: Field<'_>) -> Result<BTreeMap<AccountId, ExpectedVerdict>, Refusal> {
    let mut accounts = BTreeMap::new();
    field.each_member(&mut |account, word| {
        accounts.insert(AccountId::from(account), verdict(word)?);
        Ok(())
    })?;
    Ok(accounts)
}

fn verdict(field: Field<'_>) -> Result<ExpectedVerdict, Refusal> {
    let (at, findings) = (field.at, field.findings);
    let word = field.text()?;
    Ok(ExpectedVerdict::from_word(&word).unwrap_or_else(|| {
        let known = ExpectedVerdict::WORDS.map(|(word, _)| word);
        unknown_word(findings, at, "verdict", &word, known);
        ExpectedVerdict::Other(word)
    }))
}

fn reason(field: Field<'_>) -> Result<ExpectedReason, Refusal> {
    let mut fields = field.object(&["policy", "sid", "index", "node"])?;
    Ok(ExpectedReason {
        policy: fields.id("policy")?,
        sid: fields.text("sid")?,
        index: fields.optional("index", |field| field.position())?,
        node: fields.id("node")?,
        extra: fields.finish()?,
    })
}

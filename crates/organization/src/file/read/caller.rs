//! Who calls.

use super::context::context;
use crate::file::error::{FileError, FileWarningKind, Refusal};
use crate::file::json::Json;
use crate::file::reader::{Field, Fields, unknown_word};
use crate::ids::{PolicyId, PrincipalId};
use crate::scenario::{Caller, CallerKind, SessionVia};

const TYPES: [&str; 12] = [
    "user",
    "userSession",
    "role",
    "federatedUser",
    "root",
    "assumedRoot",
    "service",
    "saml",
    "webIdentity",
    "anonymous",
    "arn",
    "everyAccount",
];

/// Reads the fields of one type of caller.
type Read = fn(&mut Fields<'_>) -> Result<CallerKind, Refusal>;

pub(super) fn caller(field: Field<'_>) -> Result<Caller, Refusal> {
    let members = match &field.json {
        Json::Text(id) => {
            return Ok(Caller::new(CallerKind::Id(PrincipalId::from(id.as_str()))));
        }
        Json::Object(members) => members,
        _ => {
            return Err(field.unexpected(texts::file_id_user_or_role()));
        }
    };
    let word = match members.iter().find(|(key, _)| key == "type") {
        Some((_, Json::Text(word))) => word.clone(),
        Some((_, found)) => {
            return Err(Box::new(FileError {
                path: field.at.key("type").to_string(),
                found: found.to_string(),
                ..*field.unexpected(texts::file_type_caller_such_as())
            }));
        }
        None => {
            return Err(field
                .object(&["type"])?
                .missing("type", texts::file_type_caller_such_as()));
        }
    };
    let (known, read): (&[&str], Read) = match word.as_str() {
        "user" => (&["type", "id", "mfa"], user),
        "userSession" => (&["type", "id", "mfa"], user_session),
        "role" => (
            &[
                "type",
                "id",
                "session",
                "via",
                "provider",
                "mfa",
                "sourceIdentity",
                "tags",
                "sessionPolicies",
            ],
            role,
        ),
        "federatedUser" => (
            &["type", "name", "issuer", "sessionPolicies"],
            federated_user,
        ),
        "root" => (&["type", "account"], root),
        "assumedRoot" => (&["type", "account", "taskPolicy"], assumed_root),
        "service" => (&["type", "name", "sourceArn", "sourceAccount"], service),
        "saml" => (&["type", "provider"], saml),
        "webIdentity" => (&["type", "provider", "context"], web_identity),
        "anonymous" => (&["type"], |_| Ok(CallerKind::Anonymous)),
        "arn" => (&["type", "arn"], arn),
        "everyAccount" => (&["type", "role", "policies"], every_account),
        _ => {
            let at = field.at.key("type");
            unknown_word(field.findings, at, texts::file_type_caller(), &word, TYPES);
            return field.value().map(CallerKind::Unknown).map(Caller::new);
        }
    };
    let mut fields = field.object(known)?;
    fields.text("type")?;
    Ok(Caller {
        kind: read(&mut fields)?,
        extra: fields.finish()?,
    })
}

fn principal(fields: &mut Fields<'_>, name: &str) -> Result<PrincipalId, Refusal> {
    fields.required_id(name, texts::file_id_entry_principals())
}

fn session_policies(fields: &mut Fields<'_>) -> Result<Vec<PolicyId>, Refusal> {
    fields.ids("sessionPolicies")
}

fn user(fields: &mut Fields<'_>) -> Result<CallerKind, Refusal> {
    Ok(CallerKind::User {
        id: principal(fields, "id")?,
        mfa: fields.optional("mfa", |field| {
            if field.json != Json::text("none") {
                field.findings.warn(
                    FileWarningKind::UnknownWord,
                    field.at,
                    texts::file_long_term_keys_carry().to_owned(),
                );
            }
            field.value()
        })?,
    })
}

fn user_session(fields: &mut Fields<'_>) -> Result<CallerKind, Refusal> {
    Ok(CallerKind::UserSession {
        id: principal(fields, "id")?,
        mfa: fields.optional("mfa", |field| field.bool())?,
    })
}

fn role(fields: &mut Fields<'_>) -> Result<CallerKind, Refusal> {
    Ok(CallerKind::Role {
        id: principal(fields, "id")?,
        session: fields.text("session")?,
        via: fields.or_default("via", session_via)?,
        provider: fields.text("provider")?,
        mfa: fields.optional("mfa", |field| field.bool())?,
        source_identity: fields.text("sourceIdentity")?,
        tags: fields.or_default("tags", |field| field.tags())?,
        session_policies: session_policies(fields)?,
    })
}

fn session_via(field: Field<'_>) -> Result<SessionVia, Refusal> {
    let (at, findings) = (field.at, field.findings);
    let word = field.text()?;
    Ok(SessionVia::from_word(&word).unwrap_or_else(|| {
        let known = SessionVia::WORDS.map(|(word, _)| word);
        unknown_word(
            findings,
            at,
            texts::file_way_to_open_session(),
            &word,
            known,
        );
        SessionVia::Other(word)
    }))
}

fn federated_user(fields: &mut Fields<'_>) -> Result<CallerKind, Refusal> {
    Ok(CallerKind::FederatedUser {
        name: fields.required("name", texts::file_name_federated_user(), |field| {
            field.text()
        })?,
        issuer: principal(fields, "issuer")?,
        session_policies: session_policies(fields)?,
    })
}

fn root(fields: &mut Fields<'_>) -> Result<CallerKind, Refusal> {
    Ok(CallerKind::Root {
        account: fields.required_id("account", texts::file_account_whose_root_user())?,
    })
}

fn assumed_root(fields: &mut Fields<'_>) -> Result<CallerKind, Refusal> {
    Ok(CallerKind::AssumedRoot {
        account: fields.required_id("account", texts::file_account_whose_root_session())?,
        task_policy: fields.text("taskPolicy")?,
    })
}

fn service(fields: &mut Fields<'_>) -> Result<CallerKind, Refusal> {
    Ok(CallerKind::Service {
        name: fields.required("name", texts::file_service_such_as_cloudtrail(), |field| {
            field.text()
        })?,
        source_arn: fields.text("sourceArn")?,
        source_account: fields.id("sourceAccount")?,
    })
}

fn saml(fields: &mut Fields<'_>) -> Result<CallerKind, Refusal> {
    Ok(CallerKind::Saml {
        provider: fields.required("provider", texts::file_arn_saml_provider(), |field| {
            field.text()
        })?,
    })
}

fn web_identity(fields: &mut Fields<'_>) -> Result<CallerKind, Refusal> {
    Ok(CallerKind::WebIdentity {
        provider: fields.required("provider", texts::file_domain_or_arn_provider(), |field| {
            field.text()
        })?,
        context: fields.or_default("context", context)?,
    })
}

fn arn(fields: &mut Fields<'_>) -> Result<CallerKind, Refusal> {
    Ok(CallerKind::Arn {
        arn: fields.required("arn", texts::file_arn_caller(), |field| field.text())?,
    })
}

fn every_account(fields: &mut Fields<'_>) -> Result<CallerKind, Refusal> {
    Ok(CallerKind::EveryAccount {
        role: fields.required("role", texts::file_name_role(), |field| field.text())?,
        policies: fields.ids("policies")?,
    })
}

//! Users, groups and roles.

use crate::file::error::{FileError, Refusal};
use crate::file::json::Json;
use crate::file::reader::{Field, unknown_word};
use crate::ids::{AccountId, PrincipalId};
use crate::scenario::{Group, Principal, Role, User};

const TYPES: [&str; 3] = ["user", "group", "role"];
const USER: &[&str] = &[
    "type",
    "id",
    "account",
    "name",
    "path",
    "groups",
    "policies",
    "permissionsBoundary",
    "tags",
];
const GROUP: &[&str] = &["type", "id", "account", "name", "policies"];
const ROLE: &[&str] = &[
    "type",
    "id",
    "account",
    "name",
    "path",
    "policies",
    "permissionsBoundary",
    "trustPolicy",
    "tags",
];

/// The path of a user or role where the file names none.
const DEFAULT_PATH: &str = "/";

pub(super) fn principal(field: Field<'_>) -> Result<Principal, Refusal> {
    let Json::Object(members) = &field.json else {
        return Err(field.unexpected(texts::file_object()));
    };
    let kind = members.iter().find(|(key, _)| key == "type");
    match kind {
        Some((_, Json::Text(word))) => match word.as_str() {
            "user" => user(field).map(Principal::User),
            "group" => group(field).map(Principal::Group),
            "role" => role(field).map(Principal::Role),
            _ => other(field),
        },
        Some((_, found)) => Err(Box::new(FileError {
            path: field.at.key("type").to_string(),
            found: found.to_string(),
            ..*field.unexpected(texts::file_user_group_or_role())
        })),
        None => Err(field
            .object(USER)?
            .missing("type", texts::file_user_group_or_role())),
    }
}

fn other(field: Field<'_>) -> Result<Principal, Refusal> {
    let text = |name: &str| match &field.json {
        Json::Object(members) => members.iter().find_map(|(key, value)| match value {
            Json::Text(text) if key == name => Some(text.as_str()),
            _ => None,
        }),
        _ => None,
    };
    let word = text("type").unwrap_or_default();
    let at = field.at.key("type");
    unknown_word(
        field.findings,
        at,
        texts::file_type_principal(),
        word,
        TYPES,
    );
    Ok(Principal::Other {
        id: PrincipalId::from(text("id").unwrap_or_default()),
        value: field.value()?,
    })
}

fn user(field: Field<'_>) -> Result<User, Refusal> {
    let mut fields = field.object(USER)?;
    fields.text("type")?;
    let id: PrincipalId = fields.required_id("id", texts::file_id_no_other_principal())?;
    let account: AccountId = fields.required_id("account", texts::file_account_of_principal())?;
    Ok(User {
        name: fields.text("name")?.unwrap_or_else(|| id.to_string()),
        path: fields
            .text("path")?
            .unwrap_or_else(|| DEFAULT_PATH.to_owned()),
        groups: fields.ids("groups")?,
        policies: fields.ids("policies")?,
        permissions_boundary: fields.id("permissionsBoundary")?,
        tags: fields.or_default("tags", |field| field.tags())?,
        id,
        account,
        extra: fields.finish()?,
    })
}

fn group(field: Field<'_>) -> Result<Group, Refusal> {
    let mut fields = field.object(GROUP)?;
    fields.text("type")?;
    let id: PrincipalId = fields.required_id("id", texts::file_id_no_other_principal())?;
    let account: AccountId = fields.required_id("account", texts::file_account_of_principal())?;
    Ok(Group {
        name: fields.text("name")?.unwrap_or_else(|| id.to_string()),
        policies: fields.ids("policies")?,
        id,
        account,
        extra: fields.finish()?,
    })
}

fn role(field: Field<'_>) -> Result<Role, Refusal> {
    let mut fields = field.object(ROLE)?;
    fields.text("type")?;
    let id: PrincipalId = fields.required_id("id", texts::file_id_no_other_principal())?;
    let account: AccountId = fields.required_id("account", texts::file_account_of_principal())?;
    Ok(Role {
        name: fields.text("name")?.unwrap_or_else(|| id.to_string()),
        path: fields
            .text("path")?
            .unwrap_or_else(|| DEFAULT_PATH.to_owned()),
        policies: fields.ids("policies")?,
        permissions_boundary: fields.id("permissionsBoundary")?,
        trust_policy: fields.id("trustPolicy")?,
        tags: fields.or_default("tags", |field| field.tags())?,
        id,
        account,
        extra: fields.finish()?,
    })
}

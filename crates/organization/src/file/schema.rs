//! The shape of the scenario file as Rust types, from which its JSON Schema is made.
//!
//! The reader does not go through these types: it keeps what they do not name, and says where
//! something is wrong. Tests hold the two in step, field by field. The comments on the fields are
//! the descriptions in the schema.

#![expect(
    dead_code,
    reason = "the types are only looked at by the schema generator"
)]

mod caller;
mod lesson;
mod organization;
mod request;

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};

use organization::{ExternalAccount, Organization};
use request::Request;

/// The JSON Schema (draft 2020-12) of the scenario file, version 1.
#[must_use]
pub fn schema() -> Value {
    SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Scenario>()
        .into()
}

/// Any text; the ones that this version knows are offered.
fn words(known: &[&str]) -> Schema {
    schemars::json_schema!({ "anyOf": [{ "enum": known }, { "type": "string" }] })
}

/// Makes a type of which no more is known than its schema.
macro_rules! described {
    ($name:ident, $schema:expr) => {
        pub(super) struct $name;

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $schema
            }
        }
    };
}
use described;

described!(Version, schemars::json_schema!({ "const": 1 }));
described!(Kind, words(&policy::Kind::ALL.map(policy::Kind::as_str)));
described!(PrincipalType, words(&["user", "group", "role"]));
described!(
    UnstatedKeys,
    schemars::json_schema!({ "enum": ["unknown", "absent"] })
);

/// A Guardrail scenario: an organization, its policies, who calls, what they call, and what is
/// expected.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
struct Scenario {
    /// The version of the file.
    version: Version,
    /// Features without which the verdicts would be wrong.
    requires: Option<Vec<String>>,
    /// Title.
    title: Option<String>,
    /// Markdown, shown beside the scenario.
    description: Option<String>,
    /// Settings of the evaluation.
    settings: Option<Settings>,
    /// What every request has unless it says otherwise.
    defaults: Option<Defaults>,
    /// The organization; left out: only standalone accounts.
    organization: Option<Organization>,
    /// Accounts outside the organization.
    external_accounts: Option<Vec<ExternalAccount>>,
    /// Policies; well-known ones (FullAWSAccess, RCPFullAWSAccess, AdministratorAccess,
    /// PowerUserAccess, IAMFullAccess) need no entry.
    policies: Option<Vec<Policy>>,
    /// Users, groups and roles.
    principals: Option<Vec<Principal>>,
    /// Resources with an owner, a policy or tags.
    resources: Option<Vec<Resource>>,
    /// VPC endpoints.
    endpoints: Option<Vec<Endpoint>>,
    /// The requests whose verdicts are asked for.
    requests: Option<Vec<Request>>,
    /// What was true when a link was made.
    recorded: Option<Value>,
    /// What the scenario teaches, step by step.
    lesson: Option<lesson::Lesson>,
}

/// Settings of the evaluation.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
struct Settings {
    /// What a context key is that nobody stated.
    unstated_keys: Option<UnstatedKeys>,
    /// The date of dated rules: quotas, SCP language, RCP services.
    as_of: Option<String>,
    /// Open questions of the rule book, by name.
    rules: Option<BTreeMap<String, bool>>,
    /// Policy types and attachments that are switched off.
    off: Option<Vec<SwitchedOff>>,
}

/// A policy type, or one attachment.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum SwitchedOff {
    /// A policy type.
    Kind(Kind),
    /// One attachment.
    Attachment {
        /// Id of the policy.
        policy: String,
        /// Id of the root, OU or account.
        node: String,
    },
}

/// What every request has unless it says otherwise.
#[derive(JsonSchema)]
struct Defaults {
    /// Region that is called.
    region: Option<String>,
    /// Time of the call.
    time: Option<String>,
    /// Context keys.
    context: Option<Context>,
}

/// Context keys and their values; `null` is not a value.
type Context = BTreeMap<String, ContextValue>;

/// Text, a number, a boolean, or an array of them.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum ContextValue {
    /// One value.
    One(Scalar),
    /// Several values.
    Many(Vec<Scalar>),
}

/// One value.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Scalar {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A boolean.
    Bool(bool),
}

/// Tags, by key.
type Tags = BTreeMap<String, String>;

/// A policy, as a `document` or as its `source`.
#[derive(JsonSchema)]
#[schemars(extend("oneOf" = [{ "required": ["document"] }, { "required": ["source"] }]))]
struct Policy {
    /// Id that no other policy has.
    id: String,
    /// Name; the id where it is left out.
    name: Option<String>,
    /// Kind of policy.
    kind: Kind,
    /// The policy as JSON.
    document: Option<Map<String, Value>>,
    /// The policy exactly as typed, kept even while it is not valid.
    source: Option<String>,
}

/// A user, group or role.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
struct Principal {
    /// Id that no other principal has.
    id: String,
    /// What it is.
    r#type: PrincipalType,
    /// The account it belongs to.
    account: String,
    /// Name; the id where it is left out.
    name: Option<String>,
    /// Path of a user or role, `/` where it is left out.
    path: Option<String>,
    /// Groups of a user.
    groups: Option<Vec<String>>,
    /// Identity policies, by id.
    policies: Option<Vec<String>>,
    /// Permissions boundary of a user or role: id of a policy.
    permissions_boundary: Option<String>,
    /// Trust policy of a role: id of a policy.
    trust_policy: Option<String>,
    /// Tags of a user or role.
    tags: Option<Tags>,
}

/// A resource with an owner, a policy or tags.
#[derive(JsonSchema)]
struct Resource {
    /// Its ARN, perhaps with wildcards.
    arn: String,
    /// The account that owns it.
    account: Option<String>,
    /// Its resource-based policy, by id.
    policy: Option<String>,
    /// Its tags.
    tags: Option<Tags>,
}

/// A VPC endpoint.
#[derive(JsonSchema)]
struct Endpoint {
    /// `vpce-…`.
    id: String,
    /// Its policy, by id; left out: the default, which allows everything.
    policy: Option<String>,
    /// `vpc-…`.
    vpc: Option<String>,
    /// The account that owns it.
    account: Option<String>,
}

//! Who calls.

use schemars::JsonSchema;

use super::{Context, Tags, described, words};
use crate::scenario::SessionVia;

described!(Via, words(&SessionVia::WORDS.map(|(word, _)| word)));
described!(NoMfa, schemars::json_schema!({ "const": "none" }));

/// The id of a user or role, or a caller by `type`.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum Caller {
    /// The id of a user, or of a role (then a session named `playground`).
    Id(String),
    /// A caller by `type`.
    Typed(TypedCaller),
}

/// A caller by `type`.
#[derive(JsonSchema)]
#[schemars(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub(super) enum TypedCaller {
    /// An IAM user with long-term keys.
    User {
        /// Id of the user.
        id: String,
        /// Long-term keys carry no MFA.
        mfa: Option<NoMfa>,
    },
    /// An IAM user with credentials of GetSessionToken.
    UserSession {
        /// Id of the user.
        id: String,
        /// Whether MFA was given.
        mfa: Option<bool>,
    },
    /// A session of a role.
    Role {
        /// Id of the role.
        id: String,
        /// Session name, `playground` where it is left out.
        session: Option<String>,
        /// How the session was opened, `AssumeRole` where it is left out.
        via: Option<Via>,
        /// Identity provider.
        provider: Option<String>,
        /// Whether MFA was given.
        mfa: Option<bool>,
        /// Source identity.
        source_identity: Option<String>,
        /// Session tags.
        tags: Option<Tags>,
        /// Session policies, by id.
        session_policies: Option<Vec<String>>,
    },
    /// A federated user.
    FederatedUser {
        /// Name.
        name: String,
        /// Id of the user that issued the credentials.
        issuer: String,
        /// Session policies, by id.
        session_policies: Option<Vec<String>>,
    },
    /// The root user of an account.
    Root {
        /// The account.
        account: String,
    },
    /// A root session opened by sts:AssumeRoot.
    AssumedRoot {
        /// The account.
        account: String,
        /// The AWS managed task policy.
        task_policy: Option<String>,
    },
    /// An AWS service principal.
    Service {
        /// `cloudtrail.amazonaws.com`.
        name: String,
        /// ARN of the resource on whose behalf it calls.
        source_arn: Option<String>,
        /// Account of that resource.
        source_account: Option<String>,
    },
    /// The caller of sts:AssumeRoleWithSAML.
    Saml {
        /// ARN of the provider.
        provider: String,
    },
    /// The caller of sts:AssumeRoleWithWebIdentity.
    WebIdentity {
        /// Domain or ARN of the provider.
        provider: String,
        /// Keys that its token carries.
        context: Option<Context>,
    },
    /// An unsigned request.
    Anonymous {},
    /// A caller that has no entry of its own.
    Arn {
        /// The principal's ARN.
        arn: String,
    },
    /// The same role session in every member account.
    EveryAccount {
        /// Name of the role.
        role: String,
        /// Its identity policies, by id.
        policies: Option<Vec<String>>,
    },
}

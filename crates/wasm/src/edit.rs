//! The edits that JavaScript can name. Whatever else there is to change is changed in the scenario
//! itself, which is then loaded again.

use organization::{Contents, SwitchedOff, Uses};
use serde::Deserialize;
use wasm_bindgen::JsValue;

use crate::input;

/// One change, as an object with a `type`.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) enum Edit {
    SetPolicyText {
        policy: String,
        text: String,
    },
    AddPolicy {
        name: String,
        kind: String,
        text: String,
    },
    DeletePolicy {
        policy: String,
    },
    Attach {
        node: String,
        policy: String,
    },
    Detach {
        node: String,
        policy: String,
    },
    ReplaceAttachment {
        node: String,
        old: String,
        new: String,
    },
    AddOu {
        parent: String,
        name: String,
    },
    AddAccount {
        parent: String,
        name: String,
    },
    MoveNode {
        node: String,
        parent: String,
    },
    DeleteOu {
        ou: String,
    },
    DeleteAccount {
        account: String,
    },
    SwitchOff {
        part: Part,
    },
    SwitchOn {
        part: Part,
    },
}

/// A policy type, or one attachment.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Part {
    Kind(String),
    Attachment { policy: String, node: String },
}

impl Part {
    fn into_parts(self) -> Result<Vec<SwitchedOff>, JsValue> {
        Ok(vec![match self {
            Self::Kind(word) => SwitchedOff::Kind(input::kind(&word)?),
            Self::Attachment { policy, node } => SwitchedOff::Attachment {
                policy: policy.as_str().into(),
                node: node.as_str().into(),
            },
        }])
    }
}

impl Edit {
    /// The same in the words of the model.
    pub(crate) fn into_edit(self) -> Result<organization::Edit, JsValue> {
        use organization::Edit as Model;
        Ok(match self {
            Self::SetPolicyText { policy, text } => Model::SetPolicyText {
                policy: policy.as_str().into(),
                text: text.into(),
            },
            Self::AddPolicy { name, kind, text } => Model::AddPolicy {
                name,
                kind: input::kind(&kind)?,
                text: text.into(),
            },
            Self::DeletePolicy { policy } => Model::DeletePolicy {
                policy: policy.as_str().into(),
                uses: Uses::Detach,
            },
            Self::Attach { node, policy } => Model::Attach {
                node: node.as_str().into(),
                policy: policy.as_str().into(),
                position: None,
            },
            Self::Detach { node, policy } => Model::Detach {
                node: node.as_str().into(),
                policy: policy.as_str().into(),
            },
            Self::ReplaceAttachment { node, old, new } => Model::ReplaceAttachment {
                node: node.as_str().into(),
                old: old.as_str().into(),
                new: new.as_str().into(),
            },
            Self::AddOu { parent, name } => Model::AddOu {
                parent: parent.as_str().into(),
                name,
            },
            Self::AddAccount { parent, name } => Model::AddAccount {
                parent: parent.as_str().into(),
                name,
            },
            Self::MoveNode { node, parent } => Model::MoveNode {
                node: node.as_str().into(),
                parent: parent.as_str().into(),
                position: None,
            },
            Self::DeleteOu { ou } => Model::DeleteOu {
                ou: ou.as_str().into(),
                contents: Contents::Refuse,
            },
            Self::DeleteAccount { account } => Model::DeleteAccount(account.as_str().into()),
            Self::SwitchOff { part } => Model::Switch {
                parts: part.into_parts()?,
                off: true,
            },
            Self::SwitchOn { part } => Model::Switch {
                parts: part.into_parts()?,
                off: false,
            },
        })
    }
}

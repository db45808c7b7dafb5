//! The parts of a request that fields hold, read and written as text or as rows.

use std::collections::BTreeMap;
use texts::Text;

use organization::{AccountId, Context, ContextValue, PolicyId, PrincipalId, Scalar, SessionVia};
use policy::Kind;

use super::keyed::Row;

/// A key has one value, or several.
pub(super) const IS: Text = texts::REQUESTS_SLOT_IS;
pub(super) const ARE: Text = texts::REQUESTS_SLOT_HAS_VALUES;

/// The two.
pub(super) const STATES: [Text; 2] = [IS, ARE];

/// The one that a word names.
pub(super) fn state(word: &str) -> Option<Text> {
    STATES.into_iter().find(|state| texts::get(*state) == word)
}

/// The part of a request that a field holds.
pub(super) enum Slot<'a> {
    /// A text that is always there.
    Text(&'a mut String),
    /// A text that may be left out.
    Perhaps(&'a mut Option<String>),
    /// A long text that gets a line of its own.
    Long(&'a mut String),
    /// An account.
    Account(&'a mut AccountId),
    /// An account that may be left out.
    PerhapsAccount(&'a mut Option<AccountId>),
    /// A user of the scenario.
    User(&'a mut PrincipalId),
    /// A role of the scenario.
    Role(&'a mut PrincipalId),
    /// Yes, no, or not said.
    Yes(&'a mut Option<bool>),
    /// How a session was opened.
    Opened(&'a mut SessionVia),
    /// A VPC endpoint of the scenario.
    Endpoint(&'a mut Option<String>),
    /// A session policy of the scenario.
    Policy(&'a mut Option<String>),
    /// Policies of the scenario, of these kinds.
    Policies(&'a mut Vec<PolicyId>, &'static [Kind]),
    /// Tags.
    Tags(&'a mut BTreeMap<String, String>),
    /// Texts in order.
    List(&'a mut Vec<String>),
    /// Context keys with their values.
    Context(&'a mut Context),
}

impl Slot<'_> {
    /// What it holds, as text; empty for one that holds rows.
    pub(super) fn get(&self) -> String {
        match self {
            Self::Text(text) | Self::Long(text) => (*text).clone(),
            Self::Perhaps(text) | Self::Endpoint(text) | Self::Policy(text) => {
                (*text).clone().unwrap_or_default()
            }
            Self::Account(id) => id.to_string(),
            Self::PerhapsAccount(id) => id.as_ref().map(ToString::to_string).unwrap_or_default(),
            Self::User(id) | Self::Role(id) => id.to_string(),
            Self::Yes(stated) => match stated {
                None => "",
                Some(true) => "yes",
                Some(false) => "no",
            }
            .to_owned(),
            Self::Opened(via) => via.as_str().to_owned(),
            _ => String::new(),
        }
    }

    /// Takes a text over.
    pub(super) fn set(self, typed: &str) {
        let perhaps = || (!typed.is_empty()).then(|| typed.to_owned());
        match self {
            Self::Text(text) | Self::Long(text) => typed.clone_into(text),
            Self::Perhaps(text) | Self::Endpoint(text) | Self::Policy(text) => *text = perhaps(),
            Self::Account(id) => *id = AccountId::from(typed.trim()),
            Self::PerhapsAccount(id) => *id = perhaps().map(|text| AccountId::from(text.trim())),
            Self::User(id) | Self::Role(id) => *id = PrincipalId::from(typed),
            Self::Yes(stated) => {
                *stated = match typed {
                    "yes" => Some(true),
                    "no" => Some(false),
                    _ => None,
                };
            }
            Self::Opened(via) => {
                *via = SessionVia::from_word(typed)
                    .unwrap_or_else(|| SessionVia::Other(typed.to_owned()));
            }
            _ => {}
        }
    }

    /// What it holds, as rows; none for one that holds a text.
    pub(super) fn rows(&self) -> Option<Vec<Row>> {
        Some(match self {
            Self::Tags(tags) => {
                let row = |(key, value): (&String, &String)| Row::new(key, None, value.clone());
                tags.iter().map(row).collect()
            }
            Self::List(list) => list
                .iter()
                .map(|text| Row::new(text, None, String::new()))
                .collect(),
            Self::Policies(ids, _) => {
                let row = |id: &PolicyId| Row::new(id.as_str(), None, String::new());
                ids.iter().map(row).collect()
            }
            Self::Context(context) => of_context(context),
            _ => return None,
        })
    }

    /// Takes rows over. A value that stays as it was keeps the way it was written.
    pub(super) fn set_rows(self, rows: Vec<Row>) {
        match self {
            Self::Tags(tags) => *tags = rows.into_iter().map(|row| (row.key, row.value)).collect(),
            Self::List(list) => *list = rows.into_iter().map(|row| row.key).collect(),
            Self::Policies(ids, _) => {
                *ids = rows
                    .iter()
                    .map(|row| PolicyId::from(row.key.as_str()))
                    .collect();
            }
            Self::Context(context) => set_context(context, rows),
            _ => {}
        }
    }
}

fn of_context(context: &Context) -> Vec<Row> {
    let row = |(key, value): &(String, ContextValue)| match value {
        ContextValue::One(scalar) => Row::new(key, Some(IS), text_of(scalar)),
        ContextValue::Many(scalars) => {
            let texts: Vec<String> = scalars.iter().map(text_of).collect();
            Row::new(key, Some(ARE), texts.join(","))
        }
    };
    context.iter().map(row).collect()
}

fn set_context(context: &mut Context, rows: Vec<Row>) {
    let before = std::mem::take(context);
    let shown = of_context(&before);
    let value = |row: &Row| {
        let same = shown.iter().position(|old| old == row);
        match same.and_then(|at| before.get(at)) {
            Some((_, value)) => value.clone(),
            None => read(row),
        }
    };
    *context = rows
        .iter()
        .map(|row| (row.key.clone(), value(row)))
        .collect();
}

/// The value of a row.
fn read(row: &Row) -> ContextValue {
    let text = |text: &str| Scalar::Text(text.to_owned());
    if row.state == Some(ARE) {
        return ContextValue::Many(row.value.split(',').map(text).collect());
    }
    ContextValue::One(text(&row.value))
}

fn text_of(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Text(text) | Scalar::Number(text) => text.clone(),
        Scalar::Bool(value) => value.to_string(),
    }
}

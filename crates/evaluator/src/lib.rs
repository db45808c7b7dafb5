//! The semantics: does a statement match a request, and what do all policies together decide?
//!
//! [`compile`] makes a document runnable. [`prepare`] finds out who calls, who owns the resource,
//! which context keys the request carries and which policies are asked. [`Prepared::decide`] is
//! fast and allocates nothing; [`Prepared::answer`] also tries what is unknown;
//! [`Prepared::explain`] gives the reasons. All three have one meaning.
//!
//! This crate knows no JSON text, no English sentences and no HTML. Rule ids in the documentation
//! (`SCP-3`) are those of `docs/semantics.md`.

mod access;
mod authorize;
mod candidates;
mod compile;
mod condition;
mod context;
mod decision;
mod explain;
mod gates;
mod glob;
mod hierarchy;
mod keys;
mod library;
mod look;
mod principal;
mod rules;
mod scene;
mod shapes;
mod statement;
mod trace;
mod unknown;
mod varies;

pub use access::{Access, Strict};
pub use authorize::{Decision, Prepared, possible_owners, prepare};
pub use candidates::unmentioned;
pub use compile::{CompiledPolicy, compile};
pub use context::{AbsentWhy, KeyState, Origin, Values};
pub use decision::{Outcome, PolicyType, Truth, Verdict};
pub use explain::decides;
pub use keys::usual_region;
pub use library::{Library, LibraryPolicy};
pub use look::fits;
pub use principal::Grant;
pub use rules::Rule;
pub use scene::World;
pub use trace::{
    Answer, Blocker, Branch, Depends, Element, ElementNote, ElementTrace, Explanation, FixedRule,
    LevelTrace, PolicyTrace, RequestSide, ResourceTrace, StageTrace, StatementTrace, Tried,
    UnknownThing, Via, Why,
};
pub use varies::Varies;

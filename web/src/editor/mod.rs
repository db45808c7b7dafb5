//! The policy editor: the custom element `<guardrail-editor>` as a component.
//!
//! The element's code arrives after the first paint; until then its child, a plain text area, is
//! what a person types into. Only properties and events of the element are used here.
//! This module knows texts and places, no scenario and no verdict.

mod component;
mod marks;

pub use component::PolicyEditor;
pub use marks::{DecidingRange, Mark, Severity, TextRange};

//! The policy editor: the custom element `<guardrail-editor>` as a component.
//!
//! The element's code arrives after the first paint; until then its child, a plain text area, is
//! what a person types into, and it stays where that is preferred. Only properties and events of the element are used here.
//! This module knows texts and places, no scenario and no verdict.

mod component;
mod marks;
mod plain;

pub use component::{PolicyEditor, Typed};
pub use marks::{ChangedLines, DecidingRange, Known, Mark, MarkFix, Severity, TextRange, UseRange};

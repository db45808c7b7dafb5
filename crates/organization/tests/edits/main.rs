//! Edits keep what AWS guarantees, and say why where they cannot.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is wrong"
)]

mod attachments;
mod bench;
mod contents;
mod tree;

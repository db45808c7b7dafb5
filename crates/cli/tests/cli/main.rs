//! The built program, run as a user would run it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test whose program or texts are not as they should be must fail, in its helpers too"
)]

mod diff;
mod documentation;
mod eval;
mod inputs;
mod lesson;
mod links;
mod lint;
mod support;
mod test;
mod typescript;
mod usage;

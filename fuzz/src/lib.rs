//! What must hold of every text that anybody could give to Guardrail, for a fuzzer to refute.
//!
//! Each module has one `check`: it panics if the text breaks a promise, and otherwise says whether
//! the text was of any use. `cargo xtask fuzz` runs the checks under libFuzzer, which looks for
//! inputs that reach new branches. No nightly toolchain and no further program is needed: the
//! branches are counted by the compiler's own sanitizer-coverage pass, which the stable compiler
//! has behind `-C passes` and `-C llvm-args`, and libFuzzer comes with the crate `libfuzzer-sys`
//! (which needs a C++ compiler). What a sanitizer would find besides, there is no unsafe code for.
//! Where cargo-fuzz and a nightly toolchain are at hand,
//! `cargo +nightly fuzz run --features engine <target>` works as well.
//!
//! An input that breaks a promise is written to `target/fuzz-crashes/<target>/`, and
//! `cargo xtask fuzz <target> --replay <file>` runs it once more. The tests of this package run the
//! checks over the seeds: the scenarios of the tests, the examples, and what can be made of them.

pub mod glob;
pub mod link;
pub mod policy;
pub mod scenario;
pub mod seeds;

/// Gives an input to a check if it is text, and says whether it was of any use.
pub fn run(check: fn(&str) -> bool, input: &[u8]) -> bool {
    std::str::from_utf8(input).is_ok_and(check)
}

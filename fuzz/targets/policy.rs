//! A policy as a person might type it: the first character chooses the kind of policy, the rest is its text.
#![no_main]
#![allow(
    unsafe_code,
    reason = "the macro makes the entry point that libFuzzer calls"
)]

use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|data: &[u8]| -> Corpus {
    if guardrail_fuzz::run(guardrail_fuzz::policy::check, data) {
        Corpus::Keep
    } else {
        Corpus::Reject
    }
});

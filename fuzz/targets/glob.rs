//! A pattern and a text: see [`guardrail_fuzz::glob`].
#![no_main]
#![allow(
    unsafe_code,
    reason = "the macro makes the entry point that libFuzzer calls"
)]

use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|data: &[u8]| -> Corpus {
    if guardrail_fuzz::run(guardrail_fuzz::glob::check, data) {
        Corpus::Keep
    } else {
        Corpus::Reject
    }
});

//! `guardrail link` and `guardrail open`: to and from share links.

use std::fs;

use playground::link as codec;

use super::report_one;
use crate::args::{Link, Open};
use crate::input::scenario;
use crate::output::Output;
use crate::style::safe;

/// A scenario as a link.
pub(crate) fn link(options: &Link) -> Output {
    let mut output = Output::default();
    let read = scenario(&options.input);
    report_one(&read, &mut output);
    if let Ok(loaded) = &read.loaded {
        let base = options.base.as_deref().unwrap_or_default();
        let base = base.split_once('#').map_or(base, |(base, _)| base);
        output.out = format!("{base}#{}\n", codec::encode(&loaded.scenario));
    }
    output
}

/// A link as a scenario file.
pub(crate) fn open(options: &Open) -> Output {
    let mut output = Output::default();
    let read = scenario(&options.input);
    report_one(&read, &mut output);
    let Ok(loaded) = &read.loaded else {
        return output;
    };
    let text = organization::file::write(&loaded.scenario);
    match &options.output {
        None => output.out = text,
        Some(path) => {
            if let Err(error) = fs::write(path, text) {
                let path = path.to_string_lossy();
                output.error(format!("{}: {error}", safe(&path)));
            }
        }
    }
    output
}

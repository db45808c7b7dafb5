//! `guardrail link` and `guardrail open`: to and from share links.

use std::fs;

use organization::Scenario;
use playground::recorded::with_verdicts;
use playground::{Engine, link as codec};

use super::{report_one, since};
use crate::args::{Link, Open};
use crate::input::scenario;
use crate::output::Output;
use crate::style::safe;

/// A scenario as a link, with the verdicts that it has now.
pub(crate) fn link(options: &Link) -> Output {
    let mut output = Output::default();
    let read = scenario(&options.input);
    report_one(&read, &mut output);
    if let Ok(loaded) = &read.loaded {
        let base = options.base.as_deref().unwrap_or_default();
        let base = base.split_once('#').map_or(base, |(base, _)| base);
        let shared = if options.bare {
            Scenario {
                recorded: None,
                ..loaded.scenario.clone()
            }
        } else {
            let analysis = Engine::new().analyze(&loaded.scenario, None);
            with_verdicts(&loaded.scenario, &analysis.requests)
        };
        let fragment = codec::encode(&shared);
        if fragment.len() > codec::MAX_FRAGMENT {
            output.error(format!(
                "{}: the link would have {} characters, and none with more than {} opens: send the file",
                safe(&read.name),
                fragment.len(),
                codec::MAX_FRAGMENT
            ));
            return output;
        }
        output.out = format!("{base}#{fragment}\n");
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
    since::report(&read, &mut output);
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

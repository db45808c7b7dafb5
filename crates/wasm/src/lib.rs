//! The JavaScript API: names and conversions, and nothing that knows what a policy means.
//!
//! What goes in is a scenario file, as text or as an object; what comes out is the wire form of
//! `playground::wire`. Everything that can go wrong is thrown as an `Error` whose `name` says what
//! it is about. `docs/javascript.md` describes the package, `package/guardrail.d.ts` its types.

mod edit;
mod error;
mod handle;
mod input;
mod output;

use organization::Scenario;
use playground::link::{LinkError, Named};
use playground::{Engine, link, wire};
use serde::Serialize;
use wasm_bindgen::prelude::*;

pub use crate::handle::Playground;
use crate::input::{EvaluateOptions, Input, Row};
use crate::output::{Output, to_js};

/// The verdicts of a scenario; with `explain` the reasons of every row too.
///
/// # Errors
/// If the scenario cannot be read, or has no such request.
#[wasm_bindgen]
pub fn evaluate(scenario: Input, options: Input) -> Output {
    let mut scenario = input::scenario(&scenario)?.scenario;
    let options = EvaluateOptions::read(options)?;
    if let Some(wanted) = &options.requests {
        keep(&mut scenario, wanted);
    }
    handle::evaluate(&mut Engine::new(), &scenario, &options)
}

/// The reasons for the verdict of one request; for a request over every account, in one account.
///
/// # Errors
/// If the scenario cannot be read, or has no such request or row.
#[wasm_bindgen]
pub fn explain(scenario: Input, request: Input, account: Input) -> Output {
    let mut scenario = input::scenario(&scenario)?.scenario;
    let row = Row::read(&request, &account)?;
    keep(&mut scenario, std::slice::from_ref(&row.request));
    handle::explain(&mut Engine::new(), &scenario, &row)
}

/// Takes the other requests away: nobody asks for them.
fn keep(scenario: &mut Scenario, wanted: &[String]) {
    scenario
        .requests
        .retain(|request| wanted.iter().any(|id| id == request.id.as_str()));
}

/// What is wrong with the text of a policy of this kind, and how large it is.
///
/// # Errors
/// If it is no text, or there is no such kind.
#[wasm_bindgen]
pub fn lint(text: Input, kind: Input) -> Output {
    let text = input::string(&text, "the text of a policy")?;
    let kind = input::string(&kind, "the kind of a policy")?;
    to_js(&wire::lint(&text, input::kind(&kind)?))
}

/// What is wrong with a scenario file.
#[derive(Serialize)]
struct ScenarioLint {
    /// Why it cannot be read, if it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<wire::FileError>,
    /// What is probably a mistake.
    warnings: Vec<wire::FileWarning>,
    /// What is wrong with each policy.
    policies: Vec<wire::Policy>,
}

/// What is wrong with a scenario and with its policies.
///
/// # Errors
/// If it is neither text nor an object.
#[wasm_bindgen(js_name = lintScenario)]
pub fn lint_scenario(scenario: Input) -> Output {
    let text = input::text(&scenario)?;
    to_js(&match organization::file::read(&text) {
        Ok(loaded) => {
            let mut alone = loaded.scenario;
            alone.requests.clear();
            let analysis = Engine::new().analyze(&alone, None);
            ScenarioLint {
                error: None,
                warnings: loaded.warnings.iter().map(Into::into).collect(),
                policies: wire::Converter::new(&alone).analysis(&analysis).policies,
            }
        }
        Err(error) => ScenarioLint {
            error: Some((&error).into()),
            warnings: Vec::new(),
            policies: Vec::new(),
        },
    })
}

/// The fragment of a share link, without the `#`.
///
/// # Errors
/// If the scenario cannot be read.
#[wasm_bindgen(js_name = encodeLink)]
pub fn encode_link(scenario: Input) -> Result<String, JsValue> {
    Ok(link::encode(&input::scenario(&scenario)?.scenario))
}

/// The scenario of a share link: of the whole address, or of what stands behind its `#`. What
/// programs do to a link is undone where its checksum proves what it was.
///
/// # Errors
/// If the link is cut, altered, too large or of an unknown kind, or holds no scenario.
#[wasm_bindgen(js_name = decodeLink)]
pub fn decode_link(link: Input) -> Output {
    let link = input::string(&link, "a link")?;
    match link::open(&link) {
        Ok(Named::Scenario(opened)) => output::file(&opened.loaded.scenario),
        Ok(_) => Err(error::link(&LinkError::NoCodec)),
        Err(error) => Err(error::link(&error)),
    }
}

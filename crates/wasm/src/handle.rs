//! A scenario that is edited and evaluated again and again.

use organization::{AccountId, Created, RequestId, Scenario};
use playground::wire::{self, Converter};
use playground::{Engine, Focus, link};
use wasm_bindgen::prelude::*;

use crate::edit::Edit;
use crate::error;
use crate::input::{self, EvaluateOptions, Input, Row};
use crate::output::{self, Output, to_js};

/// A scenario with what has been worked out of it: after an edit only what depends on it is
/// evaluated anew.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Playground {
    /// None after it was disposed.
    opened: Option<Opened>,
}

#[derive(Debug)]
struct Opened {
    scenario: Scenario,
    warnings: Vec<wire::FileWarning>,
    engine: Engine,
}

#[wasm_bindgen]
impl Playground {
    /// Opens a scenario.
    ///
    /// # Errors
    /// If it cannot be read.
    #[wasm_bindgen(constructor)]
    pub fn new(scenario: Input) -> Result<Self, JsValue> {
        let loaded = input::scenario(&scenario)?;
        Ok(Self {
            opened: Some(Opened {
                warnings: loaded.warnings.iter().map(Into::into).collect(),
                scenario: loaded.scenario,
                engine: Engine::new(),
            }),
        })
    }

    /// Puts another scenario in the place of this one. What both have in common stays evaluated.
    ///
    /// # Errors
    /// If it cannot be read; then the one before stays.
    pub fn load(&mut self, scenario: Input) -> Result<(), JsValue> {
        let opened = self.opened()?;
        let loaded = input::scenario(&scenario)?;
        opened.warnings = loaded.warnings.iter().map(Into::into).collect();
        opened.scenario = loaded.scenario;
        Ok(())
    }

    /// What was probably a mistake in the scenario when it was read.
    ///
    /// # Errors
    /// After it was disposed; so does everything below.
    #[wasm_bindgen(getter)]
    pub fn warnings(&mut self) -> Output {
        to_js(&self.opened()?.warnings)
    }

    /// Sets the text of a policy, valid or not.
    ///
    /// # Errors
    /// If there is no such policy.
    #[wasm_bindgen(js_name = setPolicyText)]
    pub fn set_policy_text(&mut self, policy: Input, text: Input) -> Result<(), JsValue> {
        let edit = Edit::SetPolicyText {
            policy: input::string(&policy, "the id of a policy")?,
            text: input::string(&text, "the text of a policy")?,
        };
        self.opened()?.apply(edit).map(|_| ())
    }

    /// Makes an edit; gives the id of what it created, if it created something.
    ///
    /// # Errors
    /// If there is no such edit or it cannot be made; then nothing has changed.
    pub fn apply(&mut self, edit: Input) -> Result<Option<String>, JsValue> {
        self.opened()?.apply(input::object(edit, "an edit")?)
    }

    /// The verdicts; with `explain` the reasons of every row too.
    ///
    /// # Errors
    /// If an option is unknown or there is no such request.
    pub fn evaluate(&mut self, options: Input) -> Output {
        let options = EvaluateOptions::read(options)?;
        let opened = self.opened()?;
        evaluate(&mut opened.engine, &opened.scenario, &options)
    }

    /// The reasons for the verdict of one request.
    ///
    /// # Errors
    /// If there is no such request or row.
    pub fn explain(&mut self, request: Input, account: Input) -> Output {
        let row = Row::read(&request, &account)?;
        let opened = self.opened()?;
        explain(&mut opened.engine, &opened.scenario, &row)
    }

    /// The scenario as an object.
    ///
    /// # Errors
    /// After it was disposed.
    pub fn scenario(&mut self) -> Output {
        output::file(&self.opened()?.scenario)
    }

    /// The scenario file, for people to read and edit.
    ///
    /// # Errors
    /// After it was disposed.
    #[wasm_bindgen(js_name = toText)]
    pub fn to_text(&mut self) -> Result<String, JsValue> {
        Ok(organization::file::write(&self.opened()?.scenario))
    }

    /// The fragment of a share link, without the `#`.
    ///
    /// # Errors
    /// After it was disposed.
    pub fn link(&mut self) -> Result<String, JsValue> {
        Ok(link::encode(&self.opened()?.scenario))
    }

    /// Gives the memory back. The handle cannot be used afterwards.
    pub fn dispose(&mut self) {
        self.opened = None;
    }

    fn opened(&mut self) -> Result<&mut Opened, JsValue> {
        self.opened
            .as_mut()
            .ok_or_else(|| error::argument("this `Playground` has been disposed"))
    }
}

impl Opened {
    fn apply(&mut self, edit: Edit) -> Result<Option<String>, JsValue> {
        let edited = self
            .scenario
            .apply(edit.into_edit()?)
            .map_err(|error| error::edit(&error))?;
        self.scenario = edited.scenario;
        Ok(edited.created.map(|created| match created {
            Created::Node(id) => id.to_string(),
            Created::Policy(id) => id.to_string(),
            Created::Principal(id) => id.to_string(),
            Created::Request(id) => id.to_string(),
            Created::Resource(id) | Created::Endpoint(id) => id,
            Created::ExternalAccount(id) => id.to_string(),
        }))
    }
}

/// The verdicts of a scenario, or of some of its requests.
pub(crate) fn evaluate(
    engine: &mut Engine,
    scenario: &Scenario,
    options: &EvaluateOptions,
) -> Output {
    let mut analysis = engine.analyze(scenario, None);
    if let Some(wanted) = &options.requests {
        if let Some(missing) = wanted.iter().find(|id| scenario.request(id).is_none()) {
            return Err(no_request(missing));
        }
        analysis
            .requests
            .retain(|view| wanted.iter().any(|id| id == view.id.as_str()));
    }
    let converter = Converter::new(scenario);
    to_js(&if options.explain {
        converter.explained(engine, &analysis)
    } else {
        converter.analysis(&analysis)
    })
}

/// The reasons for one row.
pub(crate) fn explain(engine: &mut Engine, scenario: &Scenario, row: &Row) -> Output {
    let id = RequestId::from(row.request.as_str());
    let account = row.account.as_deref().map(AccountId::from);
    let analysis = engine.analyze(scenario, None);
    let Some(view) = analysis.request(&id) else {
        return Err(no_request(&row.request));
    };
    // A row that is not there must not be answered with another one.
    let mut rows = view.rows.iter();
    if !rows.any(|row| account.is_none() || row.account == account) {
        return Err(no_row(row));
    }
    let focus = Focus {
        request: id,
        account,
    };
    match engine.explain(scenario, &[focus]).into_iter().next() {
        Some(Some(trace)) => to_js(&Converter::new(scenario).trace(&trace)),
        _ => Err(no_row(row)),
    }
}

fn no_request(id: &str) -> JsValue {
    error::request(&format!("the scenario has no request `{id}`"))
}

fn no_row(Row { request, account }: &Row) -> JsValue {
    error::request(&match account {
        Some(account) => {
            format!("the request `{request}` has no row for the account `{account}`")
        }
        None => format!("the request `{request}` has no row"),
    })
}

//! The address of the page. Its fragment names the scenario while that is unchanged; the first
//! edit takes it out, so that a reload brings the edited work and not the link again.

use gloo_events::EventListener;
use organization::{Scenario, file};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::saving::open_work;
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::lesson::kept;
use crate::state::{Action, Dialog, Fragment, Origin, Source, WorkId, persist, read_fragment};

/// The fragment of the address, with its `#`.
#[must_use]
pub fn fragment() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// The address without its fragment: what a share link begins with.
#[must_use]
pub fn location_without_fragment() -> String {
    let href = web_sys::window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Opens what the address names when it changes, and takes the fragment out of it when it no
/// longer says what is shown.
#[hook]
pub fn use_address() {
    let model = use_model();
    let dispatch = use_dispatch();
    let visiting = (model.origin == Origin::Visit).then_some(model.kept);
    // Examples and lessons come from beside the page; until one is there the address keeps its
    // name.
    let awaited = use_state_eq(|| beside(&fragment()));
    {
        let (dispatch, awaited) = (dispatch.clone(), awaited.clone());
        use_effect_with(visiting, move |&visiting| {
            let listener = web_sys::window().map(|window| {
                EventListener::new(&window, "hashchange", move |_| {
                    follow(&fragment(), visiting, &dispatch);
                    awaited.set(beside(&fragment()));
                })
            });
            move || drop(listener)
        });
    }
    {
        let (dispatch, awaited) = (dispatch.clone(), awaited.clone());
        use_effect_with(*awaited, move |&wanted| {
            if let Some(wanted) = wanted {
                spawn_local(async move {
                    let asked = fragment();
                    let opened = open_beside(wanted, &asked).await;
                    if fragment() == asked {
                        dispatch.emit(opened);
                        awaited.set(None);
                    }
                });
            }
        });
    }
    let refused = matches!(model.dialog, Some(Dialog::BrokenLink { .. }));
    use_effect_with(
        visiting.is_some() || refused || awaited.is_some(),
        |&named| {
            if !named {
                forget_fragment();
            }
        },
    );
}

/// Goes where the address leads; `visiting` is what a visit goes back to.
fn follow(fragment: &str, visiting: Option<Option<WorkId>>, dispatch: &Dispatch) {
    match read_fragment(fragment) {
        Fragment::None => {
            if let Some(kept) = visiting {
                return_to_kept_work(kept, dispatch);
            }
        }
        Fragment::Example(_) | Fragment::Lesson(_) => {}
        Fragment::Scenario(scenario) => dispatch.emit(Action::ScenarioOpened {
            scenario,
            source: Source::Visit,
        }),
        Fragment::Broken(message) => dispatch.emit(Action::DialogOpened(Dialog::BrokenLink {
            message,
            raw: fragment.to_owned(),
        })),
    }
}

/// A scenario that stands in a file beside the page, by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    /// `examples/<id>.json`.
    Example(&'static str),
    /// `lessons/<id>.json`.
    Lesson(&'static str),
}

/// The example or lesson that a fragment names.
fn beside(fragment: &str) -> Option<Beside> {
    match read_fragment(fragment) {
        Fragment::Example(id) => Some(Beside::Example(id)),
        Fragment::Lesson(id) => Some(Beside::Lesson(id)),
        _ => None,
    }
}

/// Loads an example or a lesson from beside the page. A lesson that was begun before goes on with
/// what was made of it, if this browser still has that.
async fn open_beside(wanted: Beside, fragment: &str) -> Action {
    let (path, missing) = match wanted {
        Beside::Example(id) => (
            format!("examples/{id}.json"),
            texts::address_example_could_loaded(&id),
        ),
        Beside::Lesson(id) => (
            format!("lessons/{id}.json"),
            texts::lesson_could_not_be_loaded(&id),
        ),
    };
    let read = match load(&path).await {
        Some(text) => file::read(&text).map_err(|error| error.to_string()),
        None => Err(missing),
    };
    match read {
        Ok(loaded) => going_on(&loaded.scenario).unwrap_or_else(|| Action::ScenarioOpened {
            scenario: loaded.scenario.into(),
            source: Source::Visit,
        }),
        Err(message) => Action::DialogOpened(Dialog::BrokenLink {
            message,
            raw: fragment.to_owned(),
        }),
    }
}

/// What was made of a lesson before, and is kept in this browser.
fn going_on(opened: &Scenario) -> Option<Action> {
    let lesson = opened.lesson.as_ref()?;
    let _ = persist::flush();
    let id = kept::read(&kept::key(lesson))?.work?;
    let own = file::read(&persist::read(id)?).ok()?.scenario;
    (own.lesson == opened.lesson).then(|| Action::ScenarioOpened {
        scenario: own.into(),
        source: Source::Work(id),
    })
}

/// The text of a file beside the page.
async fn load(path: &str) -> Option<String> {
    let asked = web_sys::window()?.fetch_with_str(path);
    let response: Response = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    let text = response.ok().then(|| response.text().ok())??;
    JsFuture::from(text).await.ok()?.as_string()
}

fn forget_fragment() {
    if fragment().is_empty() {
        return;
    }
    let Some(window) = web_sys::window() else {
        return;
    };
    if let Ok(history) = window.history() {
        let address = location_without_fragment();
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Opens the scenario of one's own again that was open last, or an empty one.
pub fn return_to_kept_work(kept: Option<WorkId>, dispatch: &Dispatch) {
    match kept {
        Some(id) => open_work(id, dispatch),
        None => dispatch.emit(Action::ScenarioOpened {
            scenario: organization::Scenario::default().into(),
            source: Source::Empty,
        }),
    }
}

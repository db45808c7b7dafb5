//! The address of the page. Its fragment, or `?src=`, names the scenario while that is unchanged;
//! the first edit takes it out, so that a reload brings the edited work and not the link again.

use std::fmt::Display;

use gloo_events::EventListener;
use organization::{Scenario, file};
use playground::link::{self, Named};
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::saving::open_work;
use super::source::{load_beside, load_scenario};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::lesson::kept;
use crate::state::{Action, Dialog, Fragment, Origin, Source, WorkId, persist, read_fragment};

/// The member of the query that names a scenario file.
const SOURCE: &str = "src";
/// The member of the query that asks to pass over the work that is kept.
const FRESH: &str = "fresh";

/// The fragment of the address, with its `#`.
#[must_use]
pub fn fragment() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// What a share link begins with: the address without its fragment, and without what its query
/// asked of this page alone.
#[must_use]
pub fn location_without_fragment() -> String {
    without_members(&href(), &[SOURCE, FRESH])
}

fn href() -> String {
    web_sys::window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default()
}

/// An address without its fragment and without some members of its query.
fn without_members(address: &str, names: &[&str]) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let Some((path, query)) = address.split_once('?') else {
        return address.to_owned();
    };
    let name_of = |member: &str| member.split('=').next().unwrap_or_default().to_owned();
    let kept = |member: &&str| !names.contains(&name_of(member).as_str());
    let query: Vec<&str> = query.split('&').filter(kept).collect();
    match query.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", query.join("&")),
    }
}

/// A member of the query of the address.
fn member(name: &str) -> Option<String> {
    let query = web_sys::window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&query).ok()?.get(name)
}

/// Whether the address asks to pass over the work that is kept.
#[must_use]
pub fn is_fresh() -> bool {
    member(FRESH).is_some()
}

/// What an address names and has to be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Awaited {
    /// An example, by its id.
    Example(&'static str),
    /// A lesson of the course, by its id.
    Lesson(&'static str),
    /// A file of the page's own origin.
    File(String),
}

/// What the address names and is not loaded yet. A fragment stands above the query.
fn awaited() -> Option<Awaited> {
    let fragment = fragment();
    match beside(&fragment) {
        Some(named) => Some(named),
        None if fragment.is_empty() => member(SOURCE).map(Awaited::File),
        None => None,
    }
}

/// Opens what the address names when it changes, and takes out of it what no longer says what is
/// shown.
#[hook]
pub fn use_address() {
    let model = use_model();
    let dispatch = use_dispatch();
    let visiting = (model.origin == Origin::Visit).then_some(model.kept);
    // Files come from beside the page; until one is there the address keeps its name.
    let waiting = use_state_eq(awaited);
    {
        let (dispatch, waiting) = (dispatch.clone(), waiting.clone());
        use_effect_with(visiting, move |&visiting| {
            let listener = web_sys::window().map(|window| {
                EventListener::new(&window, "hashchange", move |_| {
                    follow(&fragment(), visiting, &dispatch);
                    waiting.set(beside(&fragment()));
                })
            });
            move || drop(listener)
        });
    }
    {
        let (dispatch, waiting) = (dispatch.clone(), waiting.clone());
        use_effect_with((*waiting).clone(), move |awaited| {
            if let Some(awaited) = awaited.clone() {
                spawn_local(async move {
                    let asked = fragment();
                    let opened = open_awaited(&awaited, &asked).await;
                    if fragment() == asked {
                        dispatch.emit(opened);
                        waiting.set(None);
                    }
                });
            }
        });
    }
    let refused = matches!(model.dialog, Some(Dialog::BrokenLink { .. }));
    let named = visiting.is_some() || refused || waiting.is_some();
    use_effect_with((named, model.is_empty()), |&(named, nothing)| match named {
        true => {}
        false if nothing => forget(&[SOURCE]),
        false => forget(&[SOURCE, FRESH]),
    });
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

/// Follows a link that was pasted or dropped: the address becomes that of the link. The dialog in
/// which it was pasted closes as its scenario opens, for without a dialog about a broken link the
/// address would lose its fragment before.
pub fn follow_link(text: &str, dispatch: &Dispatch) {
    let fragment = match link::open(text) {
        Ok(Named::Scenario(opened)) => opened.fragment,
        Ok(Named::Example(id)) => format!("example/{id}"),
        Ok(Named::Lesson(id)) => format!("lesson/{id}"),
        Err(error) => {
            dispatch.emit(Action::DialogOpened(Dialog::BrokenLink {
                message: error.to_string(),
                raw: text.to_owned(),
            }));
            return;
        }
    };
    if self::fragment().strip_prefix('#') == Some(&fragment) {
        dispatch.emit(Action::DialogClosed);
    } else if let Some(window) = web_sys::window() {
        let _ = window.location().set_hash(&fragment);
    }
}

/// The example or lesson that a fragment names.
fn beside(fragment: &str) -> Option<Awaited> {
    if !fragment.contains("example") && !fragment.contains("lesson") {
        return None;
    }
    match read_fragment(fragment) {
        Fragment::Example(id) => Some(Awaited::Example(id)),
        Fragment::Lesson(id) => Some(Awaited::Lesson(id)),
        _ => None,
    }
}

/// Loads what the address names. A lesson that was begun before goes on with what was made of it,
/// if this browser still has that.
async fn open_awaited(awaited: &Awaited, fragment: &str) -> Action {
    let (read, raw) = match awaited {
        Awaited::Example(id) => (
            load_known(
                &format!("examples/{id}.json"),
                texts::address_example_could_loaded,
                id,
            )
            .await,
            fragment.to_owned(),
        ),
        Awaited::Lesson(id) => (
            load_known(
                &format!("lessons/{id}.json"),
                texts::lesson_could_not_be_loaded,
                id,
            )
            .await,
            fragment.to_owned(),
        ),
        Awaited::File(src) => (load_scenario(src).await, format!("?{SOURCE}={src}")),
    };
    match read {
        Ok(scenario) => going_on(&scenario).unwrap_or_else(|| Action::ScenarioOpened {
            scenario: scenario.into(),
            source: Source::Visit,
        }),
        Err(message) => Action::DialogOpened(Dialog::BrokenLink { message, raw }),
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

/// A scenario that comes with the page.
async fn load_known(
    path: &str,
    missing: fn(&dyn Display) -> String,
    id: &str,
) -> Result<Scenario, String> {
    match load_beside(path).await {
        Some(text) => match file::read(&text) {
            Ok(loaded) => Ok(loaded.scenario),
            Err(error) => Err(error.to_string()),
        },
        None => Err(missing(&id)),
    }
}

/// Takes the fragment out of the address, and some members of its query.
fn forget(names: &[&str]) {
    let (now, address) = (href(), without_members(&href(), names));
    if now == address {
        return;
    }
    let Some(window) = web_sys::window() else {
        return;
    };
    if let Ok(history) = window.history() {
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

#[cfg(test)]
mod tests {
    use super::{FRESH, SOURCE, without_members};

    #[test]
    fn what_the_query_asks_of_one_page_is_not_passed_on() {
        for (address, shared) in [
            ("https://h/p/#g1:x", "https://h/p/"),
            ("https://h/p/?fresh", "https://h/p/"),
            ("https://h/p/?fresh#x", "https://h/p/"),
            (
                "https://h/p/?src=a%20b.json&lang=de&fresh=1",
                "https://h/p/?lang=de",
            ),
            ("https://h/p/?refresh&srcs=1", "https://h/p/?refresh&srcs=1"),
        ] {
            assert_eq!(without_members(address, &[SOURCE, FRESH]), shared);
        }
    }
}

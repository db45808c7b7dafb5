//! The top of the page: what is open, where it is kept, and what can be done with it as a whole.

use std::rc::Rc;

use organization::{Edit, Scenario};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::ui::{Glyph, Menu, MenuEntry, glyph};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Dialog, Model, Origin, Source, StorageState, Theme};

/// The header.
#[component]
pub fn Header() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let dialog =
        |dialog: Dialog| dispatch.reform(move |_: MouseEvent| Action::DialogOpened(dialog.clone()));
    let retitled = dispatch.reform(|event: InputEvent| {
        let title = event
            .target_dyn_into::<HtmlInputElement>()
            .map(|field| field.value())
            .unwrap_or_default();
        Action::Edited(Edit::SetTitle(title))
    });
    let (kept, refused) = storage(&model);
    html! {
        <header class="header">
            <h1 class="header-name">{ "Guardrail" }</h1>
            <div class="header-title">
                <input
                    class="field" aria-label="Title of the scenario" placeholder="Untitled"
                    value={model.scenario.title.clone()} spellcheck="false" autocomplete="off"
                    oninput={retitled}
                />
            </div>
            <span class={classes!("header-storage", refused.then_some("refused"))} title={kept.clone()}>
                { kept }
            </span>
            <button type="button" class="button header-wide" onclick={dialog(Dialog::Examples)}>{ "Examples" }</button>
            { history_button("Undo", Glyph::Undo, model.history.to_undo(), Action::Undone, &dispatch) }
            { history_button("Redo", Glyph::Redo, model.history.to_redo(), Action::Redone, &dispatch) }
            <button type="button" class="button header-wide" onclick={dialog(Dialog::Import)}>{ "Import" }</button>
            <button type="button" class="button header-wide" onclick={dialog(Dialog::Export)}>{ "Export" }</button>
            <Menu label="More" class="icon-button header-wide" entries={commands(&model, &dispatch)}>
                { glyph(Glyph::Menu) }
            </Menu>
            <Menu label="Menu" class="icon-button header-narrow" entries={all_commands(&model, &dispatch)}>
                { glyph(Glyph::Menu) }
            </Menu>
            <button type="button" class="button primary" onclick={dialog(Dialog::Share)}>{ "Share" }</button>
        </header>
    }
}

/// Where the work is kept, and whether that is a reason to worry.
fn storage(model: &Model) -> (String, bool) {
    match (&model.storage, model.origin) {
        (StorageState::NotKept(reason), _) => (
            format!("Not kept: {reason}. Export or share to keep it."),
            true,
        ),
        (StorageState::Kept, Origin::Visit) => {
            ("Kept in this browser once you change it".to_owned(), false)
        }
        (StorageState::Kept, _) => ("Kept in this browser".to_owned(), false),
    }
}

fn history_button(
    word: &str,
    sign: Glyph,
    step: Option<&str>,
    action: Action,
    dispatch: &Dispatch,
) -> Html {
    let label = match step {
        Some(step) => format!("{word}: {step}"),
        None => word.to_owned(),
    };
    html! {
        <button
            type="button" class="icon-button" aria-label={label.clone()} title={label}
            aria-disabled={step.is_none().then_some("true")}
            onclick={dispatch.reform(move |_: MouseEvent| action.clone())}
        >
            { glyph(sign) }
        </button>
    }
}

/// What has a button of its own where there is room for it, and the rest.
fn all_commands(model: &Model, dispatch: &Dispatch) -> Vec<MenuEntry> {
    let mut entries = vec![
        opening("Examples", Dialog::Examples, dispatch),
        opening("Import", Dialog::Import, dispatch),
        opening("Export", Dialog::Export, dispatch),
    ];
    entries.extend(commands(model, dispatch));
    entries
}

fn commands(model: &Model, dispatch: &Dispatch) -> Vec<MenuEntry> {
    let themes = [
        (Theme::System, "As the system"),
        (Theme::Light, "Light"),
        (Theme::Dark, "Dark"),
    ];
    let mut entries = vec![
        MenuEntry::command(
            "New scenario",
            dispatch.reform(|()| Action::ScenarioOpened {
                scenario: Rc::new(Scenario::empty()),
                source: Source::Empty,
            }),
        ),
        opening("Settings", Dialog::Settings, dispatch),
        MenuEntry::Separator,
        MenuEntry::Heading("Colours".into()),
    ];
    for (theme, word) in themes {
        let entry = MenuEntry::command(word, dispatch.reform(move |()| Action::ThemeChosen(theme)));
        entries.push(if theme == model.theme {
            entry.detail("chosen")
        } else {
            entry
        });
    }
    entries.push(MenuEntry::Separator);
    entries.push(opening("How this page works", Dialog::Help, dispatch));
    entries
}

fn opening(word: &'static str, dialog: Dialog, dispatch: &Dispatch) -> MenuEntry {
    MenuEntry::command(
        word,
        dispatch.reform(move |()| Action::DialogOpened(dialog.clone())),
    )
}

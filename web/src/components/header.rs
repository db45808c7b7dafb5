//! The top of the page: what is open, where it is kept, and what can be done with it as a whole.

use organization::Edit;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::ui::{Glyph, Menu, MenuEntry, button, glyph};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::effects::keys_in_words;
use crate::state::commands::{COLOURS, COMMANDS, PAGE};
use crate::state::{Action, Dialog, Model, Origin, StorageState};

/// What has a button of its own where there is room for it.
const DIRECT: [&str; 4] = ["Scenarios", "Examples", "Import", "Export"];

/// The header.
#[component]
pub fn Header() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let retitled = dispatch.reform(|event: InputEvent| {
        let title = event
            .target_dyn_into::<HtmlInputElement>()
            .map(|field| field.value())
            .unwrap_or_default();
        Action::Edited(Edit::SetTitle(title))
    });
    let opening = |dialog: Dialog, class: &'static str, word: &'static str| {
        let open = dispatch.reform(move |_: MouseEvent| Action::DialogOpened(dialog.clone()));
        button(class, None, open, html! { word })
    };
    let search = dispatch.reform(|_: MouseEvent| Action::DialogOpened(Dialog::Palette));
    let found = format!("Find a command or place ({})", keys_in_words("Mod K"));
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
            { storage(&model) }
            { opening(Dialog::Scenarios, "button header-wide", "Scenarios") }
            { opening(Dialog::Examples, "button header-wide", "Examples") }
            { history_button("Undo", Glyph::Undo, model.history.to_undo(), Action::Undone, &dispatch) }
            { history_button("Redo", Glyph::Redo, model.history.to_redo(), Action::Redone, &dispatch) }
            { opening(Dialog::Import, "button header-wide", "Import") }
            { opening(Dialog::Export, "button header-wide", "Export") }
            { button("icon-button header-wide", Some(found.into()), search, glyph(Glyph::Search)) }
            <Menu label="More" class="icon-button header-wide" entries={commands(&model, &dispatch, false)}>
                { glyph(Glyph::Menu) }
            </Menu>
            <Menu label="Menu" class="icon-button header-narrow" entries={commands(&model, &dispatch, true)}>
                { glyph(Glyph::Menu) }
            </Menu>
            { opening(Dialog::Share, "button primary", "Share") }
        </header>
    }
}

/// Where the work is kept, and whether that is a reason to worry.
fn storage(model: &Model) -> Html {
    let (text, refused) = match (&model.storage, model.origin) {
        (StorageState::NotKept(reason), _) => (
            format!("Not kept: {reason}. Export or share to keep it."),
            Some("refused"),
        ),
        (StorageState::ChangedElsewhere, _) => (
            "Not kept: another tab has changed this scenario. See Scenarios.".to_owned(),
            Some("refused"),
        ),
        (StorageState::Kept, Origin::Visit) => {
            ("Kept in this browser once you change it".to_owned(), None)
        }
        (StorageState::Kept, _) => ("Kept in this browser".to_owned(), None),
    };
    html! { <span class={classes!("header-storage", refused)} title={text.clone()}>{ text }</span> }
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

/// The commands of the page that have no button here, or with them.
fn commands(model: &Model, dispatch: &Dispatch, with_direct: bool) -> Vec<MenuEntry> {
    let mut entries = Vec::new();
    let mut group = PAGE;
    for command in COMMANDS {
        let shown = match (command.group, command.name) {
            (COLOURS, _) => true,
            (PAGE, "Undo" | "Redo" | "Share") => false,
            (PAGE, name) => with_direct || !DIRECT.contains(&name),
            _ => false,
        };
        let Some(action) = (command.action)(model).filter(|_| shown) else {
            continue;
        };
        if command.group != group {
            entries.push(MenuEntry::Separator);
            entries.push(MenuEntry::Heading(command.group.into()));
            group = command.group;
        }
        let detail = match &action {
            Action::ThemeChosen(theme) if *theme == model.preferences.theme => "chosen".to_owned(),
            _ => command
                .keys
                .first()
                .map_or_else(String::new, |keys| keys_in_words(keys)),
        };
        let entry = MenuEntry::command(command.name, dispatch.reform(move |()| action.clone()));
        entries.push(match detail.is_empty() {
            true => entry,
            false => entry.detail(detail),
        });
    }
    entries
}

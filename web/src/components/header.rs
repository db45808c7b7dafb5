//! The top of the page: what is open, where it is kept, and what can be done with it as a whole.

use organization::Edit;
use texts::Text;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::ui::{Glyph, Menu, MenuEntry, button, glyph};
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::effects::keys_in_words;
use crate::state::commands::{COLOURS, COMMANDS, PAGE};
use crate::state::{Action, Dialog, Model, Origin, StorageState};

/// What has a button of its own where there is room for it.
const DIRECT: [Text; 4] = [
    texts::COMMON_SCENARIOS,
    texts::COMMON_EXAMPLES,
    texts::COMMON_IMPORT,
    texts::COMMON_EXPORT,
];

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
    let found = texts::header_find_command_place(&keys_in_words("Mod K"));
    html! {
        <header class="header">
            <h1 class="header-name">{ "Guardrail" }</h1>
            <div class="header-title">
                <input
                    class="field" aria-label={texts::header_title_of_the_scenario()} placeholder={texts::common_untitled()}
                    value={model.scenario.title.clone()} spellcheck="false" autocomplete="off"
                    oninput={retitled}
                />
            </div>
            { storage(&model) }
            { opening(Dialog::Scenarios, "button header-wide", texts::common_scenarios()) }
            { opening(Dialog::Examples, "button header-wide", texts::common_examples()) }
            { history_buttons(&model, &dispatch) }
            { opening(Dialog::Import, "button header-wide", texts::common_import()) }
            { opening(Dialog::Export, "button header-wide", texts::common_export()) }
            { button("icon-button header-wide", Some(found.into()), search, glyph(Glyph::Search)) }
            <Menu label={texts::header_more()} class="icon-button header-wide" entries={commands(&model, &dispatch, false)}>
                { glyph(Glyph::Menu) }
            </Menu>
            <Menu label={texts::header_menu()} class="icon-button header-narrow" entries={commands(&model, &dispatch, true)}>
                { glyph(Glyph::Menu) }
            </Menu>
            { opening(Dialog::Share, "button primary", texts::common_share()) }
        </header>
    }
}

/// Where the work is kept, and whether that is a reason to worry.
fn storage(model: &Model) -> Html {
    let (text, refused) = match (&model.storage, model.origin) {
        (StorageState::NotKept(reason), _) => {
            (texts::header_kept_export_share(&reason), Some("refused"))
        }
        (StorageState::ChangedElsewhere, _) => {
            (texts::header_kept_another_tab().to_owned(), Some("refused"))
        }
        (StorageState::Kept, Origin::Visit) => (texts::header_kept_browser_once().to_owned(), None),
        (StorageState::Kept, _) => (texts::header_kept_in_this_browser().to_owned(), None),
    };
    // With another key it is another element: it stands elsewhere, and nothing has moved.
    html! {
        <span key={text.clone()} class={classes!("header-storage", refused)} title={text.clone()}>{ text }</span>
    }
}

/// The buttons that take a step back, and do it again.
pub(crate) fn history_buttons(model: &Model, dispatch: &Dispatch) -> Html {
    let button = |word: &str, sign: Glyph, step: Option<&str>, action: Action| {
        let label = match step {
            Some(step) => texts::header_step(&word, &step),
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
    };
    let history = &model.history;
    html! {
        <>
            { button(texts::common_undo(), Glyph::Undo, history.to_undo(), Action::Undone) }
            { button(texts::state_commands_redo(), Glyph::Redo, history.to_redo(), Action::Redone) }
        </>
    }
}

/// The commands of the page that have no button here, or with them.
fn commands(model: &Model, dispatch: &Dispatch, with_direct: bool) -> Vec<MenuEntry> {
    let mut entries = Vec::new();
    let mut group = PAGE;
    for command in COMMANDS {
        let shown = match (command.group, command.name) {
            (COLOURS, _) => true,
            (PAGE, texts::COMMON_UNDO | texts::STATE_COMMANDS_REDO | texts::COMMON_SHARE) => false,
            (PAGE, name) => with_direct || !DIRECT.contains(&name),
            _ => false,
        };
        let Some(action) = (command.action)(model).filter(|_| shown) else {
            continue;
        };
        if command.group != group {
            entries.push(MenuEntry::Separator);
            entries.push(MenuEntry::Heading(texts::get(command.group).into()));
            group = command.group;
        }
        let detail = match &action {
            Action::ThemeChosen(theme) if *theme == model.preferences.theme => {
                texts::header_chosen().to_owned()
            }
            _ => command
                .keys
                .first()
                .map_or_else(String::new, |keys| keys_in_words(keys)),
        };
        let entry = MenuEntry::command(
            texts::get(command.name),
            dispatch.reform(move |()| action.clone()),
        );
        entries.push(match detail.is_empty() {
            true => entry,
            false => entry.detail(detail),
        });
    }
    entries
}

//! How the page looks and behaves in this browser.

use texts::Text;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::modal::Modal;
use crate::components::ui::button;
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Language, Preferences, Switch, Theme, persist};

/// The themes with their words.
const THEMES: [(Theme, Text); 3] = [
    (Theme::System, texts::COMMON_AS_THE_SYSTEM),
    (Theme::Light, texts::COMMON_LIGHT),
    (Theme::Dark, texts::COMMON_DARK),
];

/// The settings of the page.
#[component]
pub(super) fn PageSettings() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let asked = use_state_eq(|| false);
    let chosen = dispatch.reform(|event: Event| {
        let field = event.target_dyn_into::<HtmlSelectElement>();
        let word = field.map(|field| field.value()).unwrap_or_default();
        let theme = THEMES.into_iter().find(|(theme, _)| theme.word() == word);
        Action::ThemeChosen(theme.map_or(Theme::System, |(theme, _)| theme))
    });
    let spoken = dispatch.reform(|event: Event| {
        let field = event.target_dyn_into::<HtmlSelectElement>();
        let language = field.and_then(|field| Language::read(&field.value()));
        Action::LanguageChosen(language.unwrap_or_default())
    });
    let ask = {
        let asked = asked.clone();
        Callback::from(move |_: MouseEvent| asked.set(!*asked))
    };
    let clear = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            persist::clear();
            dispatch.emit(Action::Forgotten);
        })
    };
    let preferences = &model.preferences;
    html! {
        <Modal title={texts::common_page_settings()}>
            <p class="muted">{ texts::preferences_they_belong_browser() }</p>
            <label class="dialog-label">
                { texts::common_colours() }
                <select class="field outlined dialog-choice" onchange={chosen}>
                    for (theme, word) in THEMES {
                        <option value={theme.word()} selected={theme == preferences.theme}>{ texts::get(word) }</option>
                    }
                </select>
            </label>
            <label class="dialog-label">
                { texts::language_language() }
                <select id="language" class="field outlined dialog-choice" onchange={spoken}>
                    for language in Language::ALL {
                        <option
                            value={language.word()} lang={language.word()}
                            selected={language == model.language}
                        >{ language.own_name() }</option>
                    }
                </select>
            </label>
            { switch(preferences, Switch::Contrast, false, &dispatch, texts::preferences_high_contrast(),
                texts::preferences_stronger_lines_darker()) }
            { switch(preferences, Switch::PlainEditor, false, &dispatch, texts::preferences_policies_plain_text(),
                texts::preferences_without_colours_completion()) }
            { switch(preferences, Switch::NoSingleKeys, true, &dispatch, texts::preferences_shortcuts_single_key(),
                texts::preferences_keys_without_ctrl()) }
            <h3>{ texts::preferences_what_this_browser_keeps() }</h3>
            if *asked {
                <p role="alert">
                    { texts::preferences_deletes_these_settings(&scenarios()) }
                </p>
                <div class="dialog-actions">
                    { button("button danger", None, clear, html! { texts::preferences_delete_everything() }) }
                    { button("button outlined", None, ask, html! { texts::common_cancel() }) }
                </div>
            } else {
                <div class="dialog-actions">
                    { button("button outlined", None, ask, html! { texts::preferences_delete_everything_kept_here() }) }
                </div>
            }
        </Modal>
    }
}

fn scenarios() -> String {
    match persist::works().len() {
        1 => texts::preferences_the_kept_scenario().to_owned(),
        count => texts::preferences_all_kept_scenarios(&count),
    }
}

/// A switch with what it means. Some stand for the opposite of what is noted.
fn switch(
    preferences: &Preferences,
    switch: Switch,
    inverted: bool,
    dispatch: &Dispatch,
    name: &'static str,
    remark: &'static str,
) -> Html {
    let onchange = dispatch.reform(move |event: Event| {
        let field = event.target_dyn_into::<HtmlInputElement>();
        let on = field.is_some_and(|field| field.checked()) != inverted;
        Action::PreferenceSwitched { switch, on }
    });
    html! {
        <label class="dialog-check">
            <input type="checkbox" checked={preferences.has(switch) != inverted} {onchange} />
            <span>
                { name }
                <span class="muted small">{ remark }</span>
            </span>
        </label>
    }
}

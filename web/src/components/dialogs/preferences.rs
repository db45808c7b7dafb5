//! How the page looks and behaves in this browser.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::modal::Modal;
use crate::components::ui::button;
use crate::context::{Dispatch, use_dispatch, use_model};
use crate::state::{Action, Preferences, Switch, Theme, persist};

/// The themes with their words.
const THEMES: [(Theme, &str); 3] = [
    (Theme::System, "As the system"),
    (Theme::Light, "Light"),
    (Theme::Dark, "Dark"),
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
        <Modal title="Page settings">
            <p class="muted">{ "They belong to this browser. What a scenario is weighed by stands in its own settings." }</p>
            <label class="dialog-label">
                { "Colours" }
                <select class="field outlined dialog-choice" onchange={chosen}>
                    for (theme, word) in THEMES {
                        <option value={theme.word()} selected={theme == preferences.theme}>{ word }</option>
                    }
                </select>
            </label>
            { switch(preferences, Switch::Contrast, false, &dispatch, "High contrast",
                "Stronger lines and darker text, in both light and dark.") }
            { switch(preferences, Switch::PlainEditor, false, &dispatch, "Policies in a plain text area",
                "Without colours, completion and marks in the text. Findings stand below it.") }
            { switch(preferences, Switch::NoSingleKeys, true, &dispatch, "Shortcuts of a single key",
                "Keys without Ctrl or ⌘, such as ? for help. Keys with Ctrl or ⌘ always work.") }
            <h3>{ "What this browser keeps" }</h3>
            if *asked {
                <p role="alert">
                    { format!("This deletes {} and these settings from this browser. It can't be undone.", scenarios()) }
                </p>
                <div class="dialog-actions">
                    { button("button danger", None, clear, html! { "Delete everything" }) }
                    { button("button outlined", None, ask, html! { "Cancel" }) }
                </div>
            } else {
                <div class="dialog-actions">
                    { button("button outlined", None, ask, html! { "Delete everything kept here…" }) }
                </div>
            }
        </Modal>
    }
}

fn scenarios() -> String {
    match persist::works().len() {
        1 => "the kept scenario".to_owned(),
        count => format!("all {count} kept scenarios"),
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

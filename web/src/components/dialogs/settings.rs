//! How the scenario is weighed: what nobody stated, the date whose rules count, and the questions
//! that AWS's documentation leaves open.

use evaluator::Rule;
use organization::{Edit, Settings as Weighing, UnstatedKeys};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::modal::Modal;
use crate::context::{use_dispatch, use_model};
use crate::state::Action;

/// The settings.
#[component]
pub(super) fn Settings() -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let settings = &model.scenario.settings;
    let changed = |change: fn(&mut Weighing, &HtmlInputElement)| {
        let settings = settings.clone();
        dispatch.reform(move |event: Event| {
            let mut changed = Weighing::clone(&settings);
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                change(&mut changed, &field);
            }
            Action::Edited(Edit::SetSettings(changed))
        })
    };
    let newest = Weighing::default().date().to_string();
    html! {
        <Modal title="Settings">
            <p>{ "They belong to the scenario and go with its file and its links." }</p>
            <label class="dialog-check">
                <input
                    type="checkbox" checked={settings.unstated_keys == UnstatedKeys::Absent}
                    onchange={changed(|settings, field| {
                        settings.unstated_keys = match field.checked() {
                            true => UnstatedKeys::Absent,
                            false => UnstatedKeys::Unknown,
                        };
                    })}
                />
                <span>
                    { "Context keys that nobody states are absent" }
                    <span class="muted small">{ "Otherwise they are unknown, and a verdict that turns on one says so." }</span>
                </span>
            </label>
            <label class="dialog-label">
                { format!("Rules and quotas as of ({newest} unless another day is chosen)") }
                <input
                    type="date" class="field outlined dialog-date" max={newest}
                    value={settings.as_of.clone().unwrap_or_default()}
                    onchange={changed(|settings, field| {
                        settings.as_of = Some(field.value()).filter(|day| !day.is_empty());
                    })}
                />
            </label>
            <h3>{ "Where AWS's documentation leaves a question open" }</h3>
            for rule in Rule::ALL {
                <label class="dialog-check" key={rule.name()}>
                    <input
                        type="checkbox" data-rule={rule.name()} checked={rule.answer(settings)}
                        onchange={changed(answer)}
                    />
                    <span>
                        { playground::words::rule(rule) }
                        <span class="muted small">
                            <code>{ rule.name() }</code>
                            { if rule.default_answer() { ", yes by default" } else { ", no by default" } }
                        </span>
                    </span>
                </label>
            }
        </Modal>
    }
}

/// Notes the answer to a question; one that is the default needs no note.
fn answer(settings: &mut Weighing, field: &HtmlInputElement) {
    let name = field.get_attribute("data-rule").unwrap_or_default();
    let is_default = |rule: Rule| rule.name() == name && rule.default_answer() == field.checked();
    let typed = !Rule::ALL.into_iter().any(is_default);
    let others = std::mem::take(&mut settings.rules).into_iter();
    settings.rules = others
        .filter(|(other, _)| *other != name)
        .chain(typed.then(|| (name.clone(), field.checked())))
        .collect();
}

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
        <Modal title={texts::common_settings()}>
            <p>{ texts::settings_they_belong_scenario() }</p>
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
                    { texts::settings_context_keys_nobody() }
                    <span class="muted small">{ texts::settings_otherwise_they_unknown() }</span>
                </span>
            </label>
            <label class="dialog-label">
                { texts::settings_rules_quotas_unless(&newest) }
                <input
                    type="date" class="field outlined dialog-date" max={newest}
                    value={settings.as_of.clone().unwrap_or_default()}
                    onchange={changed(|settings, field| {
                        settings.as_of = Some(field.value()).filter(|day| !day.is_empty());
                    })}
                />
            </label>
            <h3>{ texts::settings_where_awss_documentation() }</h3>
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
                            { if rule.default_answer() { texts::settings_yes_by_default() } else { texts::settings_no_by_default() } }
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

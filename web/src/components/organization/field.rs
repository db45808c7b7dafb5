//! A field whose text is an edit: what is refused stays as it was typed, with the reason beneath.

use organization::Edit;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::ui::sentence;
use crate::context::{use_dispatch, use_model};
use crate::state::Action;

/// Properties of [`TextField`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct TextFieldProps {
    /// Its name.
    pub(super) label: AttrValue,
    /// The text of the scenario.
    pub(super) value: AttrValue,
    /// What holds while it is empty.
    #[prop_or_default]
    pub(super) placeholder: AttrValue,
    /// A remark beneath it.
    #[prop_or_default]
    pub(super) hint: AttrValue,
    /// Texts to choose from, each with what it stands for; any other can be typed.
    #[prop_or_default]
    pub(super) options: Vec<(AttrValue, AttrValue)>,
    /// Whether what is typed is code: an id, a path, an ARN.
    #[prop_or_default]
    pub(super) code: bool,
    /// The edit that a text stands for.
    pub(super) edit: Callback<String, Edit>,
}

/// The field.
#[component]
pub(super) fn TextField(props: &TextFieldProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    // What is typed and refused, with the reason.
    let refused = use_state_eq(|| None::<(String, String)>);
    {
        let refused = refused.clone();
        use_effect_with(props.value.clone(), move |_| refused.set(None));
    }
    let oninput = {
        let (edit, refused) = (props.edit.clone(), refused.clone());
        Callback::from(move |event: InputEvent| {
            let typed = event
                .target_dyn_into::<HtmlInputElement>()
                .map(|field| field.value())
                .unwrap_or_default();
            let edit = edit.emit(typed.clone());
            match model.scenario.apply(edit.clone()) {
                Ok(_) => {
                    refused.set(None);
                    dispatch.emit(Action::Edited(edit));
                }
                Err(error) => refused.set(Some((typed, error.to_string()))),
            }
        })
    };
    let id = format!("field-{}", props.label.replace(' ', "-").to_lowercase());
    let (remark, list) = (format!("{id}-remark"), format!("{id}-list"));
    let reason = refused.as_ref().map(|(_, reason)| reason);
    let has_remark = reason.is_some() || !props.hint.is_empty();
    let value = match &*refused {
        Some((typed, _)) => AttrValue::from(typed.clone()),
        None => props.value.clone(),
    };
    html! {
        <div class="sheet-field">
            <label for={id.clone()}>{ &props.label }</label>
            <input
                {id} class={classes!("field", "outlined", props.code.then_some("mono"))}
                autocomplete="off" spellcheck="false" placeholder={props.placeholder.clone()} {value}
                aria-invalid={reason.map(|_| "true")}
                aria-describedby={has_remark.then(|| remark.clone())}
                list={(!props.options.is_empty()).then(|| list.clone())} {oninput}
            />
            if has_remark {
                <p id={remark} class={classes!("sheet-remark", reason.map(|_| "wrong"))}>
                    if let Some(reason) = reason {
                        { sentence(reason) }
                    } else {
                        { &props.hint }
                    }
                </p>
            }
            if !props.options.is_empty() {
                <datalist id={list}>
                    for (value, words) in &props.options {
                        <option value={value.clone()} label={words.clone()} />
                    }
                </datalist>
            }
        </div>
    }
}

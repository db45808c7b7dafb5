//! The controls of the table's cells.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The typed text of an input event.
pub(super) fn typed(event: &InputEvent) -> String {
    event
        .target_dyn_into::<HtmlInputElement>()
        .map(|field| field.value())
        .unwrap_or_default()
}

/// Options under one heading, or under none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Options {
    /// The heading.
    pub(super) heading: Option<AttrValue>,
    /// Value and words of each option.
    pub(super) options: Vec<(AttrValue, AttrValue)>,
}

/// What [`Choose`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ChooseProps {
    /// The accessible name.
    pub(super) label: AttrValue,
    /// The value of the chosen option.
    pub(super) value: AttrValue,
    /// The options.
    pub(super) groups: Vec<Options>,
    /// Told the value of another option.
    pub(super) on_chosen: Callback<String>,
    /// Told when the list may be opened soon.
    #[prop_or_default]
    pub(super) on_near: Callback<()>,
    /// Classes of the control.
    #[prop_or(AttrValue::Static("field outlined"))]
    pub(super) class: AttrValue,
    /// Whether the keyboard stops here.
    #[prop_or(true)]
    pub(super) reachable: bool,
}

/// A select list that always shows the chosen value, also when a choice was refused or undone.
#[component]
pub(super) fn Choose(props: &ChooseProps) -> Html {
    let list = use_node_ref();
    {
        let list = list.clone();
        let value = props.value.clone();
        use_effect(move || {
            if let Some(list) = list.cast::<HtmlSelectElement>()
                && list.value() != value.as_str()
            {
                list.set_value(&value);
            }
        });
    }
    let onchange = props.on_chosen.reform(|event: Event| {
        event
            .target_dyn_into::<HtmlSelectElement>()
            .map(|list| list.value())
            .unwrap_or_default()
    });
    let onfocus = props.on_near.reform(|_: FocusEvent| ());
    let onpointerenter = props.on_near.reform(|_: PointerEvent| ());
    html! {
        <select
            ref={list} class={props.class.clone()} aria-label={props.label.clone()}
            tabindex={if props.reachable { "0" } else { "-1" }}
            {onchange} {onfocus} {onpointerenter}
        >
            for group in &props.groups {
                if let Some(heading) = &group.heading {
                    <optgroup label={heading.clone()}>{ options(group, &props.value) }</optgroup>
                } else {
                    { options(group, &props.value) }
                }
            }
        </select>
    }
}

fn options(group: &Options, chosen: &AttrValue) -> Html {
    group
        .options
        .iter()
        .map(|(value, words)| {
            html! { <option value={value.clone()} selected={value == chosen}>{ words }</option> }
        })
        .collect()
}

//! The controls of the table's cells.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The typed text of an input event.
fn typed(event: &InputEvent) -> String {
    event
        .target_dyn_into::<HtmlInputElement>()
        .map(|field| field.value())
        .unwrap_or_default()
}

/// A field for a text.
pub(super) struct TextField {
    /// The accessible name.
    pub(super) label: AttrValue,
    /// Classes of the control.
    pub(super) class: AttrValue,
    /// What it holds.
    pub(super) value: String,
    /// Told what is typed.
    pub(super) on_typed: Callback<String>,
    /// The id of the list of texts that are offered.
    pub(super) list: Option<AttrValue>,
    /// What holds while it is empty.
    pub(super) empty: Option<AttrValue>,
    /// What is wrong, or the whole of what is cut.
    pub(super) title: Option<AttrValue>,
    /// Whether something is wrong.
    pub(super) invalid: bool,
    /// Whether nothing can be typed.
    pub(super) disabled: bool,
    /// Whether the keyboard stops here.
    pub(super) reachable: bool,
    /// Told when it is left.
    pub(super) onblur: Option<Callback<FocusEvent>>,
}

impl TextField {
    /// A field that says no more than its name.
    pub(super) fn new(
        label: impl Into<AttrValue>,
        class: impl Into<AttrValue>,
        value: &str,
        on_typed: Callback<String>,
    ) -> Self {
        Self {
            label: label.into(),
            class: class.into(),
            value: value.to_owned(),
            on_typed,
            list: None,
            empty: None,
            title: None,
            invalid: false,
            disabled: false,
            reachable: true,
            onblur: None,
        }
    }

    /// Draws it.
    pub(super) fn draw(self) -> Html {
        let oninput = self.on_typed.reform(|event: InputEvent| typed(&event));
        html! {
            <input
                class={self.class} aria-label={self.label} list={self.list} autocomplete="off"
                autocapitalize="off" spellcheck="false" tabindex={(!self.reachable).then_some("-1")}
                placeholder={self.empty} title={self.title} disabled={self.disabled}
                aria-invalid={self.invalid.then_some("true")} value={self.value} {oninput}
                onblur={self.onblur}
            />
        }
    }
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

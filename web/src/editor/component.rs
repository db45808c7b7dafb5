use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::Reflect;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, Element, HtmlTextAreaElement};
use yew::prelude::*;

use super::marks::{DecidingRange, Mark, TextRange};

/// What [`PolicyEditor`] shows. One instance edits one policy: give each its own `key`.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PolicyEditorProps {
    /// The text. The editor's own text is replaced only where this is another one than the editor
    /// told last, so that typing, the cursor and the editor's undo are never disturbed.
    pub text: Rc<str>,
    /// The accessible name.
    pub label: AttrValue,
    /// Whether the text can't be changed.
    pub readonly: bool,
    /// Findings to underline.
    pub marks: Vec<Mark>,
    /// Statements that decided the selected request.
    pub deciding: Vec<DecidingRange>,
    /// A place to show, and the number of the asking.
    pub reveal: Option<(TextRange, u32)>,
    /// Told the whole text after each change by a person.
    pub onchange: Callback<String>,
}

/// A policy's text in the editor.
#[component]
pub fn PolicyEditor(props: &PolicyEditorProps) -> Html {
    let node = use_node_ref();
    let told = use_mut_ref(|| None::<Rc<str>>);

    {
        let node = node.clone();
        let told = told.clone();
        use_effect_with(props.onchange.clone(), move |onchange| {
            let onchange = onchange.clone();
            let listener = node.cast::<Element>().map(|element| {
                EventListener::new(&element, "guardrail-change", move |event| {
                    let text = event
                        .dyn_ref::<CustomEvent>()
                        .and_then(|event| event.detail().as_string());
                    if let Some(text) = text {
                        *told.borrow_mut() = Some(Rc::from(text.as_str()));
                        onchange.emit(text);
                    }
                })
            });
            move || drop(listener)
        });
    }
    {
        let node = node.clone();
        use_effect_with(props.text.clone(), move |text| {
            if told.borrow().as_ref() != Some(text) {
                *told.borrow_mut() = Some(Rc::clone(text));
                set(&node, "value", &JsValue::from_str(text));
            }
        });
    }
    {
        let node = node.clone();
        use_effect_with(
            (props.label.clone(), props.readonly),
            move |(label, readonly)| {
                set(&node, "label", &JsValue::from_str(label));
                set(&node, "readonly", &JsValue::from_bool(*readonly));
            },
        );
    }
    // Places belong to a text: they are given again with each new one.
    {
        let node = node.clone();
        let shown = (
            props.marks.clone(),
            props.deciding.clone(),
            props.text.clone(),
        );
        use_effect_with(shown, move |(marks, deciding, _)| {
            set_record(&node, "marks", marks);
            set_record(&node, "deciding", deciding);
        });
    }
    {
        let node = node.clone();
        use_effect_with(props.reveal, move |reveal| {
            if let Some((range, _)) = reveal {
                set_record(&node, "reveal", range);
            }
        });
    }

    let oninput = props.onchange.reform(|event: InputEvent| {
        event
            .target_dyn_into::<HtmlTextAreaElement>()
            .map(|area| area.value())
            .unwrap_or_default()
    });
    html! {
        <guardrail-editor ref={node}>
            <textarea
                aria-label={props.label.clone()} value={props.text.to_string()}
                readonly={props.readonly} spellcheck="false" autocomplete="off"
                autocapitalize="off" {oninput}
            />
        </guardrail-editor>
    }
}

fn set_record(node: &NodeRef, name: &str, record: &impl Serialize) {
    if let Ok(value) = serde_wasm_bindgen::to_value(record) {
        set(node, name, &value);
    }
}

/// Sets a property. Before the element's code has arrived it is kept there and taken over later.
fn set(node: &NodeRef, name: &str, value: &JsValue) {
    if let Some(element) = node.cast::<Element>() {
        // Setting fails only on a frozen object, which an element of the page is not.
        let _ = Reflect::set(&element, &JsValue::from_str(name), value);
    }
}

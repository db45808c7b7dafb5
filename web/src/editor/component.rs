use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::Reflect;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, Element};
use yew::prelude::*;

use super::marks::{ChangedLines, DecidingRange, Known, Mark, TextRange, UseRange};
use super::plain::PlainEditor;

/// What a person typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The whole text.
    pub text: String,
    /// The number of the step that the change belongs to: those with one number are one for undo.
    pub stroke: u32,
}

/// What [`PolicyEditor`] shows. One instance edits one policy: give each its own `key`.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PolicyEditorProps {
    /// The text. The editor's own text is replaced only where this is another one than the editor
    /// told last, so that typing and the cursor are never disturbed.
    pub text: Rc<str>,
    /// The accessible name.
    pub label: AttrValue,
    /// The kind of the policy, as files name it; empty if it is not known.
    pub kind: AttrValue,
    /// Whether a plain text area is preferred.
    pub plain: bool,
    /// Whether the text can't be changed.
    pub readonly: bool,
    /// Findings to underline.
    pub marks: Vec<Mark>,
    /// Statements that decided the selected request.
    pub deciding: Vec<DecidingRange>,
    /// How the requests use the statements.
    pub uses: Rc<Vec<UseRange>>,
    /// What has changed since the text was opened.
    pub changed: Vec<ChangedLines>,
    /// What the scenario mentions.
    pub known: Rc<Known>,
    /// A place to show, and the number of the asking.
    pub reveal: Option<(TextRange, u32)>,
    /// Told the whole text after each change by a person.
    pub onchange: Callback<Typed>,
    /// Asked to take the last step back, or, with false, to do it again.
    pub onstep: Callback<bool>,
}

/// A policy's text in the editor.
#[component]
pub fn PolicyEditor(props: &PolicyEditorProps) -> Html {
    let node = use_node_ref();
    let told = use_mut_ref(|| None::<Rc<str>>);
    let plain = props.plain;
    {
        let node = node.clone();
        let told = told.clone();
        let callbacks = (plain, props.onchange.clone(), props.onstep.clone());
        use_effect_with(callbacks, move |(_, onchange, onstep)| {
            let listeners = node.cast::<Element>().map(|element| {
                let (onchange, onstep) = (onchange.clone(), onstep.clone());
                let source = element.clone();
                let step = |name: &'static str, back: bool| {
                    let onstep = onstep.clone();
                    EventListener::new(&element, name, move |_| onstep.emit(back))
                };
                let steps = [step("guardrail-undo", true), step("guardrail-redo", false)];
                let change = EventListener::new(&element, "guardrail-change", move |event| {
                    let text = event
                        .dyn_ref::<CustomEvent>()
                        .and_then(|event| event.detail().as_string());
                    if let Some(text) = text {
                        *told.borrow_mut() = Some(Rc::from(text.as_str()));
                        let stroke = stroke(&source);
                        onchange.emit(Typed { text, stroke });
                    }
                });
                (change, steps)
            });
            move || drop(listeners)
        });
    }
    {
        let node = node.clone();
        use_effect_with((plain, props.text.clone()), move |(_, text)| {
            if told.borrow().as_ref() != Some(text) {
                *told.borrow_mut() = Some(Rc::clone(text));
                set(&node, "value", &JsValue::from_str(text));
            }
        });
    }
    {
        let node = node.clone();
        let named = (
            plain,
            props.label.clone(),
            props.kind.clone(),
            props.readonly,
        );
        use_effect_with(named, move |(_, label, kind, readonly)| {
            set(&node, "label", &JsValue::from_str(label));
            set(&node, "kind", &JsValue::from_str(kind));
            set(&node, "readonly", &JsValue::from_bool(*readonly));
        });
    }
    // Places belong to a text: they are given again with each new one.
    {
        let node = node.clone();
        let shown = (
            plain,
            props.marks.clone(),
            props.deciding.clone(),
            props.changed.clone(),
            props.text.clone(),
        );
        use_effect_with(shown, move |(_, marks, deciding, changed, _)| {
            set_record(&node, "marks", marks);
            set_record(&node, "deciding", deciding);
            set_record(&node, "changed", changed);
        });
    }
    // These follow after a pause, and go along with the text until then.
    {
        let node = node.clone();
        use_effect_with((plain, props.uses.clone()), move |(_, uses)| {
            set_record(&node, "uses", &**uses);
        });
    }
    {
        let node = node.clone();
        use_effect_with((plain, props.known.clone()), move |(_, known)| {
            set_record(&node, "known", &**known);
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
    let area = html! {
        <PlainEditor
            text={props.text.clone()} label={props.label.clone()} readonly={props.readonly}
            marks={props.marks.clone()} reveal={props.reveal}
            onchange={props.onchange.clone()} onstep={props.onstep.clone()}
        />
    };
    if plain {
        return area;
    }
    html! { <guardrail-editor ref={node}>{ area }</guardrail-editor> }
}

/// The number of the step that the last change belongs to.
fn stroke(element: &Element) -> u32 {
    let number = Reflect::get(element, &"stroke".into()).ok();
    let number = number
        .and_then(|number| number.as_f64())
        .unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small number that counts up"
    )]
    let number = number as u32;
    number
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

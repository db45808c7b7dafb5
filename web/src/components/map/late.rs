//! A view whose code comes when it is opened.

use gloo_events::EventListener;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, Element, HtmlElement};
use yew::prelude::*;

use crate::components::ui::{Glyph, button, glyph};
use crate::context::use_dispatch;
use crate::embed;
use crate::state::{Action, Pane};

/// Properties of [`LateView`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct LateViewProps {
    /// The name of the custom element.
    pub(crate) tag: &'static str,
    /// The class of the pane.
    pub(crate) class: &'static str,
    /// The heading.
    pub(crate) title: &'static str,
    /// What the element draws.
    pub(crate) data: JsValue,
    /// The pane that comes back.
    pub(crate) back: Pane,
    /// The id of the button that opens the view, which gets the focus back.
    pub(crate) opener: &'static str,
    /// What a person did in the view: what happened, and what with.
    pub(crate) on_told: Callback<Vec<String>>,
}

/// A pane with a custom element, which says itself why it is empty until its code is there.
#[component]
pub(crate) fn LateView(props: &LateViewProps) -> Html {
    let dispatch = use_dispatch();
    let pane = use_node_ref();
    let element = use_node_ref();
    let failed = use_state_eq(|| false);
    {
        let (pane, failed, opener) = (pane.clone(), failed.clone(), props.opener);
        use_effect_with((), move |()| {
            let listener = load(move || failed.set(true));
            let pane = pane.cast::<HtmlElement>();
            // Inside another page the view is there from the beginning, and the focus is the host's.
            if let Some(pane) = &pane
                && !embed::is_embedded()
            {
                let _ = pane.focus();
            }
            move || {
                drop(listener);
                give_focus_back(pane.as_ref(), opener);
            }
        });
    }
    {
        let element = element.clone();
        use_effect_with(props.data.clone(), move |data| {
            if let Some(element) = element.cast::<Element>() {
                put(&element, "data", data);
            }
        });
    }
    {
        let element = element.clone();
        use_effect_with(props.on_told.clone(), move |on_told| {
            let on_told = on_told.clone();
            let listener = element.cast::<Element>().map(|element| {
                EventListener::new(&element, "guardrail-view", move |event| {
                    if let Some(event) = event.dyn_ref::<CustomEvent>() {
                        let said = Array::from(&event.detail());
                        on_told.emit(said.iter().filter_map(|one| one.as_string()).collect());
                    }
                })
            });
            move || drop(listener)
        });
    }
    let back = props.back;
    let onclick = dispatch.reform(move |_: MouseEvent| Action::PaneShown(back));
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            dispatch.emit(Action::PaneShown(back));
        }
    });
    let heading = format!("{}-heading", props.class);
    html! {
        <section
            ref={&pane} class={classes!("pane", "late", props.class)} tabindex="-1"
            aria-labelledby={heading.clone()} {onkeydown}
        >
            <@{props.tag} ref={&element}>
                <h2 slot="title" id={heading}>{ props.title }</h2>
                <span slot="close">
                    { button("icon-button", Some(AttrValue::Static(texts::late_close())), onclick, glyph(Glyph::Cross)) }
                </span>
                if *failed {
                    <p class="empty" role="alert">
                        { texts::late_not_loaded() }
                    </p>
                }
            </@>
        </section>
    }
}

/// An object with these properties.
pub(crate) fn object(properties: &[(&str, &JsValue)]) -> JsValue {
    let made = Object::new();
    for (name, value) in properties {
        put(&made, name, value);
    }
    made.into()
}

fn put(target: &JsValue, name: &str, value: &JsValue) {
    // Setting fails only on a frozen object, which neither a new one nor an element is.
    let _ = Reflect::set(target, &JsValue::from_str(name), value);
}

/// Asks for the code of the views, once in the life of the page.
fn load(on_failed: impl FnOnce() + 'static) -> Option<EventListener> {
    const ASKED: &str = "script[data-views]";
    let document = web_sys::window()?.document()?;
    let boot = document.get_element_by_id("boot")?;
    let address = boot.get_attribute("data-map")?;
    // A module on the page; where that cannot be fetched, a script as the one that started the page.
    let kind = boot.get_attribute("type").unwrap_or_default();
    if document.query_selector(ASKED).ok()?.is_some() {
        return None;
    }
    let script = document.create_element("script").ok()?;
    for (name, value) in [("type", &*kind), ("data-views", ""), ("src", &*address)] {
        script.set_attribute(name, value).ok()?;
    }
    let failing = script.clone();
    let listener = EventListener::once(&script, "error", move |_| {
        failing.remove();
        on_failed();
    });
    let head = document.query_selector("head").ok()??;
    head.append_child(&script).ok()?;
    Some(listener)
}

/// Where the focus was in the view that goes, it returns to what opened it.
fn give_focus_back(pane: Option<&HtmlElement>, opener: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let active = document.active_element();
    let was_here = match (&active, pane) {
        (Some(active), Some(pane)) => {
            pane.contains(Some(active))
                || document
                    .body()
                    .is_some_and(|body| body.is_same_node(Some(active)))
        }
        (active, _) => active.is_none(),
    };
    let button = document.get_element_by_id(opener);
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok())
        && was_here
    {
        let _ = button.focus();
    }
}

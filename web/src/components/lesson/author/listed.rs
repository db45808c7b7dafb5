//! A list in the form, to which entries are added and from which they are taken away: the focus
//! goes where it is needed then, and the number is announced.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// What [`Listed`] is drawn from.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ListedProps {
    /// How many entries there are.
    pub(super) count: usize,
    /// That in words.
    pub(super) said: String,
    /// The entries, each marked with `data-entry`, and the buttons that add one.
    pub(super) children: Html,
}

/// The list.
#[component]
pub(super) fn Listed(props: &ListedProps) -> Html {
    let list = use_node_ref();
    let before = use_mut_ref(|| props.count);
    {
        let list = list.clone();
        use_effect_with(props.count, move |&count| {
            let was = before.replace(count);
            if let Some(list) = list.cast::<Element>() {
                follow(&list, was, count);
            }
        });
    }
    let said = match props.count {
        0 => String::new(),
        _ => props.said.clone(),
    };
    html! {
        <div class="author-list" ref={list}>
            { props.children.clone() }
            <p class="visually-hidden" role="status">{ said }</p>
        </div>
    }
}

/// Puts the focus into a new entry, or beside one that has gone with it. Who is elsewhere stays
/// there: the change was undone.
fn follow(list: &Element, was: usize, count: usize) {
    let active = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.active_element());
    let here = active.is_none_or(|active| {
        active.tag_name().eq_ignore_ascii_case("body") || list.contains(Some(&active))
    });
    if was == count || !here {
        return;
    }
    let field = "[data-entry]:last-of-type :is(input, select, textarea)";
    let found = list.query_selector(field).ok().flatten();
    let target = found.or_else(|| list.query_selector("button").ok().flatten());
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        let _ = target.focus();
    }
}

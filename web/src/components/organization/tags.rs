//! Tags: rows of key and value.

use std::collections::BTreeMap;

use organization::Edit;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::components::ui::{Glyph, glyph, sentence};
use crate::context::{use_dispatch, use_model};
use crate::state::Action;

/// Tags as a scenario has them.
type Stored = BTreeMap<String, String>;
/// Tags as they are typed: in the order of the rows, perhaps unfinished.
type Rows = Vec<(String, String)>;

/// Properties of [`Tags`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct TagsProps {
    /// The tags of the scenario.
    pub(super) tags: Stored,
    /// The edit that sets other tags.
    pub(super) edit: Callback<Stored, Edit>,
}

/// The tags. Rows keep their places while they are typed, and rows without a key wait for one.
#[component]
pub(super) fn Tags(props: &TagsProps) -> Html {
    let model = use_model();
    let dispatch = use_dispatch();
    let rows = use_state_eq(|| listed(&props.tags));
    let refused = use_state_eq(|| None::<String>);
    let list = use_node_ref();
    {
        let (rows, refused) = (rows.clone(), refused.clone());
        use_effect_with(props.tags.clone(), move |tags| {
            if kept(&rows).as_ref() != Some(tags) {
                rows.set(listed(tags));
                refused.set(None);
            }
        });
    }
    let waits = use_mut_ref(|| false);
    {
        // A new row waits for its key.
        let (list, waits) = (list.clone(), waits.clone());
        use_effect_with(rows.len(), move |_| {
            let last = list
                .cast::<Element>()
                .filter(|_| waits.replace(false))
                .and_then(|list| list.last_element_child()?.query_selector("input").ok()?)
                .and_then(|field| field.dyn_into::<HtmlElement>().ok());
            if let Some(field) = last {
                let _ = field.focus();
            }
        });
    }
    let change = {
        let (rows, refused, edit) = (rows.clone(), refused.clone(), props.edit.clone());
        let stored = props.tags.clone();
        Callback::from(move |typed: Rows| {
            let tags = kept(&typed);
            rows.set(typed);
            let Some(tags) = tags else {
                refused.set(Some(texts::organization_tags_two_tags_same().to_owned()));
                return;
            };
            if tags == stored {
                refused.set(None);
                return;
            }
            let edit = edit.emit(tags);
            match model.scenario.apply(edit.clone()) {
                Ok(_) => {
                    refused.set(None);
                    dispatch.emit(Action::Edited(edit));
                }
                Err(error) => refused.set(Some(error.to_string())),
            }
        })
    };
    let added = {
        let rows = (*rows).clone();
        change.reform(move |_: MouseEvent| {
            *waits.borrow_mut() = true;
            let mut rows = rows.clone();
            rows.push((String::new(), String::new()));
            rows
        })
    };
    html! {
        <>
            <div class="details-part">
                <h4 id="tags-head">{ texts::organization_tags_tags() }</h4>
                <span class="spacer" />
                <button type="button" class="button" aria-label={texts::organization_tags_add_a_tag()} onclick={added}>{ texts::common_add() }</button>
            </div>
            <div class="sheet-tags" role="group" aria-labelledby="tags-head" ref={list}>
                for at in 0..rows.len() {
                    { row(&rows, at, &change) }
                }
            </div>
            <div role="alert">
                if let Some(reason) = &*refused {
                    <p class="sheet-remark wrong">{ sentence(reason) }</p>
                }
            </div>
        </>
    }
}

fn listed(tags: &Stored) -> Rows {
    tags.iter()
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// What rows say together; nothing if two have the same key.
fn kept(rows: &Rows) -> Option<Stored> {
    let with_key = || rows.iter().filter(|(key, _)| !key.is_empty());
    let tags: Stored = with_key().cloned().collect();
    (tags.len() == with_key().count()).then_some(tags)
}

fn row(rows: &Rows, at: usize, change: &Callback<Rows>) -> Html {
    let Some((key, value)) = rows.get(at) else {
        return Html::default();
    };
    let typed = |alter: fn(&mut (String, String), String)| {
        let rows = rows.clone();
        change.reform(move |event: InputEvent| {
            let mut rows = rows.clone();
            let field = event.target_dyn_into::<HtmlInputElement>();
            if let (Some(row), Some(field)) = (rows.get_mut(at), field) {
                alter(row, field.value());
            }
            rows
        })
    };
    let removed = {
        let rows = rows.clone();
        change.reform(move |_: MouseEvent| {
            let mut rows = rows.clone();
            rows.drain(at..=at);
            rows
        })
    };
    let name = |what: &str| match key.as_str() {
        "" => texts::organization_tags_of_tag(&what, &(at + 1)),
        key => texts::organization_tags_of_tag(&what, &key),
    };
    html! {
        <div class="sheet-tag">
            <input
                class="field outlined mono" aria-label={texts::organization_tags_key_of_tag(&(at + 1))} placeholder={texts::organization_tags_key()}
                autocomplete="off" spellcheck="false" value={key.clone()}
                oninput={typed(|row, text| row.0 = text)}
            />
            <input
                class="field outlined mono" aria-label={name(texts::common_value())} placeholder={texts::organization_tags_value()}
                autocomplete="off" spellcheck="false" value={value.clone()}
                oninput={typed(|row, text| row.1 = text)}
            />
            <button
                type="button" class="icon-button tiny" aria-label={texts::organization_tags_remove_tag(&key)}
                title={texts::common_remove()} onclick={removed}
            >
                { glyph(Glyph::Cross) }
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(pairs: &[(&str, &str)]) -> Rows {
        let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn rows_without_a_key_wait_and_keys_stand_once() {
        let tags = kept(&rows(&[("b", "1"), ("", "2"), ("a", "")])).unwrap();
        assert_eq!(listed(&tags), rows(&[("a", ""), ("b", "1")]));
        assert_eq!(kept(&rows(&[("a", "1"), ("a", "2")])), None);
    }
}

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::controls::{Choose, Options, typed};
use crate::components::ui::{Glyph, glyph};

/// A key, how it stands, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The key.
    pub(super) key: String,
    /// One of the states, where there are some.
    pub(super) state: Option<&'static str>,
    /// The value, where the state has one.
    pub(super) value: String,
}

/// What [`KeyedRows`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct KeyedRowsProps {
    /// The heading.
    pub(super) title: &'static str,
    /// The words of the button that adds a row.
    pub(super) add: &'static str,
    /// The rows of the request.
    pub(super) rows: Vec<Row>,
    /// The states to choose from, each with whether it has a value; may be empty.
    pub(super) states: Vec<(&'static str, bool)>,
    /// Told all rows that have a key.
    pub(super) on_rows: Callback<Vec<Row>>,
}

/// Rows of key and value. Rows keep their places while they are typed, also where the request
/// keeps them in another order or, without a key, not at all.
#[component]
pub(super) fn KeyedRows(props: &KeyedRowsProps) -> Html {
    let typing = use_state_eq(|| props.rows.clone());
    let list = use_node_ref();
    let added = use_mut_ref(|| false);
    {
        let typing = typing.clone();
        use_effect_with(props.rows.clone(), move |rows| {
            if !same_keys(&typing, rows) {
                typing.set(rows.clone());
            }
        });
    }
    {
        let (list, added) = (list.clone(), added.clone());
        use_effect_with(typing.len(), move |_| {
            if added.replace(false) {
                focus_last(&list);
            }
        });
    }
    let change = {
        let (typing, on_rows) = (typing.clone(), props.on_rows.clone());
        Callback::from(move |rows: Vec<Row>| {
            let told = rows
                .iter()
                .filter(|row| !row.key.is_empty())
                .cloned()
                .collect();
            typing.set(rows);
            on_rows.emit(told);
        })
    };
    let add = {
        let (typing, added) = (typing.clone(), added.clone());
        let state = props.states.first().map(|(word, _)| *word);
        Callback::from(move |_: MouseEvent| {
            *added.borrow_mut() = true;
            let mut rows = (*typing).clone();
            rows.push(Row {
                key: String::new(),
                state,
                value: String::new(),
            });
            typing.set(rows);
        })
    };
    html! {
        <fieldset class="keyed" ref={list}>
            <legend>{ props.title }</legend>
            for (at, row) in typing.iter().enumerate() {
                { one(props, &typing, at, row, &change) }
            }
            <button type="button" class="button add" onclick={add}>{ glyph(Glyph::Plus) }{ props.add }</button>
        </fieldset>
    }
}

/// Whether two lists say the same, in whatever order and apart from rows without a key.
fn same_keys(typing: &[Row], rows: &[Row]) -> bool {
    let told: Vec<&Row> = typing.iter().filter(|row| !row.key.is_empty()).collect();
    told.len() == rows.len() && rows.iter().all(|row| told.contains(&row))
}

fn one(
    props: &KeyedRowsProps,
    rows: &[Row],
    at: usize,
    row: &Row,
    change: &Callback<Vec<Row>>,
) -> Html {
    let with = |alter: fn(&mut Row, String)| {
        let rows = rows.to_vec();
        change.reform(move |event: InputEvent| {
            let mut rows = rows.clone();
            if let Some(row) = rows.get_mut(at) {
                alter(row, typed(&event));
            }
            rows
        })
    };
    let remove = {
        let rows = rows.to_vec();
        change.reform(move |_: MouseEvent| {
            let mut rows = rows.clone();
            if at < rows.len() {
                rows.remove(at);
            }
            rows
        })
    };
    let has_value = props
        .states
        .iter()
        .find(|(word, _)| Some(*word) == row.state)
        .is_none_or(|(_, has_value)| *has_value);
    html! {
        <div class={classes!("keyed-row", props.states.is_empty().then_some("plain"))}>
            <input
                class="field outlined mono" aria-label="Key" autocomplete="off" spellcheck="false"
                value={row.key.clone()} oninput={with(|row, key| row.key = key)}
            />
            { state(props, rows, at, row, change) }
            <input
                class="field outlined mono" aria-label="Value" autocomplete="off" spellcheck="false"
                disabled={!has_value} value={if has_value { row.value.clone() } else { String::new() }}
                oninput={with(|row, value| row.value = value)}
            />
            <button
                type="button" class="icon-button" aria-label={format!("Remove {}", row.key)} onclick={remove}
            >
                { glyph(Glyph::Cross) }
            </button>
        </div>
    }
}

fn state(
    props: &KeyedRowsProps,
    rows: &[Row],
    at: usize,
    row: &Row,
    change: &Callback<Vec<Row>>,
) -> Html {
    let Some(chosen) = row.state else {
        return Html::default();
    };
    let on_chosen = {
        let (rows, states) = (rows.to_vec(), props.states.clone());
        let change = change.clone();
        Callback::from(move |word: String| {
            let mut rows = rows.clone();
            let state = states.iter().find(|(listed, _)| *listed == word);
            if let (Some(row), Some((state, _))) = (rows.get_mut(at), state) {
                row.state = Some(state);
                change.emit(rows);
            }
        })
    };
    let options = props
        .states
        .iter()
        .map(|(word, _)| (AttrValue::Static(word), AttrValue::Static(word)))
        .collect();
    let groups = vec![Options {
        heading: None,
        options,
    }];
    html! { <Choose label="State" value={AttrValue::Static(chosen)} {groups} {on_chosen} /> }
}

fn focus_last(list: &NodeRef) {
    let field = list
        .cast::<Element>()
        .and_then(|list| {
            list.query_selector(".keyed-row:nth-last-child(2) input")
                .ok()
                .flatten()
        })
        .and_then(|field| field.dyn_into::<HtmlElement>().ok());
    if let Some(field) = field {
        let _ = field.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: &str, value: &str) -> Row {
        Row {
            key: key.to_owned(),
            state: None,
            value: value.to_owned(),
        }
    }

    #[test]
    fn order_and_unfinished_rows_do_not_count() {
        let typing = [row("b", "1"), row("", "2"), row("a", "3")];
        assert!(same_keys(&typing, &[row("a", "3"), row("b", "1")]));
        assert!(!same_keys(&typing, &[row("a", "3"), row("b", "2")]));
        assert!(!same_keys(&typing, &[row("a", "3")]));
    }
}

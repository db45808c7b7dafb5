use texts::Text;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::check;
use super::controls::{Choose, Options, TextField};
use crate::components::ui::{Glyph, button, glyph, within};

/// A key, how it stands, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The key.
    pub(super) key: String,
    /// One of the states, where there are some.
    pub(super) state: Option<Text>,
    /// The value, where the state has one.
    pub(super) value: String,
}

impl Row {
    /// A row.
    pub(super) fn new(key: &str, state: Option<Text>, value: String) -> Self {
        Self {
            key: key.to_owned(),
            state,
            value,
        }
    }
}

/// What [`KeyedRows`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct KeyedRowsProps {
    /// The heading.
    pub(super) title: &'static str,
    /// The rows of the request.
    pub(super) rows: Vec<Row>,
    /// The states to choose from; may be empty.
    pub(super) states: &'static [Text],
    /// Whether rows have values beside their keys.
    pub(super) valued: bool,
    /// Keys to choose from, where nothing else can be typed.
    pub(super) choices: Option<Vec<Options>>,
    /// The id of the list of keys that are offered.
    pub(super) list: Option<AttrValue>,
    /// Whether the keys are names of services.
    pub(super) services: bool,
    /// Told all rows that have a key of their own.
    pub(super) on_rows: Callback<Vec<Row>>,
}

/// Rows of key and value. Rows keep their places while they are typed, also where the request
/// keeps them in another order or, without a key of their own, not at all.
#[component]
pub(super) fn KeyedRows(props: &KeyedRowsProps) -> Html {
    let typing = use_state_eq(|| props.rows.clone());
    let list = use_node_ref();
    let added = use_mut_ref(|| false);
    {
        let typing = typing.clone();
        use_effect_with(props.rows.clone(), move |rows| {
            if !same_rows(&typing, rows) {
                typing.set(rows.clone());
            }
        });
    }
    {
        let list = list.clone();
        let added = added.clone();
        let before = use_mut_ref(|| typing.len());
        use_effect_with(typing.len(), move |&count| {
            let before = before.replace(count);
            if added.replace(false) {
                focus(&list, ".keyed-row:nth-last-of-type(1) :is(input, select)");
            } else if before != count && is_focus_lost() {
                // A key that was stated by the button beside it waits for its value; beside a row
                // that went, the next thing is the button that adds one.
                let value = ".keyed-row:nth-last-of-type(1) input:last-of-type";
                focus(&list, if before < count { value } else { ".add" });
            }
        });
    }
    let change = {
        let (typing, on_rows) = (typing.clone(), props.on_rows.clone());
        Callback::from(move |rows: Vec<Row>| {
            let told = told(&rows);
            typing.set(rows);
            on_rows.emit(told);
        })
    };
    let add = {
        let typing = typing.clone();
        let state = props.states.first().copied();
        Callback::from(move |_: MouseEvent| {
            *added.borrow_mut() = true;
            let mut rows = (*typing).clone();
            rows.push(Row::new("", state, String::new()));
            typing.set(rows);
        })
    };
    let none = typing.is_empty();
    html! {
        <fieldset class={classes!("keyed", none.then_some("none"))} ref={list}>
            <legend>{ props.title }</legend>
            for at in 0..typing.len() { { one(props, &typing, at, &change) } }
            {
                button(
                    "button add",
                    Some(texts::requests_keyed_add(&within(props.title)).into()),
                    add,
                    html! { <>{ glyph(Glyph::Plus) }{ if none { props.title } else { texts::common_add() } }</> },
                )
            }
        </fieldset>
    }
}

/// The rows that have a key that no row above has.
fn told(rows: &[Row]) -> Vec<Row> {
    let counts = |(at, row): (usize, &Row)| {
        let own = !row.key.is_empty() && !is_taken(rows, at);
        own.then(|| row.clone())
    };
    rows.iter().enumerate().filter_map(counts).collect()
}

/// Whether a row above has the same key. Case does not count in context keys and tags.
fn is_taken(rows: &[Row], at: usize) -> bool {
    let (above, rest) = rows.split_at(at);
    let same = |row: &Row, other: &Row| row.key.eq_ignore_ascii_case(&other.key);
    rest.first()
        .is_some_and(|row| above.iter().any(|other| same(row, other)))
}

/// Whether two lists say the same, in whatever order.
fn same_rows(typing: &[Row], rows: &[Row]) -> bool {
    let told = told(typing);
    told.len() == rows.len() && rows.iter().all(|row| told.contains(row))
}

fn one(props: &KeyedRowsProps, rows: &[Row], at: usize, change: &Callback<Vec<Row>>) -> Html {
    let Some(row) = rows.get(at) else {
        return Html::default();
    };
    let with = |alter: fn(&mut Row, String)| {
        let rows = rows.to_vec();
        change.reform(move |text: String| {
            let mut rows = rows.clone();
            if let Some(row) = rows.get_mut(at) {
                alter(row, text);
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
    let state = props.states.iter().find(|word| Some(**word) == row.state);
    let problem = match row.key.as_str() {
        "" => None,
        _ if is_taken(rows, at) => Some(texts::common_is_there_already()),
        key if props.services => check::service(key),
        _ => None,
    };
    let key = with(|row, key| row.key = key);
    let layout = match (props.states.is_empty(), props.valued) {
        (false, _) => None,
        (true, true) => Some("plain"),
        (true, false) => Some("alone"),
    };
    html! {
        <div class={classes!("keyed-row", layout)}>
            if let Some(choices) = &props.choices {
                <Choose
                    label={props.title} value={row.key.clone()} groups={with_chosen(choices, &row.key)}
                    on_chosen={key}
                />
            } else {
                { key_field(props, row, problem, key) }
            }
            if let Some(word) = state {
                <Choose
                    label={texts::requests_keyed_state()} value={texts::get(*word)} groups={options(props.states)}
                    on_chosen={with(|row, word| row.state = super::slot::state(&word))}
                />
            }
            if props.valued {
                {
                    TextField::new(texts::common_value(), "field outlined mono", &row.value, with(|row, value| row.value = value)).draw()
                }
            }
            { button("icon-button", Some(texts::requests_keyed_remove(&row.key).into()), remove, glyph(Glyph::Cross)) }
            if let Some(problem) = problem {
                <span class="problem">{ problem }</span>
            }
        </div>
    }
}

fn key_field(
    props: &KeyedRowsProps,
    row: &Row,
    problem: Option<&'static str>,
    on_typed: Callback<String>,
) -> Html {
    TextField {
        list: props.list.clone(),
        title: problem.map(AttrValue::Static),
        invalid: problem.is_some(),
        ..TextField::new(
            texts::common_key(),
            "field outlined mono",
            &row.key,
            on_typed,
        )
    }
    .draw()
}

/// The words of states as options.
fn options(states: &'static [Text]) -> Vec<Options> {
    let option = |state: &Text| {
        let word = texts::get(*state);
        (AttrValue::Static(word), AttrValue::Static(word))
    };
    vec![Options {
        heading: None,
        options: states.iter().map(option).collect(),
    }]
}

/// The choices, and the chosen one also where it is none of them.
pub(super) fn with_chosen(choices: &[Options], chosen: &str) -> Vec<Options> {
    let mut all = choices.to_vec();
    let mut listed = all.iter().flat_map(|group| &group.options);
    if !listed.any(|(value, _)| value == chosen) {
        let words = match chosen {
            "" => texts::requests_keyed_choose().to_owned(),
            gone => texts::requests_keyed_not_there(&gone),
        };
        all.insert(
            0,
            Options {
                heading: None,
                options: vec![(AttrValue::from(chosen.to_owned()), AttrValue::from(words))],
            },
        );
    }
    all
}

fn is_focus_lost() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let active = document.and_then(|document| document.active_element());
    active.is_none_or(|active| active.tag_name() == "BODY")
}

fn focus(list: &NodeRef, selector: &str) {
    let field = list
        .cast::<Element>()
        .and_then(|list| list.query_selector(selector).ok().flatten())
        .and_then(|field| field.dyn_into::<HtmlElement>().ok());
    if let Some(field) = field {
        let _ = field.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: &str, value: &str) -> Row {
        Row::new(key, None, value.to_owned())
    }

    #[test]
    fn order_and_unfinished_rows_do_not_count() {
        let typing = [row("b", "1"), row("", "2"), row("a", "3"), row("B", "4")];
        assert!(same_rows(&typing, &[row("a", "3"), row("b", "1")]));
        assert!(!same_rows(&typing, &[row("a", "3"), row("b", "2")]));
        assert!(!same_rows(&typing, &[row("a", "3")]));
    }

    #[test]
    fn what_is_chosen_can_be_seen_also_when_it_is_gone() {
        let there = [Options {
            heading: None,
            options: vec![("a".into(), "A".into())],
        }];
        assert_eq!(with_chosen(&there, "a"), there);
        let words = |chosen| with_chosen(&there, chosen)[0].options[0].1.to_string();
        assert_eq!(words("b"), "b (not there)");
        assert_eq!(words(""), "choose…");
    }
}

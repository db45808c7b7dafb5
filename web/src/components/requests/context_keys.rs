use evaluator::{KeyState, Origin};
use organization::{ContextValue, Request, RequestId, Scalar};
use playground::words::{GLOBAL_KEYS, key_type};
use playground::{KeyView, TraceView};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::controls::{Choose, Options, TextField};
use super::same::Same;
use crate::components::ui::{Glyph, breakable, button, glyph, phrase};
use crate::context::use_model;

/// How a key stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stated {
    /// Nothing is said: what follows from the scenario holds, or nobody knows.
    Not,
    /// It has a value.
    Typed,
    /// It is absent.
    Absent,
    /// It is unknown.
    Unknown,
}

/// A key, what is said of it, and what holds otherwise.
struct Key {
    name: String,
    kind: &'static str,
    stated: Stated,
    value: String,
    view: Option<KeyView>,
}

/// What [`ContextKeys`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ContextKeysProps {
    /// The request.
    pub(super) request: Same<Request>,
    /// Whether its trace is shown: then the keys that policies ask for are known.
    pub(super) selected: bool,
    /// Told the changed request.
    pub(super) on_changed: Callback<Request>,
}

/// The context keys of a request: first those that some policy asks for.
#[component]
pub(super) fn ContextKeys(props: &ContextKeysProps) -> Html {
    let model = use_model();
    let form = use_node_ref();
    let name = use_state_eq(String::new);
    let wanted = use_mut_ref(|| None::<String>);
    {
        let (form, wanted) = (form.clone(), wanted.clone());
        use_effect(move || {
            let key = wanted.borrow().clone();
            let found = key.is_some_and(|key| {
                form.cast::<Element>()
                    .is_some_and(|form| focus_value(&form, &key))
            });
            if found {
                wanted.take();
            }
        });
    }
    // What was known stays while another request is looked at, so that nothing jumps.
    let known = use_mut_ref(|| None);
    if props.selected {
        known.replace(model.analysis.trace.clone());
    }
    let keys = keys(&props.request, known.borrow().as_deref());
    let state = {
        let request = props.request.clone();
        props.on_changed.reform(
            move |(key, stated, value): (String, Stated, Option<String>)| {
                let mut changed = Request::clone(&request);
                set(&mut changed, &key, stated, value);
                changed
            },
        )
    };
    let chosen = {
        let wanted = wanted.clone();
        state.reform(move |change: (String, Stated, Option<String>)| {
            wanted.replace((change.1 == Stated::Typed).then(|| change.0.clone()));
            change
        })
    };
    let add = {
        let (name, state) = (name.clone(), chosen.clone());
        Callback::from(move |()| {
            let key = name.trim().to_owned();
            if !key.is_empty() {
                name.set(String::new());
                state.emit((key, Stated::Typed, None));
            }
        })
    };
    let on_name = {
        let name = name.clone();
        Callback::from(move |typed: String| name.set(typed))
    };
    let onkeydown = {
        let add = add.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                add.emit(());
            }
        })
    };
    let there = keys
        .iter()
        .any(|key| key.name.eq_ignore_ascii_case(name.trim()));
    let list = format!("keys-{}", props.request.id);
    html! {
        <div class="key-list" ref={form}>
            for key in &keys { { one(&props.request.id, key, &state, &chosen) } }
            <div class="key-add" {onkeydown}>
                {
                    TextField {
                        list: Some(AttrValue::from(list.clone())),
                        empty: Some(AttrValue::Static(texts::requests_context_keys_another_key_such())),
                        invalid: there,
                        ..TextField::new(texts::requests_context_keys_another_key(), "field outlined mono", &name, on_name)
                    }
                    .draw()
                }
                {
                    button(
                        "button", None, add.reform(|_: MouseEvent| ()),
                        html! { <>{ glyph(Glyph::Plus) }{ texts::requests_context_keys_add_key() }</> },
                    )
                }
                if there {
                    <span class="problem">{ texts::common_is_there_already() }</span>
                }
            </div>
            <datalist id={list}>
                for key in GLOBAL_KEYS { <option value={*key} /> }
            </datalist>
        </div>
    }
}

type Change = Callback<(String, Stated, Option<String>)>;

fn one(id: &RequestId, key: &Key, state: &Change, chosen: &Change) -> Html {
    let states = [
        (Stated::Not, unstated(key)),
        (Stated::Typed, texts::requests_context_keys_typed()),
        (Stated::Absent, texts::key_absent()),
        (Stated::Unknown, texts::key_unknown()),
    ];
    let group = format!("state-{id}-{}", key.name);
    let radio = |(stated, word): (Stated, &'static str)| {
        let (name, before) = (key.name.clone(), key.value.clone());
        let onchange = chosen.reform(move |_: Event| {
            let value = (stated == Stated::Typed && !before.is_empty()).then(|| before.clone());
            (name.clone(), stated, value)
        });
        html! {
            <label>
                <input type="radio" name={group.clone()} checked={key.stated == stated} {onchange} />
                <span>{ word }</span>
            </label>
        }
    };
    html! {
        <div class="key-row" role="group" aria-label={key.name.clone()} data-key={key.name.clone()} key={key.name.clone()}>
            <span class="key-name"><code>{ breakable(&key.name) }</code><span class="key-kind">{ key.kind }</span></span>
            <span class="key-states" role="radiogroup" aria-label={texts::requests_context_keys_state_of(&key.name)}>
                for state in states { { radio(state) } }
            </span>
            <span class="key-value">{ value(key, state) }</span>
        </div>
    }
}

/// What holds where nothing is said of a key.
fn unstated(key: &Key) -> &'static str {
    match key.view.as_ref().map(|view| &view.state) {
        Some(KeyState::Known {
            origin: Origin::Defaults,
            ..
        }) if key.stated == Stated::Not => texts::requests_context_keys_default(),
        Some(KeyState::Known { .. }) if key.stated == Stated::Not => texts::origin_derived(),
        Some(KeyState::Known {
            origin: Origin::Override,
            ..
        }) => texts::origin_derived(),
        _ => texts::common_not_stated(),
    }
}

/// The word for values that are true or false, and the one for several, as they are told of keys.
fn yes_or_no() -> &'static str {
    key_type("aws:SecureTransport", "")
}

fn list() -> &'static str {
    key_type("aws:TagKeys", "")
}

fn value(key: &Key, state: &Change) -> Html {
    let name = key.name.clone();
    let typed = state.reform(move |value: String| (name.clone(), Stated::Typed, Some(value)));
    match (key.stated, &key.view) {
        (Stated::Typed, _) if key.kind == yes_or_no() => {
            let word = |word: &'static str| (AttrValue::Static(word), AttrValue::Static(word));
            let groups = vec![Options {
                heading: None,
                options: vec![word("true"), word("false")],
            }];
            html! { <Choose label={texts::common_value()} value={key.value.clone()} {groups} on_chosen={typed} /> }
        }
        (Stated::Typed, _) => {
            let empty = if key.kind == list() {
                texts::requests_context_keys_values_with_commas_between()
            } else {
                key.kind
            };
            TextField {
                empty: Some(AttrValue::Static(empty)),
                ..TextField::new(
                    texts::common_value(),
                    "field outlined mono",
                    &key.value,
                    typed,
                )
            }
            .draw()
        }
        (Stated::Not, Some(view)) => html! {
            <>{ phrase(&view.value) }{ " " }<span class="origin">{ &view.origin }</span></>
        },
        (Stated::Not, None) => {
            html! { <span class="origin">{ texts::key_not_stated() }</span> }
        }
        (Stated::Absent, _) => {
            html! { <span class="origin">{ texts::requests_context_keys_call_does_carry() }</span> }
        }
        (Stated::Unknown, _) => {
            html! { <span class="origin">{ texts::requests_context_keys_every_value_is_tried() }</span> }
        }
    }
}

/// All keys: those that policies ask for, then the others that the request states.
fn keys(request: &Request, trace: Option<&TraceView>) -> Vec<Key> {
    let views = trace.map(|trace| trace.keys.as_slice()).unwrap_or_default();
    // What a request states holds for all its resources.
    let asked = views
        .iter()
        .filter(|view| view.resource.is_none_or(|at| at == 0))
        .map(|view| (view.name.clone(), Some(view.clone())));
    let mut names: Vec<(String, Option<KeyView>)> = asked.collect();
    let stated = request.context.iter().map(|(key, _)| key);
    for key in stated.chain(&request.absent).chain(&request.unknown) {
        if !names.iter().any(|(name, _)| name.eq_ignore_ascii_case(key)) {
            names.push((key.clone(), None));
        }
    }
    policy::sort_by(&mut names, |(a, _), (b, _)| {
        let asked = |name: &str| element(trace, name).is_some();
        asked(b).cmp(&asked(a))
    });
    let key = |(name, view): (String, Option<KeyView>)| {
        let (stated, value) = state_of(request, &name);
        let follows = match view.as_ref().map(|view| &view.state) {
            Some(KeyState::Known { values, .. }) => values.as_slice().join(","),
            _ => String::new(),
        };
        Key {
            kind: key_type(&name, element(trace, &name).unwrap_or_default()),
            value: if stated == Stated::Typed {
                value
            } else {
                follows
            },
            stated,
            name,
            view,
        }
    };
    names.into_iter().map(key).collect()
}

/// How a policy compares a key, if one does.
fn element<'a>(trace: Option<&'a TraceView>, key: &str) -> Option<&'a str> {
    let resources = trace.into_iter().flat_map(|trace| &trace.resources);
    let statements = resources.flat_map(|one| one.deciding.iter().chain(&one.others));
    let elements = statements.flat_map(|statement| &statement.elements);
    let is_it = |name: &Option<String>| {
        name.as_ref()
            .is_some_and(|name| name.eq_ignore_ascii_case(key))
    };
    let mut found = elements.filter(|element| is_it(&element.key));
    found.next().map(|element| element.name.as_str())
}

fn state_of(request: &Request, key: &str) -> (Stated, String) {
    let is_it = |name: &String| name.eq_ignore_ascii_case(key);
    if let Some((_, value)) = request.context.iter().find(|(name, _)| is_it(name)) {
        let text = |scalar: &Scalar| match scalar {
            Scalar::Text(text) | Scalar::Number(text) => text.clone(),
            Scalar::Bool(value) => value.to_string(),
        };
        let texts: Vec<String> = match value {
            ContextValue::One(value) => vec![text(value)],
            ContextValue::Many(values) => values.iter().map(text).collect(),
        };
        return (Stated::Typed, texts.join(","));
    }
    let state = if request.absent.iter().any(is_it) {
        Stated::Absent
    } else if request.unknown.iter().any(is_it) {
        Stated::Unknown
    } else {
        Stated::Not
    };
    (state, String::new())
}

/// Says of a key how it stands. A key that has a value keeps its place, and stays one value or
/// several.
fn set(request: &mut Request, key: &str, stated: Stated, value: Option<String>) {
    let is_it = |name: &String| name.eq_ignore_ascii_case(key);
    request.absent.retain(|name| !is_it(name));
    request.unknown.retain(|name| !is_it(name));
    match stated {
        Stated::Typed => {
            let value = value.unwrap_or_else(|| match key_type(key, "") == yes_or_no() {
                true => "true".to_owned(),
                false => String::new(),
            });
            let known = request.context.iter_mut().find(|(name, _)| is_it(name));
            let scalar = |text: &str| Scalar::Text(text.trim().to_owned());
            let several = match &known {
                Some((_, before)) => matches!(before, ContextValue::Many(_)),
                None => key_type(key, "") == list(),
            };
            let value = match several {
                true if value.is_empty() => ContextValue::Many(Vec::new()),
                true => ContextValue::Many(value.split(',').map(scalar).collect()),
                false => ContextValue::One(Scalar::Text(value)),
            };
            match known {
                Some((_, before)) => *before = value,
                None => request.context.push((key.to_owned(), value)),
            }
            return;
        }
        Stated::Absent => request.absent.push(key.to_owned()),
        Stated::Unknown => request.unknown.push(key.to_owned()),
        Stated::Not => {}
    }
    request.context.retain(|(name, _)| !is_it(name));
}

/// Puts the cursor into the value of a key, if there is a field for it.
fn focus_value(form: &Element, key: &str) -> bool {
    let Ok(rows) = form.query_selector_all("[data-key]") else {
        return false;
    };
    let row = |at| rows.item(at)?.dyn_into::<Element>().ok();
    let is_it = |row: &Element| {
        let name = row.get_attribute("data-key");
        name.is_some_and(|name| name.eq_ignore_ascii_case(key))
    };
    let mut rows = (0..rows.length()).filter_map(row);
    let field = rows.find(is_it).and_then(|row| {
        let field = row.query_selector(".key-value :is(input, select)").ok()?;
        field?.dyn_into::<HtmlElement>().ok()
    });
    let Some(field) = field else { return false };
    let focused = field.focus().is_ok();
    if let Ok(field) = field.dyn_into::<HtmlInputElement>() {
        field.select();
    }
    focused
}

#[cfg(test)]
mod tests {
    use organization::{Caller, CallerKind};

    use super::*;

    fn request() -> Request {
        Request {
            context: vec![
                (
                    "aws:MultiFactorAuthAge".to_owned(),
                    ContextValue::One(Scalar::Number("300".to_owned())),
                ),
                (
                    "s3:prefix".to_owned(),
                    ContextValue::Many(vec![Scalar::Text("a".to_owned())]),
                ),
            ],
            absent: vec!["aws:SourceIp".to_owned()],
            unknown: vec!["aws:SourceVpce".to_owned()],
            ..Request::new(Caller::new(CallerKind::Anonymous), "s3:ListBucket", "*")
        }
    }

    fn shown(request: &Request) -> Vec<(String, Stated, String)> {
        let keys = keys(request, None).into_iter();
        keys.map(|key| (key.name, key.stated, key.value)).collect()
    }

    #[test]
    fn every_key_that_a_request_states_is_shown_as_it_stands() {
        let own = |name: &str, stated, value: &str| (name.to_owned(), stated, value.to_owned());
        assert_eq!(
            shown(&request()),
            [
                own("aws:MultiFactorAuthAge", Stated::Typed, "300"),
                own("s3:prefix", Stated::Typed, "a"),
                own("aws:SourceIp", Stated::Absent, ""),
                own("aws:SourceVpce", Stated::Unknown, ""),
            ]
        );
    }

    #[test]
    fn a_key_is_in_one_state_at_a_time() {
        let mut request = request();
        set(&mut request, "AWS:sourceip", Stated::Unknown, None);
        assert!(request.absent.is_empty());
        assert_eq!(request.unknown, ["aws:SourceVpce", "AWS:sourceip"]);
        set(&mut request, "aws:SourceIp", Stated::Typed, None);
        assert_eq!(request.unknown, ["aws:SourceVpce"]);
        assert_eq!(
            state_of(&request, "aws:SourceIp"),
            (Stated::Typed, String::new())
        );
        set(&mut request, "aws:SourceIp", Stated::Not, None);
        assert_eq!(state_of(&request, "aws:SourceIp").0, Stated::Not);
    }

    #[test]
    fn a_typed_value_stays_one_or_several_and_in_its_place() {
        let mut request = request();
        let value = |text: &str| Some(text.to_owned());
        set(&mut request, "s3:prefix", Stated::Typed, value("b, c"));
        set(
            &mut request,
            "aws:MultiFactorAuthAge",
            Stated::Typed,
            value("60"),
        );
        set(&mut request, "aws:TagKeys", Stated::Typed, value("env"));
        set(&mut request, "aws:SecureTransport", Stated::Typed, None);
        let text = |text: &str| Scalar::Text(text.to_owned());
        let own = |name: &str, value| (name.to_owned(), value);
        assert_eq!(
            request.context,
            [
                own("aws:MultiFactorAuthAge", ContextValue::One(text("60"))),
                own("s3:prefix", ContextValue::Many(vec![text("b"), text("c")])),
                own("aws:TagKeys", ContextValue::Many(vec![text("env")])),
                own("aws:SecureTransport", ContextValue::One(text("true"))),
            ]
        );
    }
}

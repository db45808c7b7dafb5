use std::rc::Rc;

use organization::{AccountId, Caller, CallerKind, Defaults, Request, RequestResource, Scenario};
use playground::{Inline, KeyView};
use policy::Kind;
use yew::prelude::*;

use super::caller::ChoiceGroup;
use super::caller_kind::{self, KINDS};
use super::controls::{Choose, Options, TextField};
use super::fields::{CALLER, Field, Section, sections};
use super::keyed::{KeyedRows, Row, with_chosen};
use super::row::expected_list;
use super::same::Same;
use super::slot::{ARE, IS, STATES, Slot, read};
use crate::components::ui::{Glyph, breakable, button, glyph, phrase};
use crate::context::use_model;
use crate::state::Model;

/// What [`RequestDetails`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct RequestDetailsProps {
    /// The request.
    pub(super) request: Same<Request>,
    /// Callers to choose from.
    pub(super) choices: Same<Vec<ChoiceGroup>>,
    /// Whether its trace is shown: then its context keys are known.
    pub(super) selected: bool,
    /// The account it comes from.
    pub(super) account: Option<AccountId>,
    /// Told the changed request.
    pub(super) on_changed: Callback<Request>,
}

/// Everything that can be said of a request, folded beneath its row.
#[component]
pub(super) fn RequestDetails(props: &RequestDetailsProps) -> Html {
    let model = use_model();
    let form = Form {
        props,
        scenario: &model.scenario,
        defaults: &model.scenario.defaults,
    };
    let mut drawn = Request::clone(&props.request);
    caller_kind::spelled_out(&mut drawn.caller, &model.scenario);
    let word = caller_kind::word(&drawn.caller.kind);
    let kind = KINDS.iter().find(|kind| kind.word == word);
    let remark = kind.map_or("", |kind| kind.remark);
    let keys = keys(&model, props);
    let parts = sections(&mut drawn, form.defaults);
    let last = parts.len().saturating_sub(1);
    html! {
        <div class="request-details">
            for (at, section) in parts.iter().enumerate() {
                <div class="part" role="group" aria-label={title(section)}>
                    <h4>
                        { title(section) }
                        if let Some(resource) = section.resource {
                            { form.remove_resource(resource) }
                        }
                    </h4>
                    <div class="part-fields">
                        if at == CALLER {
                            { form.kind(word) }
                        }
                        for (position, field) in section.fields.iter().enumerate() {
                            { form.control((at, position), field) }
                        }
                        if at == 0 {
                            <div class="entry narrow-only">
                                <span class="label">{ "Expected" }</span>
                                { expected_list(&props.request, "field outlined", true, &props.on_changed) }
                            </div>
                        }
                        if at == CALLER && !remark.is_empty() {
                            <p class="remark">{ remark }</p>
                        }
                        if at + 3 == parts.len() {
                            { form.add_resource() }
                        }
                        if at == last {
                            { form.asked(&keys) }
                        }
                    </div>
                </div>
            }
            <datalist id={form.list("accounts")}>
                for group in props.choices.iter() {
                    for choice in &group.choices {
                        if let CallerKind::Root { account } = &choice.kind {
                            <option value={account.to_string()} label={group.heading.clone()} />
                        }
                    }
                }
            </datalist>
            <datalist id={form.list("keys")}>
                for key in &keys { <option value={key.name.clone()} /> }
                for key in playground::words::GLOBAL_KEYS { <option value={*key} /> }
            </datalist>
        </div>
    }
}

fn title(section: &Section<'_>) -> String {
    match section.resource {
        Some(at) => format!("{} {}", section.title, at + 1),
        None => section.title.to_owned(),
    }
}

/// The keys that the policies ask for, as the trace of the request knows them.
fn keys(model: &Model, props: &RequestDetailsProps) -> Vec<KeyView> {
    let trace = model.analysis.trace.as_ref().filter(|_| props.selected);
    trace.map(|trace| trace.keys.clone()).unwrap_or_default()
}

/// What the controls need.
struct Form<'a> {
    props: &'a RequestDetailsProps,
    scenario: &'a Rc<Scenario>,
    defaults: &'a Rc<Defaults>,
}

impl Form<'_> {
    /// The id of a list that fields of this request share.
    fn list(&self, name: &str) -> AttrValue {
        AttrValue::from(format!("{name}-{}", self.props.request.id))
    }

    /// Takes what is typed into the field at this place back into the request.
    fn changes<T: 'static>(
        &self,
        (section, position): (usize, usize),
        write: fn(Slot<'_>, T),
    ) -> Callback<T> {
        let (request, scenario) = (self.props.request.clone(), Rc::clone(self.scenario));
        self.props.on_changed.reform(move |value: T| {
            let mut changed = Request::clone(&request);
            if section == CALLER {
                caller_kind::spelled_out(&mut changed.caller, &scenario);
            }
            let field = sections(&mut changed, &scenario.defaults)
                .into_iter()
                .nth(section)
                .and_then(|section| section.fields.into_iter().nth(position));
            if let Some(field) = field {
                write(field.slot, value);
            }
            changed
        })
    }

    fn control(&self, at: (usize, usize), field: &Field<'_>) -> Html {
        if let Some(rows) = field.slot.rows() {
            return self.rows(at, field, rows);
        }
        let problem = field.problem();
        let label = field.label;
        let value = field.slot.get();
        let chosen = self.changes(at, |slot, text: String| slot.set(&text));
        if let Some(groups) = self.options(&field.slot) {
            if groups.is_empty() {
                return Html::default();
            }
            let groups = with_chosen(&groups, &value);
            let list = html! { <Choose {label} {value} {groups} on_chosen={chosen} /> };
            return entry(label, None, list, problem);
        }
        let is_account = matches!(field.slot, Slot::Account(_) | Slot::PerhapsAccount(_));
        let list = is_account.then(|| self.list("accounts"));
        let wide = match field.slot {
            Slot::Long(_) => Some("wide"),
            _ => (label == "Name").then_some("two"),
        };
        let input = TextField {
            list,
            empty: Some(AttrValue::from(field.empty.clone())),
            title: problem.map(AttrValue::Static),
            invalid: problem.is_some(),
            ..TextField::new(label, "field outlined", &value, chosen)
        };
        let input = input.draw();
        entry(label, wide, input, problem)
    }

    fn rows(&self, at: (usize, usize), field: &Field<'_>, rows: Vec<Row>) -> Html {
        let (states, valued): (&'static [(&str, bool)], bool) = match field.slot {
            Slot::Keys(..) => (&STATES, true),
            Slot::Context(_) => (STATES.split_at(2).0, true),
            Slot::Tags(_) => (&[], true),
            _ => (&[], false),
        };
        let is_keys = matches!(field.slot, Slot::Keys(..) | Slot::Context(_));
        let list = is_keys.then(|| self.list("keys"));
        let choices = match &field.slot {
            Slot::Policies(_, kinds) => Some(self.policies(kinds)),
            _ => None,
        };
        let on_rows = self.changes(at, |slot, rows: Vec<Row>| slot.set_rows(rows));
        html! {
            <KeyedRows
                key={field.label} title={field.label} {rows} {states} {valued} {choices} {list}
                services={matches!(field.slot, Slot::List(_))} {on_rows}
            />
        }
    }

    /// What can be chosen in a field; none for one that is typed into, nothing for one that there
    /// is no use for.
    fn options(&self, slot: &Slot<'_>) -> Option<Vec<Options>> {
        let words = |words: &[(&'static str, &'static str)]| {
            let option = |(value, word): &(&'static str, &'static str)| {
                (AttrValue::Static(value), AttrValue::Static(word))
            };
            alone(words.iter().map(option).collect())
        };
        Some(match slot {
            Slot::User(_) => self.principals(|kind| match kind {
                CallerKind::User { id, .. } => Some(id.to_string()),
                _ => None,
            }),
            Slot::Role(_) => self.principals(|kind| match kind {
                CallerKind::Role { id, .. } => Some(id.to_string()),
                _ => None,
            }),
            Slot::Yes(_) => words(&[("", "not stated"), ("yes", "yes"), ("no", "no")]),
            Slot::Opened(_) => words(&[
                ("AssumeRole", "AssumeRole"),
                ("SAML", "AssumeRoleWithSAML"),
                ("WebIdentity", "AssumeRoleWithWebIdentity"),
                ("IdentityCenter", "IAM Identity Center"),
            ]),
            Slot::Endpoint(chosen) => {
                let ids = self.scenario.endpoints.iter();
                let ids: Vec<_> = ids.map(|endpoint| same(&endpoint.id)).collect();
                if ids.is_empty() && chosen.is_none() {
                    return Some(Vec::new());
                }
                let none = (AttrValue::Static(""), AttrValue::Static("none"));
                alone([none].into_iter().chain(ids).collect())
            }
            Slot::Policy(_) => self.policies(&[Kind::Session, Kind::Identity]),
            _ => return None,
        })
    }

    /// The users or roles of the scenario, account by account.
    fn principals(&self, id: fn(&CallerKind) -> Option<String>) -> Vec<Options> {
        let of_group = |group: &ChoiceGroup| {
            let named = group.choices.iter().filter_map(|choice| {
                let (_, name) = choice.text.split_once(' ')?;
                Some((id(&choice.kind)?.into(), name.to_owned().into()))
            });
            Options {
                heading: Some(group.heading.clone().into()),
                options: named.collect(),
            }
        };
        let groups = self.props.choices.iter().map(of_group);
        // A list without anything in it still says that nothing is chosen.
        groups.chain(alone(Vec::new())).collect()
    }

    fn policies(&self, kinds: &[Kind]) -> Vec<Options> {
        let own = self.scenario.policies.iter();
        let own = own.filter(|policy| {
            policy
                .kind
                .known()
                .is_some_and(|kind| kinds.contains(&kind))
        });
        let own = own.map(|policy| (policy.id.to_string().into(), policy.name.clone().into()));
        let by_aws = organization::WELL_KNOWN.iter();
        let by_aws = by_aws.filter(|policy| kinds.contains(&policy.kind));
        alone(own.chain(by_aws.map(|policy| same(policy.name))).collect())
    }

    /// The kind of caller.
    fn kind(&self, word: &'static str) -> Html {
        let (request, scenario) = (self.props.request.clone(), Rc::clone(self.scenario));
        let account = self.props.account.clone();
        let mut caller = request.caller.clone();
        caller_kind::spelled_out(&mut caller, &scenario);
        let on_changed = self.props.on_changed.clone();
        let on_chosen = Callback::from(move |word: String| {
            let kind = caller_kind::switched(&caller, &word, account.clone(), &scenario);
            if let Some(kind) = kind {
                on_changed.emit(Request {
                    caller: Caller::new(kind),
                    ..Request::clone(&request)
                });
            }
        });
        let options = KINDS
            .iter()
            .map(|kind| (AttrValue::Static(kind.word), AttrValue::Static(kind.words)));
        let groups = with_chosen(&alone(options.collect()), word);
        let id = format!("caller-{}", self.props.request.id);
        html! {
            <div class="entry two" {id}>
                <span class="label" aria-hidden="true">{ "Kind of caller" }</span>
                <Choose label="Kind of caller" value={word} {groups} {on_chosen} />
            </div>
        }
    }

    fn add_resource(&self) -> Html {
        let request = self.props.request.clone();
        let onclick = self.props.on_changed.reform(move |_: MouseEvent| {
            let mut changed = Request::clone(&request);
            changed.resources.push(RequestResource::new(""));
            changed
        });
        let shown = html! { <>{ glyph(Glyph::Plus) }{ "Another resource" }</> };
        button("button add", None, onclick, shown)
    }

    fn remove_resource(&self, at: usize) -> Html {
        let request = self.props.request.clone();
        let onclick = self.props.on_changed.reform(move |_: MouseEvent| {
            let mut changed = Request::clone(&request);
            if at < changed.resources.len() && changed.resources.len() > 1 {
                changed.resources.remove(at);
            }
            changed
        });
        let label = format!("Remove resource {}", at + 1);
        button(
            "icon-button tiny",
            Some(label.into()),
            onclick,
            glyph(Glyph::Cross),
        )
    }

    /// The keys that the policies ask for and the request does not state: what they are then.
    fn asked(&self, keys: &[KeyView]) -> Html {
        let request = &self.props.request;
        let stated = |name: &str| {
            let typed = request.context.iter().map(|(key, _)| key);
            let mut all = typed.chain(&request.absent).chain(&request.unknown);
            all.any(|key| key.eq_ignore_ascii_case(name))
        };
        let keys: Vec<&KeyView> = keys.iter().filter(|key| !stated(&key.name)).collect();
        if keys.is_empty() {
            return Html::default();
        }
        html! {
            <div class="asked" role="group" aria-label="Not stated in the request">
                <span class="label">{ "Not stated in the request" }</span>
                for key in keys {
                    <div class="keyed-row" key={key.name.as_str()}>
                        <code>{ breakable(&key.name) }</code>
                        <span class="given">{ phrase(&key.value) }{ " " }<span class="origin">{ &key.origin }</span></span>
                        { self.state_key(key) }
                    </div>
                }
            </div>
        }
    }

    /// States a key that follows from the scenario, or that nobody stated, to type another value.
    fn state_key(&self, key: &KeyView) -> Html {
        let values: Vec<String> = key
            .value
            .iter()
            .filter_map(|piece| match piece {
                Inline::Code(value) | Inline::Mark(value) => Some(value.clone()),
                _ => None,
            })
            .collect();
        let state = if values.len() > 1 { ARE } else { IS };
        let row = Row::new(&key.name, Some(state), values.join(","));
        let request = self.props.request.clone();
        let onclick = self.props.on_changed.reform(move |_: MouseEvent| {
            let mut changed = Request::clone(&request);
            changed.context.push((row.key.clone(), read(&row)));
            changed
        });
        let word = if values.is_empty() {
            "State"
        } else {
            "Override"
        };
        let label = format!("{word} {}", key.name);
        button(
            "button outlined",
            Some(label.into()),
            onclick,
            html! { { word } },
        )
    }
}

/// Options under no heading.
fn alone(options: Vec<(AttrValue, AttrValue)>) -> Vec<Options> {
    vec![Options {
        heading: None,
        options,
    }]
}

/// An option whose words are its value.
fn same(text: &str) -> (AttrValue, AttrValue) {
    let text = AttrValue::from(text.to_owned());
    (text.clone(), text)
}

/// A field with its name above it, and what is wrong with what it holds beneath.
fn entry(
    label: &'static str,
    class: Option<&'static str>,
    control: Html,
    problem: Option<&'static str>,
) -> Html {
    html! {
        <div class={classes!("entry", class)}>
            <span class="label" aria-hidden="true">{ label }</span>
            { control }
            if let Some(problem) = problem {
                <span class="problem">{ problem }</span>
            }
        </div>
    }
}

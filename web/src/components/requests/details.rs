use std::rc::Rc;

use organization::{
    AccountId, Caller, CallerKind, Organization, Request, RequestResource, Scenario,
};
use policy::Kind;
use texts::Text;
use yew::prelude::*;

use super::caller::{ChoiceGroup, account, choices};
use super::caller_kind::{self, KINDS};
use super::context_keys::ContextKeys;
use super::controls::{Choose, Options, TextField};
use super::fields::{CALLER, Field, Section, sections};
use super::keyed::{KeyedRows, Row, with_chosen};
use super::same::Same;
use super::slot::{STATES, Slot};
use crate::components::ui::{Glyph, button, glyph};
use crate::context::use_model;

/// What [`RequestDetails`] shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct RequestDetailsProps {
    /// The request.
    pub(super) request: Same<Request>,
    /// Whether its trace is shown: then its context keys are known.
    pub(super) selected: bool,
    /// Whether everything is shown, or only the context keys.
    pub(super) all: bool,
    /// Told the changed request.
    pub(super) on_changed: Callback<Request>,
    /// Everything is to be shown.
    pub(super) on_all: Callback<()>,
    /// Nothing is to be shown any more.
    pub(super) on_closed: Callback<()>,
}

/// What can be said of a request, folded beneath its row: its context keys, or everything.
#[component]
pub(super) fn RequestDetails(props: &RequestDetailsProps) -> Html {
    let model = use_model();
    let keys = html! {
        <div class="request-part of-keys" role="group" aria-label={texts::common_context_keys()}>
            <h4>{ texts::common_context_keys() }</h4>
            <div class="part-fields">
                <ContextKeys
                    request={props.request.clone()} selected={props.selected}
                    on_changed={props.on_changed.clone()}
                />
            </div>
        </div>
    };
    if !props.all {
        let (on_all, on_closed) = (props.on_all.clone(), props.on_closed.clone());
        return html! {
            <div class="request-details">
                { keys }
                <div class="details-foot">
                    { button("button", None, on_all.reform(|_: MouseEvent| ()), html! { { texts::requests_details_all_details() } }) }
                    { button("button", None, on_closed.reform(|_: MouseEvent| ()), html! { { texts::common_close() } }) }
                </div>
            </div>
        };
    }
    let scenario = &model.scenario;
    let index = scenario.organization.as_ref().map(Organization::index);
    let form = Form {
        props,
        choices: choices(scenario, index.as_ref()),
        account: account(&props.request.caller, scenario, index.as_ref()).map(|(id, _)| id),
        scenario,
    };
    let mut drawn = Request::clone(&props.request);
    caller_kind::spelled_out(&mut drawn.caller, &model.scenario);
    let word = caller_kind::word(&drawn.caller.kind);
    let kind = KINDS.iter().find(|kind| kind.word == word);
    let remark = kind.and_then(|kind| kind.remark).map_or("", texts::get);
    let parts = sections(&mut drawn, scenario);
    html! {
        <div class="request-details">
            for (at, section) in parts.iter().enumerate() {
                <div class="request-part" role="group" aria-label={title(section)}>
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
                        if at == CALLER && !remark.is_empty() {
                            <p class="remark">{ remark }</p>
                        }
                        if at + 2 == parts.len() {
                            { form.add_resource() }
                        }
                    </div>
                </div>
            }
            { keys }
            <div class="details-foot">
                { button("button", None, props.on_closed.reform(|_: MouseEvent| ()), html! { { texts::common_close() } }) }
            </div>
            <datalist id={form.list("accounts")}>
                for group in &form.choices {
                    for choice in &group.choices {
                        if let CallerKind::Root { account } = &choice.kind {
                            <option value={account.to_string()} label={group.heading.clone()} />
                        }
                    }
                }
            </datalist>
            <datalist id={form.list("keys")}>
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

/// What the controls need.
struct Form<'a> {
    props: &'a RequestDetailsProps,
    /// Callers to choose from.
    choices: Vec<ChoiceGroup>,
    /// The account that the request comes from.
    account: Option<AccountId>,
    scenario: &'a Rc<Scenario>,
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
            let field = sections(&mut changed, &scenario)
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
            _ => (label == texts::common_name()).then_some("two"),
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
        let (states, valued): (&'static [Text], bool) = match field.slot {
            Slot::Context(_) => (&STATES, true),
            Slot::Tags(_) => (&[], true),
            _ => (&[], false),
        };
        let is_keys = matches!(field.slot, Slot::Context(_));
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
            Slot::Yes(_) => words(&[
                ("", texts::common_not_stated()),
                ("yes", texts::requests_details_yes()),
                ("no", texts::requests_details_no()),
            ]),
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
                let none = (
                    AttrValue::Static(""),
                    AttrValue::Static(texts::requests_details_none()),
                );
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
        let groups = self.choices.iter().map(of_group);
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
        let account = self.account.clone();
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
        let options = KINDS.iter().map(|kind| {
            (
                AttrValue::Static(kind.word),
                AttrValue::Static(texts::get(kind.words)),
            )
        });
        let groups = with_chosen(&alone(options.collect()), word);
        let id = format!("caller-{}", self.props.request.id);
        html! {
            <div class="entry two caller-kind" {id}>
                <span class="label" aria-hidden="true">{ texts::requests_details_kind_of_caller() }</span>
                <Choose label={texts::requests_details_kind_of_caller()} value={word} {groups} {on_chosen} />
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
        let shown =
            html! { <>{ glyph(Glyph::Plus) }{ texts::requests_details_another_resource() }</> };
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
        let label = texts::requests_details_remove_resource(&(at + 1));
        button(
            "icon-button tiny",
            Some(label.into()),
            onclick,
            glyph(Glyph::Cross),
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

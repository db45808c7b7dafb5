//! What a cell offers while it is edited.

use std::rc::Rc;

use organization::{CallerKind, Organization, Request};
use yew::AttrValue;

use super::caller::{self, choices};
use super::check;
use super::columns::Column;
use super::expect;
use super::regions::REGIONS;
use crate::state::Model;

/// Values of offers that are no text of the cell but lead elsewhere.
pub(super) const NEW_ROLE: &str = "new role";
pub(super) const NEW_USER: &str = "new user";
pub(super) const OTHER_CALLER: &str = "other";

/// Something to choose.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Offer {
    /// The heading it stands under; may be empty.
    pub(super) heading: Rc<str>,
    /// What is chosen.
    pub(super) value: AttrValue,
    /// In words.
    pub(super) words: AttrValue,
    /// What is typed to find it, besides its words; in lower case.
    sought: String,
}

impl Offer {
    fn new(heading: &Rc<str>, value: &str, words: &str, sought: &str) -> Self {
        Self {
            heading: Rc::clone(heading),
            value: AttrValue::from(value.to_owned()),
            words: AttrValue::from(words.to_owned()),
            sought: format!("{words} {heading} {sought}").to_lowercase(),
        }
    }

    /// Whether all words of a text are in it.
    pub(super) fn fits(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        text.split_whitespace()
            .all(|word| self.sought.contains(word.trim_matches(',')))
    }
}

/// What a cell offers: first what the scenario has.
pub(super) fn offers(column: Column, request: &Request, model: &Model) -> Vec<Offer> {
    match column {
        Column::Who => callers(request, model),
        Column::Does => {
            let used = quoted(model, |text| check::action(text).is_none());
            listed(
                texts::requests_offers_in_the_policies(),
                used,
                texts::requests_offers_others(),
                playground::exercise::actions(),
            )
        }
        Column::On => resources(request, model),
        Column::Region => {
            let used = quoted(model, |text| REGIONS.contains(&text));
            listed(
                texts::requests_offers_in_the_policies(),
                used,
                texts::requests_offers_others(),
                REGIONS.iter().copied(),
            )
        }
        Column::Expected => {
            let none: Rc<str> = Rc::from("");
            let word = |(word, _): (&str, _)| match word {
                expect::NOTHING => Offer::new(&none, "", texts::common_nothing_expected(), ""),
                word => Offer::new(&none, word, word, ""),
            };
            expect::words().into_iter().map(word).collect()
        }
        Column::Context | Column::Verdict | Column::More => Vec::new(),
    }
}

fn listed<'a>(
    heading: &str,
    first: Vec<String>,
    heading_of_others: &str,
    others: impl Iterator<Item = &'a str>,
) -> Vec<Offer> {
    let others: Vec<&str> = others
        .filter(|other| !first.iter().any(|one| one == other))
        .collect();
    let (heading, heading_of_others) = match first.is_empty() {
        true => ("", ""),
        false => (heading, heading_of_others),
    };
    let (heading, rest): (Rc<str>, Rc<str>) = (Rc::from(heading), Rc::from(heading_of_others));
    let first = first
        .iter()
        .map(|text| Offer::new(&heading, text, text, ""));
    let others = others
        .into_iter()
        .map(|text| Offer::new(&rest, text, text, ""));
    first.chain(others).collect()
}

/// The texts in quotes of all policies that are like this, each once.
fn quoted(model: &Model, like: impl Fn(&str) -> bool) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for policy in &model.scenario.policies {
        let texts = policy.text.split('"').skip(1).step_by(2);
        for text in texts.filter(|text| like(text)) {
            if all.len() < 100 && !all.iter().any(|one| one == text) {
                all.push(text.to_owned());
            }
        }
    }
    all
}

fn resources(request: &Request, model: &Model) -> Vec<Offer> {
    let scenario = &model.scenario;
    let region = request
        .region
        .as_deref()
        .or(scenario.defaults.region.as_deref());
    let principal = request.caller.principal();
    let account = principal.and_then(|id| scenario.principal(id.as_str())?.account());
    let account = account.map_or("111111111111", |id| id.as_str());
    let own =
        playground::exercise::resource_of(&request.action, region.unwrap_or("us-east-1"), account);
    let mut first = vec!["*".to_owned()];
    if own != "*" {
        first.push(own);
    }
    let heading: Rc<str> = Rc::from(texts::requests_offers_for_this_action());
    let rest: Rc<str> = Rc::from(texts::requests_offers_in_the_scenario());
    let mut all: Vec<Offer> = first
        .iter()
        .map(|arn| Offer::new(&heading, arn, arn, ""))
        .collect();
    let listed = scenario.resources.iter().map(|one| one.arn.clone());
    let others = scenario.requests.iter().flat_map(|one| &one.resources);
    let others = others.map(|one| one.arn.clone());
    let in_policies = quoted(model, |text| {
        check::arn(text).is_none() && text.split(':').count() >= 6
    });
    for arn in listed.chain(others).chain(in_policies) {
        if all.len() < 200 && !all.iter().any(|one| one.value.as_str() == arn) {
            all.push(Offer::new(&rest, &arn, &arn, ""));
        }
    }
    all
}

fn callers(request: &Request, model: &Model) -> Vec<Offer> {
    let scenario = &model.scenario;
    let index = scenario.organization.as_ref().map(Organization::index);
    let mut all = Vec::new();
    for group in choices(scenario, index.as_ref()) {
        let heading: Rc<str> = Rc::from(group.heading.as_str());
        for choice in &group.choices {
            let arn = caller::arn(&choice.kind, scenario);
            all.push(Offer::new(&heading, &choice.value, &choice.text, &arn));
        }
    }
    let other: Rc<str> = Rc::from(texts::requests_offers_other_callers());
    all.push(Offer::new(
        &other,
        OTHER_CALLER,
        texts::requests_offers_aws_service_federated_user(),
        texts::requests_offers_anonymous_saml_web_identity(),
    ));
    if let Some((_, name)) = caller::account(&request.caller, scenario, index.as_ref()) {
        let new: Rc<str> = Rc::from(texts::common_new());
        for (value, what) in [
            (NEW_ROLE, texts::requests_offers_new_role_in()),
            (NEW_USER, texts::requests_offers_new_user_in()),
        ] {
            all.push(Offer::new(&new, value, &format!("{what} {name}"), ""));
        }
    }
    all
}

/// The caller that an offer stands for.
pub(super) fn caller_of(value: &str, model: &Model) -> Option<CallerKind> {
    let scenario = &model.scenario;
    let index = scenario.organization.as_ref().map(Organization::index);
    let groups = choices(scenario, index.as_ref());
    let mut all = groups.into_iter().flat_map(|group| group.choices);
    all.find(|choice| choice.value == value)
        .map(|choice| choice.kind)
}

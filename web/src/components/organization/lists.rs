//! What stands beside the tree: resources, VPC endpoints, accounts outside the organization.

use std::collections::BTreeMap;

use organization::{AccountId, Edit, PolicyId, Resource, Scenario};
use yew::prelude::*;

use super::parts::press;
use super::sheets::{key, policy_names};
use crate::components::ui::{Glyph, MenuEntry, glyph};
use crate::context::Dispatch;
use crate::state::{Action, Entity, Model, account_name, resource_name};

/// A line of a list.
struct Line {
    entity: Entity,
    name: String,
    remark: String,
}

/// The lists that are not empty.
pub(super) fn lists(model: &Model, dispatch: &Dispatch) -> Html {
    let scenario = &*model.scenario;
    let resources = scenario.resources.iter().map(|resource| Line {
        entity: Entity::Resource(resource.arn.clone()),
        name: resource_name(&resource.arn).to_owned(),
        remark: words(
            scenario,
            resource.arn.split(':').nth(2),
            resource.account.as_ref(),
            resource.policy.as_ref(),
        ),
    });
    let endpoints = scenario.endpoints.iter().map(|endpoint| Line {
        entity: Entity::Endpoint(endpoint.id.clone()),
        name: endpoint.id.clone(),
        remark: words(
            scenario,
            endpoint.vpc.as_deref(),
            endpoint.account.as_ref(),
            endpoint.policy.as_ref(),
        ),
    });
    let accounts = scenario.external_accounts.iter().map(|account| Line {
        entity: Entity::Account(account.id.clone()),
        name: account.name.clone(),
        remark: account.id.to_string(),
    });
    let [resource, endpoint, account] = additions(model);
    html! {
        <>
            { list(model, texts::organization_lists_external_accounts(), account, accounts.collect(), dispatch) }
            { list(model, texts::organization_lists_resources(), resource, resources.collect(), dispatch) }
            { list(model, texts::organization_lists_vpc_endpoints(), endpoint, endpoints.collect(), dispatch) }
        </>
    }
}

/// "s3, Production, Bucket policy".
fn words(
    scenario: &Scenario,
    first: Option<&str>,
    account: Option<&AccountId>,
    policy: Option<&PolicyId>,
) -> String {
    let account = account.map(|account| account_name(scenario, account));
    let policy = policy.map(|policy| policy_names(scenario, std::slice::from_ref(policy)));
    let all = [first.map(str::to_owned), account, policy];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn list(
    model: &Model,
    heading: &str,
    (_, label, edit): (&str, &'static str, Edit),
    lines: Vec<Line>,
    dispatch: &Dispatch,
) -> Html {
    if lines.is_empty() {
        return Html::default();
    }
    html! {
        <section class="things" aria-label={heading.to_owned()}>
            <div class="things-head">
                <h3>{ heading }</h3>
                <span class="spacer" />
                { press(
                    "icon-button tiny", label.to_owned(), glyph(Glyph::Plus), Action::Edited(edit),
                    dispatch,
                ) }
            </div>
            <ul>
                for line in lines {
                    <li>{ one(model, line, dispatch) }</li>
                }
            </ul>
        </section>
    }
}

fn one(model: &Model, line: Line, dispatch: &Dispatch) -> Html {
    let open = model.selection.entity.as_ref() == Some(&line.entity);
    let id = element_id(&model.scenario, &line.entity);
    let opened = Action::EntityOpened(Some(line.entity));
    html! {
        <button
            type="button" {id} class={classes!("thing", open.then_some("selected"))}
            aria-current={open.then_some("true")}
            onclick={dispatch.reform(move |_: MouseEvent| opened.clone())}
        >
            <span class="thing-name">{ line.name }</span>
            { " " }
            <span class="thing-words">{ line.remark }</span>
        </button>
    }
}

/// The id of the element that opens an entity.
pub(super) fn element_id(scenario: &Scenario, entity: &Entity) -> String {
    format!("open-{}", key(scenario, entity))
}

/// What can be added beside the tree: the word for it, what the button is called, and the edit.
fn additions(model: &Model) -> [(&'static str, &'static str, Edit); 3] {
    let scenario = &model.scenario;
    let partition = scenario
        .organization
        .as_ref()
        .map_or("aws", |organization| &*organization.partition);
    let taken = |arn: &String| scenario.resources.iter().any(|one| one.arn == *arn);
    let arn = (1_usize..)
        .map(|number| format!("arn:{partition}:s3:::bucket-{number}"))
        .find(|arn| !taken(arn))
        .unwrap_or_default();
    // A node whose id is made of digits is an account.
    let selected = model.selection.node.as_ref().map(|node| node.as_str());
    let account = selected
        .filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()))
        .map(AccountId::from);
    let resource = Edit::AddResource(Box::new(Resource {
        arn,
        account: account.clone(),
        policy: None,
        tags: BTreeMap::new(),
        extra: Default::default(),
    }));
    let external = Edit::AddExternalAccount {
        name: texts::common_new_account().to_owned(),
    };
    [
        (
            texts::organization_lists_new_resource(),
            texts::organization_lists_add_a_resource(),
            resource,
        ),
        (
            texts::organization_lists_new_vpc_endpoint(),
            texts::organization_lists_add_a_vpc_endpoint(),
            Edit::AddEndpoint { account },
        ),
        (
            texts::organization_lists_new_external_account(),
            texts::organization_lists_add_an_external_account(),
            external,
        ),
    ]
}

/// The same as commands of a menu.
pub(super) fn commands(model: &Model, dispatch: &Dispatch) -> Vec<MenuEntry> {
    additions(model)
        .into_iter()
        .map(|(text, _, edit)| {
            let chosen = dispatch.reform(move |()| Action::Edited(edit.clone()));
            MenuEntry::command(text, chosen)
        })
        .collect()
}

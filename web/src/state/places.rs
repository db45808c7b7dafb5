//! What the palette offers: the commands that can be done now, and every place of the scenario.

use organization::NodeRef;

use super::action::Action;
use super::commands::COMMANDS;
use super::label::{account_name, principal_word, resource_name};
use super::model::{Dialog, Entity, Model};

/// A line of the palette.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What is done, or the name of the place.
    pub name: String,
    /// What it is: the group of a command, the sort of a place with its id.
    pub sort: String,
    /// The keys of a command.
    pub keys: &'static str,
    /// What happens when it is chosen.
    pub action: Action,
}

/// All lines, the commands first.
#[must_use]
pub fn lines(model: &Model) -> Vec<Line> {
    let mut lines = Vec::new();
    for command in COMMANDS {
        let Some(action) = (command.action)(model) else {
            continue;
        };
        if action == Action::DialogOpened(Dialog::Palette) {
            continue;
        }
        let step = match action {
            Action::Undone => model.history.to_undo(),
            Action::Redone => model.history.to_redo(),
            _ => None,
        };
        lines.push(Line {
            name: match step {
                Some(step) => texts::header_step(&texts::get(command.name), &step),
                None => texts::get(command.name).to_owned(),
            },
            sort: texts::get(command.group).to_owned(),
            keys: command.keys.first().copied().unwrap_or_default(),
            action,
        });
    }
    let mut place = |name: &str, sort: String, action: Action| {
        lines.push(Line {
            name: name.to_owned(),
            sort,
            keys: "",
            action,
        });
    };
    let scenario = &model.scenario;
    if let Some(organization) = &scenario.organization {
        organization.each_node(&mut |node| {
            let sort = match node {
                NodeRef::Root(_) => texts::common_root().to_owned(),
                NodeRef::Ou(_) => "OU".to_owned(),
                NodeRef::Account(account) => texts::state_places_account(&account.id),
            };
            place(node.name(), sort, Action::NodeSelected(Some(node.id())));
        });
    }
    for policy in &scenario.policies {
        let kind = match policy.kind.known() {
            Some(kind) => playground::words::kind(kind),
            None => policy.kind.as_str(),
        };
        place(
            &policy.name,
            kind.to_owned(),
            Action::PolicySelected(policy.id.clone()),
        );
    }
    for request in &scenario.requests {
        let name = match request.name.as_str() {
            "" => request.action.clone(),
            name => format!("{name} ({})", request.action),
        };
        let selected = Action::RequestSelected {
            request: request.id.clone(),
            account: None,
        };
        place(&name, texts::common_request().to_owned(), selected);
    }
    for principal in &scenario.principals {
        let account = principal.account().map(|id| account_name(scenario, id));
        let sort = format!(
            "{}, {}",
            principal_word(principal),
            account.unwrap_or_default()
        );
        let opened = Entity::Principal(principal.id().clone());
        place(principal.name(), sort, Action::EntityOpened(Some(opened)));
    }
    for resource in &scenario.resources {
        let opened = Entity::Resource(resource.arn.clone());
        let name = resource_name(&resource.arn);
        place(
            name,
            texts::common_resource().to_owned(),
            Action::EntityOpened(Some(opened)),
        );
    }
    for endpoint in &scenario.endpoints {
        let opened = Entity::Endpoint(endpoint.id.clone());
        place(
            &endpoint.id,
            texts::common_vpc_endpoint().to_owned(),
            Action::EntityOpened(Some(opened)),
        );
    }
    for account in &scenario.external_accounts {
        let opened = Entity::Account(account.id.clone());
        let sort = texts::state_places_external_account(&account.id);
        place(&account.name, sort, Action::EntityOpened(Some(opened)));
    }
    lines
}

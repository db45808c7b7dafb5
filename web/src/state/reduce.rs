//! What each action does.

use std::rc::Rc;

use organization::{
    AccountId, Created, Edit, Edited, FeatureSet, NodeId, PolicyId, Scenario, SwitchedOff,
};

use super::action::{Action, Source};
use super::compose;
use super::entity::{around, followed, nodes, present};
use super::history::{Millis, Step};
use super::label::{account_name, field, label, node_name};
use super::model::{
    Entity, Model, Notice, NoticeButton, Origin, Pane, Reveal, Selection, StorageState,
};

/// The model after an action; none if the action changes nothing. What a person can't do is
/// answered with a notice, and nothing else changes.
#[must_use]
pub fn reduce(model: &Model, action: Action, now: Millis) -> Option<Model> {
    match action {
        Action::Edited(edit) => Some(edited(model, edit, now)),
        Action::EditedTogether { label, edits } => Some(edited_together(model, label, edits, now)),
        Action::RequestAdded { account } => {
            let selected = model.selection.node.as_ref().map(NodeId::as_str);
            let account =
                account.or_else(|| compose::account_for_request(&model.scenario, selected));
            let Some(account) = account else {
                return Some(told(
                    model,
                    Notice::new(
                        "A request needs an account to come from. Start an organization first.",
                    ),
                ));
            };
            let result = compose::add_request(&model.scenario, &account);
            Some(composed(model, "add a request", result, now))
        }
        Action::PolicyAdded { kind, target } => {
            let result = compose::add_policy(&model.scenario, kind, target.as_ref());
            Some(composed(model, "add a policy", result, now))
        }
        Action::PrincipalAdded { kind, account } => {
            let result = compose::add_principal(&model.scenario, kind, &account);
            Some(composed(model, "add a user, group or role", result, now))
        }
        Action::OrganizationStarted => {
            let started = edited(
                model,
                Edit::CreateOrganization {
                    management_account: "Management".to_owned(),
                },
                now,
            );
            let root = started
                .scenario
                .organization
                .as_ref()
                .map(|organization| organization.root.id.clone());
            Some(with_node_selected(started, root))
        }
        Action::AttachmentSwitched { node, policy } => Some(switched(model, node, policy, now)),
        Action::NodeSelected(node) => {
            let pane = if node.is_some() {
                Pane::Organization
            } else {
                model.pane
            };
            let same = model.selection.node == node && model.selection.entity.is_none();
            if same && model.pane == pane {
                return None;
            }
            Some(with_node_selected(
                Model {
                    pane,
                    ..model.clone()
                },
                node,
            ))
        }
        Action::EntityOpened(Some(entity)) => Some(with_entity(
            Model {
                pane: Pane::Organization,
                ..model.clone()
            },
            Some(entity),
            false,
        )),
        Action::EntityOpened(None) => {
            let open = model.selection.entity.as_ref()?;
            let around = around(&model.scenario, open);
            Some(with_entity(model.clone(), around, false))
        }
        Action::RenamingStarted(node) => Some(Model {
            renaming: Some(node.clone()),
            ..with_node_selected(model.clone(), Some(node))
        }),
        Action::RenamingLeft => model.renaming.as_ref().map(|_| Model {
            renaming: None,
            ..model.clone()
        }),
        Action::PolicySelected(policy) => Some(with_policy_selected(model.clone(), policy)),
        Action::RequestSelected { request, account } => {
            let mut next = model.clone();
            next.selection.request = Some(request);
            next.selection.account = account;
            (next.selection != model.selection).then_some(next)
        }
        Action::PlaceRevealed { policy, span } => {
            let serial = model
                .reveal
                .as_ref()
                .map_or(0, |reveal| reveal.serial.wrapping_add(1));
            Some(Model {
                reveal: Some(Reveal {
                    policy: policy.clone(),
                    span,
                    serial,
                }),
                ..with_policy_selected(model.clone(), policy)
            })
        }
        Action::Undone => undone(model),
        Action::Redone => redone(model),
        Action::ScenarioOpened { scenario, source } => Some(opened(model, scenario, &source, now)),
        Action::Saved(state) => saved(model, state),
        Action::DialogOpened(dialog) => Some(Model {
            dialog: Some(dialog),
            ..model.clone()
        }),
        Action::DialogClosed => model.dialog.as_ref().map(|_| Model {
            dialog: None,
            ..model.clone()
        }),
        Action::PaneShown(pane) => (model.pane != pane).then(|| Model {
            pane,
            ..model.clone()
        }),
        Action::ThemeChosen(theme) => (model.theme != theme).then(|| Model {
            theme,
            ..model.clone()
        }),
        Action::Noticed(notice) => Some(told(model, notice)),
        Action::NoticeDismissed => model.notice.as_ref().map(|_| Model {
            notice: None,
            ..model.clone()
        }),
    }
}

fn edited(model: &Model, edit: Edit, now: Millis) -> Model {
    let label = label(&model.scenario, &edit);
    let field = field(&model.scenario, &edit);
    let loss = loss(&model.scenario, &edit);
    let lost = match edit {
        Edit::DeleteEndpoint(_) => "endpoint",
        _ => "caller",
    };
    match model.scenario.apply(edit) {
        Ok(edited) => {
            let notice = loss.map(|loss| loss_notice(&loss, lost, edited.orphaned.len()));
            let next = changed(model, edited, label, field, now);
            Model {
                notice: notice.or(next.notice),
                ..next
            }
        }
        Err(refusal) => refused(model, &refusal.to_string()),
    }
}

fn edited_together(model: &Model, label: String, edits: Vec<Edit>, now: Millis) -> Model {
    let mut scenario = Scenario::clone(&model.scenario);
    let mut created = None;
    for edit in edits {
        match scenario.apply(edit) {
            Ok(edited) => {
                scenario = edited.scenario;
                created = edited.created.or(created);
            }
            Err(refusal) => return refused(model, &refusal.to_string()),
        }
    }
    let edited = Edited {
        scenario,
        created,
        orphaned: Vec::new(),
    };
    changed(model, edited, label, None, now)
}

fn composed(model: &Model, label: &str, result: Result<Edited, String>, now: Millis) -> Model {
    match result {
        Ok(edited) => changed(model, edited, label.to_owned(), None, now),
        Err(refusal) => refused(model, &refusal),
    }
}

/// Takes over an edited scenario as one step, and selects what it made.
fn changed(
    model: &Model,
    edited: Edited,
    label: String,
    field: Option<String>,
    now: Millis,
) -> Model {
    let before = Step {
        scenario: Rc::clone(&model.scenario),
        origin: model.origin,
        label,
    };
    let next = Model {
        scenario: Rc::new(edited.scenario),
        history: model.history.recorded(before, field, now),
        origin: match model.origin {
            Origin::Kept => Origin::Kept,
            Origin::Visit | Origin::VisitChanged => Origin::VisitChanged,
        },
        notice: (model.origin == Origin::Visit && model.has_kept_work).then(|| {
            Notice::new(
                "From now on this is your work in this browser. What you had before is kept: \
                 see Examples, “Earlier work”.",
            )
        }),
        renaming: None,
        naming: false,
        ..model.clone()
    };
    let next = settled(next, &model.scenario);
    match edited.created {
        Some(Created::Node(node)) => Model {
            renaming: Some(node.clone()),
            ..with_node_selected(next, Some(node))
        },
        Some(Created::Policy(policy)) => with_policy_selected(next, policy),
        Some(Created::Request(request)) => {
            let mut next = next;
            next.selection.request = Some(request);
            next.selection.account = None;
            next
        }
        Some(Created::Principal(id)) => with_entity(next, Some(Entity::Principal(id)), true),
        Some(Created::Resource(arn)) => with_entity(next, Some(Entity::Resource(arn)), true),
        Some(Created::Endpoint(id)) => with_entity(next, Some(Entity::Endpoint(id)), true),
        Some(Created::ExternalAccount(id)) => with_entity(next, Some(Entity::Account(id)), true),
        None => next,
    }
}

fn refused(model: &Model, reason: &str) -> Model {
    told(model, Notice::new(named(&model.scenario, reason)))
}

fn told(model: &Model, notice: Notice) -> Model {
    Model {
        notice: Some(notice),
        ..model.clone()
    }
}

/// A text in which ids in backticks are the names of what they stand for.
fn named(scenario: &Scenario, text: &str) -> String {
    text.split('`')
        .enumerate()
        .map(|(at, piece)| match name_of(scenario, piece) {
            _ if at % 2 == 0 => piece.to_owned(),
            Some(name) => format!("“{name}”"),
            None => format!("`{piece}`"),
        })
        .collect()
}

fn name_of(scenario: &Scenario, id: &str) -> Option<String> {
    let node = || {
        let organization = scenario.organization.as_ref()?;
        Some(organization.index().node(id)?.name().to_owned())
    };
    let policy = || Some(scenario.policy(id)?.name().to_owned());
    let principal = || Some(scenario.principal(id)?.name().to_owned());
    node().or_else(policy).or_else(principal)
}

/// What an edit takes away, in a sentence.
fn loss(scenario: &Scenario, edit: &Edit) -> Option<String> {
    let name = match edit {
        Edit::DeleteOu { ou, .. } => node_name(scenario, ou.as_str()),
        Edit::DeleteAccount(account) => node_name(scenario, account.as_str()),
        Edit::DeleteOrganization => "the organization".to_owned(),
        Edit::DeleteExternalAccount(account) => account_name(scenario, account),
        Edit::DeleteResource(_) => "the resource".to_owned(),
        Edit::DeleteEndpoint(_) => "the VPC endpoint".to_owned(),
        Edit::SetFeatureSet(FeatureSet::ConsolidatedBilling) => {
            let loss = "Without all features there are no SCPs and RCPs: all were detached.";
            return Some(loss.to_owned());
        }
        Edit::DeletePolicy { policy, .. } => scenario.policy(policy.as_str())?.name().to_owned(),
        Edit::DeletePrincipal(principal) => {
            scenario.principal(principal.as_str())?.name().to_owned()
        }
        Edit::DeleteRequest(_) => "the request".to_owned(),
        Edit::DisablePolicyType(kind) => {
            let kind = kind.as_str().to_ascii_uppercase();
            return Some(format!("{kind}s are disabled: all of them were detached."));
        }
        _ => return None,
    };
    Some(format!("Deleted {name}."))
}

fn loss_notice(loss: &str, lost: &str, orphaned: usize) -> Notice {
    let rest = match orphaned {
        0 => String::new(),
        1 => format!(" One request has no {lost} now."),
        many => format!(" {many} requests have no {lost} now."),
    };
    Notice::new(format!("{loss}{rest}")).with(NoticeButton::Undo)
}

fn switched(model: &Model, node: NodeId, policy: PolicyId, now: Millis) -> Model {
    let part = SwitchedOff::Attachment { policy, node };
    let off = !model.scenario.settings.off.contains(&part);
    let parts = vec![part];
    edited(model, Edit::Switch { parts, off }, now)
}

fn with_node_selected(mut model: Model, node: Option<NodeId>) -> Model {
    model.selection.node = node;
    with_entity(model, None, false)
}

/// Opens something beside the tree. In the tree the account of a principal is selected, and
/// nothing where no account is.
fn with_entity(mut model: Model, entity: Option<Entity>, naming: bool) -> Model {
    if let Some(entity) = &entity {
        let account = match entity {
            Entity::Principal(id) => model.scenario.principal(id.as_str()),
            _ => None,
        };
        let account = account.and_then(|one| one.account()).map(AccountId::node);
        model.selection.node = account.filter(|node| {
            let organization = model.scenario.organization.as_ref();
            organization.is_some_and(|one| one.index().node(node.as_str()).is_some())
        });
    }
    model.selection.entity = entity;
    model.naming = naming;
    model
}

fn with_policy_selected(mut model: Model, policy: PolicyId) -> Model {
    model.selection.policy = Some(policy);
    model.pane = Pane::Policies;
    model
}

/// Lets go of selected things that are gone; the next request takes the place of a deleted one.
fn settled(mut model: Model, before: &Scenario) -> Model {
    let scenario = Rc::clone(&model.scenario);
    let selection = &mut model.selection;
    let has_node = |id: &NodeId| {
        scenario
            .organization
            .as_ref()
            .is_some_and(|organization| organization.index().node(id.as_str()).is_some())
    };
    let same_tree = scenario.organization == before.organization;
    if !same_tree && let Some(id) = selection.node.take_if(|id| !has_node(id)) {
        let id = followed(id.as_str(), &nodes(before), &nodes(&scenario));
        selection.node = id.map(NodeId::new);
    }
    let entity = selection.entity.take();
    selection.entity = entity.and_then(|entity| present(entity, before, &scenario));
    let gone = |id: &PolicyId| scenario.policy(id.as_str()).is_none();
    if selection.policy.as_ref().is_some_and(gone) {
        selection.policy = scenario.policies.first().map(|policy| policy.id.clone());
    }
    let Some(request) = &selection.request else {
        return model;
    };
    if scenario.request(request.as_str()).is_none() {
        let position = before
            .requests
            .iter()
            .position(|other| other.id == *request)
            .unwrap_or_default();
        selection.account = None;
        selection.request = scenario
            .requests
            .get(position)
            .or_else(|| scenario.requests.last())
            .map(|request| request.id.clone());
    }
    model
}

fn undone(model: &Model) -> Option<Model> {
    let (step, history) = model
        .history
        .undo(Rc::clone(&model.scenario), model.origin)?;
    let notice = Notice::new(format!("Undone: {}.", step.label));
    Some(gone_to(model, step, history, notice))
}

fn redone(model: &Model) -> Option<Model> {
    let (step, history) = model
        .history
        .redo(Rc::clone(&model.scenario), model.origin)?;
    let notice = Notice::new(format!("Done again: {}.", step.label));
    Some(gone_to(model, step, history, notice))
}

fn gone_to(model: &Model, step: Step, history: super::History, notice: Notice) -> Model {
    let next = Model {
        scenario: step.scenario,
        origin: step.origin,
        history,
        notice: Some(notice),
        renaming: None,
        ..model.clone()
    };
    let next = settled(next, &model.scenario);
    if next.selection.request.is_some() {
        return next;
    }
    // What is open in the tree and beside it stays open.
    let Selection { node, entity, .. } = next.selection.clone();
    let first = next.with_first_selected();
    let selection = Selection {
        node,
        entity,
        ..first.selection.clone()
    };
    Model { selection, ..first }
}

fn opened(model: &Model, scenario: Rc<Scenario>, source: &Source, now: Millis) -> Model {
    let what = match source {
        Source::KeptWork => "return to my work".to_owned(),
        Source::Empty => "start anew".to_owned(),
        _ if scenario.title.is_empty() => "open another scenario".to_owned(),
        _ => format!("open {}", scenario.title),
    };
    let origin = match source {
        Source::Visit => Origin::Visit,
        Source::KeptWork if model.origin == Origin::Visit => Origin::Kept,
        _ => Origin::VisitChanged,
    };
    let notice = match source {
        Source::Visit if model.has_kept_work => Some(
            Notice::new("Opened beside your own work, which stays kept in this browser.")
                .with(NoticeButton::ReturnToKeptWork),
        ),
        Source::Import | Source::EarlierWork | Source::Empty if !model.is_empty() => {
            Some(Notice::new("What was here is kept as earlier work.").with(NoticeButton::Undo))
        }
        _ => None,
    };
    let history = if model.is_empty() {
        model.history.clone()
    } else {
        let before = Step {
            scenario: Rc::clone(&model.scenario),
            origin: model.origin,
            label: what,
        };
        model.history.recorded(before, None, now)
    };
    Model {
        scenario,
        history,
        origin,
        notice,
        dialog: None,
        renaming: None,
        reveal: None,
        last_good: Default::default(),
        last_traces: Default::default(),
        ..model.clone()
    }
    .with_first_selected()
}

fn saved(model: &Model, state: StorageState) -> Option<Model> {
    let kept = state == StorageState::Kept;
    let next = Model {
        origin: if kept && model.origin == Origin::VisitChanged {
            Origin::Kept
        } else {
            model.origin
        },
        has_kept_work: if kept {
            !model.is_empty()
        } else {
            model.has_kept_work
        },
        storage: state,
        ..model.clone()
    };
    let same = next.origin == model.origin
        && next.has_kept_work == model.has_kept_work
        && next.storage == model.storage;
    (!same).then_some(next)
}

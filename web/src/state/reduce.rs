//! What each action does.

use std::collections::HashMap;
use std::rc::Rc;

use organization::{
    AccountId, Created, Edit, Edited, FeatureSet, NodeId, PolicyId, Scenario, SwitchedOff,
};

use super::action::Action;
use super::cells;
use super::compose;
use super::embed;
use super::entity::{around, followed, nodes, present};
use super::history::{Millis, Step};
use super::label::{account_name, field, label, node_name};
use super::language::Language;
use super::model::{Entity, Model, Notice, NoticeButton, Origin, Pane, Reveal, Selection};
use super::opened;
use super::opening;
use super::preferences::Preferences;
use super::work::WorkId;
use super::{lesson, trace, tree};

/// The model after an action; none if the action changes nothing. What a person can't do is
/// answered with a notice, and nothing else changes.
#[must_use]
pub fn reduce(model: &Model, action: Action, now: Millis) -> Option<Model> {
    match &model.embed {
        Some(embed) => embed::guarded(model, embed, action, now),
        None => reduced(model, action, now),
    }
}

/// The same on a page that may change what the lesson leaves to the learner, if there is one.
pub(super) fn reduced(model: &Model, action: Action, now: Millis) -> Option<Model> {
    let learning = model.lesson().filter(|_| may_be_refused(&action));
    let next = applied(model, action, now)?;
    if let Some(learning) = learning
        && !Rc::ptr_eq(&next.scenario, &model.scenario)
        && let Some(reason) = lesson::refusal(learning, &model.scenario, &next.scenario)
    {
        return Some(told(model, Notice::new(reason)));
    }
    Some(next)
}

/// Whether a lesson may leave alone what an action changes. Going back and forth and opening
/// something else is never refused.
fn may_be_refused(action: &Action) -> bool {
    !matches!(
        action,
        Action::Undone
            | Action::Redone
            | Action::RequestTypingDropped { .. }
            | Action::ScenarioOpened { .. }
            | Action::ScenarioDeleted
            | Action::Lesson(_)
    )
}

fn applied(model: &Model, action: Action, now: Millis) -> Option<Model> {
    match action {
        Action::Edited(edit) => Some(edited(model, edit, now)),
        Action::PolicyTyped {
            policy,
            text,
            stroke,
        } => Some(opened::typed(model, policy, text, stroke, now)),
        Action::EditedTogether { label, edits } => Some(edited_together(model, label, edits, now)),
        Action::RequestAdded { account } => {
            let selected = model.selection.node.as_ref().map(NodeId::as_str);
            let account =
                account.or_else(|| compose::account_for_request(&model.scenario, selected));
            let Some(account) = account else {
                return Some(told(
                    model,
                    Notice::new(texts::state_reduce_request_needs_account()),
                ));
            };
            let result = compose::add_request(&model.scenario, &account);
            Some(composed(model, texts::common_add_a_request(), result, now))
        }
        Action::RequestTyped { request, session } => Some(cells::typed(model, *request, session)),
        Action::RequestTypingDropped { session } => cells::dropped(model, session),
        Action::PolicyAdded { kind, target } => {
            let result = compose::add_policy(&model.scenario, kind, target.as_ref());
            Some(composed(model, texts::common_add_a_policy(), result, now))
        }
        Action::PrincipalAdded { kind, account } => {
            let result = compose::add_principal(&model.scenario, kind, &account);
            Some(composed(
                model,
                texts::state_reduce_add_user_group(),
                result,
                now,
            ))
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
            let started = with_node_selected(started, root);
            Some(tree::in_passing(model, started))
        }
        Action::AttachmentSwitched { node, policy } => Some(switched(model, node, policy, now)),
        Action::Tree(action) => tree::reduce(model, action, now),
        Action::Lesson(action) => lesson::reduce(model, action, now),
        Action::NodeSelected(node) => {
            let pane = if node.is_some() {
                tree_pane(model)
            } else {
                model.pane
            };
            let same = model.selection.node == node
                && model.selection.entity.is_none()
                && model.tree.several.is_empty()
                && !model.tree.passing;
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
                pane: tree_pane(model),
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
        Action::RenamingStarted(node) => {
            let selected = with_node_selected(model.clone(), Some(node.clone()));
            Some(Model {
                renaming: Some(node),
                ..tree::in_passing(model, selected)
            })
        }
        Action::RenamingLeft => model.renaming.as_ref().map(|_| Model {
            renaming: None,
            tree: tree::TreeState {
                fresh: None,
                ..model.tree.clone()
            },
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
        Action::TraceSought(place) => Some(trace::sought(model, place)),
        Action::Undone => undone(model),
        Action::Redone => redone(model),
        Action::ScenarioOpened { scenario, source } => {
            Some(opening::opened(model, scenario, source, now))
        }
        Action::Saved(state) => opening::saved(model, state),
        Action::KeptApart => Some(opening::kept_apart(model, now)),
        Action::ScenarioDeleted => Some(opening::deleted(model, now)),
        Action::Forgotten => Some(opening::forgotten(model)),
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
        Action::ThemeChosen(theme) => opening::with_preferences(
            model,
            Preferences {
                theme,
                ..model.preferences.clone()
            },
        ),
        Action::LanguageChosen(language) => opening::with_preferences(
            model,
            Preferences {
                language: Some(language),
                ..model.preferences.clone()
            },
        ),
        Action::LanguageSpoken(language) => Some(spoken(model, language)),
        Action::PreferenceSwitched { switch, on } => {
            opening::with_preferences(model, model.preferences.clone().with(switch, on))
        }
        Action::Noticed(notice) => Some(told(model, notice)),
        Action::SinceDismissed => opened::since_read(model),
        Action::NoticeDismissed => model.notice.as_ref().map(|_| Model {
            notice: None,
            ..model.clone()
        }),
        Action::Embed(_) => None,
    }
}

/// The model in another language. What was said of earlier texts is in the language before, so it
/// goes; the evaluation says everything else again.
fn spoken(model: &Model, language: Language) -> Model {
    Model {
        language,
        last_good: HashMap::new(),
        last_traces: HashMap::new(),
        notice: Some(Notice::new(texts::language_chosen(&language.own_name()))),
        ..model.clone()
    }
}

pub(super) fn edited(model: &Model, edit: Edit, now: Millis) -> Model {
    let label = label(&model.scenario, &edit);
    let field = field(&model.scenario, &edit);
    let loss = loss(&model.scenario, &edit);
    let lost = match edit {
        Edit::DeleteEndpoint(_) => texts::state_reduce_endpoint(),
        _ => texts::requests_view_caller(),
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
    match model.scenario.apply_all(edits) {
        Ok(edited) => changed(model, edited, label, None, now),
        Err(refusal) => refused(model, &refusal.to_string()),
    }
}

fn composed(model: &Model, label: &str, result: Result<Edited, String>, now: Millis) -> Model {
    match result {
        Ok(edited) => changed(model, edited, label.to_owned(), None, now),
        Err(refusal) => refused(model, &refusal),
    }
}

/// Takes over an edited scenario as one step, and selects what it made.
pub(in crate::state) fn changed(
    model: &Model,
    edited: Edited,
    label: String,
    field: Option<String>,
    now: Millis,
) -> Model {
    let before = Step {
        scenario: Rc::clone(&model.scenario),
        origin: model.origin,
        opened: Rc::clone(&model.opened),
        label,
        learning: None,
    };
    let next = Model {
        scenario: Rc::new(edited.scenario),
        history: model.history.recorded(before, field, now),
        origin: match model.origin {
            Origin::Kept(id) => Origin::Kept(id),
            Origin::Visit => Origin::Kept(WorkId::new(now, model.kept)),
        },
        notice: (model.origin == Origin::Visit && model.kept.is_some())
            .then(|| Notice::new(texts::state_reduce_now_scenario_your())),
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

pub(super) fn refused(model: &Model, reason: &str) -> Model {
    told(model, Notice::new(named(&model.scenario, reason)))
}

pub(super) fn told(model: &Model, notice: Notice) -> Model {
    Model {
        notice: Some(notice),
        ..model.clone()
    }
}

/// A text in which ids in backticks are the names of what they stand for.
pub(super) fn named(scenario: &Scenario, text: &str) -> String {
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
        Edit::DeleteOrganization => texts::state_reduce_the_organization().to_owned(),
        Edit::DeleteExternalAccount(account) => account_name(scenario, account),
        Edit::DeleteResource(_) => texts::state_reduce_the_resource().to_owned(),
        Edit::DeleteEndpoint(_) => texts::state_reduce_the_vpc_endpoint().to_owned(),
        Edit::SetFeatureSet(FeatureSet::ConsolidatedBilling) => {
            let loss = texts::state_reduce_without_all_features();
            return Some(loss.to_owned());
        }
        Edit::DeletePolicy { policy, .. } => scenario.policy(policy.as_str())?.name().to_owned(),
        Edit::DeletePrincipal(principal) => {
            scenario.principal(principal.as_str())?.name().to_owned()
        }
        Edit::DeleteRequest(_) => texts::common_the_request().to_owned(),
        Edit::DisablePolicyType(kind) => {
            let kind = kind.as_str().to_ascii_uppercase();
            return Some(texts::state_reduce_s_disabled_all(&kind));
        }
        _ => return None,
    };
    Some(texts::common_deleted(&name))
}

pub(super) fn loss_notice(loss: &str, lost: &str, orphaned: usize) -> Notice {
    let rest = match orphaned {
        0 => String::new(),
        1 => format!(" {}", texts::state_reduce_one_request_now(&lost)),
        many => format!(
            " {}",
            texts::state_reduce_requests_have_no_now(&many, &lost)
        ),
    };
    Notice::new(format!("{loss}{rest}")).with(NoticeButton::Undo)
}

fn switched(model: &Model, node: NodeId, policy: PolicyId, now: Millis) -> Model {
    let part = SwitchedOff::Attachment { policy, node };
    let off = !model.scenario.settings.off.contains(&part);
    let parts = vec![part];
    edited(model, Edit::Switch { parts, off }, now)
}

/// The pane that shows what is selected in the tree: the map, while it is open, shows it too.
fn tree_pane(model: &Model) -> Pane {
    match model.pane {
        Pane::Map => Pane::Map,
        _ => Pane::Organization,
    }
}

pub(super) fn with_node_selected(mut model: Model, node: Option<NodeId>) -> Model {
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
    model.tree.several = Rc::default();
    model.tree.passing = false;
    model
}

fn with_policy_selected(mut model: Model, policy: PolicyId) -> Model {
    model.selection.policy = Some(policy);
    model.pane = Pane::Policies;
    model
}

/// Lets go of selected things that are gone; the next request takes the place of a deleted one.
pub(in crate::state) fn settled(mut model: Model, before: &Scenario) -> Model {
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
    if !same_tree {
        tree::settled(&mut model);
    }
    let selection = &mut model.selection;
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

/// What is on the page, to come back to.
fn at_present(model: &Model) -> Step {
    Step {
        scenario: Rc::clone(&model.scenario),
        origin: model.origin,
        opened: Rc::clone(&model.opened),
        label: String::new(),
        learning: model.learning.clone(),
    }
}

fn undone(model: &Model) -> Option<Model> {
    let (step, history) = model.history.undo(at_present(model))?;
    let notice = Notice::new(texts::state_reduce_undone(&step.label));
    Some(gone_to(model, step, history, notice))
}

fn redone(model: &Model) -> Option<Model> {
    let (step, history) = model.history.redo(at_present(model))?;
    let notice = Notice::new(texts::state_reduce_done_again(&step.label));
    Some(gone_to(model, step, history, notice))
}

fn gone_to(model: &Model, step: Step, history: super::History, notice: Notice) -> Model {
    let next = Model {
        scenario: step.scenario,
        opened: step.opened,
        history,
        notice: Some(notice),
        renaming: None,
        learning: step.learning.or_else(|| model.learning.clone()),
        ..opening::with_origin(model, step.origin)
    };
    let mut next = settled(next, &model.scenario);
    if let Some(policy) = opened::retyped(&model.scenario, &next.scenario) {
        next.selection.policy = Some(policy);
    }
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

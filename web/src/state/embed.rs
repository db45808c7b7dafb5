//! The page inside another page: what it shows, and what may be changed in it.
//!
//! What a reader may not change is held here and not by hidden buttons alone: an action that would
//! change more than [`Editing`] allows is answered with a notice and has no effect.

use std::rc::Rc;

use organization::{Policy, RequestId, Scenario};

use super::action::{Action, Source};
use super::history::{History, Millis};
use super::lesson::LessonAction;
use super::model::{Dialog, Model, Notice, Pane, lesson_of};
use super::opening;
use super::reduce::{reduced, told};

/// What an embedded page was asked to be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Embed {
    /// The parts that are shown, each once.
    pub views: Vec<Pane>,
    /// What may be changed.
    pub edit: Editing,
    /// What is left out of the frame around the parts.
    pub hidden: Vec<Hidden>,
    /// When the verdicts are shown.
    pub reveal: Reveals,
    /// The request whose reasons are shown first, in each scenario that has it.
    pub focus: Option<RequestId>,
    /// Whether the reader has changed something, or asked to see the verdicts.
    pub tried: bool,
    /// The scenario as the author or the host gave it.
    pub given: Rc<Scenario>,
}

/// What a reader may change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Editing {
    /// Nothing.
    None,
    /// The requests; a caller that they need may be added.
    Requests,
    /// The texts of the policies that are there.
    Policies,
    /// Everything.
    #[default]
    All,
}

/// When an embedded page shows the verdicts and their reasons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reveals {
    /// Never.
    Never,
    /// Once the reader has changed something or asks for them.
    AfterTry,
    /// At once.
    #[default]
    Always,
}

/// What can be left out of an embedded page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// The whole line with the title.
    Header,
    /// The buttons for undo, redo and starting over.
    Undo,
    /// The link to the full page.
    Link,
}

/// What happens to an embedded page besides what happens on every page.
#[derive(Clone, Debug, PartialEq)]
pub enum EmbedAction {
    /// The host or the address gave another scenario.
    Given(Rc<Scenario>),
    /// The host gave back what the reader has made of the scenario that is there.
    Made(Rc<Scenario>),
    /// The reader wants the scenario as it was given.
    StartedOver,
    /// The host has changed what may be changed.
    Locked(Editing),
    /// The reader wants to see the verdicts.
    Revealed,
}

impl Editing {
    /// From its word in an address or a message.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "none" => Self::None,
            "requests" => Self::Requests,
            "policies" => Self::Policies,
            "all" => Self::All,
            _ => return None,
        })
    }

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Requests => "requests",
            Self::Policies => "policies",
            Self::All => "all",
        }
    }

    /// Whether one scenario may become another.
    #[must_use]
    pub fn allows(self, before: &Scenario, after: &Scenario) -> bool {
        match self {
            Self::All => true,
            Self::None => before == after,
            Self::Requests => {
                let callers = after.principals.get(..before.principals.len());
                callers == Some(&*before.principals) && {
                    let rest = |scenario: &Scenario| Scenario {
                        requests: Vec::new(),
                        principals: Vec::new(),
                        ..scenario.clone()
                    };
                    rest(before) == rest(after)
                }
            }
            Self::Policies => without_texts(before) == without_texts(after),
        }
    }
}

fn without_texts(scenario: &Scenario) -> Scenario {
    let blank = |policy: &Rc<Policy>| {
        Rc::new(Policy {
            text: Rc::from(""),
            ..(**policy).clone()
        })
    };
    Scenario {
        policies: scenario.policies.iter().map(blank).collect(),
        ..scenario.clone()
    }
}

impl Embed {
    /// Whether the verdicts are kept from the reader now.
    #[must_use]
    pub fn conceals(&self) -> bool {
        match self.reveal {
            Reveals::Never => true,
            Reveals::AfterTry => !self.tried,
            Reveals::Always => false,
        }
    }

    /// Whether something is left out.
    #[must_use]
    pub fn hides(&self, part: Hidden) -> bool {
        self.hidden.contains(&part)
    }
}

impl Model {
    /// Whether the requests may be changed here.
    #[must_use]
    pub fn may_edit_requests(&self) -> bool {
        let edit = self.embed.as_ref().map(|embed| embed.edit);
        edit.is_none_or(|edit| matches!(edit, Editing::Requests | Editing::All))
    }

    /// Whether the texts of policies may be changed here.
    #[must_use]
    pub fn may_edit_policies(&self) -> bool {
        let edit = self.embed.as_ref().map(|embed| embed.edit);
        edit.is_none_or(|edit| matches!(edit, Editing::Policies | Editing::All))
    }

    /// Whether an action belongs here at all. Where other pages surround this one there is no place
    /// for what opens, keeps and saves scenarios.
    #[must_use]
    pub fn admits(&self, action: &Action) -> bool {
        let Some(embed) = &self.embed else {
            return true;
        };
        match action {
            Action::DialogOpened(dialog) => match dialog {
                Dialog::BrokenLink { .. } => true,
                Dialog::Move(_) | Dialog::PolicyKind(_) | Dialog::Settings => {
                    embed.edit == Editing::All
                }
                _ => false,
            },
            Action::ScenarioOpened { source, .. } => *source == Source::Visit,
            Action::PaneShown(pane) => embed.views.contains(pane),
            Action::RenamingStarted(_) => embed.edit == Editing::All,
            Action::Lesson(LessonAction::Authoring(_) | LessonAction::Written { .. }) => false,
            _ => true,
        }
    }
}

/// The model of an embedded page after an action.
pub(super) fn guarded(
    model: &Model,
    embed: &Rc<Embed>,
    action: Action,
    now: Millis,
) -> Option<Model> {
    if !model.admits(&action) {
        return None;
    }
    let action = match action {
        Action::Embed(action) => return embedded(model, embed, action, now),
        action => action,
    };
    let mut next = reduced(model, action, now)?;
    if !Rc::ptr_eq(&model.scenario, &next.scenario) {
        if !embed.edit.allows(&model.scenario, &next.scenario) {
            let notice = Notice::new(texts::embed_cannot_be_changed());
            return Some(told(model, notice));
        }
        if !embed.tried {
            next = with(next, |embed| embed.tried = true);
        }
    }
    if !embed.views.contains(&next.pane) {
        next.pane = model.pane;
    }
    Some(next)
}

fn embedded(model: &Model, embed: &Embed, action: EmbedAction, now: Millis) -> Option<Model> {
    match action {
        EmbedAction::Given(scenario) => Some(given(model, scenario, now)),
        EmbedAction::Made(scenario) => {
            let made = replaced(model, scenario, now);
            Some(with(made, |embed| embed.tried = true))
        }
        EmbedAction::StartedOver => {
            if *embed.given == *model.scenario {
                return None;
            }
            let opened = opening::opened(model, Rc::clone(&embed.given), Source::Visit, now);
            Some(Model {
                notice: None,
                pane: model.pane,
                selection: opening::still_selected(model, &opened),
                ..opened
            })
        }
        EmbedAction::Locked(edit) => {
            (embed.edit != edit).then(|| with(model.clone(), |embed| embed.edit = edit))
        }
        EmbedAction::Revealed => {
            (!embed.tried).then(|| with(model.clone(), |embed| embed.tried = true))
        }
    }
}

/// The model with a scenario that a reader may go back to.
fn given(model: &Model, scenario: Rc<Scenario>, now: Millis) -> Model {
    let next = replaced(model, scenario, now);
    // As it was opened: its record of verdicts is no part of it.
    let scenario = Rc::clone(&next.scenario);
    with(next, |embed| {
        embed.given = scenario;
        embed.tried = false;
    })
}

/// The model with a scenario that was not there before: nothing leads back to the one it replaces.
fn replaced(model: &Model, scenario: Rc<Scenario>, now: Millis) -> Model {
    let opened = opening::opened(model, scenario, Source::Visit, now);
    // Where one part is shown at a time, a lesson begins with what it says.
    let embed = model.embed.as_ref();
    let shows = embed.is_some_and(|embed| embed.views.contains(&Pane::Lesson));
    let learns = shows && lesson_of(&opened.scenario).is_some();
    let focus = embed.and_then(|embed| embed.focus.clone());
    let focus = focus.filter(|id| opened.scenario.request(id.as_str()).is_some());
    let mut next = Model {
        notice: None,
        history: History::default(),
        pane: match model.pane {
            _ if learns => Pane::Lesson,
            Pane::Lesson => opened.pane,
            pane => pane,
        },
        ..opened
    };
    if focus.is_some() {
        next.selection.request = focus;
    }
    next
}

fn with(mut model: Model, change: impl FnOnce(&mut Embed)) -> Model {
    if let Some(embed) = &mut model.embed {
        change(Rc::make_mut(embed));
    }
    model
}

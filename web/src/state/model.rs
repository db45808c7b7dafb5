//! Everything that the page knows: the scenario, what is selected, what is open.

use std::collections::HashMap;
use std::rc::Rc;

use evaluator::Verdict;
use organization::lesson::Lesson;
use organization::{
    AccountId, NodeId, Policy, PolicyId, PrincipalId, Request, RequestId, Scenario,
};
use playground::{Analysis, Focus, RequestView, RowView, TraceView};
use policy::Span;

use super::embed::Embed;
use super::history::History;
use super::import::Arrived;
use super::language::Language;
use super::lesson::{Learning, locks, veiled};
use super::opened::Opened;
use super::preferences::Preferences;
use super::trace::Sought;
use super::tree::TreeState;
use super::work::WorkId;

/// The state of the page.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// What the person has built. The only source of truth; never changed in place.
    pub scenario: Rc<Scenario>,
    /// The scenario as it was when it was opened.
    pub opened: Rc<Opened>,
    /// Everything that follows from the scenario.
    pub analysis: Rc<Analysis>,
    /// The last result of each request that was not an error, for the time while a policy is not
    /// valid.
    pub last_good: HashMap<RequestId, Rc<RequestView>>,
    /// The same for the reasons of each row that was looked at.
    pub last_traces: HashMap<(RequestId, Option<AccountId>), Rc<TraceView>>,
    /// What is selected.
    pub selection: Selection,
    /// What is marked in the tree.
    pub tree: TreeState,
    /// The node whose name is being edited in the tree.
    pub renaming: Option<NodeId>,
    /// Whether what is open beside the tree was made just now, so that it waits for its name.
    pub naming: bool,
    /// A place in a policy that the editor was asked to show.
    pub reveal: Option<Reveal>,
    /// A part of the trace that was asked for elsewhere.
    pub sought: Option<Sought>,
    /// The lesson of the scenario, if it has one.
    pub learning: Option<Rc<Learning>>,
    /// Steps to undo and to do again.
    pub history: History,
    /// The pane that is shown where there is room for one.
    pub pane: Pane,
    /// The open dialog.
    pub dialog: Option<Dialog>,
    /// What the page has to tell.
    pub notice: Option<Notice>,
    /// The language that everything is said in.
    pub language: Language,
    /// How the page looks and behaves in this browser.
    pub preferences: Preferences,
    /// Whether this browser keeps the work.
    pub storage: StorageState,
    /// Where the scenario is kept.
    pub origin: Origin,
    /// The scenario of one's own that was open last, if there is something in it.
    pub kept: Option<WorkId>,
    /// What the page was asked to be inside another page; none where it is a page of its own.
    pub embed: Option<Rc<Embed>>,
}

/// What is selected in each part of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The node of the tree.
    pub node: Option<NodeId>,
    /// What is open beside the tree.
    pub entity: Option<Entity>,
    /// The policy in the editor.
    pub policy: Option<PolicyId>,
    /// The request whose trace is shown.
    pub request: Option<RequestId>,
    /// The row of a request that runs over every account.
    pub account: Option<AccountId>,
}

/// What can be opened besides the nodes of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entity {
    /// A user, group or role.
    Principal(PrincipalId),
    /// The resource with this ARN.
    Resource(String),
    /// The VPC endpoint with this id.
    Endpoint(String),
    /// An account outside the organization.
    Account(AccountId),
}

/// A place in a policy to show. Each asking is a new one, also for the same place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reveal {
    /// The policy.
    pub policy: PolicyId,
    /// The place in its text.
    pub span: Span,
    /// How many times something was revealed before.
    pub serial: u32,
}

/// The panes of a narrow page, and the views that take the place of some panes on every page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The organization tree.
    Organization,
    /// The editor.
    Policies,
    /// The table of requests.
    #[default]
    Requests,
    /// The trace of the selected request.
    Trace,
    /// The organization as a picture, beside the tree where there is room.
    Map,
    /// The verdicts of accounts × requests, beside the trace where there is room.
    Matrix,
    /// The lesson, in the place of the organization where there is no room for both.
    Lesson,
}

impl Pane {
    /// As the style sheets name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Policies => "policies",
            Self::Requests => "requests",
            Self::Trace => "trace",
            Self::Map => "map",
            Self::Matrix => "matrix",
            Self::Lesson => "lesson",
        }
    }
}

/// The dialogs.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// The gallery of examples.
    Examples,
    /// The lessons of the course.
    Course,
    /// The scenarios that this browser keeps.
    Scenarios,
    /// All commands and places, found by typing.
    Palette,
    /// Opening a scenario file, policies or a link.
    Import,
    /// The same, with what was brought: to be confirmed, or refused.
    Arrived(Rc<Arrived>),
    /// Saving the scenario, a policy or a report as a file.
    Export,
    /// The share link.
    Share,
    /// Keys and the way the page works.
    Help,
    /// How the scenario is weighed.
    Settings,
    /// How the page looks and behaves.
    Preferences,
    /// A link that is no scenario.
    BrokenLink {
        /// What is wrong with it, in a sentence.
        message: String,
        /// The fragment as it came.
        raw: String,
    },
    /// Choosing a new parent for a node, and for all that are selected together with it.
    Move(NodeId),
    /// Changing the kind of a policy.
    PolicyKind(PolicyId),
}

/// Something to tell, in the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// What can be done about it.
    pub buttons: Vec<NoticeButton>,
}

impl Notice {
    /// A sentence alone.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            buttons: Vec::new(),
        }
    }

    /// With something that can be done about it.
    #[must_use]
    pub fn with(mut self, button: NoticeButton) -> Self {
        self.buttons.push(button);
        self
    }
}

/// What a notice offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeButton {
    /// Undo the last step.
    Undo,
    /// Go back to the scenario of one's own that was open last.
    ReturnToKeptWork,
    /// Keep this scenario beside the one that another tab has made of it.
    KeepBoth,
    /// Show what another tab has made of this scenario.
    TakeTheirs,
    /// Load the new version of the page.
    Reload,
}

/// Whether this browser keeps the work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum StorageState {
    /// It does.
    #[default]
    Kept,
    /// It refuses, and why.
    NotKept(String),
    /// Another tab has saved this scenario since: what is made of it here is not saved over it.
    ChangedElsewhere,
}

/// Where the scenario is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In this browser, under this name.
    Kept(WorkId),
    /// Nowhere: it was opened from a link or as an example, and not changed.
    Visit,
}

impl Default for Origin {
    fn default() -> Self {
        Self::Kept(WorkId::default())
    }
}

/// The result that the trace shows.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The request.
    pub request: Rc<RequestView>,
    /// The trace of the selected row.
    pub trace: Rc<TraceView>,
    /// The account of that row.
    pub account: Option<AccountId>,
    /// The result of the present texts where the one shown is from before: a policy that takes
    /// part is not valid.
    pub newer: Option<Rc<TraceView>>,
}

impl Model {
    /// The selected request as the person wrote it.
    #[must_use]
    pub fn selected_request(&self) -> Option<&Rc<Request>> {
        let id = self.selection.request.as_ref()?;
        self.scenario
            .requests
            .iter()
            .find(|request| request.id == *id)
    }

    /// The policy in the editor, if the scenario holds it (a well-known one has no entry).
    #[must_use]
    pub fn selected_policy(&self) -> Option<&Rc<Policy>> {
        let id = self.selection.policy.as_ref()?;
        self.scenario
            .policies
            .iter()
            .find(|policy| policy.id == *id)
    }

    /// The result to show for the selected request: the present one, or while that is an error
    /// the last that was none. None while the verdicts are kept from the reader.
    #[must_use]
    pub fn shown(&self) -> Option<Shown> {
        if self.embed.as_ref().is_some_and(|embed| embed.conceals()) {
            return None;
        }
        let focus = self.focus()?;
        let request = self.analysis.request(&focus.request)?;
        let trace = self.analysis.trace.as_ref()?;
        let account = row_of(request, focus.account.as_ref())?.account.clone();
        let last = self.last_good.get(&focus.request);
        if trace.verdict == Verdict::Error
            && let Some(last) = last
            && let Some(last_trace) = self.last_traces.get(&(focus.request, focus.account))
        {
            return Some(Shown {
                request: Rc::clone(last),
                trace: Rc::clone(last_trace),
                account,
                newer: Some(Rc::clone(trace)),
            });
        }
        Some(Shown {
            request: Rc::clone(request),
            trace: Rc::clone(trace),
            account,
            newer: None,
        })
    }

    /// The row whose reasons are looked at.
    #[must_use]
    pub fn focus(&self) -> Option<Focus> {
        let request = self.selection.request.clone()?;
        Some(Focus {
            request,
            account: self.selection.account.clone(),
        })
    }

    /// Takes over what follows from the scenario.
    #[must_use]
    pub fn with_analysis(mut self, analysis: Analysis) -> Self {
        let is_there = |id: &RequestId| analysis.request(id).is_some();
        self.last_good.retain(|id, _| is_there(id));
        self.last_traces.retain(|(id, _), _| is_there(id));
        for request in &analysis.requests {
            if request.rows.iter().all(|row| row.verdict != Verdict::Error) {
                self.last_good
                    .insert(request.id.clone(), Rc::clone(request));
            }
        }
        if let Some(trace) = &analysis.trace
            && let Some(focus) = self.focus()
            && trace.verdict != Verdict::Error
        {
            self.last_traces
                .insert((focus.request, focus.account), Rc::clone(trace));
        }
        self.analysis = Rc::new(analysis);
        self.note_opened();
        self
    }

    /// The lesson that is being learned here, if nobody works on its text.
    #[must_use]
    pub fn lesson(&self) -> Option<&Rc<Learning>> {
        let learning = self.learning.as_ref();
        learning.filter(|learning| !learning.authoring)
    }

    /// Whether a lesson does not show the text of a policy yet.
    #[must_use]
    pub fn hides_policy(&self, policy: &PolicyId) -> bool {
        let lesson = self.lesson();
        lesson.is_some_and(|learning| learning.unseen.policies.contains(policy))
    }

    /// Whether a lesson leaves the text of a policy alone for now.
    #[must_use]
    pub fn locks_policy(&self, policy: &PolicyId) -> bool {
        self.lesson()
            .is_some_and(|learning| locks(learning, policy))
    }

    /// Whether a lesson does not show yet what would change a verdict.
    #[must_use]
    pub fn hides_ways(&self) -> bool {
        self.lesson().is_some_and(|learning| learning.unseen.ways)
    }

    /// Whether a lesson does not show the result of the selected request yet.
    #[must_use]
    pub fn hides_selected(&self) -> bool {
        let request = self.selection.request.as_ref();
        let lesson = self.lesson().zip(request);
        lesson.is_some_and(|(learning, id)| learning.unseen.reason(id))
    }

    /// The scenario without the requests whose results a lesson does not show yet: for whatever is
    /// worked out beside the analysis.
    #[must_use]
    pub fn seen(&self) -> &Rc<Scenario> {
        let lesson = self.lesson();
        lesson.map_or(&self.scenario, |learning| &learning.seen)
    }

    /// An analysis without what a lesson does not show yet.
    pub(super) fn veiled(&self, analysis: &Analysis) -> Analysis {
        match self.lesson() {
            Some(learning) => veiled(analysis, &learning.unseen, self.focus().as_ref()),
            None => analysis.clone(),
        }
    }

    /// Selects the first request and the first policy.
    #[must_use]
    pub fn with_first_selected(mut self) -> Self {
        let scenario = &self.scenario;
        self.selection = Selection {
            request: scenario.requests.first().map(|request| request.id.clone()),
            policy: scenario.policies.first().map(|policy| policy.id.clone()),
            ..Selection::default()
        };
        self
    }

    /// Whether there is nothing yet: no organization, no policy, no request.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scenario.organization.is_none()
            && self.scenario.policies.is_empty()
            && self.scenario.external_accounts.is_empty()
            && self.scenario.principals.is_empty()
            && self.scenario.resources.is_empty()
            && self.scenario.endpoints.is_empty()
            && self.scenario.requests.is_empty()
    }
}

/// The lesson of a scenario that has something to learn: steps, and not only notes of its cases.
#[must_use]
pub(super) fn lesson_of(scenario: &Scenario) -> Option<&Rc<Lesson>> {
    let lesson = scenario.lesson.as_ref();
    lesson.filter(|lesson| !lesson.steps.is_empty())
}

/// The row for an account, or the first.
fn row_of<'a>(request: &'a RequestView, account: Option<&AccountId>) -> Option<&'a RowView> {
    request
        .rows
        .iter()
        .find(|row| account.is_some() && row.account.as_ref() == account)
        .or_else(|| request.rows.first())
}

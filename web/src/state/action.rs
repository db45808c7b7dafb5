//! What can happen on the page: facts, in the words of the domain.

use std::rc::Rc;

use organization::{
    AccountId, Edit, NodeId, PolicyId, PolicyUse, PrincipalKind, Request, RequestId, Scenario,
};
use policy::{Kind, Span};

use super::embed::EmbedAction;
use super::language::Language;
use super::lesson::LessonAction;
use super::model::{Dialog, Entity, Notice, Pane, StorageState};
use super::preferences::{Switch, Theme};
use super::trace::TracePlace;
use super::tree::TreeAction;
use super::work::WorkId;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The scenario was edited. An edit that breaks a rule of AWS changes nothing and is answered
    /// with a notice.
    Edited(Edit),
    /// A person typed into the text of a policy.
    PolicyTyped {
        /// The policy.
        policy: PolicyId,
        /// The whole text then.
        text: Rc<str>,
        /// The number of the step that the change belongs to: those with one number are taken
        /// back together.
        stroke: u32,
    },
    /// Several edits that are one for the person: all of them or none, and one step of undo.
    EditedTogether {
        /// What was done, as "Undo: …" continues.
        label: String,
        /// The edits, in order.
        edits: Vec<Edit>,
    },
    /// A request was asked for: an administrator's role session in the account. Without one, in
    /// the selected account, or else the first that SCPs affect.
    RequestAdded {
        /// The account of the caller.
        account: Option<AccountId>,
    },
    /// A cell of the table of requests was typed into. What is typed until it is left is one step.
    RequestTyped {
        /// The request with what was typed.
        request: Box<Request>,
        /// Which opening of a cell it is.
        session: u32,
    },
    /// A cell was left as it was before it was typed into.
    RequestTypingDropped {
        /// Which opening of a cell it was.
        session: u32,
    },
    /// A policy was asked for: it gets a text to start from, opens in the editor, and is attached
    /// if a place is named.
    PolicyAdded {
        /// Its kind.
        kind: Kind,
        /// Where to attach it.
        target: Option<PolicyUse>,
    },
    /// An organization was started on the empty page.
    OrganizationStarted,
    /// Something happened in the lesson.
    Lesson(LessonAction),
    /// Something happened in the tree of the organization.
    Tree(TreeAction),
    /// A node of the tree was selected, or none.
    NodeSelected(Option<NodeId>),
    /// A user, group, role, resource, endpoint or external account was opened, or the open one
    /// closed.
    EntityOpened(Option<Entity>),
    /// The name of a node is to be edited in the tree.
    RenamingStarted(NodeId),
    /// The name of the node is left as it was.
    RenamingLeft,
    /// An attachment was switched off or on: off, it is there and is not weighed.
    AttachmentSwitched {
        /// The node.
        node: NodeId,
        /// The policy attached to it.
        policy: PolicyId,
    },
    /// A user, group or role was asked for.
    PrincipalAdded {
        /// What it is.
        kind: PrincipalKind,
        /// Its account.
        account: AccountId,
    },
    /// A policy was opened in the editor.
    PolicySelected(PolicyId),
    /// A request was selected, with the account for one that runs over every account.
    RequestSelected {
        /// The request.
        request: RequestId,
        /// The account of the row.
        account: Option<AccountId>,
    },
    /// The place of a statement or element was asked for: the editor opens and shows it.
    PlaceRevealed {
        /// The policy.
        policy: PolicyId,
        /// The place in its text.
        span: Span,
    },
    /// A part of the trace was asked for: it opens there.
    TraceSought(TracePlace),
    /// The last step was taken back.
    Undone,
    /// The step last taken back was done again.
    Redone,
    /// Another scenario was opened.
    ScenarioOpened {
        /// The scenario.
        scenario: Rc<Scenario>,
        /// Where it comes from.
        source: Source,
    },
    /// The work was saved in the browser, or could not be.
    Saved(StorageState),
    /// A dialog was opened.
    DialogOpened(Dialog),
    /// The open dialog was closed.
    DialogClosed,
    /// A pane was chosen, where one is shown at a time.
    PaneShown(Pane),
    /// A theme was chosen.
    ThemeChosen(Theme),
    /// A language was chosen.
    LanguageChosen(Language),
    /// Everything is said in this language from now on.
    LanguageSpoken(Language),
    /// Something about how the page looks or behaves was switched on or off.
    PreferenceSwitched {
        /// What.
        switch: Switch,
        /// Whether it is on from now on.
        on: bool,
    },
    /// What is made of the scenario here is to be kept beside what another tab makes of it.
    KeptApart,
    /// The scenario on the page was deleted from those that this browser keeps.
    ScenarioDeleted,
    /// Everything that this browser kept was deleted.
    Forgotten,
    /// There is something to tell.
    Noticed(Notice),
    /// The notice was dismissed.
    NoticeDismissed,
    /// What differs from the verdicts of the time of sharing was read.
    SinceDismissed,
    /// Something happened that happens only inside another page.
    Embed(EmbedAction),
}

/// Where a scenario was opened from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The address of the page: a link, or an example of the gallery.
    Visit,
    /// A file or pasted text.
    Import,
    /// The scenarios that this browser keeps.
    Work(WorkId),
    /// Nothing: a new, empty scenario.
    Empty,
}

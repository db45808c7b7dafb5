//! What must not be seen yet.

use std::collections::BTreeSet;

use organization::lesson::{Hidden, Lesson, Task, TaskKind};
use organization::{PolicyId, RequestId};

use super::progress::Progress;

/// What a page leaves out while a lesson is at a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unseen {
    /// Whether no verdict is shown, nor anything that follows from one.
    pub all_verdicts: bool,
    /// Whether no reasons are shown.
    pub all_reasons: bool,
    /// Requests whose verdict is not shown: not in the table, the matrix, the map or the tree. Their
    /// reasons are not shown either.
    pub verdicts: BTreeSet<RequestId>,
    /// Requests whose reasons are not shown: trace, sentence, marked statements.
    pub reasons: BTreeSet<RequestId>,
    /// Policies whose text is not shown.
    pub policies: BTreeSet<PolicyId>,
    /// Whether the ways that would change a verdict are not shown.
    pub ways: bool,
}

impl Unseen {
    /// Whether the verdict of a request is not shown.
    #[must_use]
    pub fn verdict(&self, request: &RequestId) -> bool {
        self.all_verdicts || self.verdicts.contains(request)
    }

    /// Whether the reasons of a request are not shown.
    #[must_use]
    pub fn reason(&self, request: &RequestId) -> bool {
        self.all_reasons || self.verdict(request) || self.reasons.contains(request)
    }
}

/// What is hidden while the learner is at `step`. What a step hides stays hidden until its task
/// was tried; a step further on hides the answers of its task now already, or they would be known
/// when it comes. What a step of its own `hide` list says counts only there.
#[must_use]
pub fn hidden(lesson: &Lesson, step: &str, progress: &Progress) -> Unseen {
    let mut unseen = Unseen::default();
    for one in &lesson.steps {
        let tried = progress
            .step(&one.id)
            .is_some_and(|it| it.tries > 0 || it.solved);
        if tried {
            continue;
        }
        if let Some(task) = &one.task {
            by_task(task, &mut unseen);
        }
        if one.id != step {
            continue;
        }
        for hide in &one.hide {
            match hide {
                Hidden::Verdicts => unseen.all_verdicts = true,
                Hidden::Reasons => unseen.all_reasons = true,
                Hidden::Ways => unseen.ways = true,
                Hidden::Request(id) => {
                    unseen.verdicts.insert(id.clone());
                }
                Hidden::Policy(id) => {
                    unseen.policies.insert(id.clone());
                }
                Hidden::Unknown(_) => {}
            }
        }
    }
    // The ways would be the solution of a task that is not solved.
    let current = lesson.step(step).and_then(|step| step.task.as_ref());
    let solved = progress.step(step).is_some_and(|it| it.solved);
    let mends = current.is_some_and(|task| matches!(task.kind, TaskKind::Mend | TaskKind::Build));
    unseen.ways = unseen.ways || (mends && !solved);
    unseen
}

fn by_task(task: &Task, unseen: &mut Unseen) {
    match task.kind {
        TaskKind::Predict => {
            unseen.verdicts.extend(task.requests.iter().cloned());
            unseen.ways = true;
        }
        TaskKind::Explain => {
            unseen.reasons.extend(task.request.iter().cloned());
            unseen.ways = true;
        }
        TaskKind::Mend | TaskKind::Build | TaskKind::Other(_) => {}
    }
}

//! The rows of requests, each with what it was worked out from.

use std::collections::HashMap;
use std::rc::Rc;

use evaluator::{Answer, Blocker, Varies, Verdict};
use organization::{AccountId, CallerKind, Request, RequestId};

use super::everyone::Everyone;
use super::read::{Read, read_of};
use super::{Engine, Scene};
use crate::expect;
use crate::view::{RequestView, RowView};
use crate::words;

/// The answers that are kept.
pub(super) type Memos = HashMap<(RequestId, Option<AccountId>), Rc<Memo>>;

/// An answer, and what it was worked out from besides what all rows share.
#[derive(Debug)]
pub(super) struct Memo {
    read: Read,
    pub(super) answer: Answer,
    /// How far the answer holds for other accounts of the class.
    pub(super) varies: Varies,
}

/// What one analysis works out or keeps.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) memos: Memos,
    pub(super) everyone: HashMap<RequestId, Everyone>,
    /// How many rows were evaluated anew.
    pub(super) evaluated: usize,
    /// The rows of requests over every account, by role, for their words.
    pub(super) shown: HashMap<String, Vec<RowView>>,
}

impl Engine {
    pub(super) fn request(
        &mut self,
        scene: &Scene<'_>,
        request: &Rc<Request>,
        run: &mut Run,
    ) -> Rc<RequestView> {
        if matches!(request.caller.kind, CallerKind::EveryAccount { .. }) {
            return self.every_account(scene, request, run);
        }
        let (memo, kept) = self.memo(scene, request, None, run);
        let who = words::who(scene.scenario, scene.tree.as_deref(), request, None);
        // What an unmet expectation says names policies, which may have been renamed.
        let lasts = |view: &Rc<RequestView>| {
            let same_words = view.rows.first().is_some_and(|row| row.who == who);
            kept && same_words && view.expectation.as_ref().is_none_or(|it| it.met)
        };
        let before = self.views.remove(&request.id);
        if let Some(view) = before.as_ref().filter(|view| lasts(view)) {
            return Rc::clone(view);
        }
        let verdict = memo.answer.verdict;
        let rows = vec![RowView {
            who,
            account: None,
            verdict,
        }];
        let check = |expect| expect::check(scene, request, expect, &rows, Some(&memo.answer));
        let view = RequestView {
            id: request.id.clone(),
            word: words::rows(&rows),
            expectation: request.expect.as_ref().map(check),
            verdict: Some(verdict),
            rows,
        };
        // Who shows it sees by its being the same one that nothing has to be drawn again.
        match before {
            Some(before) if *before == view => before,
            _ => Rc::new(view),
        }
    }

    /// The answer of one row; whether it is the one that was kept.
    pub(super) fn memo(
        &mut self,
        scene: &Scene<'_>,
        request: &Rc<Request>,
        account: Option<&AccountId>,
        run: &mut Run,
    ) -> (Rc<Memo>, bool) {
        let key = (request.id.clone(), account.cloned());
        let read = read_of(scene, request, account);
        let (memo, kept) = match self.memos.remove(&key) {
            Some(memo) if memo.read == read => (memo, true),
            _ => {
                run.evaluated += 1;
                let (answer, varies) = match evaluator::prepare(&scene.world(), request, account) {
                    Ok(prepared) => (prepared.answer(), prepared.varies()),
                    Err(blocker) => (error(blocker), Varies::ByAccount),
                };
                let memo = Memo {
                    read,
                    answer,
                    varies,
                };
                (Rc::new(memo), false)
            }
        };
        run.memos.insert(key, memo.clone());
        (memo, kept)
    }
}

/// The rows of a request: the member accounts for a request over every account, else one.
pub(super) fn accounts(scene: &Scene<'_>, request: &Request) -> Vec<Option<AccountId>> {
    if !matches!(request.caller.kind, CallerKind::EveryAccount { .. }) {
        return vec![None];
    }
    let (Some(organization), Some(tree)) = (&scene.scenario.organization, &scene.tree) else {
        return Vec::new();
    };
    tree.accounts()
        .filter(|account| organization.management_account.as_ref() != Some(&account.id))
        .map(|account| Some(account.id.clone()))
        .collect()
}

/// The answer where nothing could be prepared.
pub(super) fn error(blocker: Blocker) -> Answer {
    Answer {
        verdict: Verdict::Error,
        blockers: vec![blocker],
        depends: None,
    }
}

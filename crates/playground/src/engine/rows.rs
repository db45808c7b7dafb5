//! The rows of requests.
//!
//! A request over every account has a row for each, and most accounts cannot be told apart by the
//! policies that apply to them: they stand in one class ([`Classes`]), and one of them is evaluated
//! for all, unless its policies look at something that differs between accounts
//! ([`evaluator::Varies`]).

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use evaluator::{Answer, Blocker, Varies, Verdict};
use organization::{AccountId, CallerKind, NodeId, Request, RequestId};

use super::classes::Classes;
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
    answer: Answer,
    /// How far the answer holds for other accounts of the class.
    varies: Varies,
}

/// What tells the accounts of one class apart, as far as it matters to a request.
#[derive(PartialEq, Eq, Hash)]
enum Within {
    /// Nothing.
    Class(usize),
    /// Its place in the tree.
    Parent(usize, NodeId),
}

impl Engine {
    pub(super) fn request(
        &mut self,
        scene: &Scene<'_>,
        request: &Rc<Request>,
        rows: &mut Memos,
        evaluated: &mut usize,
    ) -> Rc<RequestView> {
        let before = *evaluated;
        let accounts = accounts(scene, request);
        let answers = if matches!(request.caller.kind, CallerKind::EveryAccount { .. }) {
            self.every_account(scene, request, &accounts, rows, evaluated)
        } else {
            accounts
                .iter()
                .map(|account| self.memo(scene, request, account.as_ref(), rows, evaluated))
                .collect()
        };
        // What an unmet expectation says names policies, which may have been renamed.
        let lasts = |view: &Rc<RequestView>| {
            let same =
                view.rows.len() == answers.len()
                    && view.rows.iter().zip(&accounts).zip(&answers).all(
                        |((row, account), memo)| {
                            row.account == *account && row.verdict == memo.answer.verdict
                        },
                    );
            view.expectation.as_ref().is_none_or(|it| it.met) && same
        };
        if *evaluated == before
            && let Some(view) = self.views.remove(&request.id).filter(lasts)
        {
            return view;
        }
        let views: Vec<RowView> = accounts
            .iter()
            .zip(&answers)
            .map(|(account, memo)| RowView {
                who: words::who(
                    scene.scenario,
                    scene.tree.as_deref(),
                    request,
                    account.as_ref(),
                ),
                account: account.clone(),
                verdict: memo.answer.verdict,
            })
            .collect();
        let verdict = match views.split_first() {
            Some((first, rest)) if rest.iter().all(|row| row.verdict == first.verdict) => {
                Some(first.verdict)
            }
            _ => None,
        };
        let first = answers.first().map(|memo| &memo.answer);
        Rc::new(RequestView {
            id: request.id.clone(),
            word: words::rows(&views),
            expectation: request
                .expect
                .as_ref()
                .map(|expect| expect::check(scene, request, expect, &views, first)),
            verdict,
            rows: views,
        })
    }

    /// The rows of a request over every account.
    fn every_account(
        &mut self,
        scene: &Scene<'_>,
        request: &Rc<Request>,
        accounts: &[Option<AccountId>],
        rows: &mut Memos,
        evaluated: &mut usize,
    ) -> Vec<Rc<Memo>> {
        let Some(tree) = &scene.tree else {
            return Vec::new();
        };
        let classes = self.classes(scene);
        let named = named_owners(scene, request);
        // Of each class the answer that holds for all of it, or for all below one parent.
        let mut known: HashMap<Within, Rc<Memo>> = HashMap::new();
        let mut varies: HashMap<usize, Varies> = HashMap::new();
        let mut answers = Vec::with_capacity(accounts.len());
        for account in accounts.iter().flatten() {
            let class = classes
                .of_account(account)
                .filter(|_| !named.contains(account));
            let within = class.and_then(|class| match varies.get(&class) {
                None | Some(Varies::ByAccount) => None,
                Some(Varies::ByParent) => {
                    let parent = tree.parent(account.as_str())?;
                    Some(Within::Parent(class, parent.id()))
                }
                Some(Varies::Never) => Some(Within::Class(class)),
            });
            let shared = within.as_ref().and_then(|within| known.get(within));
            let memo = match shared {
                Some(memo) => memo.clone(),
                None => self.memo(scene, request, Some(account), rows, evaluated),
            };
            if let Some(class) = class {
                varies.entry(class).or_insert(memo.varies);
                let within = match memo.varies {
                    Varies::Never => Some(Within::Class(class)),
                    Varies::ByParent => tree
                        .parent(account.as_str())
                        .map(|parent| Within::Parent(class, parent.id())),
                    Varies::ByAccount => None,
                };
                if let Some(within) = within {
                    known.entry(within).or_insert_with(|| memo.clone());
                }
            }
            answers.push(memo);
        }
        answers
    }

    fn classes(&mut self, scene: &Scene<'_>) -> Rc<Classes> {
        match &self.classes {
            Some(classes) if classes.fit(scene) => classes.clone(),
            _ => {
                let classes = Rc::new(Classes::of(scene));
                self.classes = Some(classes.clone());
                classes
            }
        }
    }

    fn memo(
        &mut self,
        scene: &Scene<'_>,
        request: &Rc<Request>,
        account: Option<&AccountId>,
        rows: &mut Memos,
        evaluated: &mut usize,
    ) -> Rc<Memo> {
        let key = (request.id.clone(), account.cloned());
        let read = read_of(scene, request, account);
        let memo = match self.rows.remove(&key) {
            Some(memo) if memo.read == read => memo,
            _ => {
                *evaluated += 1;
                let (answer, varies) = match evaluator::prepare(&scene.world(), request, account) {
                    Ok(prepared) => (prepared.answer(), prepared.varies()),
                    Err(blocker) => (error(blocker), Varies::ByAccount),
                };
                Rc::new(Memo {
                    read,
                    answer,
                    varies,
                })
            }
        };
        rows.insert(key, memo.clone());
        memo
    }
}

/// Accounts that the request or a resource names as an owner: what belongs to the caller's account
/// for one of them belongs to another account for all others.
fn named_owners(scene: &Scene<'_>, request: &Request) -> HashSet<AccountId> {
    let mut named: HashSet<AccountId> = request.resource_account.iter().cloned().collect();
    for resource in &request.resources {
        named.extend(resource.account.clone());
        named.extend(resource.arn.split(':').nth(4).map(AccountId::from));
    }
    let resources = scene.scenario.resources.iter();
    named.extend(resources.filter_map(|entry| entry.account.clone()));
    named
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

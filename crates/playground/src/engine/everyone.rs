//! Requests over every account.
//!
//! They have a row for each member account, and most accounts cannot be told apart by the policies
//! that apply to them: those stand in one class ([`Classes`]), and one of them is evaluated for all
//! of it, as far as its policies allow that ([`Varies`]).

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use evaluator::{Decision, Prepared, Varies, Verdict};
use organization::{AccountId, CallerKind, Request};

use super::classes::{Classed, Classes};
use super::rows::{Memo, Run};
use super::{Engine, Scene};
use crate::expect;
use crate::view::{RequestView, RowView};
use crate::words;

/// What is kept of a request over every account.
#[derive(Debug)]
pub(super) struct Everyone {
    request: Rc<Request>,
    classes: Rc<Classes>,
    view: Rc<RequestView>,
}

/// What is known of a class so far.
enum Class {
    /// The verdict of all its accounts.
    Alike(Verdict),
    /// The verdicts by parent.
    ByParent(HashMap<usize, Verdict>),
    /// The verdicts differ by keys of the account. They are those of the last time if the account
    /// that stands for the class reads what it read then.
    ByKeys {
        kept: bool,
        prepared: Option<Box<Prepared>>,
        keys: Vec<&'static str>,
    },
    /// Each account for itself.
    ByAccount,
}

impl Engine {
    /// The result of a request over every account.
    pub(super) fn every_account(
        &mut self,
        scene: &Scene<'_>,
        request: &Rc<Request>,
        run: &mut Run,
    ) -> Rc<RequestView> {
        let classes = self.classes(scene);
        let before = self.everyone.remove(&request.id);
        let before = before.filter(|before| Rc::ptr_eq(&before.classes, &classes));
        let view = before.as_ref().map(|before| &*before.view);
        let (verdicts, first) = self.each_account(scene, request, &classes, view, run);
        let lasts = |before: &Everyone| {
            let old = before.view.rows.iter().map(|row| row.verdict);
            // What an unmet expectation says names policies, which may have been renamed.
            let expectation = before.view.expectation.as_ref();
            Rc::ptr_eq(&before.request, request)
                && expectation.is_none_or(|it| it.met)
                && old.eq(verdicts.iter().copied())
        };
        let view = match before.filter(lasts) {
            Some(before) => before.view,
            None => {
                let rows = row_views(scene, request, &classes, &verdicts, run);
                let verdict = match verdicts.split_first() {
                    Some((first, rest)) if rest.iter().all(|it| it == first) => Some(*first),
                    _ => None,
                };
                let answer = first.as_ref().map(|memo| &memo.answer);
                let check = |expect| expect::check(scene, request, expect, &rows, answer);
                Rc::new(RequestView {
                    id: request.id.clone(),
                    word: words::rows(&rows),
                    expectation: request.expect.as_ref().map(check),
                    verdict,
                    rows,
                })
            }
        };
        let everyone = Everyone {
            request: request.clone(),
            classes,
            view: view.clone(),
        };
        run.everyone.insert(request.id.clone(), everyone);
        view
    }

    /// The verdict of each member account, and the answer of the first one.
    pub(super) fn each_account(
        &mut self,
        scene: &Scene<'_>,
        request: &Rc<Request>,
        classes: &Classes,
        before: Option<&RequestView>,
        run: &mut Run,
    ) -> (Vec<Verdict>, Option<Rc<Memo>>) {
        let mut rows = Rows {
            scene,
            request,
            classes,
            known: std::iter::repeat_with(|| None)
                .take(classes.count)
                .collect(),
            before,
            first: None,
        };
        let named = named_owners(scene, request, classes);
        let mut verdicts = Vec::with_capacity(classes.accounts.len());
        for (at, account) in classes.accounts.iter().enumerate() {
            let verdict = if named.contains(&at) {
                rows.by_itself(self, account, run).0.answer.verdict
            } else {
                rows.verdict(self, at, account, run)
            };
            verdicts.push(verdict);
        }
        (verdicts, rows.first.take())
    }

    pub(super) fn classes(&mut self, scene: &Scene<'_>) -> Rc<Classes> {
        match &self.classes {
            Some(classes) if classes.fit(scene) => classes.clone(),
            _ => {
                let classes = Rc::new(Classes::of(scene));
                self.classes = Some(classes.clone());
                classes
            }
        }
    }
}

/// The rows of one request while they are worked out.
struct Rows<'a> {
    scene: &'a Scene<'a>,
    request: &'a Rc<Request>,
    classes: &'a Classes,
    known: Vec<Option<Class>>,
    /// What came out the last time, for the same accounts.
    before: Option<&'a RequestView>,
    /// The answer of the first row.
    first: Option<Rc<Memo>>,
}

impl Rows<'_> {
    /// The verdict of an account that stands in a class.
    fn verdict(
        &mut self,
        engine: &mut Engine,
        at: usize,
        account: &Classed,
        run: &mut Run,
    ) -> Verdict {
        match self.known.get_mut(account.class) {
            Some(Some(Class::Alike(verdict))) => return *verdict,
            Some(Some(Class::ByParent(by_parent))) => {
                if let Some(verdict) = by_parent.get(&account.parent) {
                    return *verdict;
                }
            }
            Some(Some(Class::ByKeys { kept: true, .. })) => {
                let row = self.before.and_then(|before| before.rows.get(at));
                if let Some(row) = row {
                    return row.verdict;
                }
            }
            Some(Some(Class::ByKeys { prepared, keys, .. })) => {
                let path = self.classes.paths.get(account.parent);
                if let (Some(prepared), Some(path)) = (prepared, path) {
                    prepared.in_account(&account.id, path, keys);
                    if let Decision::Verdict(verdict) = prepared.decide() {
                        run.evaluated += 1;
                        return verdict;
                    }
                }
            }
            _ => {}
        }
        let (memo, kept) = self.by_itself(engine, account, run);
        let verdict = memo.answer.verdict;
        if let Some(class) = self.known.get_mut(account.class) {
            match (class, memo.varies) {
                (Some(Class::ByParent(by_parent)), _) => {
                    by_parent.insert(account.parent, verdict);
                }
                (Some(_), _) => {}
                (class @ None, Varies::Never) => *class = Some(Class::Alike(verdict)),
                (class @ None, Varies::ByParent) => {
                    *class = Some(Class::ByParent(HashMap::from([(account.parent, verdict)])));
                }
                (class @ None, Varies::ByKeys) => {
                    let world = self.scene.world();
                    let prepared = evaluator::prepare(&world, self.request, Some(&account.id));
                    let prepared = prepared.ok().map(Box::new);
                    let keys = prepared.as_ref().map(|prepared| prepared.varying_keys());
                    *class = Some(Class::ByKeys {
                        kept: kept && self.before.is_some(),
                        keys: keys.unwrap_or_default(),
                        prepared,
                    });
                }
                (class @ None, Varies::ByAccount) => *class = Some(Class::ByAccount),
            }
        }
        verdict
    }

    /// The answer of one account, worked out or kept for it alone.
    fn by_itself(
        &mut self,
        engine: &mut Engine,
        account: &Classed,
        run: &mut Run,
    ) -> (Rc<Memo>, bool) {
        let (memo, kept) = engine.memo(self.scene, self.request, Some(&account.id), run);
        if self.first.is_none() {
            self.first = Some(memo.clone());
        }
        (memo, kept)
    }
}

/// Accounts that the request or a resource names as an owner, by position: what belongs to the
/// caller's account for one of them belongs to another account for all others.
fn named_owners(scene: &Scene<'_>, request: &Request, classes: &Classes) -> BTreeSet<usize> {
    let mut named: Vec<AccountId> = request.resource_account.iter().cloned().collect();
    for resource in &request.resources {
        named.extend(resource.account.clone());
        named.extend(resource.arn.split(':').nth(4).map(AccountId::from));
    }
    let resources = scene.scenario.resources.iter();
    named.extend(resources.filter_map(|entry| entry.account.clone()));
    named
        .iter()
        .filter_map(|account| classes.position(account))
        .collect()
}

/// The rows to be shown. Who calls is put into words once for all requests with the same role.
fn row_views(
    scene: &Scene<'_>,
    request: &Request,
    classes: &Classes,
    verdicts: &[Verdict],
    run: &mut Run,
) -> Vec<RowView> {
    let CallerKind::EveryAccount { role, .. } = &request.caller.kind else {
        return Vec::new();
    };
    let shown = run.shown.entry(role.clone()).or_insert_with(|| {
        let accounts = classes.accounts.iter();
        let row = |account: &Classed| RowView {
            who: words::who(
                scene.scenario,
                scene.tree.as_deref(),
                request,
                Some(&account.id),
            ),
            account: Some(account.id.clone()),
            verdict: Verdict::Error,
        };
        accounts.map(row).collect()
    });
    let rows = shown.iter().zip(verdicts);
    rows.map(|(row, verdict)| RowView {
        verdict: *verdict,
        ..row.clone()
    })
    .collect()
}

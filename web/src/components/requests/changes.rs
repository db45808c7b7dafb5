//! Which verdicts an edit changed, for a while.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use organization::{Request, RequestId, Scenario};
use playground::RequestView;
use yew::prelude::*;

use crate::state::Model;

/// How long after the last edit changes are told, in milliseconds.
const TELL: u32 = 700;
/// How long after the last edit they stay marked.
const STAY: u32 = 6_000;

/// Verdicts that are not what they were.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Changes {
    /// The requests, each with what its verdict was.
    was: Vec<(RequestId, AttrValue)>,
    /// How many there are in words; empty if there are none.
    pub(super) words: AttrValue,
    /// The same once the edits have come to a rest, to be announced.
    pub(super) told: AttrValue,
    /// How often the marks have gone out.
    pub(super) settled: u32,
}

impl Changes {
    /// What the verdict of a request was, if it is another one now.
    pub(super) fn was(&self, id: &RequestId) -> Option<AttrValue> {
        let found = self.was.iter().find(|(one, _)| one == id);
        found.map(|(_, word)| word.clone())
    }
}

/// The verdicts to compare with, and the requests then.
#[derive(Default)]
struct Before {
    requests: Vec<Rc<Request>>,
    views: Vec<Rc<RequestView>>,
}

/// Compares the verdicts with those before the present edits.
#[hook]
pub(super) fn use_changes(model: &Model, editing: bool) -> Changes {
    let before = use_mut_ref(|| None::<Before>);
    let told = use_state_eq(AttrValue::default);
    let settled = use_state_eq(|| 0_u32);
    // A scenario of which nothing was there before is another one.
    let now = &model.scenario.requests;
    let is_other = before.borrow().as_ref().is_none_or(|before| {
        let kept =
            |request: &Rc<Request>| before.requests.iter().any(|one| Rc::ptr_eq(one, request));
        let same_id =
            |request: &Rc<Request>| before.requests.iter().any(|one| one.id == request.id);
        before.requests.is_empty()
            || now.len() > 1 && !now.iter().any(kept)
            || !now.iter().any(same_id)
    });
    if is_other {
        *before.borrow_mut() = Some(Before {
            requests: now.clone(),
            views: model.analysis.requests.clone(),
        });
    }
    let was = before.borrow().as_ref().map_or_else(Vec::new, |before| {
        changed(&before.views, &model.analysis.requests)
    });
    let words = match was.len() {
        0 => AttrValue::default(),
        1 if now.len() == 1 => AttrValue::Static(texts::requests_changes_the_verdict_changed()),
        count => AttrValue::from(texts::requests_changes_of_verdicts_changed(
            &count,
            &now.len(),
        )),
    };
    {
        let (told, settled, words) = (told.clone(), settled.clone(), words.clone());
        let before = before.clone();
        let seen = Seen {
            scenario: Rc::clone(&model.scenario),
            views: model.analysis.requests.clone(),
        };
        use_effect_with((seen, editing), move |(seen, editing)| {
            let telling = {
                let told = told.clone();
                Timeout::new(TELL, move || told.set(words))
            };
            let (requests, views) = (seen.scenario.requests.clone(), seen.views.clone());
            let settling = (!editing).then(|| {
                Timeout::new(STAY, move || {
                    *before.borrow_mut() = Some(Before { requests, views });
                    told.set(AttrValue::default());
                    settled.set(settled.wrapping_add(1));
                })
            });
            move || drop((telling, settling))
        });
    }
    Changes {
        was,
        words,
        told: (*told).clone(),
        settled: *settled,
    }
}

/// A scenario and its results, the same if they are the same ones.
struct Seen {
    scenario: Rc<Scenario>,
    views: Vec<Rc<RequestView>>,
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        let mut pairs = self.views.iter().zip(&other.views);
        Rc::ptr_eq(&self.scenario, &other.scenario)
            && self.views.len() == other.views.len()
            && pairs.all(|(one, other)| Rc::ptr_eq(one, other))
    }
}

fn changed(before: &[Rc<RequestView>], now: &[Rc<RequestView>]) -> Vec<(RequestId, AttrValue)> {
    let mut changed = Vec::new();
    for view in now {
        let mut all = before.iter();
        let Some(was) = all.find(|one| one.id == view.id) else {
            continue;
        };
        let verdict = |view: &RequestView| -> Vec<_> {
            let row = |row: &playground::RowView| (row.account.clone(), row.verdict);
            view.rows.iter().map(row).collect()
        };
        if !Rc::ptr_eq(was, view) && verdict(was) != verdict(view) {
            changed.push((view.id.clone(), AttrValue::from(was.word.clone())));
        }
    }
    changed
}

//! What a lesson hides is not in what the page draws from: no part of the page has to know of it.

use std::rc::Rc;

use organization::{Request, Scenario};
use playground::lesson::Unseen;
use playground::{Analysis, Focus};

/// The same with every request that asks what a hidden one asks: a copy gives nothing away.
pub(super) fn with_twins(mut unseen: Unseen, scenario: &Scenario) -> Unseen {
    let asked = |request: &Request| Request {
        id: "".into(),
        name: String::new(),
        expect: None,
        ..request.clone()
    };
    for set in [&mut unseen.verdicts, &mut unseen.reasons] {
        let requests = scenario.requests.iter();
        let hidden: Vec<Request> = requests
            .filter(|one| set.contains(&one.id))
            .map(|one| asked(one))
            .collect();
        let twins = scenario.requests.iter();
        let twins = twins.filter(|one| hidden.contains(&asked(one)));
        set.extend(twins.map(|one| one.id.clone()));
    }
    unseen
}

/// An analysis without what is hidden.
pub(crate) fn veiled(analysis: &Analysis, unseen: &Unseen, focus: Option<&Focus>) -> Analysis {
    let mut seen = analysis.clone();
    seen.requests.retain(|request| !unseen.verdict(&request.id));
    seen.policies.retain(|id, _| !unseen.policies.contains(id));
    let reasons = focus.is_none_or(|focus| unseen.reason(&focus.request));
    seen.trace = seen.trace.filter(|_| !reasons);
    if let Some(trace) = &mut seen.trace
        && !unseen.policies.is_empty()
    {
        for resource in &mut Rc::make_mut(trace).resources {
            for statements in [&mut resource.deciding, &mut resource.others] {
                statements.retain(|one| !unseen.policies.contains(&one.policy));
            }
        }
    }
    seen
}

/// A scenario without the requests whose verdicts or reasons are hidden.
pub(super) fn seen(scenario: &Rc<Scenario>, unseen: &Unseen) -> Rc<Scenario> {
    if scenario.requests.iter().all(|one| !unseen.reason(&one.id)) {
        return Rc::clone(scenario);
    }
    let mut seen = Scenario::clone(scenario);
    seen.requests.retain(|one| !unseen.reason(&one.id));
    Rc::new(seen)
}

//! The cases of a verdict that depends on something: what a request must say for one of them.

use evaluator::Verdict;
use organization::{AccountId, Context, ContextValue, Edit, Request, Scalar, Scenario};

use crate::engine::Engine;
use crate::view::{BranchView, Focus, TraceView, TriedView, UnknownView};

/// Whether a case can be settled by what the request says: not where it is about a value that no
/// policy mentions.
#[must_use]
pub fn can_settle(scenario: &Scenario, focus: &Focus, trace: &TraceView, case: usize) -> bool {
    let request = scenario.request(focus.request.as_str());
    let branch = trace.branches.get(case);
    let settled = request
        .zip(branch)
        .and_then(|(request, branch)| stated(scenario, request, trace, branch, false));
    settled.is_some()
}

/// The edit that states one case in the request; none where that does not give its verdict.
#[must_use]
pub fn settle(scenario: &Scenario, focus: &Focus, trace: &TraceView, case: usize) -> Option<Edit> {
    let request = scenario.request(focus.request.as_str())?;
    let branch = trace.branches.get(case)?;
    let mut engine = Engine::new();
    // A key that no list knows can be one with several values.
    [false, true].into_iter().find_map(|several| {
        let request = stated(scenario, request, trace, branch, several)?;
        let edit = Edit::UpdateRequest(Box::new(request));
        let after = scenario.apply(edit.clone()).ok()?.scenario;
        let verdict: Verdict = engine.verdict(&after, focus)?;
        (verdict == branch.verdict).then_some(edit)
    })
}

/// The request with what one case says.
fn stated(
    scenario: &Scenario,
    request: &Request,
    trace: &TraceView,
    branch: &BranchView,
    several: bool,
) -> Option<Request> {
    let mut request = request.clone();
    for (thing, tried) in trace.depends_on.iter().zip(&branch.tried) {
        match (thing, tried) {
            (
                UnknownView {
                    key: Some(key),
                    resource,
                },
                TriedView::Values(values),
            ) => {
                let values: Option<Vec<String>> = values.iter().cloned().collect();
                let values = values?;
                match (&*key.to_ascii_lowercase(), values.as_slice()) {
                    ("aws:requestedregion", [region]) => request.region = Some(region.clone()),
                    ("aws:currenttime", [time]) => request.time = Some(time.clone()),
                    _ => set_key(&mut request, *resource, key, values, several),
                }
            }
            // A key can be stated to be absent for the whole request only.
            (
                UnknownView {
                    resource: Some(_), ..
                },
                TriedView::Absent,
            ) if request.resources.len() > 1 => return None,
            (UnknownView { key: Some(key), .. }, TriedView::Absent) => {
                forget(&mut request, key);
                request.absent.push(key.clone());
            }
            // The key follows from the owner.
            (UnknownView { key: Some(_), .. }, TriedView::Owner { .. }) => {}
            (UnknownView { resource, .. }, TriedView::Owner { account, .. }) => {
                let outside = || scenario.external_accounts.first().map(|it| it.id.clone());
                let owner = account.clone().or_else(outside)?;
                set_owner(&mut request, *resource, owner);
            }
            (UnknownView { key: None, .. }, _) => return None,
        }
    }
    Some(request)
}

/// States a context key of a request, or of one of its resources.
pub(super) fn set_key(
    request: &mut Request,
    resource: Option<usize>,
    key: &str,
    values: Vec<String>,
    several: bool,
) {
    let mut values = values.into_iter().map(Scalar::Text);
    let value = match (values.next(), values.len(), several) {
        (Some(only), 0, false) => ContextValue::One(only),
        (first, ..) => ContextValue::Many(first.into_iter().chain(values).collect()),
    };
    forget(request, key);
    let own = resource.filter(|_| request.resources.len() > 1);
    let context = match own.and_then(|at| request.resources.get_mut(at)) {
        Some(resource) => &mut resource.context,
        None => &mut request.context,
    };
    without(context, key);
    context.push((key.to_owned(), value));
}

/// Takes away what is said of a key for the whole request.
fn forget(request: &mut Request, key: &str) {
    request.absent.retain(|it| !it.eq_ignore_ascii_case(key));
    request.unknown.retain(|it| !it.eq_ignore_ascii_case(key));
    without(&mut request.context, key);
}

fn without(context: &mut Context, key: &str) {
    context.retain(|(name, _)| !name.eq_ignore_ascii_case(key));
}

fn set_owner(request: &mut Request, resource: Option<usize>, owner: AccountId) {
    let own = resource.filter(|_| request.resources.len() > 1);
    match own.and_then(|at| request.resources.get_mut(at)) {
        Some(resource) => resource.account = Some(owner),
        None => request.resource_account = Some(owner),
    }
}

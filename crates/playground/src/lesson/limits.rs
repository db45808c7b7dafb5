//! What must not be done to solve a task.

use organization::lesson::Limits;
use organization::{Policy, PolicyId, Principal, Scenario};
use policy::{ActionPattern, Effect, Kind, Parsed, ResourcePattern, ScopeMode, Statement};
use texts::rich;

use super::kept::same_text;
use super::{Finding, words};
use crate::view::Phrase;
use crate::words::text;

/// Policies of AWS's that grant, and which a learner may put to use.
const GRANTING: &[&str] = &["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"];

/// Each limit that is set, and whether it is kept; of what always holds only what is broken.
pub(super) fn findings(start: &Scenario, now: &Scenario, limits: &Limits) -> Vec<Finding> {
    let mut found = always(now);
    let date = now.settings.date();
    let policy = |id: &PolicyId| now.policies.iter().find(|one| one.id == *id);
    for (id, most) in &limits.statements {
        let count = policy(id).map_or(0, |one| parsed(one, now).document.statements.len());
        let [found_text, most_text] = [count, *most].map(|it| [text(it.to_string())]);
        let said = rich::lesson_too_many_statements(words::policy(now, id), found_text, most_text);
        found.push(limit(count <= *most, "statements", id.as_str(), said));
    }
    for (id, most) in &limits.characters {
        let count = policy(id).map_or(0, |one| {
            policy::size_on(&one.text, kind(one), date).minified
        });
        let [found_text, most_text] = [count, *most].map(|it| [text(it.to_string())]);
        let said = rich::lesson_too_many_characters(words::policy(now, id), found_text, most_text);
        found.push(limit(count <= *most, "characters", id.as_str(), said));
    }
    for (id, sids) in &limits.keep_statements {
        for sid in sids {
            let of = |scenario: &Scenario| {
                let policies = &scenario.policies;
                let policy = policies.iter().find(|one| one.id == *id)?;
                statement_text(policy, scenario, sid)
            };
            let said = rich::lesson_keep_statement(words::policy(now, id), [text(sid)]);
            found.push(limit(
                of(start) == of(now),
                "keepStatements",
                id.as_str(),
                said,
            ));
        }
    }
    if limits.keep_attached {
        let lost = lost_uses(start, now);
        let met = lost.is_empty();
        for id in lost {
            let said = rich::lesson_keep_attached(words::policy(start, &id));
            found.push(limit(false, "keepAttached", id.as_str(), said));
        }
        if met {
            let said = vec![text(texts::lesson_kept_attached())];
            found.push(limit(true, "keepAttached", "", said));
        }
    }
    if limits.no_allow_all {
        let broken = new_allows(start, now, true).into_iter().map(|id| {
            let said = rich::lesson_allows_everything(words::policy(now, &id));
            (id, said)
        });
        let kept = texts::lesson_nothing_allows_everything();
        push_allows("noAllowAll", broken.collect(), kept, &mut found);
    }
    if limits.no_new_allow {
        let broken = new_allows(start, now, false).into_iter().map(|id| {
            let said = rich::lesson_allows_more(words::policy(now, &id));
            (id, said)
        });
        let kept = texts::lesson_no_allow_added();
        push_allows("noNewAllow", broken.collect(), kept, &mut found);
    }
    found
}

fn push_allows(
    name: &str,
    broken: Vec<(PolicyId, Phrase)>,
    kept: &'static str,
    found: &mut Vec<Finding>,
) {
    if broken.is_empty() {
        found.push(limit(true, name, "", vec![text(kept)]));
    }
    for (id, said) in broken {
        found.push(limit(false, name, id.as_str(), said));
    }
}

/// A finding about a limit; one that is kept needs no sentence of what is broken.
fn limit(met: bool, name: &str, about: &str, said: Phrase) -> Finding {
    let said = if met && !about.is_empty() {
        vec![text(match name {
            "statements" => texts::lesson_statements_within_limit(),
            "characters" => texts::lesson_size_within_limit(),
            _ => texts::lesson_statements_are_kept(),
        })]
    } else {
        said
    };
    let about = if about.is_empty() { name } else { about };
    Finding::new(met, "limit", about, said)
}

/// What holds for every task: AWS takes every policy, and each keeps to its quota.
fn always(now: &Scenario) -> Vec<Finding> {
    let mut found = Vec::new();
    let date = now.settings.date();
    for policy in &now.policies {
        if policy.kind.known().is_none() {
            continue;
        }
        let id = &policy.id;
        if parsed(policy, now).is_refused() {
            let said = rich::lesson_not_saved_by_aws(words::policy(now, id));
            found.push(limit(false, "refused", id.as_str(), said));
        }
        let size = policy::size_on(&policy.text, kind(policy), date);
        if size.quota.is_some_and(|quota| size.minified > quota) {
            let said = rich::lesson_larger_than_quota(words::policy(now, id));
            found.push(limit(false, "quota", id.as_str(), said));
        }
    }
    if let Some(organization) = &now.organization {
        organization.each_node(&mut |node| {
            let attached = organization.effective_attachments(node.attachments());
            for kind in [Kind::Scp, Kind::Rcp] {
                let of_kind = attached.iter().filter(|id| {
                    let policy = now.policy(id.as_str());
                    policy.and_then(|policy| policy.kind()) == Some(kind)
                });
                if of_kind.count() > now.settings.most_attached(kind) {
                    let said = vec![text(texts::lesson_too_many_attached())];
                    found.push(Finding::new(false, "limit", node.id().as_str(), said));
                }
            }
        });
    }
    found
}

fn kind(policy: &Policy) -> Kind {
    policy.kind.known().unwrap_or(Kind::Identity)
}

pub(super) fn parsed(policy: &Policy, scenario: &Scenario) -> Parsed {
    policy::parse_on(&policy.text, kind(policy), scenario.settings.date())
}

/// The text of the statement with this `Sid`, without white space.
fn statement_text(policy: &Policy, scenario: &Scenario, sid: &str) -> Option<String> {
    let parsed = parsed(policy, scenario);
    let mut statements = parsed.document.statements.iter();
    let statement = statements.find(|one| one.sid.as_ref().is_some_and(|own| own.value == sid))?;
    policy.text.get(statement.span.range()).map(policy::minify)
}

/// The policies of the start that are not used everywhere any more where they were.
fn lost_uses(start: &Scenario, now: &Scenario) -> Vec<PolicyId> {
    let lost = start.policies.iter().filter(|policy| {
        let id = policy.id.as_str();
        let after = now.policy_uses(id);
        let mut before = start.policy_uses(id).into_iter();
        before.any(|one| !after.contains(&one))
    });
    lost.map(|policy| policy.id.clone()).collect()
}

/// The policies that hold an Allow which was in no policy of the start, and those of AWS's that
/// somebody has now and had not before. With `everything`, only an Allow of everything counts.
fn new_allows(start: &Scenario, now: &Scenario, everything: bool) -> Vec<PolicyId> {
    let mut known = Vec::new();
    for policy in &start.policies {
        for statement in parsed(policy, start).document.statements {
            known.extend(policy.text.get(statement.span.range()).map(policy::minify));
        }
    }
    let mut found = Vec::new();
    for policy in &now.policies {
        let before = start.policies.iter().find(|one| one.id == policy.id);
        if before.is_some_and(|before| same_text(&before.text, &policy.text)) {
            continue;
        }
        let statements = parsed(policy, now).document.statements;
        let added = statements.iter().any(|statement| {
            let text = policy.text.get(statement.span.range()).map(policy::minify);
            let allows = statement
                .effect
                .as_ref()
                .is_some_and(|it| it.value == Effect::Allow);
            allows
                && (!everything || allows_everything(statement))
                && !text.is_some_and(|text| known.contains(&text))
        });
        if added {
            found.push(policy.id.clone());
        }
    }
    for name in GRANTING {
        if everything && *name != "AdministratorAccess" {
            continue;
        }
        let holders = |scenario: &Scenario| {
            let holds = |one: &&std::rc::Rc<Principal>| {
                one.policies().iter().any(|id| id.as_str() == *name)
            };
            scenario.principals.iter().filter(holds).count()
        };
        if holders(now) > holders(start) {
            found.push(PolicyId::from(*name));
        }
    }
    found
}

/// Whether a statement allows everything on everything, whatever else is listed in it.
fn allows_everything(statement: &Statement) -> bool {
    let actions = statement.action.as_ref().is_some_and(|scope| {
        let mut entries = scope.entries.iter();
        scope.mode == ScopeMode::Except || entries.any(|entry| entry.value == ActionPattern::Any)
    });
    let resources = statement.resource.as_ref().is_none_or(|scope| {
        let mut entries = scope.entries.iter();
        scope.mode == ScopeMode::Except || entries.any(|entry| entry.value == ResourcePattern::Any)
    });
    actions && resources && statement.conditions.is_empty()
}

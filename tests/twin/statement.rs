//! Whether a statement applies to a request (§§5.2 and 5.3 of the rule book).

use policy::{ActionPattern, Kind, Pattern, ResourcePattern, Scope, ScopeMode, Statement};

use super::Open;
use super::conditions::{holds, replaced};
use super::context::Context;
use super::glob::{Glyph, fits_text, for_resources, glyphs};
use super::owner::is_on_nothing;

/// All of these, as far as they can be told: one that is false decides.
pub(crate) fn all(parts: impl IntoIterator<Item = Result<bool, Open>>) -> Result<bool, Open> {
    let mut open = None;
    for part in parts {
        match part {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(found) => open = open.or(Some(found)),
        }
    }
    open.map_or(Ok(true), Err)
}

/// Any of these, as far as they can be told: one that is true decides.
fn any(parts: impl IntoIterator<Item = Result<bool, Open>>) -> Result<bool, Open> {
    Ok(!all(parts.into_iter().map(|part| part.map(|met| !met)))?)
}

/// Whether action, resource and conditions fit; the principal is asked elsewhere.
pub(crate) fn applies(
    statement: &Statement,
    kind: Kind,
    context: &Context<'_>,
) -> Result<bool, Open> {
    if !action(statement, context) {
        return Ok(false);
    }
    let resource = resource(statement, kind, context);
    let conditions = statement.conditions.iter();
    all(std::iter::once(resource).chain(conditions.map(|condition| holds(condition, context))))
}

/// ACT-1 … ACT-7. A list without entries makes the statement match nothing (GRAM-9).
fn action(statement: &Statement, context: &Context<'_>) -> bool {
    let Some(scope) = &statement.action else {
        return false;
    };
    let asked = context.request.action.to_lowercase();
    let Some((service, name)) = asked.split_once(':') else {
        return false;
    };
    let listed = scope.entries.iter().any(|entry| match &entry.value {
        ActionPattern::Any => true,
        ActionPattern::Nothing => false,
        ActionPattern::Named {
            service: wanted,
            name: pattern,
        } => wanted == service && fits_text(&glyphs(&pattern.pieces), name),
    });
    !scope.entries.is_empty() && listed == (scope.mode == ScopeMode::Only)
}

/// RES-1 … RES-11. A trust policy names no resource: its role is meant (TR-7).
fn resource(statement: &Statement, kind: Kind, context: &Context<'_>) -> Result<bool, Open> {
    let Some(scope) = &statement.resource else {
        return Ok(true);
    };
    if scope.entries.is_empty() {
        return Ok(false);
    }
    let listed = listed(scope, kind, context)?;
    Ok(listed == (scope.mode == ScopeMode::Only))
}

fn listed(scope: &Scope<ResourcePattern>, kind: Kind, context: &Context<'_>) -> Result<bool, Open> {
    let arn = &context.request.resources[context.position].arn;
    let action = context.request.action.to_lowercase();
    let asked = if !is_on_nothing(context.request, context.position) {
        Some(arn.clone())
    } else if action == "s3:listallmybuckets" && context.world.rule("listBucketsOnAnyBucket", true)
    {
        // RES-9, OPEN-1.
        let partition = context.who.partition.as_deref().unwrap_or("aws");
        Some(format!("arn:{partition}:s3:::*"))
    } else {
        None
    };
    any(scope
        .entries
        .iter()
        .map(|entry| match (&entry.value, &asked) {
            (ResourcePattern::Any, _) => Ok(true),
            (ResourcePattern::Arn { .. }, None) => Ok(false),
            (ResourcePattern::Arn { head, resource }, Some(asked)) => {
                let pattern = whole(head, resource.as_ref(), kind, context)?;
                Ok(pattern.is_some_and(|pattern| fits_text(&for_resources(&pattern), asked)))
            }
        }))
}

/// An ARN pattern in one piece; none if it matches nothing, because a variable has no value
/// (RES-11) or because the ARN is too short for this kind of policy (RES-7).
fn whole(
    head: &[Pattern],
    resource: Option<&Pattern>,
    kind: Kind,
    context: &Context<'_>,
) -> Result<Option<Vec<Glyph>>, Open> {
    let mut parts: Vec<Vec<Glyph>> = vec![glyphs(&[policy::Piece::Literal("arn".to_owned())])];
    parts.extend(head.iter().map(|part| glyphs(&part.pieces)));
    if let Some(resource) = resource {
        let Some(resource) = replaced(resource, context)? else {
            return Ok(None);
        };
        parts.push(resource);
    } else {
        let has_wildcard = head.iter().any(Pattern::has_wildcards);
        let ends_in_star = parts.last().and_then(|part| part.last()) == Some(&Glyph::Run);
        let filled_up = context.world.rule("shortArnsFilledUp", false)
            || match kind {
                Kind::Identity | Kind::Boundary => true,
                Kind::Resource | Kind::Endpoint | Kind::Trust => has_wildcard,
                Kind::Scp => ends_in_star,
                Kind::Rcp | Kind::Session => false,
            };
        if !filled_up {
            return Ok(None);
        }
        parts.resize(6, vec![Glyph::Run]);
    }
    Ok(Some(parts.join(&Glyph::Char(':'))))
}

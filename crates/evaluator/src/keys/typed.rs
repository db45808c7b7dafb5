//! What was typed wins over what follows (KEY-4).

use std::rc::Rc;

use organization::{ContextValue, Scalar};

use super::{Keys, Of, network, tags, time};
use crate::context::{AbsentWhy, KeyState, Origin, Values};
use crate::scene::WhoKind;

/// Sets the keys that were typed. What the resource says goes before what the request says, then
/// come the token of a web identity and the defaults; what is stated to be absent or unknown goes
/// before all of them.
pub(super) fn apply(keys: &mut Keys, of: &Of<'_>) {
    let layers = layers(of);
    let mut seen: Vec<&str> = Vec::new();
    for (context, origin) in layers {
        // Of a key that stands twice the last one counts.
        for (key, value) in context.iter().rev() {
            if seen.iter().any(|other| other.eq_ignore_ascii_case(key)) {
                continue;
            }
            seen.push(key);
            let origin = if contradicts(keys, key, value) {
                Origin::Override
            } else {
                origin
            };
            keys.context.set(key, known(key, value, origin));
        }
    }
    let (absent, unknown) = (&of.request.absent, &of.request.unknown);
    for key in absent {
        keys.context.set(key, KeyState::Absent(AbsentWhy::Stated));
    }
    for key in unknown {
        keys.context.set(key, KeyState::Unknown);
    }
    let typed = || layers.into_iter().flat_map(|(context, _)| context);
    let names = || typed().map(|(key, _)| key.as_str());
    let listed = || absent.iter().chain(unknown).map(String::as_str);
    if names().next().is_none() && listed().next().is_none() {
        return;
    }
    let is_typed = |key: &str| {
        let mut all = names().chain(listed());
        all.any(|typed| typed.eq_ignore_ascii_case(key))
    };
    if !is_typed("aws:tagkeys") {
        let unknown = unknown.iter().map(String::as_str);
        tags::follow_typed(keys, of, names(), unknown);
    }
    time::follow_typed(keys, is_typed);
    network::follow_typed(keys, is_typed);
}

/// What was typed, the stronger before the weaker.
fn layers<'a>(of: &Of<'a>) -> [(&'a [(String, ContextValue)], Origin); 4] {
    let token: &[_] = match &of.who.kind {
        WhoKind::WebIdentity { context, .. } => context,
        _ => &[],
    };
    [
        (&of.target.resource.context, Origin::Request),
        (&of.request.context, Origin::Request),
        (token, Origin::Request),
        (&of.world.scenario.defaults.context, Origin::Defaults),
    ]
}

/// Whether something else follows from the scenario than what was typed.
fn contradicts(keys: &Keys, key: &str, value: &ContextValue) -> bool {
    match keys.context.own(key) {
        Some(KeyState::Known {
            values,
            origin: Origin::Derived,
        }) => values.as_slice() != values_of(key, value).as_slice(),
        // More tags may be typed than were passed.
        Some(KeyState::Absent(why)) => !matches!(
            why,
            AbsentWhy::NoTag | AbsentWhy::NotMade | AbsentWhy::Unstated
        ),
        _ => false,
    }
}

fn known(key: &str, value: &ContextValue, origin: Origin) -> KeyState {
    KeyState::Known {
        values: values_of(key, value),
        origin,
    }
}

fn values_of(key: &str, value: &ContextValue) -> Values {
    match value {
        ContextValue::One(value) if catalog::is_multivalued(&key.to_ascii_lowercase()) => {
            Values::Many(vec![text(value)])
        }
        ContextValue::One(value) => Values::One(text(value)),
        ContextValue::Many(values) => Values::Many(values.iter().map(text).collect()),
    }
}

fn text(scalar: &Scalar) -> Rc<str> {
    match scalar {
        Scalar::Text(text) | Scalar::Number(text) => text.as_str().into(),
        Scalar::Bool(true) => "true".into(),
        Scalar::Bool(false) => "false".into(),
    }
}

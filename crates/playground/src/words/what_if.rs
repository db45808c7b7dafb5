//! What a change does to verdicts, in words.

use crate::what_if::Effect;

/// What a switch does to all verdicts: "3 of 8 verdicts would change: 2 more allowed, 1 fewer".
#[must_use]
pub fn flipped(effect: &Effect) -> String {
    match (effect.changed, effect.of) {
        (_, 0) => texts::effect_nothing().to_owned(),
        (0, _) => texts::effect_none().to_owned(),
        (changed, of) => match tally(effect) {
            Some(tally) => texts::effect_changed_so(&changed, of, &tally),
            None => texts::effect_changed(&changed, of),
        },
    }
}

/// What a change that is made for one request does to the others: "Would also allow 4 other
/// requests."
#[must_use]
pub fn others(effect: &Effect) -> String {
    match effect {
        Effect { changed: 0, .. } => texts::others_none().to_owned(),
        Effect {
            changed, allowed, ..
        } if changed == allowed => texts::others_allowed(*allowed),
        Effect {
            changed, denied, ..
        } if changed == denied => texts::others_denied(*denied),
        Effect { changed, of, .. } => match tally(effect) {
            Some(tally) => texts::others_changed_so(changed, of, &tally),
            None => texts::others_changed(changed, of),
        },
    }
}

fn tally(effect: &Effect) -> Option<String> {
    match (effect.allowed, effect.denied) {
        (0, 0) => None,
        (more, 0) => Some(texts::tally_more(&more)),
        (0, fewer) => Some(texts::tally_fewer(&fewer)),
        (more, fewer) => Some(texts::tally_both(&more, &fewer)),
    }
}

#[cfg(test)]
mod tests {
    use super::{flipped, others};
    use crate::what_if::Effect;

    fn effect(changed: usize, of: usize, allowed: usize, denied: usize) -> Effect {
        Effect {
            changed,
            of,
            allowed,
            denied,
        }
    }

    #[test]
    fn what_a_switch_changes() {
        assert_eq!(flipped(&effect(0, 8, 0, 0)), "No verdict would change");
        assert_eq!(
            flipped(&effect(3, 8, 2, 1)),
            "3 of 8 verdicts would change: 2 more allowed, 1 no longer"
        );
        assert_eq!(
            flipped(&effect(1, 1, 1, 0)),
            "1 of 1 verdict would change: 1 more allowed"
        );
    }

    #[test]
    fn what_a_change_does_to_others() {
        assert_eq!(others(&effect(0, 7, 0, 0)), "Changes no other verdict.");
        assert_eq!(
            others(&effect(4, 7, 4, 0)),
            "Would also allow 4 other requests."
        );
        assert_eq!(
            others(&effect(1, 7, 0, 1)),
            "Would no longer allow 1 other request."
        );
        assert_eq!(
            others(&effect(3, 7, 2, 0)),
            "Would also change 3 of 7 other verdicts: 2 more allowed."
        );
    }
}

use std::cell::RefCell;
use std::rc::Rc;

use organization::{Edit, Scenario};
use playground::what_if::{Counter, Effect, applied};
use playground::{Analysis, Engine, words};
use yew::prelude::*;

use super::idle::{Step, use_idle};
use super::switch::Flip;
use crate::components::requests::Same;

/// What [`Preview`] says.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct PreviewProps {
    /// The switch that has the pointer or the focus.
    pub(super) flip: Option<Flip>,
    /// The scenario.
    pub(super) scenario: Same<Scenario>,
    /// What follows from it; none while that is not known.
    pub(super) analysis: Option<Same<Analysis>>,
}

/// How many verdicts a switch would change, before it is pressed. The line keeps its height, so
/// that nothing moves when it comes and goes.
#[component]
pub(super) fn Preview(props: &PreviewProps) -> Html {
    let engine = use_memo((), |()| RefCell::new(Engine::new()));
    let counted = use_state_eq(|| None::<(PreviewProps, Effect)>);
    let counter = use_mut_ref(|| None::<Rc<RefCell<Counter>>>);
    let told = {
        let (counter, counted, of) = (counter.clone(), counted.setter(), props.clone());
        Callback::from(move |done: bool| {
            if let (true, Some(counter)) = (done, &*counter.borrow()) {
                counted.set(Some((of.clone(), counter.borrow().effect())));
            }
        })
    };
    use_idle(
        props.clone(),
        move |props| {
            let flip = props.flip.clone()?;
            let before = props.analysis.as_ref()?;
            let edit = Edit::Switch {
                parts: flip.parts,
                off: flip.off,
            };
            let after = applied(&props.scenario, &[edit])?;
            let begun = Counter::new(Rc::clone(&before.0), after, None);
            let begun = Rc::new(RefCell::new(begun));
            counter.replace(Some(Rc::clone(&begun)));
            Some(Box::new(move || begun.borrow_mut().step(&mut engine.borrow_mut())) as Step)
        },
        told,
    );
    let flip = props.flip.as_ref().filter(|_| props.analysis.is_some());
    let said = flip.map(|flip| {
        let effect = (*counted).as_ref().filter(|(of, _)| of == props);
        match effect {
            Some((_, effect)) => format!("{}: {}", flip.words, words::flipped(effect)),
            None => texts::trace_preview_counting(&flip.words),
        }
    });
    html! { <p class="preview" aria-live="polite">{ said }</p> }
}

//! The model beside the engine.

use std::cell::RefCell;
use std::rc::Rc;

use playground::{Analysis, Engine};
use yew::Reducible;

use super::{Action, Model, Opened, lesson, persist, reduce};

/// The model, and the engine that turns a changed scenario into a new analysis.
#[derive(Clone, Debug)]
pub struct Store {
    /// The model.
    pub model: Rc<Model>,
    engine: Rc<RefCell<Engine>>,
    /// Judges lessons.
    judge: Rc<RefCell<Engine>>,
    /// What follows from the scenario, also what a lesson hides.
    whole: Rc<Analysis>,
}

impl Store {
    /// Starts from a model and evaluates it.
    #[must_use]
    pub fn new(mut model: Model) -> Self {
        if !Rc::ptr_eq(&model.opened.scenario, &model.scenario) {
            model.opened = Opened::new(&model.scenario, None);
        }
        let mut engine = Engine::new();
        let whole = engine.analyze(&model.scenario, model.focus().as_ref());
        let mut judge = Engine::new();
        if model.scenario.lesson.is_some() {
            model = lesson::followed(model, &Model::default(), &mut judge);
        }
        let seen = seen(&model, &whole);
        Self {
            model: Rc::new(model.with_analysis(seen)),
            engine: Rc::new(RefCell::new(engine)),
            judge: Rc::new(RefCell::new(judge)),
            whole: Rc::new(whole),
        }
    }
}

impl Reducible for Store {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let Some(mut model) = reduce(&self.model, action, js_sys::Date::now()) else {
            return self;
        };
        let changed = !Rc::ptr_eq(&model.scenario, &self.model.scenario);
        if model.embed.is_none() && (changed || model.origin != self.model.origin) {
            // Should the evaluation stop the page, what was typed last is saved all the same.
            persist::remember(&model);
        }
        let focus = model.focus();
        let spoken = model.language != self.model.language;
        if spoken {
            // It keeps sentences, and so do the results of what was opened.
            let mut engine = Engine::new();
            let opened = engine.analyze(&model.opened.scenario, None);
            model.opened = Rc::new(Opened {
                scenario: Rc::clone(&model.opened.scenario),
                requests: seen(&model, &opened).requests,
                recorded: model.opened.recorded.clone(),
            });
            self.engine.replace(engine);
            self.judge.replace(Engine::new());
        }
        let mut whole = Rc::clone(&self.whole);
        let other = changed || spoken || focus != self.model.focus();
        if other {
            let mut engine = self.engine.borrow_mut();
            whole = Rc::new(engine.analyze(&model.scenario, focus.as_ref()));
        }
        // Nothing of lessons is needed where there is none.
        let mut looks_again = false;
        if model.scenario.lesson.is_some() || model.learning.is_some() {
            model = lesson::followed(model, &self.model, &mut self.judge.borrow_mut());
            looks_again = is_other(&model, &self.model);
        }
        if other || looks_again {
            let seen = seen(&model, &whole);
            model = model.with_analysis(seen);
        }
        Rc::new(Self {
            model: Rc::new(model),
            engine: Rc::clone(&self.engine),
            judge: Rc::clone(&self.judge),
            whole,
        })
    }
}

/// What the page may show of an analysis.
fn seen(model: &Model, whole: &Analysis) -> Analysis {
    match model.learning {
        Some(_) => model.veiled(whole),
        None => whole.clone(),
    }
}

/// Whether the lesson is not what it was.
fn is_other(model: &Model, before: &Model) -> bool {
    match (&model.learning, &before.learning) {
        (Some(now), Some(before)) => !Rc::ptr_eq(now, before),
        (None, None) => false,
        _ => true,
    }
}

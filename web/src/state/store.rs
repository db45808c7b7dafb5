//! The model beside the engine.

use std::cell::RefCell;
use std::rc::Rc;

use playground::Engine;
use yew::Reducible;

use super::{Action, Model, Opened, persist, reduce};

/// The model, and the engine that turns a changed scenario into a new analysis.
#[derive(Clone, Debug)]
pub struct Store {
    /// The model.
    pub model: Rc<Model>,
    engine: Rc<RefCell<Engine>>,
}

impl Store {
    /// Starts from a model and evaluates it.
    #[must_use]
    pub fn new(mut model: Model) -> Self {
        model.opened = Opened::new(&model.scenario);
        let mut engine = Engine::new();
        let analysis = engine.analyze(&model.scenario, model.focus().as_ref());
        Self {
            model: Rc::new(model.with_analysis(analysis)),
            engine: Rc::new(RefCell::new(engine)),
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
        if changed || model.origin != self.model.origin {
            // Should the evaluation stop the page, what was typed last is saved all the same.
            persist::remember(&model);
        }
        let focus = model.focus();
        let spoken = model.language != self.model.language;
        if spoken {
            // It keeps sentences.
            self.engine.replace(Engine::new());
        }
        if changed || spoken || focus != self.model.focus() {
            let analysis = self
                .engine
                .borrow_mut()
                .analyze(&model.scenario, focus.as_ref());
            model = model.with_analysis(analysis);
        }
        Rc::new(Self {
            model: Rc::new(model),
            engine: Rc::clone(&self.engine),
        })
    }
}

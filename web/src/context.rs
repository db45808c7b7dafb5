//! How components reach the state: a context for what is, another for what happens.

use std::ops::Deref;
use std::rc::Rc;

use yew::prelude::*;

use crate::state::{Action, Model};

/// Takes actions. It stays the same for the life of the page, so nobody renders because of it.
pub type Dispatch = Callback<Action>;

/// The current model. Two are equal if they are the same one: every action that changes
/// something makes a new one.
#[derive(Clone, Debug)]
pub struct Current(pub Rc<Model>);

impl PartialEq for Current {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Current {
    type Target = Rc<Model>;

    fn deref(&self) -> &Rc<Model> {
        &self.0
    }
}

/// The model; the component renders again after each action that changes something.
#[hook]
pub fn use_model() -> Rc<Model> {
    use_context::<Current>().map_or_else(Rc::default, |current| current.0)
}

/// The way to send actions.
#[hook]
pub fn use_dispatch() -> Dispatch {
    use_context::<Dispatch>().unwrap_or_else(Callback::noop)
}

//! Work that waits until nothing else is to do, in slices shorter than a frame.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// How long a slice may take, in milliseconds.
const SLICE: f64 = 8.0;
/// How long to wait before the first slice, in milliseconds: who goes on typing is not disturbed.
const REST: u32 = 60;

/// One more step of the work; false when all is done.
pub(super) type Step = Box<dyn FnMut() -> bool>;
type Timer = Rc<RefCell<Option<Timeout>>>;

/// Begins the work anew whenever `deps` are other ones, and leaves off the work before. `told`
/// hears after each slice whether all is done.
#[hook]
pub(super) fn use_idle<D: PartialEq + 'static>(
    deps: D,
    begin: impl FnOnce(&D) -> Option<Step> + 'static,
    told: Callback<bool>,
) {
    use_effect_with(deps, move |deps| {
        let timer = Timer::default();
        if let Some(step) = begin(deps) {
            wait(&timer, REST, step, told);
        }
        move || drop(timer.take())
    });
}

fn wait(timer: &Timer, millis: u32, mut step: Step, told: Callback<bool>) {
    let next = Rc::clone(timer);
    let timeout = Timeout::new(millis, move || {
        let end = js_sys::Date::now() + SLICE;
        let mut more = step();
        while more && js_sys::Date::now() < end {
            more = step();
        }
        told.emit(!more);
        // Whoever heard it may have ended the work.
        if more && next.borrow().is_some() {
            wait(&next, 0, step, told);
        }
    });
    timer.replace(Some(timeout));
}

//! The height of the content, for hosts that make the frame as high.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, ResizeObserver, Window};
use yew::prelude::*;

use super::host::{parent, tell};
use super::parameters::Resize;
use crate::components::map::object;

/// What the messages of iframe-resizer (versions 4 and 5) begin with: to a frame
/// `[iFrameSizer]<id>:<settings>`, from it `[iFrameSizer]<id>:<height>:<width>:<event>`.
const IFRAME_RESIZER: &str = "[iFrameSizer]";
/// How a frame asks iframe-resizer for its settings.
const IFRAME_READY: &str = "[iFrameResizerChild]Ready";
/// Longest id of a frame that is repeated to iframe-resizer.
const LONGEST_ID: usize = 200;

/// Tells the height of an element whenever it has another one.
#[hook]
pub(super) fn use_size(node: &NodeRef, resize: Resize) {
    let node = node.clone();
    use_effect_with((), move |()| {
        let watched = node.cast::<web_sys::Element>().zip(parent());
        let watched = watched.filter(|_| resize != Resize::None);
        let kept = watched.map(|(element, parent)| {
            let known = Rc::new(RefCell::new(None::<String>));
            let listener = (resize == Resize::IframeResizer).then(|| {
                let (known, element) = (Rc::clone(&known), element.clone());
                let listener = hear_id(&parent, move |id, host| {
                    say(host, id, &element, "init");
                    known.replace(Some(id.to_owned()));
                });
                let ready = JsValue::from_str(IFRAME_READY);
                let _ = parent.post_message(&ready, "*");
                listener
            });
            let seen = element.clone();
            let told = Closure::<dyn FnMut()>::new(move || {
                let height = JsValue::from(height(&seen));
                tell("resize", &[("height", &height)]);
                if resize == Resize::Canvas {
                    let subject = JsValue::from_str("lti.frameResize");
                    let said = object(&[("subject", &subject), ("height", &height)]);
                    let _ = parent.post_message(&said, "*");
                }
                if let Some(id) = &*known.borrow() {
                    say(&parent, id, &seen, "resizeObserver");
                }
            });
            let observer = ResizeObserver::new(told.as_ref().unchecked_ref()).ok();
            if let Some(observer) = &observer {
                observer.observe(&element);
            }
            (observer, told, listener)
        });
        move || {
            if let Some((Some(observer), ..)) = &kept {
                observer.disconnect();
            }
        }
    });
}

fn height(element: &web_sys::Element) -> f64 {
    element.get_bounding_client_rect().height().ceil()
}

/// Tells iframe-resizer the size, in its own form.
fn say(host: &Window, id: &str, element: &web_sys::Element, event: &str) {
    let width = element.get_bounding_client_rect().width().ceil();
    let height = height(element);
    let said = format!("{IFRAME_RESIZER}{id}:{height}:{width}:{event}");
    let _ = host.post_message(&JsValue::from_str(&said), "*");
}

/// Hears the name that iframe-resizer has for this frame.
fn hear_id(parent: &Window, told: impl Fn(&str, &Window) + 'static) -> Option<EventListener> {
    let parent = parent.clone();
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else {
            return;
        };
        if event.source().map(JsValue::from) != Some(JsValue::from(&parent)) {
            return;
        }
        let said = event.data().as_string().unwrap_or_default();
        let rest = said.strip_prefix(IFRAME_RESIZER);
        let Some((id, settings)) = rest.and_then(|rest| rest.split_once(':')) else {
            return;
        };
        if id.len() <= LONGEST_ID && settings.contains(':') {
            told(id, &parent);
        }
    }))
}

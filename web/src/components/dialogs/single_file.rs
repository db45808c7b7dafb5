//! The scenario and the page that shows it as one HTML file.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::components::requests::Same;
use crate::context::use_model;
use crate::embed::made_file;

/// How far the file is.
#[derive(Clone, Debug, PartialEq)]
enum Progress {
    /// Its parts are being fetched.
    Waiting,
    /// It is there, under this address.
    Made(String),
    /// It cannot be made, and why.
    Failed(String),
}

/// Properties of [`SingleFile`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct SingleFileProps {
    /// The name that the file gets.
    pub(super) name: String,
}

/// The link that saves the file, once it is made.
#[component]
pub(super) fn SingleFile(props: &SingleFileProps) -> Html {
    let model = use_model();
    let progress = use_state_eq(|| Progress::Waiting);
    {
        let progress = progress.clone();
        let from = (Same(Rc::clone(&model.scenario)), model.language);
        use_effect_with(from, move |(scenario, language)| {
            let (scenario, language) = (Rc::clone(&scenario.0), *language);
            spawn_local(async move {
                let made = made_file(scenario, language).await;
                progress.set(match made.map(|html| blob_address(&html)) {
                    Ok(Some(address)) => Progress::Made(address),
                    Ok(None) => Progress::Failed(texts::single_file_cannot_make().to_owned()),
                    Err(why) => Progress::Failed(why),
                });
            });
        });
    }
    {
        let made = (*progress).clone();
        use_effect_with(made, |made| {
            let made = made.clone();
            move || {
                if let Progress::Made(address) = made {
                    let _ = Url::revoke_object_url(&address);
                }
            }
        });
    }
    html! {
        <div class="dialog-actions">
            if let Progress::Made(address) = &*progress {
                <a class="button primary" href={address.clone()} download={props.name.clone()}>
                    { texts::export_save_as_a_file() }
                </a>
            }
            <span role="status" class="muted">
                { match &*progress {
                    Progress::Waiting => texts::single_file_being_made(),
                    Progress::Made(_) => "",
                    Progress::Failed(why) => why,
                } }
            </span>
        </div>
    }
}

fn blob_address(html: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type("text/html");
    let parts = Array::of1(&JsValue::from_str(html));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

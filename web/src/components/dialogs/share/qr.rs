//! A link as a QR code, made here.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::*;

use super::lengths::{QR, grouped};

/// Light modules around the code, without which cameras do not find it.
const QUIET: i32 = 4;

/// Properties of [`Code`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct CodeProps {
    /// The link.
    pub link: AttrValue,
    /// The title of the scenario.
    pub title: AttrValue,
}

/// The code, or why there is none.
#[component]
pub(super) fn Code(props: &CodeProps) -> Html {
    let Ok(code) = QrCode::encode_text(&props.link, QrCodeEcc::Low) else {
        return html! {
            <p>
                { texts::share_qr_too_long(&grouped(props.link.len()), &grouped(QR)) }
            </p>
        };
    };
    let size = code.size() + 2 * QUIET;
    let title = match props.title.as_str() {
        "" => texts::share_qr_this(),
        title => title,
    };
    html! {
        <svg
            class="share-code" role="img" aria-label={texts::share_qr_label(&title)}
            viewBox={format!("0 0 {size} {size}")} shape-rendering="crispEdges"
        >
            // A code is dark on light in every theme: cameras expect it.
            <rect width={size.to_string()} height={size.to_string()} fill="#fff" />
            <path d={dark(&code)} fill="#000" />
        </svg>
    }
}

/// The dark modules as one path, run by run.
fn dark(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let _ = write!(
                    path,
                    "M{} {}h{}v1h-{}z",
                    start + QUIET,
                    y + QUIET,
                    x - start,
                    x - start
                );
            }
            x += 1;
        }
    }
    path
}

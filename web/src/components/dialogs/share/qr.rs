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

#[cfg(test)]
mod tests {
    use qrcodegen::{QrCode, QrCodeEcc};

    use super::{QUIET, dark};

    #[test]
    fn the_path_has_every_dark_module_and_no_other() {
        let code = QrCode::encode_text("https://example.org/#g1:abc", QrCodeEcc::Low).unwrap();
        let mut drawn = Vec::new();
        for run in dark(&code).split_terminator('z') {
            let numbers: Vec<i32> = run
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            assert_eq!((numbers[3], numbers[4]), (1, numbers[2]), "{run}");
            drawn.extend((0..numbers[2]).map(|at| (numbers[0] + at - QUIET, numbers[1] - QUIET)));
        }
        let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let expected: Vec<(i32, i32)> = all.filter(|(x, y)| code.get_module(*x, *y)).collect();
        assert!(expected.len() > 100);
        assert_eq!(drawn, expected);
    }
}

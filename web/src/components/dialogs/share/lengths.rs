//! What the length of a link means for the programs that pass it on.

use yew::prelude::*;

/// Longest message in Discord: its API reference, "Create Message", `content`.
const DISCORD: usize = 2_000;
/// Longest text of a message that Slack takes without cutting or splitting it: its API reference,
/// `chat.postMessage`, "text".
const SLACK: usize = 4_000;
/// Longest line of a mail without its end: RFC 5322, 2.1.1.
const MAIL: usize = 998;
/// Most bytes of a QR code: ISO/IEC 18004, version 40 with the least correction.
pub(super) const QR: usize = 2_953;
/// Above this a QR code is too fine for most cameras on a projected picture.
const QR_COARSE: usize = 1_000;

/// The length with what it means.
pub(super) fn lengths(length: usize) -> Html {
    html! {
        <>
            <p class="share-length">{ format!("{} characters.", grouped(length)) }</p>
            <ul class="share-fits">
                for (program, fits, remark) in remarks(length) {
                    <li>
                        <span class="share-sign" aria-hidden="true">{ if fits { "✓" } else { "!" } }</span>
                        <span><strong>{ program }</strong>{ ": " }{ remark }</span>
                    </li>
                }
            </ul>
        </>
    }
}

fn remarks(length: usize) -> [(&'static str, bool, &'static str); 4] {
    [
        match length {
            0..=DISCORD => (
                "Discord",
                true,
                "Fits into one message, which has 2,000 characters.",
            ),
            _ => (
                "Discord",
                false,
                "Too long for one message, which has 2,000 characters. Send the file of Export.",
            ),
        },
        match length {
            0..=SLACK => (
                "Slack",
                true,
                "Fits into one message, which has 4,000 characters.",
            ),
            _ => (
                "Slack",
                false,
                "Longer than 4,000 characters, where a message is cut. Send the file of Export.",
            ),
        },
        match length {
            0..=MAIL => (
                "Mail",
                true,
                "Fits into one line. Some programs still break it; the page puts it together again.",
            ),
            _ => (
                "Mail",
                false,
                "Longer than a line, which has 998 characters. In HTML it passes; broken into lines it opens when all of it is pasted into Import.",
            ),
        },
        match length {
            _ if length <= QR_COARSE => ("QR code", true, "Fits, and can be read from a screen."),
            _ if length <= QR => (
                "QR code",
                true,
                "Fits, but is so fine that a camera must be near it.",
            ),
            _ => (
                "QR code",
                false,
                "Does not fit: a code holds 2,953 characters.",
            ),
        },
    ]
}

pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{grouped, remarks};

    #[test]
    fn long_links_name_what_cuts_them() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(999), "999");
        let fits = |length| remarks(length).map(|(_, fits, _)| fits);
        assert_eq!(fits(998), [true, true, true, true]);
        assert_eq!(fits(999), [true, true, false, true]);
        assert_eq!(fits(2_001), [false, true, false, true]);
        assert_eq!(fits(2_954), [false, true, false, false]);
        assert_eq!(fits(4_001), [false, false, false, false]);
    }
}

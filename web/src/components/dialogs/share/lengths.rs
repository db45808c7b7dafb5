//! What the length of a link means for the programs that pass it on.

use texts::Text;
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
            <p class="share-length">{ texts::share_characters(&grouped(length)) }</p>
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
    let of = |name, most, fits: Text, cut: Text| match length <= most {
        true => (name, true, texts::get(fits)),
        false => (name, false, texts::get(cut)),
    };
    let code = match length <= QR_COARSE {
        true => texts::SHARE_QR_FITS,
        false => texts::SHARE_QR_FINE,
    };
    [
        of(
            "Discord",
            DISCORD,
            texts::SHARE_DISCORD_FITS,
            texts::SHARE_DISCORD_CUT,
        ),
        of(
            "Slack",
            SLACK,
            texts::SHARE_SLACK_FITS,
            texts::SHARE_SLACK_CUT,
        ),
        of(
            texts::share_mail(),
            MAIL,
            texts::SHARE_MAIL_FITS,
            texts::SHARE_MAIL_CUT,
        ),
        of(texts::share_qr_code(), QR, code, texts::SHARE_QR_CUT),
    ]
}

pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(texts::common_thousands());
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

//! What mail and chat programs do to links: mended where the checksum proves it, and otherwise an
//! error, never another scenario.

use organization::Scenario;
use playground::examples;
use playground::link::{self, LinkError, Named, complete, is_meant, open};
use proptest::prelude::*;

use crate::{read, small};

/// A scenario that is not that of [`small`].
fn other() -> (Scenario, String) {
    let scenario = read(
        r#"{"version":1,"title":"Another one altogether","requests":[{"id":"r","principal":{"type":"anonymous"},"action":"s3:GetObject"}]}"#,
    );
    let fragment = link::encode(&scenario);
    (scenario, fragment)
}

#[track_caller]
fn opens(text: &str, scenario: &Scenario, fragment: &str) {
    assert!(is_meant(text), "not taken for a link: {text:.200}");
    opens_inside(text, scenario, fragment);
}

#[track_caller]
fn opens_inside(text: &str, scenario: &Scenario, fragment: &str) {
    match open(text) {
        Ok(Named::Scenario(opened)) => {
            assert_eq!(opened.loaded.scenario, *scenario);
            assert_eq!(opened.fragment, fragment, "the link as it was made");
        }
        other => panic!("{other:?} of {text:.200}"),
    }
}

fn percent(text: &str, all: bool) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || (!all && "-_.~".contains(c));
    text.chars()
        .map(|c| match plain(c) {
            true => c.to_string(),
            false => format!("%{:02X}", u32::from(c)),
        })
        .collect()
}

/// A text in lines of so many characters.
fn wrapped(text: &str, width: usize, between: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let lines = letters.chunks(width).map(|line| line.iter().collect());
    lines.collect::<Vec<String>>().join(between)
}

#[test]
fn what_programs_do_to_a_link_is_undone() {
    let (scenario, fragment) = small();
    let address = format!("https://example.org/guardrail/#{fragment}");
    let behind = [
        "",
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        ")",
        "]",
        "}",
        ">",
        "\"",
        "'",
        "*",
        "**",
        "_",
        "`",
        "”",
        "’",
        "»",
        "…",
        "|",
        "\\",
        "/",
        " ",
        "\n",
        "\u{200b}",
        ").",
        ">,",
        "&utm_source=x",
        "?a=b",
        "#",
        "%20",
        "&gt;",
        "</a>",
        "\u{3000}",
        "。",
    ];
    for text in [&address, &format!("#{fragment}"), &fragment] {
        for end in behind {
            opens(&format!("{text}{end}"), &scenario, &fragment);
        }
    }
    for (before, end) in [
        ("<", ">"),
        ("(", ")"),
        ("[", "]"),
        ("\"", "\""),
        ("'", "'"),
        ("“", "”"),
        ("«", "»"),
        ("`", "`"),
        ("  ", "\n"),
        ("\u{feff}", ""),
        ("**", "**"),
        ("<URL:", ">"),
        ("> ", ""),
        ("[my guardrail](", ")"),
        ("[my guardrail](<", ">)"),
        ("<a href=\"", "\">my guardrail</a>"),
        ("Have a look at ", " and tell me."),
        ("look: ", ", or\nask me"),
        ("<", "|my guardrail>"),
        ("https://l.example.net/?u=", "&h=abc"),
    ] {
        opens(&format!("{before}{address}{end}"), &scenario, &fragment);
    }
    // The same as a reader of the page's own address meets it.
    opens(&format!("#{address}"), &scenario, &fragment);
    opens(&format!("#[x]({address})"), &scenario, &fragment);
    // What is shown of a link is its beginning, and the link itself stands beside it.
    opens(
        &format!("[{}…]({address})", &address[..60]),
        &scenario,
        &fragment,
    );
    opens(
        &format!("{}... {address}", &address[..60]),
        &scenario,
        &fragment,
    );
    opens(&format!("{address}\n\n{address}"), &scenario, &fragment);
}

#[test]
fn escapes_are_undone_however_often() {
    let (scenario, fragment) = small();
    let address = format!("https://example.org/#{fragment}");
    let mut text = address.clone();
    for _ in 0..3 {
        text = percent(&text, false);
        opens(&text, &scenario, &fragment);
        opens(
            &format!("https://safe.example.com/?url={text}&data=05"),
            &scenario,
            &fragment,
        );
    }
    opens(&percent(&address, true), &scenario, &fragment);
    opens(
        &percent(&address, true)
            .to_lowercase()
            .replace("https", "HTTPS")
            .replace(
                &percent(&fragment, true).to_lowercase(),
                &percent(&fragment, true),
            ),
        &scenario,
        &fragment,
    );
    opens(
        &address
            .replace('#', "&#35;")
            .replace(':', "&#x3a;")
            .replace('_', "&lowbar;")
            .replace('-', "&#45;"),
        &scenario,
        &fragment,
    );
    opens(&address.replace('_', "&amp;#95;"), &scenario, &fragment);
    opens(&address.replace('_', "\\_"), &scenario, &fragment);
    opens(&address.replace('-', "\u{2011}"), &scenario, &fragment);
    opens(&fragment.replacen("g1", "G1", 1), &scenario, &fragment);
}

#[test]
fn a_link_in_lines_is_put_together() {
    let (scenario, fragment) = small();
    let address = format!("https://example.org/#{fragment}");
    for between in [
        "\n", "\r\n", " ", "\t", "\n    ", "\n> ", "\r\n> > ", "=\r\n", "\u{ad}", "\u{200b}",
        "\u{2028}", "\u{a0}", "%0A", "+", "\n\n",
    ] {
        for width in [40, 76, 78] {
            opens_inside(
                &format!("#{}", wrapped(&fragment, width, between)),
                &scenario,
                &fragment,
            );
        }
        opens_inside(
            &format!("Dear all,\n<{}>\nyours", wrapped(&address, 72, between)),
            &scenario,
            &fragment,
        );
    }
    // A line of prose behind it is not of it, however much it looks like digits.
    opens(
        &format!("{address}\nsee you tomorrow"),
        &scenario,
        &fragment,
    );
}

#[test]
fn dashes_that_a_program_put_in_are_taken_back() {
    let doubled = (0..400).find_map(|number| {
        let scenario = read(&format!(
            r#"{{"version":1,"title":"Number {number}","description":"{}"}}"#,
            "x".repeat(number)
        ));
        let fragment = link::encode(&scenario);
        fragment.contains("--").then_some((scenario, fragment))
    });
    let (scenario, fragment) = doubled.expect("a link with two hyphens in a row");
    for dash in ["\u{2013}", "\u{2014}"] {
        opens(
            &format!("#{}", fragment.replace("--", dash)),
            &scenario,
            &fragment,
        );
    }
    let (scenario, fragment) = small();
    opens(
        &format!("#{}", fragment.replace('-', "\u{2013}")),
        &scenario,
        &fragment,
    );
}

#[test]
fn a_payload_without_its_codec_is_known_by_its_checksum() {
    let (scenario, fragment) = small();
    let payload = fragment.strip_prefix("g1:").unwrap();
    for text in [
        payload.to_owned(),
        format!("#{payload}"),
        format!(":{payload}"),
        format!("1:{payload}"),
    ] {
        opens_inside(&text, &scenario, &fragment);
    }
}

#[test]
fn examples_and_lessons_are_named() {
    for example in examples::ALL {
        let id = example.id;
        for text in [
            format!("#example/{id}"),
            format!("example/{id}"),
            format!("https://example.org/#example/{id}."),
            format!("<https://example.org/#example%2F{id}>"),
            format!("[x](https://example.org/#example/{id})"),
        ] {
            assert!(is_meant(&text), "{text}");
            assert_eq!(open(&text), Ok(Named::Example(id.to_owned())), "{text}");
        }
    }
    assert_eq!(open("#example/none"), Ok(Named::Example("none".to_owned())));
    assert_eq!(
        open("#lesson/levels-1,"),
        Ok(Named::Lesson("levels-1".to_owned()))
    );
    assert_eq!(open("#lesson/"), Ok(Named::Lesson(String::new())));
}

#[test]
fn several_links_open_none() {
    let (scenario, fragment) = small();
    let (_, another) = other();
    let both = format!("https://a.example/#{fragment} and https://a.example/#{another}");
    assert_eq!(open(&both), Err(LinkError::Several(2)));
    // One of them is broken, and the other must not stand in for it.
    let cut = &fragment[..fragment.len() - 30];
    for text in [
        format!("#{cut} #{another}"),
        format!("#{another} #{cut}"),
        format!("#g9:abc #{another}"),
    ] {
        assert!(open(&text).is_err(), "{text}");
    }
    opens(&format!("#{cut}…  #{fragment}"), &scenario, &fragment);
    // However often a thread quotes the one, the other stands behind it.
    let quoted = format!("> https://a.example/#{fragment}\n").repeat(12);
    opens(&quoted, &scenario, &fragment);
    let answer = format!("{quoted}https://a.example/#{another}\n");
    assert_eq!(open(&answer), Err(LinkError::Several(2)));
    let many: String = (0..20).map(|at| format!("#g1:{at}abcd ")).collect();
    assert_eq!(
        open(&format!("#{fragment} {many}")),
        Err(LinkError::Several(9))
    );
}

#[test]
fn several_examples_and_lessons_open_none() {
    let (_, fragment) = small();
    for (text, count) in [
        (
            "https://a.example/#example/one or https://a.example/#example/two".to_owned(),
            2,
        ),
        ("#example/one #lesson/one #lesson/two".to_owned(), 3),
        ("example/one, then #example/two".to_owned(), 2),
        (
            format!("#example/one, better: https://a.example/#{fragment}"),
            2,
        ),
    ] {
        assert_eq!(open(&text), Err(LinkError::Several(count)), "{text}");
    }
    for text in [
        "#example/one and again #example/one.",
        "[https://a.example/#example/o…](https://a.example/#example/one)",
        "<a href=\"https://a.example/#example/one\">https://a.example/#example/on...</a>",
    ] {
        assert_eq!(open(text), Ok(Named::Example("one".to_owned())), "{text}");
    }
    assert_eq!(
        open("#example/one #example/one-more"),
        Err(LinkError::Several(2))
    );
}

#[test]
fn what_is_no_link_is_not_taken_for_one() {
    for text in [
        "",
        "hello",
        "{\"version\":1,\"description\":\"https://x/#g1:abc\"}",
        "[\"#g1:abc\"]",
        "see g1: the first one",
        "https://example.org/#readme",
        "arn:aws:s3:::b",
        "eg1:x",
    ] {
        assert!(!is_meant(text), "{text}");
    }
    for text in [
        "",
        "#",
        "hello",
        "#hello",
        "policies: none",
        "https://example.org/#readme",
        "::::",
        "####",
    ] {
        assert!(open(text).is_err(), "{text}");
    }
}

#[test]
fn an_error_says_what_and_where() {
    let (_, fragment) = small();
    let cut = &fragment[..fragment.len() - 20];
    assert_eq!(open(&format!("#{cut}")), Err(LinkError::Cut(cut.len())));
    assert_eq!(
        open(&format!("https://example.org/#{cut}).")),
        Err(LinkError::Cut(cut.len()))
    );
    assert_eq!(
        open(&format!("#{cut}…")),
        Err(LinkError::Shortened(cut.len() + 1))
    );
    assert_eq!(
        open(&format!("#{cut}...")),
        Err(LinkError::Shortened(cut.len() + 1))
    );
    let foreign = format!("{}*{}", &fragment[..29], &fragment[29..]);
    assert_eq!(open(&foreign), Err(LinkError::Character('*', 30)));
    assert_eq!(
        open("#g7:abcdef"),
        Err(LinkError::UnknownCodec("g7".to_owned()))
    );
}

#[test]
fn what_is_missing_can_be_pasted() {
    let (scenario, fragment) = small();
    let (other_scenario, another) = other();
    for at in [4, 10, fragment.len() / 2, fragment.len() - 1] {
        let (begun, rest) = fragment.split_at(at);
        for broken in [
            format!("#{begun}"),
            format!("https://example.org/#{begun}…"),
            format!("{begun}..."),
        ] {
            for missing in [
                rest.to_owned(),
                format!(" {rest}\n"),
                format!("…{rest}."),
                fragment.clone(),
                format!("https://example.org/#{fragment}"),
            ] {
                match complete(&broken, &missing) {
                    Ok(Named::Scenario(opened)) => assert_eq!(opened.loaded.scenario, scenario),
                    other => panic!("{other:?} of {broken} and {missing}"),
                }
            }
        }
    }
    // Lines that were pasted may begin before the place of the cut.
    let (begun, _) = fragment.split_at(100);
    let (_, rest) = fragment.split_at(80);
    assert!(
        matches!(complete(&format!("#{begun}"), rest), Ok(Named::Scenario(opened)) if opened.loaded.scenario == scenario)
    );
    // Still not all of it, or of another link.
    let middle = &fragment[100..fragment.len() - 10];
    assert!(matches!(complete(begun, middle), Err(LinkError::Cut(_))));
    assert!(complete(begun, another.strip_prefix("g1:").unwrap()).is_err());
    assert!(complete(begun, "").is_err());
    // A whole link that is pasted is opened as what it is.
    assert!(
        matches!(complete(begun, &another), Ok(Named::Scenario(opened)) if opened.loaded.scenario == other_scenario)
    );
    assert!(complete("#hello", "nothing").is_err());
}

/// As the programs write it: each turns the address, its fragment included, into something longer.
#[test]
fn a_link_is_found_in_what_programs_put_around_it() {
    let (scenario, fragment) = small();
    let address = format!("https://example.org/guardrail/#{fragment}");
    let once = percent(&address, false);
    let lower = |text: &str| {
        let mut escape = 0;
        text.chars()
            .map(|c| {
                escape = if c == '%' { 3_i32 } else { escape };
                escape -= 1;
                if escape >= 0 {
                    c.to_ascii_lowercase()
                } else {
                    c
                }
            })
            .collect::<String>()
    };
    for text in [
        // Mail that checks its links.
        format!(
            "https://eur02.safelinks.protection.outlook.com/?url={once}&data=05%7C02%7Cana%40example.org%7C0%7C0&sdata=aBc%2Fd%3D&reserved=0"
        ),
        format!(
            "https://linkprotect.cudasvc.com/url?a={}&c=E,1,abc",
            lower(&once)
        ),
        format!(
            "https://urldefense.com/v3/__{}__;Iw!!Abc!def$",
            address.replace('#', "*")
        ),
        format!("https://www.google.com/url?q={once}&sa=D&source=docs&ust=17"),
        format!("https://l.facebook.com/l.php?u={once}&h=AT0"),
        format!("https://slack-redir.net/link?url={}", percent(&once, false)),
        // Chats and their marks.
        format!("<{address}|{address}>"),
        format!("<{address}|{}…>", &address[..80]),
        format!("||{address}||"),
        format!("_{address}_"),
        format!("~{address}~"),
        format!("\u{2066}{address}\u{2069}"),
        format!("[{address}|{address}|smart-link]"),
        format!("{{{{{address}}}}}"),
        format!("[[{address}][my guardrail]]"),
        format!("`my guardrail <{address}>`_"),
        format!("link:{address}[my guardrail]"),
        // Texts in programs.
        format!("{{\"text\": \"see {}\"}}", address.replace('/', "\\/")),
        format!("curl '{address}'"),
        format!("\"{address}\","),
        format!(
            "<a href='{address}' target=_blank>{}...</a>",
            &address[..50]
        ),
        format!("<a href=\"{address}\">{address}</a><br/>"),
        format!("url={address};"),
        // What a browser adds to a place in a page.
        format!("{address}:~:text=Region%20guardrail"),
        format!("{address}%3A~%3Atext=Region"),
        format!("{address}&text=hello+world"),
        // Quoted answers, with their marks on each line.
        format!("Ana wrote:\n> {}", wrapped(&address, 70, "\n> ")),
        format!(
            "Ana wrote:\n>> {}\n>\n> bye",
            wrapped(&address, 70, "\n>> ")
        ),
        format!("| {}", wrapped(&address, 70, "\n| ")),
        format!("  {}", wrapped(&address, 70, "\r\n  ")),
        format!("<{}>", wrapped(&address, 76, "=\n")),
        wrapped(&address, 10, "\u{ad}"),
        wrapped(&address, 10, "\u{2060}"),
        wrapped(&address, 10, "<wbr>"),
        wrapped(&address, 10, "&shy;"),
        wrapped(&address, 10, "&#8203;"),
        wrapped(&address, 10, "&ZeroWidthSpace;"),
        wrapped(&address, 60, "<br>\n"),
        wrapped(&address, 60, "&nbsp;"),
        wrapped(&once, 76, "=\r\n"),
        address.replace("#g1:", "#g1 :"),
        address.replace("#g1:", "#g1\u{202f}:"),
        address.replace("#g1:", "# g1: "),
        address.replace("g1:", "g1："),
        address.replace('#', "＃"),
        address.replace('#', "\\#"),
        address.replace('_', "\\_").replace('-', "\\-"),
        address.replace('_', "&UnderBar;"),
        address.replace('#', "%EF%BC%83"),
    ] {
        opens_inside(&text, &scenario, &fragment);
    }
    for text in [
        "#example/mfa-or-nothing:~:text=Keys",
        "https://a.example/#example/mfa-or-nothing/",
        "https://a.example/#example/mfa-or-nothing?utm_source=x",
        "https://a.example/＃example/mfa-or-nothing。",
        "#example/mfa-or-nothing%EF%BC%8C",
        "#example/mfa-or-nothing<br>See you",
        "#example/mfa-or-nothing\\",
        "#example/mfa\u{2011}or–nothing",
        "<https://a.example/#example/mfa-or-nothing|https://a.example/#exam…>",
    ] {
        let named = Named::Example("mfa-or-nothing".to_owned());
        assert_eq!(open(text), Ok(named), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_opens_is_what_was_shared(
        at in 0_usize..500, gone in 0_usize..6, put in "[\\PC\\n ]{0,6}", before in "\\PC{0,12}", behind in "\\PC{0,12}",
    ) {
        let (scenario, fragment) = small();
        let at = at.min(fragment.len());
        let end = (at + gone).min(fragment.len());
        let text = format!("{before}#{}{put}{}{behind}", &fragment[..at], &fragment[end..]);
        if let Ok(Named::Scenario(opened)) = open(&text) {
            prop_assert_eq!(opened.loaded.scenario, scenario);
        }
        let _ = complete(&text, &behind);
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), rest in any::<String>()) {
        let _ = open(&text);
        let _ = complete(&text, &rest);
        let _ = is_meant(&text);
        let opened = open(&format!("#g1:{text}"));
        prop_assert!(!matches!(opened, Ok(Named::Scenario(_))));
    }
}

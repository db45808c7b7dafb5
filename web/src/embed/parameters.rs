//! What the query of the address asks for. What is not understood is passed over with a remark.

use std::collections::BTreeMap;

use crate::state::{Editing, Hidden, Language, Pane, Reveals, Theme};

/// The words for the parts of the page.
const VIEWS: [(&str, Pane); 6] = [
    ("tree", Pane::Organization),
    ("map", Pane::Map),
    ("requests", Pane::Requests),
    ("matrix", Pane::Matrix),
    ("trace", Pane::Trace),
    ("policy", Pane::Policies),
];
/// What `view=all` stands for.
const ALL: [Pane; 4] = [
    Pane::Organization,
    Pane::Requests,
    Pane::Trace,
    Pane::Policies,
];
/// What `view=lesson` stands for: a lesson and what is learned with.
const LESSON: [Pane; 5] = [
    Pane::Lesson,
    Pane::Requests,
    Pane::Trace,
    Pane::Policies,
    Pane::Organization,
];
/// Read by the script that starts the page, and of no interest afterwards.
const STARTING: [&str; 2] = ["title", "open"];
/// What `start` can be, which that script reads, too.
const STARTS: [&str; 3] = ["now", "lazy", "click"];

/// How the height of the content is told to the host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Resize {
    /// Not at all: the page fills its frame and scrolls inside.
    #[default]
    None,
    /// By a message of this page.
    Own,
    /// By the message that Canvas understands, too.
    Canvas,
    /// By the messages that iframe-resizer understands, too.
    IframeResizer,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parameters {
    /// The parts that are shown.
    pub(super) views: Vec<Pane>,
    /// What may be changed.
    pub(super) edit: Editing,
    /// Light, dark or as the system says.
    pub(super) theme: Theme,
    /// What everything is said in.
    pub(super) language: Language,
    /// What is left out.
    pub(super) hidden: Vec<Hidden>,
    /// When the verdicts are shown.
    pub(super) reveal: Reveals,
    /// The request whose reasons are shown first.
    pub(super) focus: Option<String>,
    /// The built-in example that is opened where the address has no scenario.
    pub(super) example: Option<String>,
    /// How the height is told.
    pub(super) resize: Resize,
    /// What was not understood, in sentences.
    pub(super) remarks: Vec<String>,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            views: ALL.to_vec(),
            edit: Editing::All,
            theme: Theme::System,
            language: Language::English,
            hidden: Vec::new(),
            reveal: Reveals::Always,
            focus: None,
            example: None,
            resize: Resize::None,
            remarks: Vec::new(),
        }
    }
}

impl Parameters {
    /// From the names and values of a query, in order. Of one that stands twice the last counts.
    /// `language` is that of a page which is not asked for one.
    pub(super) fn read(
        language: Language,
        pairs: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let mut read = Self {
            language,
            ..Self::default()
        };
        for (name, value) in pairs.into_iter().collect::<BTreeMap<_, _>>() {
            if let Err(expected) = read.take(&name, &value) {
                let value: String = value.chars().take(80).collect();
                let name: String = name.chars().take(40).collect();
                read.remarks.push(match expected {
                    "" => texts::embed_unknown_parameter(&name),
                    _ => texts::embed_wrong_parameter(&name, &value, &expected),
                });
            }
        }
        read
    }

    /// Takes one parameter, or says what it would have to be; nothing if it is not known.
    fn take(&mut self, name: &str, value: &str) -> Result<(), &'static str> {
        match name {
            "view" => {
                let expected = "all, lesson, or of tree, map, requests, matrix, trace and policy";
                let mut views = views(value).ok_or(expected)?;
                let asked = views.len();
                if views.contains(&Pane::Lesson) {
                    views.retain(|view| LESSON.contains(view));
                }
                let all = views.len() == asked;
                self.views = views;
                if !all {
                    return Err("lesson without map and matrix, which it has no place for");
                }
            }
            "edit" => {
                self.edit = Editing::from_word(value).ok_or("none, requests, policies or all")?;
            }
            "theme" => self.theme = theme(value).ok_or("auto, light or dark")?,
            "lang" => self.language = Language::read(value).ok_or("en or de")?,
            "hide" => self.hidden = hidden(value).ok_or("of header, undo and link")?,
            "reveal" => {
                self.reveal = match value {
                    "never" => Reveals::Never,
                    "afterTry" => Reveals::AfterTry,
                    "always" => Reveals::Always,
                    _ => return Err("never, afterTry or always"),
                };
            }
            "focus" => self.focus = Some(value.to_owned()),
            "example" => self.example = Some(value.to_owned()),
            "resize" => {
                self.resize = match value {
                    "own" => Resize::Own,
                    "canvas" => Resize::Canvas,
                    "iframe-resizer" => Resize::IframeResizer,
                    _ => return Err("own, canvas or iframe-resizer"),
                };
            }
            "start" if !STARTS.contains(&value) => return Err("now, lazy or click"),
            "start" => {}
            name if STARTING.contains(&name) => {}
            _ => return Err(""),
        }
        Ok(())
    }
}

/// A theme by its word.
pub(super) fn theme(word: &str) -> Option<Theme> {
    match word {
        "auto" => Some(Theme::System),
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    }
}

/// The words of a list, which commas or spaces keep apart.
fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split([',', ' ']).filter(|word| !word.is_empty())
}

fn views(list: &str) -> Option<Vec<Pane>> {
    let mut views = Vec::new();
    for word in words(list) {
        let named = match word {
            "all" => &ALL[..],
            "lesson" => &LESSON[..],
            word => &[VIEWS.iter().find(|(one, _)| *one == word)?.1],
        };
        for pane in named {
            if !views.contains(pane) {
                views.push(*pane);
            }
        }
    }
    (!views.is_empty()).then_some(views)
}

fn hidden(list: &str) -> Option<Vec<Hidden>> {
    let part = |word| match word {
        "header" => Some(Hidden::Header),
        "undo" => Some(Hidden::Undo),
        "link" => Some(Hidden::Link),
        _ => None,
    };
    words(list).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &[(&str, &str)]) -> Parameters {
        Parameters::read(
            Language::English,
            query
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        )
    }

    #[test]
    fn each_parameter_is_read() {
        let read = read(&[
            ("view", "requests,trace requests"),
            ("edit", "policies"),
            ("theme", "dark"),
            ("lang", "de"),
            ("hide", "undo,link"),
            ("reveal", "afterTry"),
            ("focus", "r1"),
            ("example", "mfa-or-nothing"),
            ("resize", "canvas"),
            ("start", "click"),
        ]);
        let wanted = Parameters {
            views: vec![Pane::Requests, Pane::Trace],
            edit: Editing::Policies,
            theme: Theme::Dark,
            language: Language::German,
            hidden: vec![Hidden::Undo, Hidden::Link],
            reveal: Reveals::AfterTry,
            focus: Some("r1".to_owned()),
            example: Some("mfa-or-nothing".to_owned()),
            resize: Resize::Canvas,
            remarks: Vec::new(),
        };
        assert_eq!(read, wanted);
    }

    #[test]
    fn a_lesson_has_no_place_for_the_map() {
        let read = read(&[("view", "lesson,map,trace")]);
        assert_eq!(read.views, LESSON);
        assert_eq!(read.remarks.len(), 1, "{:?}", read.remarks);
        assert!(read.remarks[0].contains("lesson,map,trace"));
    }

    #[test]
    fn a_page_keeps_its_language_unless_it_is_asked_for_another_one() {
        let asked = |query: &[(&str, &str)]| {
            let pairs = query
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            Parameters::read(Language::German, pairs).language
        };
        assert_eq!(asked(&[]), Language::German);
        assert_eq!(asked(&[("lang", "tlh")]), Language::German);
        assert_eq!(asked(&[("lang", "en")]), Language::English);
    }

    #[test]
    fn what_is_not_understood_is_remarked_and_changes_nothing() {
        for (name, value) in [
            ("view", "tree,quiz"),
            ("view", ""),
            ("edit", "ALL"),
            ("theme", "<script>"),
            ("lang", "tlh"),
            ("hide", "verdicts"),
            ("reveal", "sometimes"),
            ("resize", "1"),
            ("start", "clicked"),
            ("constructor", "x"),
        ] {
            let read = read(&[(name, value)]);
            assert_eq!(read.remarks.len(), 1, "{name}={value}");
            let remarks = read.remarks.clone();
            assert!(remarks[0].contains(name), "{remarks:?}");
            assert_eq!(
                Parameters {
                    remarks,
                    ..Parameters::default()
                },
                read
            );
        }
    }
}

//! How the page looks and behaves in this browser. It belongs to the person and not to a scenario.

use super::language::Language;

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The theme as the page's root element and the storage name it; empty for the system's.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Something that is on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// Stronger contrast than the design has by itself.
    Contrast,
    /// Policies are edited in a plain text area.
    PlainEditor,
    /// Keys without Ctrl or ⌘ are not shortcuts.
    NoSingleKeys,
    /// The hint for a first visit was read or put away.
    HintSeen,
}

/// The switches with their words in storage.
const SWITCHES: [(Switch, &str); 4] = [
    (Switch::Contrast, "contrast"),
    (Switch::PlainEditor, "plain-editor"),
    (Switch::NoSingleKeys, "no-single-keys"),
    (Switch::HintSeen, "hint-seen"),
];

/// What the word of a language begins with.
const LANGUAGE: &str = "language-";

/// How the page looks and behaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The theme.
    pub theme: Theme,
    /// The language, if one was chosen.
    pub language: Option<Language>,
    /// What is switched on.
    pub(super) on: Vec<Switch>,
}

impl Preferences {
    /// Whether something is on.
    #[must_use]
    pub fn has(&self, switch: Switch) -> bool {
        self.on.contains(&switch)
    }

    /// With something on or off.
    #[must_use]
    pub fn with(mut self, switch: Switch, on: bool) -> Self {
        self.on.retain(|other| *other != switch);
        if on {
            self.on.push(switch);
        }
        self
    }

    /// From the words in storage. Words that nobody knows are passed over.
    #[must_use]
    pub fn read(words: &str, theme: Option<&str>) -> Self {
        let themes = [Theme::Light, Theme::Dark];
        let on = SWITCHES.into_iter();
        Self {
            theme: themes
                .into_iter()
                .find(|one| Some(one.word()) == theme)
                .unwrap_or_default(),
            language: (words.split(' '))
                .find_map(|word| word.strip_prefix(LANGUAGE))
                .and_then(Language::read),
            on: on
                .filter(|(_, word)| words.split(' ').any(|other| other == *word))
                .map(|(switch, _)| switch)
                .collect(),
        }
    }

    /// What is on, as words for the storage.
    #[must_use]
    pub fn write(&self) -> String {
        let words = SWITCHES.into_iter().filter(|(one, _)| self.has(*one));
        let words = words.map(|(_, word)| word.to_owned());
        let language = self.language.iter();
        let language = language.map(|language| format!("{LANGUAGE}{}", language.word()));
        words.chain(language).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let chosen = Preferences::default()
            .with(Switch::HintSeen, true)
            .with(Switch::Contrast, true)
            .with(Switch::HintSeen, false);
        assert_eq!(chosen.write(), "contrast");
        assert_eq!(Preferences::read(&chosen.write(), None), chosen);
        let german = Preferences {
            language: Some(Language::German),
            ..chosen
        };
        assert_eq!(german.write(), "contrast language-de");
        assert_eq!(Preferences::read(&german.write(), None), german);
        let read = Preferences::read("language-tlh of-tomorrow hint-seen", Some("dark"));
        assert!(read.has(Switch::HintSeen) && !read.has(Switch::Contrast));
        assert_eq!((read.theme, read.language), (Theme::Dark, None));
    }
}

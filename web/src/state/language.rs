//! The languages that the page can be in.

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, which is always there.
    #[default]
    English,
    /// German, which is fetched when somebody wants it.
    German,
}

impl Language {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// As the address, the storage and the page's root element name it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// What those who speak it call it.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// The one that the query of an address asks for, as `?lang=de` does.
    #[must_use]
    pub fn asked(query: &str) -> Option<Self> {
        let query = query.strip_prefix('?').unwrap_or(query);
        let mut words = query
            .split('&')
            .filter_map(|part| part.strip_prefix("lang="));
        words.next().and_then(Self::read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_for_a_language() {
        assert_eq!(Language::asked("?a=b&lang=de"), Some(Language::German));
        assert_eq!(Language::asked("?lang=en"), Some(Language::English));
        for query in ["", "?", "?lang=", "?lang=tlh", "?slang=de"] {
            assert_eq!(Language::asked(query), None, "{query}");
        }
    }
}

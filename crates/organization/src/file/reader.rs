//! Takes a JSON tree apart and knows, for every error and warning, where it stands.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::error::{FileError, FileErrorKind, FileWarning, FileWarningKind, Refusal};
use super::json::{Json, shortened};
use super::path::Path;
use super::suggest::closest;

/// Collects the warnings of one reading.
#[derive(Debug, Default)]
pub(crate) struct Findings(RefCell<Vec<FileWarning>>);

impl Findings {
    pub(crate) fn warn(&self, kind: FileWarningKind, at: Path<'_>, message: String) {
        self.push(FileWarning {
            kind,
            path: at.to_string(),
            message,
            suggestion: None,
        });
    }

    pub(crate) fn push(&self, warning: FileWarning) {
        self.0.borrow_mut().push(warning);
    }

    pub(crate) fn into_warnings(self) -> Vec<FileWarning> {
        self.0.into_inner()
    }
}

/// A value and its place.
#[derive(Debug)]
pub(crate) struct Field<'a> {
    pub(crate) json: Json,
    pub(crate) at: Path<'a>,
    pub(crate) findings: &'a Findings,
}

impl<'a> Field<'a> {
    /// An error about this value.
    pub(crate) fn unexpected(&self, expected: &str) -> Refusal {
        Box::new(FileError {
            kind: FileErrorKind::Unexpected,
            path: self.at.to_string(),
            place: None,
            found: self.json.to_string(),
            expected: expected.to_owned(),
        })
    }

    pub(crate) fn text(self) -> Result<String, Refusal> {
        match self.json {
            Json::Text(text) => Ok(text),
            _ => Err(self.unexpected(texts::file_text_in_double_quotes())),
        }
    }

    pub(crate) fn bool(self) -> Result<bool, Refusal> {
        match self.json {
            Json::Bool(value) => Ok(value),
            _ => Err(self.unexpected(texts::file_true_or_false())),
        }
    }

    /// A position in an array, from 0.
    pub(crate) fn position(self) -> Result<usize, Refusal> {
        match &self.json {
            Json::Number(text) => text.parse().ok(),
            _ => None,
        }
        .ok_or_else(|| self.unexpected(texts::file_position()))
    }

    /// The value as it is.
    pub(crate) fn value(self) -> Result<Value, Refusal> {
        let Field { json, at, .. } = self;
        keep(json, at)
    }

    /// Reads each item of an array.
    pub(crate) fn items<T>(
        self,
        mut read: impl FnMut(Field<'_>) -> Result<T, Refusal>,
    ) -> Result<Vec<T>, Refusal> {
        let mut items = Vec::new();
        self.each_item(&mut |item| {
            items.push(read(item)?);
            Ok(())
        })?;
        Ok(items)
    }

    fn each_item(
        self,
        read: &mut dyn FnMut(Field<'_>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let Json::Array(items) = self.json else {
            return Err(self.unexpected(texts::file_array()));
        };
        for (index, json) in items.into_iter().enumerate() {
            read(Field {
                json,
                at: self.at.index(index),
                findings: self.findings,
            })?;
        }
        Ok(())
    }

    /// Reads each member of an object that is a map: all its keys are names that the author chose.
    pub(crate) fn each_member(
        self,
        read: &mut dyn FnMut(&str, Field<'_>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let Json::Object(members) = self.json else {
            return Err(self.unexpected(texts::file_object()));
        };
        for (key, json) in members {
            read(
                &key,
                Field {
                    json,
                    at: self.at.key(&key),
                    findings: self.findings,
                },
            )?;
        }
        Ok(())
    }

    pub(crate) fn texts(self) -> Result<Vec<String>, Refusal> {
        self.items(|field| field.text())
    }

    /// A map of texts: tags.
    pub(crate) fn tags(self) -> Result<BTreeMap<String, String>, Refusal> {
        let mut tags = BTreeMap::new();
        self.each_member(&mut |key, field| {
            tags.insert(key.to_owned(), field.text()?);
            Ok(())
        })?;
        Ok(tags)
    }

    /// An object with the fields that are `known`.
    pub(crate) fn object(self, known: &'static [&'static str]) -> Result<Fields<'a>, Refusal> {
        let Json::Object(members) = self.json else {
            return Err(self.unexpected(texts::file_object()));
        };
        Ok(Fields {
            members: members.into_iter().map(Some).collect(),
            known,
            at: self.at,
            findings: self.findings,
        })
    }
}

/// The fields of an object: taken one by one, the rest being kept.
#[derive(Debug)]
pub(crate) struct Fields<'a> {
    members: Vec<Option<(String, Json)>>,
    known: &'static [&'static str],
    pub(crate) at: Path<'a>,
    pub(crate) findings: &'a Findings,
}

impl Fields<'_> {
    /// Takes a field; one that is `null` counts as left out.
    fn take(&mut self, name: &str) -> Option<Json> {
        let slot = self
            .members
            .iter_mut()
            .find(|slot| slot.as_ref().is_some_and(|(key, _)| key == name))?;
        match slot.take() {
            Some((_, Json::Null)) | None => None,
            Some((_, json)) => Some(json),
        }
    }

    /// A field that may be left out.
    pub(crate) fn optional<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Field<'_>) -> Result<T, Refusal>,
    ) -> Result<Option<T>, Refusal> {
        let Some(json) = self.take(name) else {
            return Ok(None);
        };
        read(Field {
            json,
            at: self.at.key(name),
            findings: self.findings,
        })
        .map(Some)
    }

    /// A field that stands for the default of its type where it is left out.
    pub(crate) fn or_default<T: Default>(
        &mut self,
        name: &str,
        read: impl FnOnce(Field<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        Ok(self.optional(name, read)?.unwrap_or_default())
    }

    /// A field that must be there.
    pub(crate) fn required<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(Field<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        match self.optional(name, read)? {
            Some(value) => Ok(value),
            None => Err(self.missing(name, expected)),
        }
    }

    /// A text that may be left out.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        self.optional(name, |field| field.text())
    }

    /// A text as the id that it is.
    pub(crate) fn id<T: for<'t> From<&'t str>>(
        &mut self,
        name: &str,
    ) -> Result<Option<T>, Refusal> {
        Ok(self.text(name)?.map(|text| T::from(&text)))
    }

    /// A list of ids; empty where it is left out.
    pub(crate) fn ids<T: for<'t> From<&'t str>>(&mut self, name: &str) -> Result<Vec<T>, Refusal> {
        self.or_default(name, ids)
    }

    /// An id that must be there.
    pub(crate) fn required_id<T: for<'t> From<&'t str>>(
        &mut self,
        name: &str,
        expected: &str,
    ) -> Result<T, Refusal> {
        self.required(name, expected, |field| Ok(T::from(&field.text()?)))
    }

    /// An error about a field that is not there.
    pub(crate) fn missing(&self, name: &str, expected: &str) -> Refusal {
        let near = self
            .members
            .iter()
            .flatten()
            .find(|(key, _)| closest(key, [name]).is_some());
        Box::new(FileError {
            kind: FileErrorKind::Missing,
            path: self.at.to_string(),
            place: None,
            found: match near {
                Some((key, _)) => texts::file_but_no(&shortened(key), &name),
                None => texts::file_no(&name),
            },
            expected: expected.to_owned(),
        })
    }

    /// What is left: fields that this version does not know, each reported.
    pub(crate) fn finish(self) -> Result<Map<String, Value>, Refusal> {
        let mut extra = Map::new();
        for (key, json) in self.members.into_iter().flatten() {
            let at = self.at.key(&key);
            self.findings.push(FileWarning {
                kind: FileWarningKind::UnknownField,
                path: at.to_string(),
                message: texts::file_this_version_does_not().to_owned(),
                suggestion: closest(&key, self.known.iter().copied()).map(str::to_owned),
            });
            let value = keep(json, at)?;
            extra.insert(key, value);
        }
        Ok(extra)
    }
}

/// A list of ids.
pub(crate) fn ids<T: for<'t> From<&'t str>>(field: Field<'_>) -> Result<Vec<T>, Refusal> {
    field.items(|item| Ok(T::from(&item.text()?)))
}

/// Keeps a value as it is.
fn keep(json: Json, at: Path<'_>) -> Result<Value, Refusal> {
    json.into_value().ok_or_else(|| {
        Box::new(FileError {
            kind: FileErrorKind::Unexpected,
            path: at.to_string(),
            place: None,
            found: texts::file_number_that_cannot_be().to_owned(),
            expected: texts::file_number_as_json_writes().to_owned(),
        })
    })
}

/// Reports a word that this version does not know.
pub(crate) fn unknown_word<'w>(
    findings: &Findings,
    at: Path<'_>,
    what: &str,
    word: &str,
    known: impl IntoIterator<Item = &'w str>,
) {
    findings.push(FileWarning {
        kind: FileWarningKind::UnknownWord,
        path: at.to_string(),
        message: texts::file_this_version_does_not_know(&what, &shortened(word)),
        suggestion: closest(word, known).map(str::to_owned),
    });
}

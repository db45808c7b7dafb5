//! Where something stands in the file: `requests[2].principal.id`.

use std::fmt;

/// A place in the file, as a chain towards the top.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Path<'a> {
    /// The whole file.
    Top,
    /// A member of an object.
    Key(&'a Path<'a>, &'a str),
    /// An item of an array.
    Index(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    pub(crate) fn key(&'a self, key: &'a str) -> Self {
        Self::Key(self, key)
    }

    pub(crate) fn index(&'a self, index: usize) -> Self {
        Self::Index(self, index)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn push(path: &Path<'_>, out: &mut String) {
            match path {
                Path::Top => {}
                Path::Key(parent, key) => {
                    push(parent, out);
                    push_key(out, key);
                }
                Path::Index(parent, index) => {
                    push(parent, out);
                    push_index(out, *index);
                }
            }
        }
        let mut out = String::new();
        push(self, &mut out);
        f.write_str(&out)
    }
}

/// Appends `.key`, or `["aws:SourceIp"]` for a key that is not a plain word.
pub(crate) fn push_key(out: &mut String, key: &str) {
    let plain = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if plain {
        if !out.is_empty() {
            out.push('.');
        }
        out.push_str(key);
    } else {
        out.push_str("[\"");
        out.extend(super::json::shortened(key).escape_debug());
        out.push_str("\"]");
    }
}

/// Appends `[2]`.
pub(crate) fn push_index(out: &mut String, index: usize) {
    out.push('[');
    out.push_str(&index.to_string());
    out.push(']');
}

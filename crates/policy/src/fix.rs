//! Mends for findings, where there is one that is certain.

use catalog::Date;

use crate::codes;
use crate::condition::{Operator, OperatorError};
use crate::diagnostic::{Diagnostic, Severity};
use crate::format::minify;
use crate::json::{self, Member, Node, Value};
use crate::kind::Kind;
use crate::span::Span;
use crate::text::{nearest, quote};

/// Most findings of one text for which a mend is looked for.
const MOST: usize = 40;

/// The names that an element can have, by the place where it stands.
const NAMES: [&[&str]; 3] = [
    &["Version", "Id", "Statement"],
    &crate::lower::ELEMENTS,
    &["AWS", "Service", "Federated", "CanonicalUser"],
];

/// A mend for a finding: one replacement of a place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words: "Change to `Action`".
    pub label: String,
    /// The place that is replaced.
    pub span: Span,
    /// What stands there then.
    pub replacement: String,
}

impl Fix {
    fn new(label: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            span,
            replacement: replacement.into(),
        }
    }

    /// The text with the mend.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let before = text.get(..self.span.start()).unwrap_or_default();
        let after = text.get(self.span.end()..).unwrap_or_default();
        [before, &self.replacement, after].concat()
    }
}

/// The mend for each finding of `text`, where there is one. Each was tried: with it the finding is
/// gone, and none of the same or greater weight has come in its place.
///
/// ```
/// use policy::{Kind, fixes, parse};
///
/// let text = r#"{ "Version": "2012-10-17", "Statement": { "Effect": "deny", "Action": "*", "Resource": "*" } }"#;
/// let parsed = parse(text, Kind::Scp);
/// let found = fixes(text, Kind::Scp, catalog::AS_OF, parsed.diagnostics.iter());
/// let fix = found[0].as_ref().unwrap();
/// assert_eq!(fix.label, "Change to `Deny`");
/// assert_eq!(fix.apply(text), text.replace("deny", "Deny"));
/// ```
#[must_use]
pub fn fixes<'f>(
    text: &str,
    kind: Kind,
    as_of: Date,
    findings: impl Iterator<Item = &'f Diagnostic> + Clone,
) -> Vec<Option<Fix>> {
    let before = Weight::of(findings.clone());
    let (tree, _) = json::parse(text);
    findings
        .enumerate()
        .map(|(at, finding)| {
            let source = Source {
                text,
                tree: &tree,
                kind,
                finding,
            };
            let mut proposed = if at < MOST { source.proposed() } else { None }?;
            proposed.retain(|fix| {
                let mended = crate::parse_on(&fix.apply(text), kind, as_of);
                before.is_lessened(&Weight::of(mended.diagnostics.iter()), finding.severity)
            });
            proposed.into_iter().next()
        })
        .collect()
}

/// How many errors and warnings a text has.
#[derive(Default)]
struct Weight {
    errors: usize,
    warnings: usize,
}

impl Weight {
    fn of<'f>(findings: impl Iterator<Item = &'f Diagnostic>) -> Self {
        let mut weight = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => weight.errors += 1,
                Severity::Warning => weight.warnings += 1,
            }
        }
        weight
    }

    fn is_lessened(&self, after: &Self, severity: Severity) -> bool {
        match severity {
            Severity::Error => after.errors < self.errors,
            Severity::Warning => after.errors <= self.errors && after.warnings < self.warnings,
        }
    }
}

/// A finding and where it was found.
struct Source<'a> {
    text: &'a str,
    tree: &'a Node,
    kind: Kind,
    finding: &'a Diagnostic,
}

impl Source<'_> {
    fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// What may mend it, the likeliest first.
    fn proposed(&self) -> Option<Vec<Fix>> {
        let span = self.finding.span;
        let typed = self.slice(span);
        let end = Span::new(span.end(), span.end());
        let one = match self.finding.code {
            codes::UNKNOWN_ELEMENT => {
                let name = crate::unquoted(typed)?;
                let near = NAMES
                    .iter()
                    .filter_map(|names| nearest(&name, names.iter().copied()));
                return Some(near.map(|name| changed(span, name)).collect());
            }
            codes::INVALID_EFFECT => {
                changed(span, nearest(&crate::unquoted(typed)?, ["Allow", "Deny"])?)
            }
            codes::INVALID_VERSION => changed(span, "2012-10-17"),
            codes::UNKNOWN_OPERATOR | codes::OPERATOR_CASE | codes::NULL_IF_EXISTS => {
                match Operator::parse(&crate::unquoted(typed)?) {
                    Ok((operator, _)) => changed(span, &operator.to_string()),
                    Err(OperatorError::NullIfExists) => changed(span, "Null"),
                    Err(OperatorError::Unknown { nearest }) => changed(span, &nearest?),
                }
            }
            codes::FOR_ANY_VALUE_IF_EXISTS => {
                let (operator, _) = Operator::parse(&crate::unquoted(typed)?).ok()?;
                let plain = Operator {
                    if_exists: false,
                    ..operator
                };
                changed(span, &plain.to_string())
            }
            codes::INVALID_SID => {
                let mut sid = crate::unquoted(typed)?;
                sid.retain(|c| c.is_ascii_alphanumeric());
                changed(span, Some(sid).filter(|sid| !sid.is_empty())?.as_str())
            }
            codes::DUPLICATE_SID => changed(span, &self.free_sid(&crate::unquoted(typed)?)?),
            codes::MISSING_COMMA => Fix::new(texts::fix_add_comma(), span, ","),
            codes::EXTRA_COMMA | codes::TRAILING_COMMA => {
                Fix::new(texts::fix_remove_comma(), span, "")
            }
            codes::MISSING_COLON => Fix::new(texts::fix_add_colon(), span, ":"),
            codes::UNTERMINATED_STRING => Fix::new(texts::fix_add_closing_quote(), end, "\""),
            codes::UNQUOTED_TEXT => unquoted(span, typed),
            codes::WRONG_QUOTES => Fix::new(texts::fix_use_double_quotes(), span, requoted(typed)?),
            codes::COMMENT => Fix::new(texts::fix_remove_comment(), self.line_of(span), ""),
            codes::BYTE_ORDER_MARK => Fix::new(texts::fix_remove_it(), span, ""),
            codes::INVALID_WHITESPACE => Fix::new(texts::fix_change_to_space(), span, " "),
            codes::CONTENT_AFTER_END if typed.chars().all(|c| "]} \t\r\n".contains(c)) => {
                Fix::new(texts::fix_remove(&quote(typed)), self.line_of(span), "")
            }
            codes::UNCLOSED => {
                let missing = unclosed(self.text)?;
                let at = self.text.trim_end().len();
                let label = texts::fix_add_at_end(&quote(&missing));
                Fix::new(label, Span::new(at, at), missing)
            }
            codes::DUPLICATE_KEY => {
                let (members, at) = member(self.tree, span)?;
                let (this, earlier) = (members.get(at)?, members.get(..at)?);
                let value = |one: &Member| minify(self.slice(one.value.span));
                let first = earlier.iter().find(|one| one.key == this.key)?;
                if value(first) != value(this) {
                    return None;
                }
                Fix::new(texts::fix_remove_second_one(), without(members, at)?, "")
            }
            codes::PRINCIPAL_NOT_ALLOWED | codes::TRUST_RESOURCE | codes::ID_NOT_ALLOWED => {
                let (members, at) = member(self.tree, span)?;
                let this = members.get(at)?;
                let everyone = [r#""*""#, r#"{"AWS":"*"}"#, r#"["*"]"#, r#"{"AWS":["*"]}"#];
                let says_little = everyone.contains(&minify(self.slice(this.value.span)).as_str());
                if self.finding.code == codes::PRINCIPAL_NOT_ALLOWED && !says_little {
                    return None;
                }
                let label = texts::fix_remove(&quote(&this.key));
                Fix::new(label, without(members, at)?, "")
            }
            codes::MISSING_VERSION => self.added(r#""Version": "2012-10-17""#)?,
            codes::MISSING_PRINCIPAL if self.kind == Kind::Rcp => {
                self.added(r#""Principal": "*""#)?
            }
            codes::WHITESPACE_OVER_QUOTA => Fix::new(
                texts::fix_take_out_white_space(),
                Span::new(0, self.text.len()),
                minify(self.text),
            ),
            _ => return None,
        };
        Some(vec![one])
    }

    /// A member added behind the opening brace at the finding, set as the one that follows it.
    fn added(&self, member: &str) -> Option<Fix> {
        let at = self.finding.span.end();
        let rest = self.text.get(at..)?;
        let next = rest.trim_start();
        let blank = rest.get(..rest.len() - next.len())?;
        let comma = if next.starts_with('}') { "" } else { "," };
        let label = texts::fix_add(&quote(member));
        Some(Fix::new(
            label,
            Span::new(at, at),
            format!("{blank}{member}{comma}"),
        ))
    }

    /// A Sid that no text in quotes here has.
    fn free_sid(&self, sid: &str) -> Option<String> {
        let stem = sid.trim_end_matches(|c: char| c.is_ascii_digit());
        (2..1000)
            .map(|number| format!("{stem}{number}"))
            .find(|free| !self.text.contains(&quoted(free)))
    }

    /// A place with the blanks before it, and with its line break if nothing else stands on its lines.
    fn line_of(&self, span: Span) -> Span {
        let before = self.text.get(..span.start()).unwrap_or_default();
        let after = self.text.get(span.end()..).unwrap_or_default();
        let kept = before.trim_end_matches([' ', '\t']);
        let alone = kept.is_empty() || kept.ends_with('\n');
        let line_break = if after.starts_with("\r\n") {
            2
        } else {
            usize::from(after.starts_with('\n'))
        };
        if alone {
            Span::new(kept.len(), span.end() + line_break)
        } else {
            Span::new(kept.len(), span.end())
        }
    }
}

fn changed(span: Span, to: &str) -> Fix {
    Fix::new(texts::fix_change_to(&quote(to)), span, quoted(to))
}

fn unquoted(span: Span, typed: &str) -> Fix {
    let literal = ["true", "false", "null"];
    match literal
        .into_iter()
        .find(|it| it.eq_ignore_ascii_case(typed))
    {
        Some(literal) => Fix::new(texts::fix_change_to(&quote(literal)), span, literal),
        None => Fix::new(texts::fix_put_it_in_double(), span, quoted(typed)),
    }
}

/// A text as a JSON string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// What stands in quotes of another sort, in double quotes; escapes stay as they are.
fn requoted(typed: &str) -> Option<String> {
    let mut inner = typed.chars();
    inner.next()?;
    inner
        .next_back()
        .filter(|c| matches!(c, '\'' | '\u{201c}' | '\u{201d}'))?;
    let mut out = String::from("\"");
    let mut escaped = false;
    for c in inner {
        if escaped && c == '\'' {
            out.pop();
        } else if c == '"' && !escaped {
            out.push('\\');
        }
        out.push(c);
        escaped = c == '\\' && !escaped;
    }
    out.push('"');
    Some(out)
}

/// The brackets that are missing at the end of a text; none if one inside does not fit.
fn unclosed(text: &str) -> Option<String> {
    let mut open = Vec::new();
    let mut in_string = false;
    let mut escaped = false;
    for c in text.chars() {
        if in_string {
            in_string = escaped || c != '"';
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            '"' => in_string = true,
            '{' => open.push('}'),
            '[' => open.push(']'),
            '}' | ']' => {
                open.pop().filter(|closing| *closing == c)?;
            }
            _ => {}
        }
    }
    (!open.is_empty() && !in_string).then(|| open.into_iter().rev().collect())
}

/// The members among which the one stands whose name is at a place, and its position.
fn member(node: &Node, key: Span) -> Option<(&[Member], usize)> {
    match &node.value {
        Value::Object(members) => {
            let at = members.iter().position(|one| one.key_span == key);
            let inside = || members.iter().find_map(|one| member(&one.value, key));
            at.map(|at| (members.as_slice(), at)).or_else(inside)
        }
        Value::Array(items) => items.iter().find_map(|item| member(item, key)),
        _ => None,
    }
}

/// What is taken out with a member: its comma and the blanks up to its neighbour.
fn without(members: &[Member], at: usize) -> Option<Span> {
    let this = members.get(at)?;
    let before = at.checked_sub(1).and_then(|at| members.get(at));
    let after = members.get(at + 1);
    Some(match (before, after) {
        (Some(before), _) => Span::new(before.value.span.end(), this.value.span.end()),
        (None, Some(after)) => Span::new(this.key_span.start(), after.key_span.start()),
        (None, None) => this.span(),
    })
}

//! JSON tree → document: the policy grammar.

mod action;
mod condition;
mod early_scp;
mod endpoint;
mod lints;
mod not_principal;
mod principal;
mod resource;
mod statement;
mod trust;
mod values;

use std::collections::BTreeMap;

use catalog::Date;

use crate::codes;
use crate::condition::Operator;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Version};
use crate::json::{Member, Node, Value};
use crate::kind::Kind;
use crate::pattern::{Pattern, VariableProblem};
use crate::span::{Span, Spanned};
use crate::text::{did_you_mean, nearest, quote};

pub(crate) use statement::ELEMENTS;

/// Reads the tree of `text` as a policy of the given kind, by the rules of a day.
pub(crate) fn document(
    text: &str,
    tree: &Node,
    kind: Kind,
    as_of: Date,
) -> (Document, Vec<Diagnostic>) {
    let mut lowering = Lowering {
        kind,
        as_of,
        version: Version::V2008,
        findings: Vec::new(),
    };
    if is_iam(kind) {
        lowering.characters(text);
    }
    let document = lowering.document(tree);
    let findings = &mut lowering.findings;
    lints::document(&document, findings);
    match kind {
        Kind::Scp if !catalog::has_full_scp_language(as_of) => {
            early_scp::document(&document, findings);
        }
        Kind::Endpoint => endpoint::document(&document, findings),
        Kind::Trust => trust::document(&document, findings),
        _ => {}
    }
    (document, lowering.findings)
}

/// Whether IAM itself keeps policies of this kind, with its stricter rules for texts and Sids.
fn is_iam(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Identity | Kind::Boundary | Kind::Session | Kind::Trust
    )
}

/// Whether statements of this kind name principals (GRAM-5).
fn takes_principal(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Resource | Kind::Trust | Kind::Endpoint | Kind::Rcp
    )
}

/// The kind in words, with its article.
fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Scp => texts::a_kind_scp(),
        Kind::Rcp => texts::a_kind_rcp(),
        Kind::Identity => texts::finding_identity_based_policy(),
        Kind::Boundary => texts::a_kind_boundary(),
        Kind::Session => texts::a_kind_session(),
        Kind::Resource => texts::finding_resource_based_policy(),
        Kind::Trust => texts::a_kind_trust(),
        Kind::Endpoint => texts::a_kind_endpoint(),
    }
}

/// What is known while a document is read.
struct Lowering {
    kind: Kind,
    as_of: Date,
    version: Version,
    findings: Vec<Diagnostic>,
}

impl Lowering {
    fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Reports a value of the wrong JSON type; what the parser already reported stays unsaid.
    fn wrong_type(&mut self, what: &str, node: &Node, expected: &str) {
        if node.value != Value::Broken {
            self.report(
                Diagnostic::error(
                    codes::INVALID_TYPE,
                    node.span,
                    texts::finding_is(&what, &node.value.describe()),
                )
                .expected(expected),
            );
        }
    }

    /// A string element, or a finding.
    fn string(&mut self, member: &Member, expected: &str) -> Option<Spanned<String>> {
        if let Value::String(value) = &member.value.value {
            return Some(Spanned::new(value.clone(), member.value.span));
        }
        self.wrong_type(&quote(&member.key), &member.value, expected);
        None
    }

    /// The strings of an element that takes one or a list (GRAM-6).
    fn strings(&mut self, member: &Member, expected: &str) -> Vec<Spanned<String>> {
        let mut strings = Vec::new();
        for node in one_or_many(&member.value) {
            match &node.value {
                Value::String(value) => strings.push(Spanned::new(value.clone(), node.span)),
                _ => self.wrong_type(&texts::finding_entry(&quote(&member.key)), node, expected),
            }
        }
        self.empty_list(member);
        strings
    }

    fn empty_list(&mut self, member: &Member) {
        if matches!(&member.value.value, Value::Array(items) if items.is_empty()) {
            self.report(
                Diagnostic::warning(
                    codes::EMPTY_LIST,
                    member.value.span,
                    texts::finding_empty_list_statement_matches(&quote(&member.key)),
                )
                .expected(texts::finding_at_least_one_entry()),
            );
        }
    }

    /// Sorts the members of an object by the names that are known there; reports the others.
    ///
    /// A near miss is reported and then read as what it was meant to be, unless that is there too.
    fn elements<'n>(
        &mut self,
        members: &'n [Member],
        known: &[&'static str],
        place: &str,
    ) -> Elements<'n> {
        let mut elements = Elements::new();
        let mut misses = Vec::new();
        for member in members {
            match known.iter().find(|name| **name == member.key) {
                Some(name) => {
                    elements.entry(name).or_insert(member);
                }
                None => misses.push(member),
            }
        }
        for member in misses {
            let near = nearest(&member.key, known.iter().copied());
            let expected = match near {
                Some(name) => format!("`{name}`"),
                None if Operator::parse(&member.key).is_ok() => {
                    texts::finding_operators_inside_condition().to_owned()
                }
                None if statement::ELEMENTS.contains(&member.key.as_str()) => {
                    texts::finding_elements_statement_inside_statement().to_owned()
                }
                None => texts::finding_one(&known.join(", ")),
            };
            self.report(
                Diagnostic::error(
                    codes::UNKNOWN_ELEMENT,
                    member.key_span,
                    texts::finding_no_element(&quote(&member.key), &place, &did_you_mean(near)),
                )
                .expected(expected),
            );
            if let Some(name) = known.iter().find(|name| Some(**name) == near) {
                elements.entry(name).or_insert(member);
            }
        }
        elements
    }

    /// Reads a value with wildcards and variables, and reports what is odd about its variables.
    fn pattern(&mut self, text: &str, span: Span) -> Pattern {
        let (pattern, problems) = Pattern::parse_reporting(text, self.version);
        for problem in problems {
            let message = match problem {
                VariableProblem::Unclosed => texts::finding_without_it_literal_text().to_owned(),
                VariableProblem::Malformed(typed) => {
                    texts::finding_no_variable_it_literal(&quote(&typed))
                }
            };
            self.report(
                Diagnostic::warning(codes::MALFORMED_VARIABLE, span, message).expected(
                    texts::finding_variable_forms(&"`${key}`", &"`${key, 'default'}`"),
                ),
            );
        }
        if !pattern.variables().all(is_context_key) {
            self.report(
                Diagnostic::warning(
                    codes::UNKNOWN_VARIABLE,
                    span,
                    texts::finding_variable_in_names_no(&quote(text)),
                )
                .expected(texts::finding_key_with_service_prefix()),
            );
        }
        if self.version == Version::V2008
            && Pattern::parse(text, Version::V2012)
                .variables()
                .any(is_context_key)
        {
            self.report(
                Diagnostic::warning(
                    codes::VARIABLE_IN_2008,
                    span,
                    texts::finding_variable_in_literal_text(&quote(text)),
                )
                .expected("`\"Version\": \"2012-10-17\"`"),
            );
        }
        pattern
    }

    /// Reports characters that IAM refuses, once for each run.
    fn characters(&mut self, text: &str) {
        let mut from = 0;
        let mut found_runs = 0;
        while let Some(rest) = text.get(from..) {
            let Some(start) = rest.find(is_refused_by_iam) else {
                return;
            };
            let run = rest.get(start..).unwrap_or_default();
            let length = run.find(|c| !is_refused_by_iam(c)).unwrap_or(run.len());
            let found = run.get(..length).unwrap_or_default();
            let span = Span::new(from + start, from + start + length);
            self.report(
                Diagnostic::error(
                    codes::INVALID_CHARACTER,
                    span,
                    texts::finding_cannot_stand_in_policy(&quote(found)),
                )
                .expected(texts::finding_tab_line_breaks_and()),
            );
            from = span.end();
            found_runs += 1;
            if found_runs > crate::json::MAX_FINDINGS {
                return;
            }
        }
    }

    fn document(&mut self, tree: &Node) -> Document {
        let mut document = Document::default();
        let Value::Object(members) = &tree.value else {
            if tree.value != Value::Broken {
                self.report(
                    Diagnostic::error(
                        codes::INVALID_DOCUMENT,
                        tree.span,
                        texts::finding_policy(&tree.value.describe()),
                    )
                    .expected(texts::finding_object_skeleton()),
                );
            }
            return document;
        };
        let elements = self.elements(
            members,
            &["Version", "Id", "Statement"],
            texts::finding_place_policy(),
        );
        let start = opening(tree.span);
        self.version(elements.get("Version").copied(), start);
        document.version = self.version;
        document.version_span = elements.get("Version").map(|member| member.span());
        document.id = elements.get("Id").and_then(|member| self.id(member));
        match elements.get("Statement") {
            Some(member) => document.statements = self.statements(member),
            None => self.report(
                Diagnostic::error(
                    codes::MISSING_STATEMENT,
                    start,
                    texts::finding_policy_has_no_statement(),
                )
                .expected(texts::finding_statement_with_at_least()),
            ),
        }
        document
    }

    fn version(&mut self, member: Option<&Member>, start: Span) {
        let strict = matches!(self.kind, Kind::Scp | Kind::Rcp);
        let words = kind_words(self.kind);
        let Some(member) = member else {
            if strict {
                self.version = Version::V2012;
                self.report(
                    Diagnostic::error(
                        codes::MISSING_VERSION,
                        start,
                        texts::finding_version_missing_which_must(&words),
                    )
                    .expected("`\"Version\": \"2012-10-17\"`"),
                );
            }
            return;
        };
        let Some(version) = self.string(member, "`\"2012-10-17\"`") else {
            return;
        };
        let message = match version.value.as_str() {
            "2012-10-17" => {
                self.version = Version::V2012;
                return;
            }
            "2008-10-17" if !strict => return,
            "2008-10-17" => texts::finding_2008_10_17_no(&words),
            other => texts::finding_no_version_policy_language(&quote(other)),
        };
        self.version = Version::V2012;
        self.report(
            Diagnostic::error(codes::INVALID_VERSION, version.span, message)
                .expected(texts::finding_2012_10_17_version()),
        );
    }

    fn id(&mut self, member: &Member) -> Option<Spanned<String>> {
        if !matches!(self.kind, Kind::Resource | Kind::Trust | Kind::Endpoint) {
            self.report(
                Diagnostic::warning(
                    codes::ID_NOT_ALLOWED,
                    member.key_span,
                    texts::finding_id_has_no_place(&kind_words(self.kind)),
                )
                .expected(texts::finding_id_only_in_resource()),
            );
        }
        self.string(member, texts::finding_text())
    }
}

/// The elements of an object by their names.
type Elements<'n> = BTreeMap<&'static str, &'n Member>;

/// The first character of a place: the opening brace of an object.
fn opening(span: Span) -> Span {
    Span::new(span.start(), span.end().min(span.start() + 1))
}

/// The entries of a list, or the one value that stands for a list (GRAM-6).
fn one_or_many(node: &Node) -> &[Node] {
    match &node.value {
        Value::Array(items) => items,
        _ => std::slice::from_ref(node),
    }
}

/// The warning that a variable stands where none is replaced (VAR-2).
fn without_variables(what: &str, text: &str, span: Span) -> Option<Diagnostic> {
    text.contains("${").then(|| {
        Diagnostic::warning(
            codes::VARIABLE_NOT_SUPPORTED,
            span,
            texts::finding_take_no_variables_as(&what, &quote(text)),
        )
        .expected(texts::finding_name_in_full())
    })
}

fn is_refused_by_iam(c: char) -> bool {
    !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}')
}

/// Whether a name has the form of a context key: a prefix, one colon, a name.
fn is_context_key(key: &str) -> bool {
    key.split_once(':').is_some_and(|(prefix, name)| {
        !prefix.is_empty() && !name.is_empty() && !name.starts_with(':')
    })
}

//! The elements of a statement: both operands, the policy's variables filled in, and where the two
//! differ.

use evaluator::{Element, ElementTrace, KeyState, RequestSide, Truth, Values};
use organization::PolicyId;
use policy::{Pattern, Piece, ScopeMode};

use super::Presenter;
use crate::difference::{Difference, difference};
use crate::view::{ElementView, Inline, ValueView};
use crate::words;

impl Presenter<'_> {
    /// An element of a statement that is weighed for the resource at a position.
    pub(super) fn element(
        &self,
        resource: usize,
        policy: &PolicyId,
        element: &ElementTrace,
    ) -> ElementView {
        let (name, key) = match &element.element {
            Element::Principal(ScopeMode::Only) => ("Principal".to_owned(), None),
            Element::Principal(ScopeMode::Except) => ("NotPrincipal".to_owned(), None),
            Element::Action(ScopeMode::Only) => ("Action".to_owned(), None),
            Element::Action(ScopeMode::Except) => ("NotAction".to_owned(), None),
            Element::Resource(ScopeMode::Only) => ("Resource".to_owned(), None),
            Element::Resource(ScopeMode::Except) => ("NotResource".to_owned(), None),
            Element::Condition { operator, key } => (operator.to_string(), Some(key.clone())),
        };
        let (request, origin) = match &element.request {
            RequestSide::Caller(forms) => (words::caller(forms), String::new()),
            RequestSide::Action(text) | RequestSide::Resource(text) => {
                (vec![Inline::Code(text.to_string())], String::new())
            }
            RequestSide::Key(state) => words::key_state(state, element.truth == Truth::Met),
        };
        let mut values: Vec<ValueView> = element
            .entries
            .iter()
            .map(|(span, truth)| self.value(resource, policy, element, *span, *truth))
            .collect();
        let differs = self.differences(element, &mut values);
        ElementView {
            name,
            key,
            span: element.span,
            values,
            request,
            differs,
            origin,
            note: self.note(element),
            reason: element.note.map(words::codes::note),
            truth: element.truth,
        }
    }

    fn value(
        &self,
        resource: usize,
        policy: &PolicyId,
        element: &ElementTrace,
        span: policy::Span,
        truth: Truth,
    ) -> ValueView {
        let text = self.scene.value(policy, span);
        let takes_variables = matches!(
            element.element,
            Element::Resource(_) | Element::Condition { .. }
        );
        ValueView {
            resolved: takes_variables
                .then(|| self.resolved(resource, policy, &text))
                .flatten(),
            text,
            truth,
            differs: Vec::new(),
        }
    }

    /// A value with its variables filled in; none if it has no variable whose value is known.
    fn resolved(&self, resource: usize, policy: &PolicyId, text: &str) -> Option<String> {
        let prepared = self.prepared.filter(|_| text.contains("${"))?;
        let version = self.scene.texts.get(policy)?.parsed.document.version;
        let mut any = false;
        let mut filled = String::new();
        for piece in Pattern::parse(text, version).pieces {
            match piece {
                Piece::Literal(text) => filled.push_str(&text),
                Piece::AnyRun => filled.push('*'),
                Piece::AnyOne => filled.push('?'),
                Piece::Variable { key, default } => {
                    let known = match (prepared.key_of(resource, &key), default) {
                        (
                            Some(KeyState::Known {
                                values: Values::One(value),
                                ..
                            }),
                            _,
                        ) => Some(value.to_string()),
                        (Some(KeyState::Absent(_)), default) => default,
                        _ => None,
                    };
                    any |= known.is_some();
                    filled.push_str(&known.unwrap_or_else(|| format!("${{{key}}}")));
                }
            }
        }
        any.then_some(filled)
    }

    /// Marks where the values differ from the request's side, and gives the places in the latter
    /// where the nearest value does.
    fn differences(
        &self,
        element: &ElementTrace,
        values: &mut [ValueView],
    ) -> Vec<std::ops::Range<usize>> {
        // A `Not…` is met because the two differ, everything else unmet.
        let negated = match &element.element {
            Element::Action(mode) | Element::Resource(mode) => *mode == ScopeMode::Except,
            Element::Condition { operator, .. } => operator.to_string().contains("Not"),
            Element::Principal(_) => return Vec::new(),
        };
        let different = if negated { Truth::Met } else { Truth::Unmet };
        let request = match &element.request {
            RequestSide::Action(text) | RequestSide::Resource(text) => text,
            RequestSide::Key(KeyState::Known {
                values: Values::One(value),
                ..
            }) => value,
            _ => return Vec::new(),
        };
        if element.truth != different || element.note.is_some() {
            return Vec::new();
        }
        let ignore_case = matches!(element.request, RequestSide::Action(_));
        let mut nearest = Difference::default();
        for value in values {
            let of = value.resolved.as_deref().unwrap_or(&value.text);
            let found = difference(of, request, ignore_case);
            value.differs.clone_from(&found.policy);
            if found.same > nearest.same {
                nearest = found;
            }
        }
        nearest.request
    }

    fn note(&self, element: &ElementTrace) -> String {
        if let Some(note) = element.note {
            return words::note(note).to_owned();
        }
        let except = matches!(
            element.element,
            Element::Principal(ScopeMode::Except)
                | Element::Action(ScopeMode::Except)
                | Element::Resource(ScopeMode::Except)
        );
        match (except, element.truth) {
            (true, Truth::Met) => texts::note_none_of_these().to_owned(),
            (true, Truth::Unmet) => texts::note_one_of_these().to_owned(),
            _ => String::new(),
        }
    }
}

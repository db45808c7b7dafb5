//! What is to decide a request: statements, and levels where an Allow is missing.

use organization::{Expectation, ExpectedReason, NodeId, PolicyId, Request};
use policy::Kind;
use yew::prelude::*;

use super::expect::changing;
use super::fields::{Writer, choice};
use super::limits::sids;
use super::listed::Listed;
use crate::components::ui::button;
use crate::state::Model;

/// The list of what is to decide a request.
pub(super) struct Reasons<'a> {
    pub(super) model: &'a Model,
    pub(super) writer: &'a Writer,
    pub(super) at: usize,
    pub(super) request: &'a Request,
    pub(super) expected: Option<&'a Expectation>,
}

impl Reasons<'_> {
    /// The fields for all of them.
    pub(super) fn all(&self) -> Html {
        let reasons = self.expected.and_then(|expected| expected.by.as_deref());
        let reasons = reasons.unwrap_or_default();
        let count = reasons.len();
        let add = self.changing(|by, _: MouseEvent| by.push(nothing()));
        html! {
            <Listed key={self.request.id.as_str()} {count} said={texts::author_by_count(count)}>
                for (index, reason) in reasons.iter().enumerate() {
                    <div
                        class="author-wanted" data-entry="" key={index} role="group"
                        aria-label={texts::author_by(&(index + 1))}
                    >
                        { self.policy(index, reason) }
                        { self.statement(index, reason) }
                        { self.place(index, reason) }
                        { self.removing(index) }
                    </div>
                }
                { button("button", None, add, html! { texts::author_add_by() }) }
            </Listed>
        }
    }

    /// The policy; without one it is an Allow that is missing.
    fn policy(&self, index: usize, reason: &ExpectedReason) -> Html {
        let policies = self.model.scenario.policies.iter();
        let policies = policies.map(|one| (one.id.to_string(), one.name.clone()));
        let missing = (String::new(), texts::author_missing_allow().to_owned());
        let options: Vec<(String, String)> = std::iter::once(missing).chain(policies).collect();
        let chosen = reason.policy.as_ref().map_or("", PolicyId::as_str);
        let set = self.set(index, |reason, id: String| {
            // A statement and a place are those of the policy that was chosen before.
            *reason = ExpectedReason {
                policy: (!id.is_empty()).then(|| PolicyId::from(id.as_str())),
                extra: std::mem::take(&mut reason.extra),
                ..nothing()
            };
        });
        choice(texts::author_by_policy(), &options, chosen, set)
    }

    /// The statement, by its Sid or else by its number.
    fn statement(&self, index: usize, reason: &ExpectedReason) -> Html {
        let Some(policy) = &reason.policy else {
            return Html::default();
        };
        let mut options = vec![(String::new(), texts::author_any_statement().to_owned())];
        for (at, sid) in sids(self.model, policy).into_iter().enumerate() {
            options.push(match sid {
                Some(sid) => (format!("sid {sid}"), sid),
                None => (format!("index {at}"), texts::reason_statement(&(at + 1))),
            });
        }
        let chosen = match (&reason.sid, reason.index) {
            (Some(sid), _) => format!("sid {sid}"),
            (None, Some(at)) => format!("index {at}"),
            (None, None) => String::new(),
        };
        let set = self.set(index, |reason, word: String| {
            reason.sid = word.strip_prefix("sid ").map(str::to_owned);
            let number = word.strip_prefix("index ");
            reason.index = number.and_then(|number| number.parse().ok());
        });
        choice(texts::author_by_statement(), &options, &chosen, set)
    }

    /// Where the policy is attached, or an Allow is missing; only SCPs and RCPs have a place.
    fn place(&self, index: usize, reason: &ExpectedReason) -> Html {
        let policies = self.model.scenario.policies.iter();
        let policy = policies
            .clone()
            .find(|one| Some(&one.id) == reason.policy.as_ref());
        let kind = policy.and_then(|policy| policy.kind.known());
        if reason.policy.is_some() && !matches!(kind, Some(Kind::Scp | Kind::Rcp)) {
            return Html::default();
        }
        let mut options = vec![(String::new(), texts::author_place_anywhere().to_owned())];
        if let Some(organization) = &self.model.scenario.organization {
            organization.each_node(&mut |node| {
                options.push((node.id().to_string(), node.name().to_owned()));
            });
        }
        let chosen = reason.node.as_ref().map_or("", NodeId::as_str);
        let set = self.set(index, |reason, id: String| {
            reason.node = (!id.is_empty()).then(|| NodeId::from(id.as_str()));
        });
        choice(texts::author_place(), &options, chosen, set)
    }

    fn removing(&self, index: usize) -> Html {
        let remove = self.changing(move |by, _: MouseEvent| {
            if index < by.len() {
                by.remove(index);
            }
        });
        let label = texts::author_remove_by(&(index + 1));
        button(
            "button",
            Some(label.into()),
            remove,
            html! { texts::common_remove() },
        )
    }

    fn set(&self, index: usize, change: fn(&mut ExpectedReason, String)) -> Callback<String> {
        self.changing(move |by, word| {
            if let Some(reason) = by.get_mut(index) {
                change(reason, word);
            }
        })
    }

    fn changing<T: 'static>(
        &self,
        change: impl Fn(&mut Vec<ExpectedReason>, T) + 'static,
    ) -> Callback<T> {
        changing(
            self.writer,
            self.at,
            self.request,
            move |expected, value| {
                let mut by = expected.by.take().unwrap_or_default();
                change(&mut by, value);
                expected.by = (!by.is_empty()).then_some(by);
            },
        )
    }
}

/// An Allow that is missing, at whichever level.
fn nothing() -> ExpectedReason {
    ExpectedReason {
        policy: None,
        sid: None,
        index: None,
        node: None,
        extra: Default::default(),
    }
}

//! "As if SCPs were off": policy types and attachments that are kept and not weighed.

use evaluator::PolicyType;
use organization::{Edit, NodeId, PolicyId, Scenario, SwitchedOff};
use policy::Kind;
use yew::prelude::*;

use crate::components::ui::{Glyph, button, glyph};
use crate::context::Dispatch;
use crate::state::{Action, switched_part};

/// What the press of a switch would do.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flip {
    /// In words: "Switch off SCPs".
    pub(super) words: String,
    /// What is switched.
    pub(super) parts: Vec<SwitchedOff>,
    /// Whether it is off then.
    pub(super) off: bool,
}

/// Where switches tell what happens to them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Board {
    /// A switch was pressed.
    pub(super) dispatch: Dispatch,
    /// A switch has the pointer or the focus, or none has.
    pub(super) preview: Callback<Option<Flip>>,
}

/// The parts of a scenario that one switch switches.
pub(super) struct Switch {
    /// In words.
    words: String,
    /// What is switched.
    parts: Vec<SwitchedOff>,
    /// Whether it is off.
    pub(super) off: bool,
}

impl Switch {
    fn of(scenario: &Scenario, parts: Vec<SwitchedOff>) -> Option<Self> {
        let off = &scenario.settings.off;
        Some(Self {
            words: switched_part(scenario, parts.first()?),
            off: parts.iter().any(|part| off.contains(part)),
            parts,
        })
    }

    /// The switch of a policy type; none for a fixed rule, which can't be switched off.
    pub(super) fn of_type(scenario: &Scenario, policy_type: PolicyType) -> Option<Self> {
        let kinds: &[Kind] = match policy_type {
            PolicyType::Rcp => &[Kind::Rcp],
            PolicyType::Scp => &[Kind::Scp],
            PolicyType::Endpoint => &[Kind::Endpoint],
            PolicyType::Resource => &[Kind::Resource, Kind::Trust],
            PolicyType::Identity => &[Kind::Identity],
            PolicyType::Boundary => &[Kind::Boundary],
            PolicyType::Session => &[Kind::Session],
            PolicyType::Fixed => &[],
        };
        let parts = kinds.iter().copied().map(SwitchedOff::Kind).collect();
        Self::of(scenario, parts)
    }

    /// The switch of one attachment.
    pub(super) fn of_attachment(
        scenario: &Scenario,
        policy: &PolicyId,
        node: &NodeId,
    ) -> Option<Self> {
        let part = SwitchedOff::Attachment {
            policy: policy.clone(),
            node: node.clone(),
        };
        Self::of(scenario, vec![part])
    }

    /// A button with the switch's words, or with its sign where the words would take too much room.
    /// While it has the pointer or the focus, what it would change is counted.
    pub(super) fn button(self, as_sign: bool, board: &Board) -> Html {
        let (way, label) = match self.off {
            true => (
                texts::organization_details_switch_on(),
                texts::trace_switch_on(&self.words),
            ),
            false => (
                texts::organization_details_switch_off(),
                texts::trace_switch_off(&self.words),
            ),
        };
        let flip = Flip {
            words: label.clone(),
            parts: self.parts,
            off: !self.off,
        };
        let onclick = {
            let (dispatch, preview, flip) =
                (board.dispatch.clone(), board.preview.clone(), flip.clone());
            Callback::from(move |_: MouseEvent| {
                preview.emit(None);
                dispatch.emit(Action::Edited(Edit::Switch {
                    parts: flip.parts.clone(),
                    off: flip.off,
                }));
            })
        };
        let show = board.preview.reform(move |()| Some(flip.clone()));
        let hide = board.preview.reform(|()| None);
        let (class, shown) = if as_sign {
            ("icon-button tiny switch", glyph(Glyph::Switch))
        } else {
            ("button outlined switch", html! { { way } })
        };
        html! {
            <button
                type="button" {class} aria-label={label.clone()} title={label} {onclick}
                onpointerenter={show.reform(|_: PointerEvent| ())}
                onpointerleave={hide.reform(|_: PointerEvent| ())}
                onfocus={show.reform(|_: FocusEvent| ())} onblur={hide.reform(|_: FocusEvent| ())}
            >
                { shown }
            </button>
        }
    }
}

/// The policies that are attached to a node and switched off there.
pub(super) fn off_at(scenario: &Scenario, node: &NodeId, kind: Kind) -> Vec<PolicyId> {
    let here = |part: &SwitchedOff| match part {
        SwitchedOff::Attachment { policy, node: at } if at == node => {
            let of_kind = scenario.policy(policy.as_str())?.kind() == Some(kind);
            of_kind.then(|| policy.clone())
        }
        _ => None,
    };
    scenario.settings.off.iter().filter_map(here).collect()
}

/// "As if SCPs and Region lock at Workloads were off", while something is.
pub(crate) fn as_if(scenario: &Scenario) -> Option<String> {
    // Trust policies go with the other resource-based policies, under one name.
    let both = |kind| scenario.settings.off.contains(&SwitchedOff::Kind(kind));
    let parts: Vec<String> = scenario
        .settings
        .off
        .iter()
        .filter(|part| !(both(Kind::Resource) && **part == SwitchedOff::Kind(Kind::Trust)))
        .map(|part| switched_part(scenario, part))
        .collect();
    let (last, first) = parts.split_last()?;
    let list = match first {
        [] => last.clone(),
        first => texts::common_and(&first.join(", "), &last),
    };
    Some(texts::trace_switch_as_if_were_off(&list))
}

/// The line above the verdict while something is switched off.
pub(super) fn mark(scenario: &Scenario, dispatch: &Dispatch) -> Html {
    let Some(words) = as_if(scenario) else {
        return Html::default();
    };
    let on_all = dispatch.reform(|_: MouseEvent| Action::Edited(Edit::SwitchAllOn));
    html! {
        <div class="as-if">
            <span>{ words }</span>
            { button("button outlined", None, on_all, html! { { texts::trace_switch_switch_everything_on() } }) }
        </div>
    }
}

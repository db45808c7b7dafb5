//! The sentence of a verdict, its names leading to what they stand for.

use organization::{NodeId, PolicyId};
use playground::{Inline, StatementView, TraceView};
use policy::Span;
use yew::prelude::*;

use crate::components::ui::{breakable, button, phrase};
use crate::context::Dispatch;
use crate::state::Action;

/// What a name in the sentence leads to.
enum Goal {
    Node(NodeId),
    Policy(PolicyId),
    Statement(PolicyId, Span),
}

/// The sentence. A node leads to the tree, a policy and a statement to the text.
pub(super) fn said(trace: &TraceView, dispatch: &Dispatch) -> Html {
    let mut before = String::new();
    let pieces = trace.sentence.iter().map(|piece| {
        let goal = goal(trace, &before, piece);
        match piece {
            Inline::Text(text) => before.push_str(text),
            _ => before.clear(),
        }
        match goal {
            Some(goal) => link(piece, goal, dispatch),
            None => phrase(std::slice::from_ref(piece)),
        }
    });
    pieces.collect()
}

/// What a piece stands for, told by its name and by the words before it.
fn goal(trace: &TraceView, before: &str, piece: &Inline) -> Option<Goal> {
    let resources = trace.resources.iter();
    let mut statements = resources.flat_map(|it| it.deciding.iter().chain(&it.others));
    match piece {
        Inline::Strong(name) if is_policy(before) => {
            let of_policy = |it: &&StatementView| it.policy_name == *name;
            Some(Goal::Policy(statements.find(of_policy)?.policy.clone()))
        }
        Inline::Code(sid) => {
            let is_it = |it: &&StatementView| it.sid.as_ref() == Some(sid);
            let statement = statements.find(is_it)?;
            Some(Goal::Statement(statement.policy.clone(), statement.span))
        }
        Inline::Strong(name) => {
            let resources = trace.resources.iter();
            let stages = resources.flat_map(|resource| &resource.stages);
            let mut levels = stages.flat_map(|stage| &stage.levels);
            let level = levels.find(|level| level.name.eq_ignore_ascii_case(name))?;
            Some(Goal::Node(level.node.clone()))
        }
        _ => None,
    }
}

/// Whether a name is that of a policy, by what stands before it.
fn is_policy(before: &str) -> bool {
    let nouns = [
        texts::kind_scp(),
        texts::kind_rcp(),
        texts::kind_endpoint(),
        texts::kind_trust(),
        texts::kind_resource(),
        texts::kind_boundary(),
        texts::kind_session(),
        texts::kind_identity(),
        texts::noun_bucket_policy(),
        texts::noun_key_policy(),
        texts::subject_policy(),
    ];
    let before = before.trim_end();
    nouns.iter().any(|noun| before.ends_with(noun))
}

fn link(piece: &Inline, goal: Goal, dispatch: &Dispatch) -> Html {
    let (action, title) = match goal {
        Goal::Node(node) => (
            Action::NodeSelected(Some(node)),
            texts::common_show_in_the_tree(),
        ),
        Goal::Policy(policy) => (
            Action::PolicySelected(policy),
            texts::common_show_in_the_editor(),
        ),
        Goal::Statement(policy, span) => (
            Action::PlaceRevealed { policy, span },
            texts::common_show_in_the_editor(),
        ),
    };
    let onclick = dispatch.reform(move |_: MouseEvent| action.clone());
    let shown = match piece {
        Inline::Code(text) | Inline::Mark(text) => html! { <code>{ breakable(text) }</code> },
        Inline::Strong(text) | Inline::Text(text) => html! { <strong>{ text }</strong> },
    };
    html! { <span {title}>{ button("to-text", None, onclick, shown) }</span> }
}

//! What an organization is to look like.

use organization::lesson::{Structure, Task};
use organization::{NodeRef, PolicyId};
use policy::Kind;
use yew::prelude::*;

use super::fields::{Writer, choice, line};
use crate::components::ui::button;
use crate::state::Model;

/// The fields for what is to be there.
pub(super) fn structure(model: &Model, writer: &Writer, at: usize, task: &Task) -> Html {
    let add = |make: fn() -> Structure| {
        writer.task(at, move |task, _: MouseEvent| task.structure.push(make()))
    };
    html! {
        <fieldset class="author-group">
            <legend>{ texts::author_structure() }</legend>
            for (index, wanted) in task.structure.iter().enumerate() {
                <div class="author-wanted" key={index}>
                    { one(model, writer, at, index, wanted) }
                    { button("button", None, removing(writer, at, index), html! { texts::common_remove() }) }
                </div>
            }
            { button("button", None, add(|| Structure { ou: Some(String::new()), within: Some("root".to_owned()), ..Structure::default() }), html! { texts::author_add_ou() }) }
            { button("button", None, add(|| Structure { account: Some(String::new()), within: Some("root".to_owned()), ..Structure::default() }), html! { texts::author_add_account() }) }
            { button("button", None, add(|| Structure { attached: Some(PolicyId::from("")), to: Some("root".to_owned()), ..Structure::default() }), html! { texts::author_add_attached() }) }
        </fieldset>
    }
}

fn removing(writer: &Writer, at: usize, index: usize) -> Callback<MouseEvent> {
    writer.task(at, move |task, _: MouseEvent| {
        if index < task.structure.len() {
            task.structure.remove(index);
        }
    })
}

/// One thing that is to be there.
fn one(model: &Model, writer: &Writer, at: usize, index: usize, wanted: &Structure) -> Html {
    let set = |change: fn(&mut Structure, String)| {
        writer.task(at, move |task: &mut Task, text: String| {
            if let Some(wanted) = task.structure.get_mut(index) {
                change(wanted, text);
            }
        })
    };
    let place = |chosen: Option<&String>, change: fn(&mut Structure, String)| {
        let chosen = chosen.map_or("root", String::as_str);
        line(texts::author_directly_in(), chosen, set(change))
    };
    if let Some(name) = &wanted.ou {
        return html! {
            <>
                { line(texts::author_ou(), name, set(|wanted, text| wanted.ou = Some(text))) }
                { place(wanted.within.as_ref(), |wanted, text| wanted.within = Some(text)) }
            </>
        };
    }
    if let Some(account) = &wanted.account {
        let accounts = named(model, |node| matches!(node, NodeRef::Account(_)));
        return html! {
            <>
                { choice(texts::common_account(), &accounts, account, set(|wanted, text| wanted.account = Some(text))) }
                { place(wanted.within.as_ref(), |wanted, text| wanted.within = Some(text)) }
            </>
        };
    }
    let Some(policy) = &wanted.attached else {
        return html! { <p class="muted">{ texts::author_kept_as_it_is() }</p> };
    };
    let policies = model.scenario.policies.iter();
    let policies = policies.filter(|one| matches!(one.kind.known(), Some(Kind::Scp | Kind::Rcp)));
    let mut policies: Vec<(String, String)> = policies
        .map(|one| (one.id.to_string(), one.name.clone()))
        .collect();
    policies.insert(0, (String::new(), texts::author_none().to_owned()));
    html! {
        <>
            { choice(texts::author_policy(), &policies, policy.as_str(), set(|wanted, text| {
                wanted.attached = Some(PolicyId::from(text.as_str()));
            })) }
            { line(texts::author_attached_to(), wanted.to.as_deref().unwrap_or("root"), set(|wanted, text| wanted.to = Some(text))) }
        </>
    }
}

/// The nodes of a kind by name, after none.
fn named(model: &Model, fits: fn(&NodeRef<'_>) -> bool) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), texts::author_none().to_owned())];
    if let Some(organization) = &model.scenario.organization {
        organization.each_node(&mut |node| {
            if fits(&node) {
                all.push((node.id().to_string(), node.name().to_owned()));
            }
        });
    }
    all
}

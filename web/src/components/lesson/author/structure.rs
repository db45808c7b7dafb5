//! What an organization is to look like.

use organization::lesson::{Structure, Task};
use organization::{NodeRef, PolicyId};
use policy::Kind;
use yew::prelude::*;

use super::fields::{Writer, choice, line, put, tick};
use super::listed::Listed;
use crate::components::ui::button;
use crate::state::Model;

/// The fields for what is to be there.
pub(super) fn structure(model: &Model, writer: &Writer, at: usize, task: &Task) -> Html {
    let add = |make: fn() -> Structure, text: &'static str| {
        let add = writer.task(at, move |task, _: MouseEvent| task.structure.push(make()));
        button("button", None, add, html! { text })
    };
    let count = task.structure.len();
    let step = writer.lesson.steps.get(at).map(|step| step.id.clone());
    html! {
        <fieldset class="author-group">
            <legend>{ texts::author_structure() }</legend>
            <Listed key={step.unwrap_or_default()} {count} said={texts::author_wanted_count(count)}>
                for (index, wanted) in task.structure.iter().enumerate() {
                    <div
                        class="author-wanted" data-entry="" key={index} role="group"
                        aria-label={texts::author_wanted(&(index + 1))}
                    >
                        { Fields { model, writer, at, index, wanted }.all() }
                        { removing(writer, at, index) }
                    </div>
                }
                { add(new_ou, texts::author_add_ou()) }
                { add(new_account, texts::author_add_account()) }
                { add(new_attached, texts::author_add_attached()) }
                { add(new_detached, texts::author_add_detached()) }
            </Listed>
        </fieldset>
    }
}

/// What the root is called.
const ROOT: &str = "root";

fn new_ou() -> Structure {
    Structure {
        ou: Some(String::new()),
        within: Some(ROOT.to_owned()),
        ..Structure::default()
    }
}

fn new_account() -> Structure {
    Structure {
        account: Some(String::new()),
        within: Some(ROOT.to_owned()),
        ..Structure::default()
    }
}

fn new_attached() -> Structure {
    Structure {
        attached: Some(PolicyId::from("")),
        to: Some(ROOT.to_owned()),
        ..Structure::default()
    }
}

fn new_detached() -> Structure {
    Structure {
        detached: Some(PolicyId::from("")),
        to: Some(ROOT.to_owned()),
        ..Structure::default()
    }
}

fn removing(writer: &Writer, at: usize, index: usize) -> Html {
    let remove = writer.task(at, move |task: &mut Task, _: MouseEvent| {
        if index < task.structure.len() {
            task.structure.remove(index);
        }
    });
    let label = texts::author_remove_wanted(&(index + 1));
    button(
        "button",
        Some(label.into()),
        remove,
        html! { texts::common_remove() },
    )
}

/// One thing that is to be there.
struct Fields<'a> {
    model: &'a Model,
    writer: &'a Writer,
    at: usize,
    index: usize,
    wanted: &'a Structure,
}

impl Fields<'_> {
    fn all(&self) -> Html {
        let wanted = self.wanted;
        if let Some(name) = &wanted.ou {
            return html! {
                <>
                    { line(texts::author_ou(), name, self.typed("ou", |wanted, text| wanted.ou = Some(text))) }
                    { self.place() }
                    { self.holds() }
                </>
            };
        }
        if let Some(account) = &wanted.account {
            let mut accounts = accounts(self.model);
            accounts.insert(0, (String::new(), texts::author_none().to_owned()));
            // The file may have its name.
            let known = accounts.iter().find(|(_, name)| name == account);
            let chosen = known.map_or(account.as_str(), |(id, _)| id).to_owned();
            return html! {
                <>
                    { choice(texts::common_account(), &accounts, &chosen, self.set(|wanted, id| wanted.account = Some(id))) }
                    { self.place() }
                </>
            };
        }
        if let Some(policy) = &wanted.attached {
            let set = self.set(|wanted, id| wanted.attached = Some(PolicyId::from(id.as_str())));
            return html! {
                <>
                    { choice(texts::author_policy(), &policies(self.model), policy.as_str(), set) }
                    { self.to(texts::author_attached_to()) }
                </>
            };
        }
        if let Some(policy) = &wanted.detached {
            let set = self.set(|wanted, id| wanted.detached = Some(PolicyId::from(id.as_str())));
            return html! {
                <>
                    { choice(texts::author_policy(), &policies(self.model), policy.as_str(), set) }
                    { self.to(texts::author_detached_from()) }
                </>
            };
        }
        html! { <p class="muted">{ texts::author_kept_as_it_is() }</p> }
    }

    /// Where an OU or account is to be: directly in something, or anywhere below it.
    fn place(&self) -> Html {
        let wanted = self.wanted;
        let (word, name) = match (&wanted.within, &wanted.below) {
            (Some(name), _) => ("within", name.as_str()),
            (None, Some(name)) => ("below", name.as_str()),
            (None, None) => ("anywhere", ""),
        };
        let words = [
            ("within", texts::author_place_within()),
            ("below", texts::author_place_below()),
            ("anywhere", texts::author_place_anywhere()),
        ];
        let words = words.map(|(word, text)| (word.to_owned(), text.to_owned()));
        let how = self.set(|wanted, word| {
            let name = wanted.within.take().or_else(|| wanted.below.take());
            let name = name.unwrap_or_else(|| ROOT.to_owned());
            (wanted.within, wanted.below) = match word.as_str() {
                "within" => (Some(name), None),
                "below" => (None, Some(name)),
                _ => (None, None),
            };
        });
        let typed = self.typed("place", |wanted, text| match &mut wanted.within {
            Some(name) => *name = text,
            None => wanted.below = Some(text),
        });
        html! {
            <>
                { choice(texts::author_place(), &words, word, how) }
                if word != "anywhere" {
                    { line(texts::author_place_name(), name, typed) }
                }
            </>
        }
    }

    /// The accounts that are to stand directly in an OU, by id or name in the file.
    fn holds(&self) -> Html {
        let one = |(id, name): &(String, String)| {
            let on = self.wanted.holds.iter().any(|one| one == id || one == name);
            let set = {
                let (id, name, index) = (id.clone(), name.clone(), self.index);
                self.writer.task(self.at, move |task: &mut Task, on| {
                    if let Some(wanted) = task.structure.get_mut(index) {
                        wanted.holds.retain(|one| *one != name);
                        put(&mut wanted.holds, id.clone(), on);
                    }
                })
            };
            tick(html! { name.clone() }, on, set)
        };
        html! {
            <div class="author-holds" role="group" aria-label={texts::author_holds()}>
                <p class="muted">{ texts::author_holds() }</p>
                { for accounts(self.model).iter().map(one) }
            </div>
        }
    }

    /// The place that a policy is attached to, or not.
    fn to(&self, label: &'static str) -> Html {
        let to = self.wanted.to.as_deref().unwrap_or(ROOT);
        let typed = self.typed("to", |wanted, text| wanted.to = Some(text));
        line(label, to, typed)
    }

    fn set(&self, change: fn(&mut Structure, String)) -> Callback<String> {
        let index = self.index;
        self.writer.task(self.at, move |task: &mut Task, text| {
            if let Some(wanted) = task.structure.get_mut(index) {
                change(wanted, text);
            }
        })
    }

    /// The same for what is typed, all of which is taken back at once.
    fn typed(&self, field: &str, change: fn(&mut Structure, String)) -> Callback<String> {
        let index = self.index;
        let field = format!("{field} of structure {index}");
        self.writer.typed_in(self.at, field, move |step, text| {
            let task = step.task.as_mut();
            if let Some(wanted) = task.and_then(|task| task.structure.get_mut(index)) {
                change(wanted, text);
            }
        })
    }
}

/// The SCPs and RCPs by name, after none.
fn policies(model: &Model) -> Vec<(String, String)> {
    let policies = model.scenario.policies.iter();
    let policies = policies.filter(|one| matches!(one.kind.known(), Some(Kind::Scp | Kind::Rcp)));
    let none = (String::new(), texts::author_none().to_owned());
    let named = policies.map(|one| (one.id.to_string(), one.name.clone()));
    std::iter::once(none).chain(named).collect()
}

/// The accounts, by id and name.
fn accounts(model: &Model) -> Vec<(String, String)> {
    let mut all = Vec::new();
    if let Some(organization) = &model.scenario.organization {
        organization.each_node(&mut |node| {
            if matches!(node, NodeRef::Account(_)) {
                all.push((node.id().to_string(), node.name().to_owned()));
            }
        });
    }
    all
}

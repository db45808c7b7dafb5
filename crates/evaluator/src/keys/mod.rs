//! The context keys of a request: those that follow from the scenario (K-1 … K-44, KEY-5), and
//! those that were typed (KEY-4).
//!
//! Each key that is spoken of here gets one of the four states of docs/scenario.md, "What a
//! context key is". A key that follows from nothing and that some requests of this kind carry is
//! *unstated*: unknown, or absent, as the scenario's settings say.

mod caller;
mod kms;
mod network;
mod resource;
mod service;
mod session;
mod tags;
mod time;
mod typed;

#[cfg(test)]
mod tests;

use std::rc::Rc;

use organization::{AccountId, Request, UnstatedKeys};

pub use time::usual_region;

use crate::context::{AbsentWhy, ActionName, KeyState, Origin, RequestContext, Values};
use crate::rules::{Rule, Rules};
use crate::scene::{Membership, Owner, Target, Who, World};
use crate::trace::Blocker;

/// The context of one resource of a request. `owner` is the reading of the owner.
pub(crate) fn context(
    world: &World<'_>,
    request: &Request,
    who: &Who<'_>,
    target: &Target<'_>,
    owner: &Owner,
    action: &ActionName,
) -> Result<RequestContext, Blocker> {
    let settings = &world.scenario.settings;
    let rules = Rules::of(settings);
    let unstated = match settings.unstated_keys {
        UnstatedKeys::Unknown => KeyState::Unknown,
        UnstatedKeys::Absent => KeyState::Absent(AbsentWhy::Unstated),
    };
    let of = Of {
        world,
        request,
        who,
        target,
        owner,
        action,
        partition: world.caller_partition(who, target, owner),
    };
    let mut keys = Keys {
        context: RequestContext::new(
            action.clone(),
            target.arn.into(),
            who.caller(world, target, owner),
            rules,
            unstated.clone(),
        ),
        unstated,
    };
    if rules.holds(Rule::ListBucketsOnAnyBucket) {
        keys.context.resource_alias = any_bucket(&of);
    }
    caller::derive(&mut keys, &of);
    network::derive(&mut keys, &of);
    resource::derive(&mut keys, &of);
    tags::derive(&mut keys, &of);
    time::derive(&mut keys, &of)?;
    typed::apply(&mut keys, &of);
    kms::derive(&mut keys, &of);
    Ok(keys.context)
}

/// The ARN that stands for `*` in s3:ListAllMyBuckets (RES-9, OPEN-1).
fn any_bucket(of: &Of<'_>) -> Option<Rc<str>> {
    let lists_buckets = *of.action.service == *"s3" && *of.action.name == *"listallmybuckets";
    (lists_buckets && of.target.arn == "*").then(|| format!("arn:{}:s3:::*", of.partition).into())
}

/// What keys are derived from.
struct Of<'a> {
    world: &'a World<'a>,
    request: &'a Request,
    who: &'a Who<'a>,
    target: &'a Target<'a>,
    owner: &'a Owner,
    action: &'a ActionName,
    /// The partition of the caller.
    partition: &'a str,
}

impl Of<'_> {
    /// Whether services forwarded the call with the caller's credentials.
    fn is_forwarded(&self) -> bool {
        !self.request.via.is_empty()
    }

    /// The account that owns the resource, as far as it is known.
    fn owner_account(&self) -> Option<&AccountId> {
        match self.owner {
            Owner::Account(account) => Some(account),
            Owner::Caller => self.who.account.as_ref(),
            Owner::Unknown | Owner::Like(_) => None,
        }
    }
}

/// The keys so far. Names are written in lower case.
struct Keys {
    context: RequestContext,
    unstated: KeyState,
}

impl Keys {
    fn known(&mut self, key: &str, value: impl Into<Rc<str>>) {
        self.context.set(key, derived(Values::One(value.into())));
    }

    fn many(&mut self, key: &str, values: Vec<Rc<str>>) {
        self.context.set(key, derived(Values::Many(values)));
    }

    fn flag(&mut self, key: &str, value: bool) {
        self.known(key, if value { "true" } else { "false" });
    }

    fn absent(&mut self, names: &[&str], why: AbsentWhy) {
        for key in names {
            self.context.set(key, KeyState::Absent(why));
        }
    }

    /// All keys that begin with these prefixes and have no state of their own are absent.
    fn absent_families(&mut self, prefixes: &[&'static str], why: AbsentWhy) {
        for prefix in prefixes {
            self.context.set_family(prefix, KeyState::Absent(why));
        }
    }

    /// Every such request carries the keys; nobody said with which values.
    fn present(&mut self, names: &[&str]) {
        for key in names {
            self.context.set(key, KeyState::PresentUnknown);
        }
    }

    /// Nobody stated the keys, and some such requests carry them.
    fn unstated(&mut self, names: &[&str]) {
        for key in names {
            self.context.set(key, self.unstated.clone());
        }
    }

    /// The keys hang on others that are unknown.
    fn perhaps(&mut self, names: &[&str]) {
        for key in names {
            self.context.set(key, KeyState::Unknown);
        }
    }

    /// K-3, K-4, K-24, K-25, K-40: the organization of an account and the path to it (ORG-9).
    fn organization_of(
        &mut self,
        world: &World<'_>,
        account: &AccountId,
        [id_key, paths_key]: [&str; 2],
    ) {
        let outside = match world.membership(account) {
            Membership::Management | Membership::Member => None,
            Membership::External(external) => external.organization.as_ref(),
            Membership::Standalone => None,
            Membership::NotListed => return self.unstated(&[id_key, paths_key]),
        };
        let inside = world.organization().and_then(|(organization, tree)| {
            let path = tree.entity_path(account.as_str())?;
            Some((organization.id.clone(), Some(Rc::from(path))))
        });
        let found = inside.or_else(|| {
            let path = outside?.path.as_deref().map(Rc::from);
            Some((outside?.id.as_str().into(), path))
        });
        match found {
            Some((id, path)) => {
                self.known(id_key, id);
                match path {
                    Some(path) => self.many(paths_key, vec![path]),
                    None => self.present(&[paths_key]),
                }
            }
            None => self.absent(&[id_key, paths_key], AbsentWhy::NoOrganization),
        }
    }
}

fn derived(values: Values) -> KeyState {
    KeyState::Known {
        values,
        origin: Origin::Derived,
    }
}

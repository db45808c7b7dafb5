//! Tags that are passed in the call: K-27 and K-28.

use std::rc::Rc;

use super::{Keys, Of};
use crate::context::{AbsentWhy, KeyState};

const TAG: &str = "aws:requesttag/";
const TAG_KEYS: &str = "aws:tagkeys";

pub(super) fn derive(keys: &mut Keys, of: &Of<'_>) {
    if !catalog::takes_request_tags(&of.action.service, &of.action.name, of.target.arn) {
        keys.absent_families(&[TAG], AbsentWhy::NotMade);
        keys.absent(&[TAG_KEYS], AbsentWhy::NotMade);
        return;
    }
    for (tag, value) in &of.request.request_tags {
        keys.known(&format!("{TAG}{tag}"), value.as_str());
    }
    keys.absent_families(&[TAG], AbsentWhy::NoTag);
    let names = of.request.request_tags.keys();
    tag_keys(keys, names.map(|tag| tag.as_str().into()).collect());
}

fn tag_keys(keys: &mut Keys, names: Vec<Rc<str>>) {
    if names.is_empty() {
        keys.absent(&[TAG_KEYS], AbsentWhy::NoTag);
    } else {
        keys.many(TAG_KEYS, names);
    }
}

/// Tags that were typed as context keys are passed in the call as well; one that is stated to be
/// absent is not.
pub(super) fn follow_typed<'a>(
    keys: &mut Keys,
    of: &Of<'a>,
    typed: impl Iterator<Item = &'a str>,
    unknown: impl Iterator<Item = &'a str>,
) {
    let name_of = |key: &'a str| match key.split_at_checked(TAG.len()) {
        Some((prefix, name)) if prefix.eq_ignore_ascii_case(TAG) => Some(name),
        _ => None,
    };
    if unknown.filter_map(name_of).next().is_some() {
        // Then nobody knows the whole list of names.
        keys.perhaps(&[TAG_KEYS]);
        return;
    }
    let stated = of.request.request_tags.keys().map(String::as_str);
    let mut names: Vec<Rc<str>> = Vec::new();
    for name in stated.chain(typed.filter_map(name_of)) {
        let state = keys.context.own(&format!("{TAG}{name}"));
        let passed = matches!(state, Some(KeyState::Known { .. }));
        if passed && !names.iter().any(|other| other.eq_ignore_ascii_case(name)) {
            names.push(name.into());
        }
    }
    tag_keys(keys, names);
}

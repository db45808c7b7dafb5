//! What the first uses of the page run: `web/first.txt`, by the names of functions.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;

use super::code::{Code, hash};
use super::read::Facts;
use crate::failure::{Failure, Result};

/// What the list says of itself.
const HEAD: &str = "\
# What the first uses of the page run. `cargo xtask first` writes this list; `cargo xtask build` splits
# the app by it. A line stands for a function that ran: a number for its name, one for its code, and
# the points in it from which on nothing ran. What is not in the list comes later.
";

/// What runs otherwise each time: by addresses, by hashes that depend on them, by what comes when.
/// Nothing is taken out of such functions.
const WHOLE: [&str; 9] = [
    "alloc::raw_vec::",
    "alloc::collections::",
    "dlmalloc::",
    "js_sys::futures::",
    "std::collections::hash::",
    "wasm_bindgen::",
    "yew::dom_bundle::",
    "yew::scheduler::",
    "yew::virtual_dom::",
];
/// Generic functions of which an instance is worth another one: which of them there are, and which
/// stands for those of the same code, is another matter each time the app is built from scratch.
const ALIKE: [&str; 3] = ["alloc::raw_vec::", "alloc::collections::", "hashbrown::"];
/// What comes first as a whole, whether it ran or not: what compares keys where hashes happen to
/// meet, and what saves the work when the page is left, since nothing can be fetched then.
const ALWAYS: [&str; 5] = [
    "hashbrown::",
    "web::effects::saving::",
    "web::state::persist::",
    "web::state::storage::",
    "web::state::work::",
];

/// The functions that ran, by their name: the code that each had then, and its cold points.
#[derive(Default)]
pub(super) struct Profile {
    functions: HashMap<u32, Vec<(u32, Vec<usize>)>>,
}

impl Profile {
    /// Reads the list.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let mut profile = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = || {
                Failure::new(format!(
                    "web/first.txt, line {number}: expected two hexadecimal numbers and points, found `{line}`"
                ))
            };
            let mut words = line.split(' ');
            let mut hexadecimal = || {
                let word = words.next().ok_or_else(wrong)?;
                u32::from_str_radix(word, 16).map_err(|_| wrong())
            };
            let (name, shape) = (hexadecimal()?, hexadecimal()?);
            let points: std::result::Result<Vec<usize>, _> = words.map(str::parse).collect();
            let lines = profile.functions.entry(name).or_default();
            lines.push((shape, points.map_err(|_| wrong())?));
        }
        Ok(profile)
    }

    /// The cold points of each function that ran, for all functions of a module that have a body.
    /// Where the code of one is another one than then it has none: all of it comes first. `None` of
    /// one that did not run.
    pub(super) fn of(&self, facts: &Facts, codes: &[Code<'_>]) -> Vec<Option<Vec<usize>>> {
        let names = || facts.names.iter().skip(facts.imported as usize);
        let there: HashSet<u32> = names().map(|name| key(name)).collect();
        // What ran and has lost its name may go by that of another function of the same code.
        let lost: HashMap<u32, &Vec<usize>> = self
            .functions
            .iter()
            .filter(|(name, _)| !there.contains(name))
            .flat_map(|(_, lines)| lines)
            .map(|(shape, points)| (*shape, points))
            .collect();
        names()
            .zip(codes)
            .map(|(name, code)| {
                let shape = code.shape();
                let known = self.of_name(name, shape);
                known.or_else(|| lost.get(&shape).map(|points| points.to_vec()))
            })
            .collect()
    }

    fn of_name(&self, name: &str, shape: u32) -> Option<Vec<usize>> {
        let Some(lines) = self.functions.get(&key(name)) else {
            return is_of(name, &ALWAYS).then(Vec::new);
        };
        let known = lines.iter().find(|(known, _)| *known == shape);
        match known {
            Some((_, points)) => Some(points.clone()),
            // Functions without a name have nothing but their code in common.
            None => (!name.is_empty()).then(Vec::new),
        }
    }
}

/// Writes the list; `ran` says of each point of the code, counted through all functions, whether it ran.
pub(super) fn write(facts: &Facts, codes: &[Code<'_>], ran: impl Fn(usize) -> bool) -> String {
    // Copies of a function that cannot be told apart ran what any of them ran.
    let mut copies: BTreeMap<(u32, u32), (&Code<'_>, Vec<bool>)> = BTreeMap::new();
    let mut before = 0;
    let names = facts.names.iter().skip(facts.imported as usize);
    for (code, name) in codes.iter().zip(names) {
        let points = before..before + code.points.len();
        before = points.end;
        let is_whole = is_of(name, &WHOLE) || is_of(name, &ALWAYS);
        if ran(points.start) {
            let (_, all) = copies
                .entry((key(name), code.shape()))
                .or_insert_with(|| (code, vec![false; code.points.len()]));
            for (all, point) in all.iter_mut().zip(points) {
                *all |= is_whole || ran(point);
            }
        }
    }
    let mut list = HEAD.to_owned();
    for ((name, shape), (code, ran)) in copies {
        let _ = write!(list, "{name:08x} {shape:08x}");
        for point in code.cold(|point| ran.get(point) == Some(&true)) {
            let _ = write!(list, " {point}");
        }
        list.push('\n');
    }
    list
}

/// Whether a function belongs to one of the modules: its name begins so, as a path or as a type's.
fn is_of(name: &str, modules: &[&str]) -> bool {
    let name = name.trim_start_matches(['<', '&']);
    modules.iter().any(|module| name.starts_with(module))
}

/// A number for a name, without what tells copies of a function apart: `.12`, `[1]`, and for some
/// the types that they are made for.
fn key(name: &str) -> u32 {
    let copy = |text: &char| text.is_ascii_digit();
    let plain = name.trim_end_matches(|it| copy(&it));
    let plain = plain.strip_suffix('.').unwrap_or(name);
    let inner = plain
        .strip_suffix(']')
        .map(|it| it.trim_end_matches(|it| copy(&it)));
    let plain = inner.and_then(|it| it.strip_suffix('[')).unwrap_or(plain);
    if is_of(plain, &ALIKE) {
        hash(without_types(plain).bytes())
    } else {
        hash(plain.bytes())
    }
}

/// A name without the types that a generic function, or the type that it belongs to, is made for.
fn without_types(name: &str) -> String {
    // Where a name begins with a bracket, the path of the type stands in it.
    let outside = usize::from(name.starts_with('<'));
    let mut depth = 0;
    let mut plain = String::new();
    for c in name.chars() {
        match c {
            '<' => depth += 1,
            '>' => depth = usize::saturating_sub(depth, 1),
            c if depth <= outside => plain.push(c),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instances_of_collections_are_alike() {
        let same = [
            "alloc::collections::btree::node::move_to_slice::<usize>",
            "alloc::collections::btree::node::move_to_slice::<organization::ids::AccountId>.12",
        ];
        assert_eq!(key(same[0]), key(same[1]));
        assert_eq!(
            without_types("<alloc::raw_vec::RawVec<u8, alloc::Global>>::grow_one"),
            "alloc::raw_vec::RawVec::grow_one"
        );
        assert_ne!(
            key("alloc::collections::btree::node::move_to_slice::<usize>"),
            key("alloc::collections::btree::node::slice_insert::<usize>")
        );
        assert_ne!(key("web::draw::<usize>"), key("web::draw::<u8>"));
    }
}

//! What the first uses of the page run: `web/first.txt`, by the names of functions.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;

use super::code::{Code, hash};
use super::read::Facts;
use crate::failure::{Failure, Result};

/// What the list says of itself.
const HEAD: &str = "\
# What the first uses of the page run. `cargo xtask first` writes this list; `cargo xtask build` splits
# the app by it. A line stands for a function that ran: a number for its name (for some, another one
# for the name without types), one for its code, and the points in it from which on nothing ran. What
# is not in the list comes later.
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
/// Generic functions of which one instance may stand for another: which one does, and so gives the
/// name, differs where the app is built from scratch and where it is built upon an earlier build.
const ALIKE: [&str; 2] = ["alloc::raw_vec::", "alloc::collections::"];
/// What comes first as a whole, whether it ran or not: what compares keys where hashes happen to
/// meet; a notice that goes away after a while; and what saves the work when the page is left, since
/// nothing can be fetched then.
const ALWAYS: [&str; 6] = [
    "hashbrown::",
    "web::components::notice::",
    "web::effects::saving::",
    "web::state::persist::",
    "web::state::storage::",
    "web::state::work::",
];

/// The functions that ran, by their name: the code that each had then, and its cold points.
#[derive(Default)]
pub(super) struct Profile {
    functions: HashMap<u32, Vec<(u32, Vec<usize>)>>,
    /// Names without types, of [`ALIKE`], by their names.
    alike: HashMap<u32, u32>,
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
                    "web/first.txt, line {number}: expected hexadecimal numbers and points, found `{line}`"
                ))
            };
            let hexadecimal = |word: &str| u32::from_str_radix(word, 16).map_err(|_| wrong());
            let mut words = line.split(' ');
            let mut word = || words.next().ok_or_else(wrong);
            let (names, shape) = (word()?, hexadecimal(word()?)?);
            let name = match names.split_once('/') {
                Some((name, plain)) => {
                    let name = hexadecimal(name)?;
                    profile.alike.insert(name, hexadecimal(plain)?);
                    name
                }
                None => hexadecimal(names)?,
            };
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
        // What ran and has lost its name goes by that of another function: of the same code, or of
        // another instance.
        let lost = |name: &u32| !there.contains(name);
        let mut lost_codes: HashMap<u32, Vec<usize>> = HashMap::new();
        let of_lost = self.functions.iter().filter(|(name, _)| lost(name));
        for (shape, points) in of_lost.flat_map(|(_, lines)| lines) {
            let known = lost_codes.entry(*shape).or_insert_with(|| points.clone());
            if known != points {
                // Which of them it is, nobody knows: nothing is taken out of it.
                known.clear();
            }
        }
        let alike = self.alike.iter().filter(|(name, _)| lost(name));
        let lost_alike: HashSet<u32> = alike.map(|(_, plain)| *plain).collect();
        let known = |name: &str, shape: u32| {
            let of_code = || lost_codes.get(&shape).cloned();
            let is_alike = || plain_key(name).is_some_and(|plain| lost_alike.contains(&plain));
            self.of_name(name, shape)
                .or_else(of_code)
                .or_else(|| is_alike().then(Vec::new))
        };
        let pairs = names().zip(codes);
        pairs
            .map(|(name, code)| known(name, code.shape()))
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

/// Copies of a function that cannot be told apart.
struct Copies<'a> {
    code: &'a Code<'a>,
    plain: Option<u32>,
    /// Which of the points any of them ran.
    ran: Vec<bool>,
}

/// Writes the list; `ran` says of each point of the code, counted through all functions, whether it ran.
pub(super) fn write(facts: &Facts, codes: &[Code<'_>], ran: impl Fn(usize) -> bool) -> String {
    let mut functions: BTreeMap<(u32, u32), Copies<'_>> = BTreeMap::new();
    let mut before = 0;
    let names = facts.names.iter().skip(facts.imported as usize);
    for (code, name) in codes.iter().zip(names) {
        let points = before..before + code.points.len();
        before = points.end;
        let is_whole = is_of(name, &WHOLE) || is_of(name, &ALWAYS);
        if ran(points.start) {
            let copies = functions
                .entry((key(name), code.shape()))
                .or_insert_with(|| Copies {
                    code,
                    plain: plain_key(name),
                    ran: vec![false; code.points.len()],
                });
            for (all, point) in copies.ran.iter_mut().zip(points) {
                *all |= is_whole || ran(point);
            }
        }
    }
    let mut list = HEAD.to_owned();
    for ((name, shape), Copies { code, plain, ran }) in functions {
        let _ = write!(list, "{name:08x}");
        if let Some(plain) = plain {
            let _ = write!(list, "/{plain:08x}");
        }
        let _ = write!(list, " {shape:08x}");
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

/// A number for a name, without what tells copies of a function apart: `.12`, `[1]`.
fn key(name: &str) -> u32 {
    hash(without_number(name).bytes())
}

/// A number for a name of [`ALIKE`] without the types that a generic function, or the type that it
/// belongs to, is made for.
fn plain_key(name: &str) -> Option<u32> {
    is_of(name, &ALIKE).then(|| hash(without_types(without_number(name)).bytes()))
}

fn without_number(name: &str) -> &str {
    let copy = |text: &char| text.is_ascii_digit();
    let plain = name.trim_end_matches(|it| copy(&it));
    let plain = plain.strip_suffix('.').unwrap_or(name);
    let inner = plain
        .strip_suffix(']')
        .map(|it| it.trim_end_matches(|it| copy(&it)));
    inner.and_then(|it| it.strip_suffix('[')).unwrap_or(plain)
}

fn without_types(name: &str) -> String {
    // Where a name begins with a bracket, the path of the type stands in it.
    let mut outside = usize::from(name.starts_with('<'));
    let (mut depth, mut before) = (0_usize, ' ');
    let mut plain = String::new();
    for c in name.chars() {
        match c {
            '<' => depth += 1,
            // Not the arrow of a function's type.
            '>' if before != '-' => {
                depth = depth.saturating_sub(1);
                outside = outside.min(depth);
            }
            c if depth <= outside => plain.push(c),
            _ => {}
        }
        before = c;
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_and_instances_are_told_from_other_functions() {
        let of = "alloc::collections::btree::node::move_to_slice::<usize>";
        let other = "alloc::collections::btree::node::move_to_slice::<ids::AccountId>.12";
        assert_eq!(
            key(of),
            key("alloc::collections::btree::node::move_to_slice::<usize>[3]")
        );
        assert_ne!(key(of), key(other));
        assert_eq!(plain_key(of), plain_key(other));
        assert_ne!(
            plain_key(of),
            plain_key("alloc::collections::btree::node::slice_insert::<usize>")
        );
        assert_eq!(plain_key("web::draw::<usize>"), None);
        assert_eq!(
            without_types("<alloc::raw_vec::RawVec<fn() -> u8>>::reserve::<usize>"),
            "alloc::raw_vec::RawVec::reserve::"
        );
    }
}

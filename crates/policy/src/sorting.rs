//! Sorting that stays small. The sorts of the standard library are made anew for every type, some
//! four kilobytes each in WebAssembly; here one of them, of positions, serves all types.

use std::cmp::Ordering;

/// The positions `0..count` in the order that `compare` gives them; equal ones stay as they are.
pub fn order(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

/// Sorts a list; equal items stay in the order they have.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = order(items.len(), &mut |a, b| compare(&items[a], &items[b]));
    let mut unsorted: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| unsorted[at].take()));
}

#[cfg(test)]
mod tests {
    use super::{order, sort_by};

    #[test]
    fn equal_items_keep_their_order() {
        let mut words = vec!["pear", "fig", "apple", "kiwi", "date", "lime"];
        sort_by(&mut words, |a, b| a.len().cmp(&b.len()));
        assert_eq!(words, ["fig", "pear", "kiwi", "date", "lime", "apple"]);
    }

    #[test]
    fn the_order_names_positions() {
        let letters = ['c', 'a', 'b'];
        let order = order(letters.len(), &mut |a, b| letters[a].cmp(&letters[b]));
        assert_eq!(order, [1, 2, 0]);
    }
}

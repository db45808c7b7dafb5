//! The part of a long tree that is drawn: what is in sight, and some rows around it. Rows of a
//! long tree all have one height, so that the place of each is known without drawing it.

use std::ops::Range;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Trees with no more lines than this are drawn as a whole.
const ALL: usize = 240;
/// The window moves by as many rows at once.
const STEP: usize = 16;
/// Rows above and below what is in sight.
const AROUND: usize = 24;

/// A piece of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// As many rows that are not drawn.
    Space(usize),
    /// The row with this position.
    Row(usize),
}

/// Whether a tree of so many lines is drawn in part only.
pub(super) fn is_long(lines: usize) -> bool {
    lines > ALL
}

/// The pieces of a tree of so many lines, of which the `window` is drawn, and one more row
/// wherever it is: the one with the focus.
pub(super) fn pieces(lines: usize, window: &Range<usize>, focused: Option<usize>) -> Vec<Piece> {
    if !is_long(lines) {
        return (0..lines).map(Piece::Row).collect();
    }
    let window = window.start.min(lines)..window.end.min(lines);
    let mut drawn: Vec<usize> = window.clone().collect();
    if let Some(focused) = focused.filter(|at| *at < lines && !window.contains(at)) {
        let at = if focused < window.start {
            0
        } else {
            drawn.len()
        };
        drawn.insert(at, focused);
    }
    let mut pieces = Vec::with_capacity(drawn.len() + 3);
    let mut next = 0;
    for row in drawn {
        if row > next {
            pieces.push(Piece::Space(row - next));
        }
        pieces.push(Piece::Row(row));
        next = row + 1;
    }
    if lines > next {
        pieces.push(Piece::Space(lines - next));
    }
    pieces
}

/// The element in which the tree scrolls.
pub(super) fn scroller(tree: &Element) -> Option<HtmlElement> {
    let list = tree.closest(".organization-list").ok()??;
    list.dyn_into().ok()
}

/// The rows to draw for what is in sight, where each has this height.
pub(super) fn window(tree: &Element, height: f64) -> Range<usize> {
    let Some(list) = scroller(tree) else {
        return 0..ALL;
    };
    let above = list.get_bounding_client_rect().top() - tree.get_bounding_client_rect().top();
    let first = (above.max(0.0) / height) as usize;
    let seen = (f64::from(list.client_height()) / height) as usize + 1;
    let start = first.saturating_sub(AROUND) / STEP * STEP;
    start..start + (seen + 2 * AROUND).div_ceil(STEP) * STEP + STEP
}

/// Scrolls until the row at this position is in sight. A filter that stays above the rows covers
/// nothing of it.
pub(super) fn bring(tree: &Element, height: f64, position: usize) {
    let Some(list) = scroller(tree) else { return };
    let area = list.get_bounding_client_rect();
    let top = tree.get_bounding_client_rect().top() + height * position as f64;
    let covered = list
        .query_selector(".tree-filter")
        .ok()
        .flatten()
        .map_or(0.0, |filter| filter.get_bounding_client_rect().height());
    let (above, below) = (
        top - area.top() - covered,
        top + height - area.top() - f64::from(list.client_height()),
    );
    let by = if above < 0.0 {
        above
    } else if below > 0.0 {
        below
    } else {
        return;
    };
    list.set_scroll_top(list.scroll_top() + by.round() as i32);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_row_or_in_a_space() {
        let count = |pieces: &[Piece]| -> usize {
            let lines = pieces.iter().map(|piece| match piece {
                Piece::Space(rows) => *rows,
                Piece::Row(_) => 1,
            });
            lines.sum()
        };
        for (window, focused) in [
            (0..90, None),
            (0..90, Some(5_000)),
            (960..1_050, Some(3)),
            (960..1_050, Some(959)),
            (960..1_050, Some(1_000)),
            (9_950..10_040, Some(9_999)),
            (20_000..20_090, None),
        ] {
            let pieces = pieces(10_000, &window, focused);
            assert_eq!(count(&pieces), 10_000, "{window:?} {focused:?}");
            if let Some(focused) = focused {
                assert!(pieces.contains(&Piece::Row(focused)));
            }
        }
        assert_eq!(pieces(3, &(0..0), None).len(), 3);
    }
}

//! What if: how many verdicts another scenario would change, which single changes would turn the
//! verdict that is looked at, and what decides a verdict that depends on something.
//!
//! Everything is found by trying: a change is made to a copy of the scenario, and the copy is
//! evaluated. The work is cut into steps, so that a page can do it while nothing else is to do
//! and leave off at any time.

mod branch;
mod candidates;
mod count;
mod search;

pub use branch::{can_settle, settle};
pub use count::{Counter, Effect};
pub use search::{Search, Way};

use organization::{Edit, Scenario};

/// The scenario after several edits; none if one of them is refused.
#[must_use]
pub fn applied(scenario: &Scenario, edits: &[Edit]) -> Option<Scenario> {
    let mut after = scenario.clone();
    for edit in edits {
        after = after.apply(edit.clone()).ok()?.scenario;
    }
    Some(after)
}

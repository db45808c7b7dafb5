//! What AWS services offer.
//!
//! The facts here are the few that verdicts need. They are compiled in and dated, so that a verdict
//! never depends on a download: facts that have changed are asked for as of a [`Date`], all others
//! are those of [`AS_OF`]. An action that the tables do not know is evaluated all the same.

mod actions;
mod date;
mod dated;
mod keys;
mod organizations;
mod regions;
mod sharing;

pub use actions::{OwnerKeys, is_without_resource, owner_keys};
pub use date::Date;
pub use dated::Dated;
pub use keys::{RepeatedKey, is_multivalued, is_single_valued, repeated_key, takes_whole_ids};
pub use organizations::{Quotas, accepts_rcps, has_full_scp_language, quotas, rcp_services};
pub use regions::global_region;
pub use sharing::{belongs_to_caller, is_shared_without_policy, takes_request_tags};

/// The date of the tables: no fact in them is newer.
pub const AS_OF: Date = Date::new(2026, 11, 21);

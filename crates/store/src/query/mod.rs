//! Which events a question is about: conditions, text search, counting, time bins and order.
//!
//! Everything here works on codes of the columnar store and answers with codes and numbers; texts
//! for a reader are made in `guestlens_core::report`.

pub mod clause;
pub mod clock;
pub mod count;
pub mod events;
pub mod facet;
mod lines;
pub mod order;
pub mod passes;
mod rank;
pub mod search;
pub mod selection;
pub mod time_bins;
pub mod values;

pub use clock::{DayClock, LocalClock, hour_of_week};
pub use count::{Ranked, Tally, counts, distinct, top};
pub use events::Events;
pub use facet::facet;
pub use order::order;
pub use search::fold;
pub use selection::Selection;
pub use time_bins::{TimeBins, histogram};
pub use values::FieldValues;

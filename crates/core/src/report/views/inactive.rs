//! Which guests have been asleep for how long.

use super::{Made, ViewScope};

pub(super) fn view(_scope: &ViewScope) -> Made {
    Made::default()
}

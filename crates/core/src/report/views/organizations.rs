//! Connected organizations and the guests of each.

use super::{Made, ViewScope};

pub(super) fn view(_scope: &ViewScope) -> Made {
    Made::default()
}

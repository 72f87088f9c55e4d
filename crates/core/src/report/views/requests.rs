//! Access package requests, step by step.

use super::{Made, ViewScope};

pub(super) fn view(_scope: &ViewScope) -> Made {
    Made::default()
}

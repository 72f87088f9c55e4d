//! What is unusual, why, and on which evidence.

use super::{Made, ViewScope};

pub(super) fn view(_scope: &ViewScope) -> Made {
    Made::default()
}

//! Two snapshots side by side: new, gone, changed.

use super::{Made, ViewScope};

pub(super) fn view(_scope: &ViewScope) -> Made {
    Made::default()
}

//! Application role assignments and group memberships, inside and outside of packages.

use super::{Made, ViewScope};

pub(super) fn view(_scope: &ViewScope) -> Made {
    Made::default()
}

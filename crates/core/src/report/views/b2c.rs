//! Azure AD B2C: tokens, sign-ins and the six activity types.

use super::{Made, ViewScope};

pub(super) fn view(_scope: &ViewScope) -> Made {
    Made::default()
}

//! Which time the files cover.

use super::{Made, ViewScope};
use crate::report::{
    blocks::{Block, Control},
    coverage,
};

/// Days that a tenant with Entra ID P1 or P2 keeps its logs. Source: Microsoft, "Microsoft Entra data retention".
const LICENSED: i64 = 30;

pub(super) fn view(scope: &ViewScope) -> Made {
    let days = scope.number("retention", LICENSED, 1, 730);
    let retention = Control::Choice {
        name: "retention".into(),
        label: "The tenant keeps its logs for".into(),
        testid: "retention".into(),
        value: days.to_string(),
        options: vec![("7".into(), "7 days (free)".into()), ("30".into(), "30 days (Entra ID P1 or P2)".into())],
    };
    let coverage = coverage(scope.derived.store, days as u32, scope.zone());
    Made { blocks: vec![Block::Controls { controls: vec![retention] }, Block::Coverage(coverage)], opened: None }
}

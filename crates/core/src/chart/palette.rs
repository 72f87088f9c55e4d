//! Which colour a stacked value has. The same value keeps its colour in all charts of a page.

use crate::arrange::Arrange as _;
use crate::{model::Field, report::Series};

/// A colour by its role; the painter knows the shade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// An unstacked chart.
    Plain,
    /// Result `success`.
    Success,
    /// Result `failure`.
    Failure,
    /// Result `timeout`.
    Timeout,
    /// One of the eight hues, from 1.
    Hue(u8),
    /// All values without a series of their own, or no value.
    Other,
}

impl Paint {
    /// A stable kebab-case name.
    pub fn id(self) -> &'static str {
        const HUES: [&str; 8] = ["hue-1", "hue-2", "hue-3", "hue-4", "hue-5", "hue-6", "hue-7", "hue-8"];
        match self {
            Self::Plain => "plain",
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Timeout => "timeout",
            Self::Hue(hue) => HUES[(hue as usize).saturating_sub(1) % HUES.len()],
            Self::Other => "other",
        }
    }
}

/// Values that get the first hues, because they make up most of the usual log.
const USUAL: &[&str] = &[
    "UserManagement",
    "GroupManagement",
    "ApplicationManagement",
    "RoleManagement",
    "EntitlementManagement",
    "Core Directory",
    "Invited Users",
    "User",
    "Application",
    "Update",
    "Add",
    "Update user",
    "Add member to group",
    "Invite external user",
    "Redeem external user invite",
    "Add user",
];

/// One paint per series. Results have reserved ones; other values get the hues in a fixed order, the
/// usual ones first, then by the alphabet: a filter that changes their counts changes no colour.
pub fn palette(stack: Option<Field>, series: &[Series]) -> Vec<Paint> {
    if stack.is_none() {
        return vec![Paint::Plain; series.len()];
    }
    let mut names: Vec<&str> =
        series.iter().filter(|series| !series.other && !series.name.is_empty()).map(|series| &*series.name).collect();
    names.arrange_by_key(|name| rank(name));
    series.iter().map(|series| paint(stack, series, &names)).collect()
}

fn rank(name: &str) -> (usize, &str) {
    (USUAL.iter().position(|usual| *usual == name).unwrap_or(USUAL.len()), name)
}

fn paint(stack: Option<Field>, series: &Series, names: &[&str]) -> Paint {
    if series.other || series.name.is_empty() {
        return Paint::Other;
    }
    match (stack, &*series.name) {
        (Some(Field::Result), "success") => Paint::Success,
        (Some(Field::Result), "failure") => Paint::Failure,
        (Some(Field::Result), "timeout") => Paint::Timeout,
        (_, name) => Paint::Hue((names.iter().position(|one| *one == name).unwrap_or(0) % 8 + 1) as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(names: &[&str]) -> Vec<Series> {
        names.iter().map(|name| Series { name: (*name).into(), other: *name == "other", counts: vec![] }).collect()
    }

    #[test]
    fn a_change_of_order_changes_no_colour() {
        let first = palette(Some(Field::Category), &series(&["b", "a", "", "other"]));
        assert_eq!(first, [Paint::Hue(2), Paint::Hue(1), Paint::Other, Paint::Other]);
        let then = palette(Some(Field::Category), &series(&["a", "b"]));
        assert_eq!(then, [Paint::Hue(1), Paint::Hue(2)]);
    }

    #[test]
    fn usual_values_come_first() {
        let paints = palette(Some(Field::Category), &series(&["Authentication", "GroupManagement", "UserManagement"]));
        assert_eq!(paints, [Paint::Hue(3), Paint::Hue(2), Paint::Hue(1)]);
    }

    #[test]
    fn results_have_reserved_colours() {
        let paints = palette(Some(Field::Result), &series(&["success", "timeout", "failure", "partial"]));
        assert_eq!(paints[..3], [Paint::Success, Paint::Timeout, Paint::Failure]);
        assert_eq!(paints[3].id(), "hue-2");
        assert_eq!(palette(None, &series(&["x"])), [Paint::Plain]);
    }
}

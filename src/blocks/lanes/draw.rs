//! Outlines of spans and marks, in pixels: the same on the screen and in pictures.

use guestlens_core::{
    chart::TimeScale,
    report::{Certainty, Lane, Lanes},
};
use std::fmt::Write;

/// Height of a track, pixels; its span is a little lower.
pub const TRACK: f64 = 20.0;
/// Height of the strip that holds marks.
pub const STRIP: f64 = 22.0;
/// Height of a span.
pub const SPAN: f64 = 16.0;
/// Room above and below what is in a lane.
pub const PAD: f64 = 5.0;
/// Half the width of a mark.
pub const MARK: f64 = 5.0;
/// Room at both ends of the axis, so that marks at its ends are whole.
pub const EDGE: f64 = 8.0;

/// The scale of an axis that begins so far to the right.
pub fn scale(period: (i64, i64), left: f64, width: f64) -> TimeScale {
    let (from, to) = period;
    TimeScale { from, to: to.max(from + 1), left: left + EDGE, width: (width - 2.0 * EDGE).max(40.0) }
}

/// How many tracks a lane needs.
pub fn tracks(lane: &Lane) -> u32 {
    lane.spans.iter().map(|span| span.track + 1).max().unwrap_or(0).max(lane.tracks.min(64))
}

/// How high a lane is.
pub fn height(lane: &Lane) -> f64 {
    let strip = if lane.marks.is_empty() { 0.0 } else { STRIP };
    (strip + f64::from(tracks(lane)) * TRACK + 2.0 * PAD).max(32.0)
}

/// Upper edge of the tracks: below the strip of marks, if there is one.
pub fn tracks_top(lane: &Lane) -> f64 {
    PAD + if lane.marks.is_empty() { 0.0 } else { STRIP }
}

/// Middle of the strip of marks; of the whole lane where nothing else is in it.
pub fn strip_middle(lane: &Lane) -> f64 {
    if tracks(lane) == 0 { height(lane) / 2.0 } else { PAD + STRIP / 2.0 - 1.0 }
}

/// Where a span begins and ends; never thinner than can be seen, never beyond the axis.
pub fn ends(scale: TimeScale, from: i64, to: i64) -> (f64, f64) {
    let (left, right) = (scale.left - EDGE, scale.left + scale.width + EDGE);
    let (a, b) = (scale.x(from).clamp(left, right), scale.x(to).clamp(left, right));
    if b - a < 4.0 { (f64::midpoint(a, b) - 2.0, f64::midpoint(a, b) + 2.0) } else { (a, b) }
}

/// The body of a span; an end beyond what the files cover is an arrow.
pub fn body((from, to): (f64, f64), y: f64, (from_is, to_is): (Certainty, Certainty)) -> String {
    let tip = ((to - from) / 2.0).min(6.0);
    let middle = y + SPAN / 2.0;
    let foot = y + SPAN;
    let mut path = String::new();
    let _ = match from_is {
        Certainty::Unknown => {
            write!(path, "M{:.1} {y:.1}L{from:.1} {middle:.1}L{:.1} {foot:.1}", from + tip, from + tip)
        }
        _ => write!(path, "M{from:.1} {y:.1}L{from:.1} {foot:.1}"),
    };
    let _ = match to_is {
        Certainty::Unknown => write!(path, "L{:.1} {foot:.1}L{to:.1} {middle:.1}L{:.1} {y:.1}z", to - tip, to - tip),
        _ => write!(path, "L{to:.1} {foot:.1}L{to:.1} {y:.1}z"),
    };
    path
}

/// The shapes of marks, told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An open circle: something begins or is asked for.
    Ring,
    /// A disc: it is done or given.
    Disc,
    /// A stroke: activity.
    Stroke,
    /// A cross: it fails, ends or is taken away.
    Cross,
    /// A square: a decision or a change.
    Square,
    /// Anything else.
    Diamond,
}

/// The shape of a kind of mark, by the words in its name.
pub fn shape(kind: &str) -> Shape {
    const WORDS: [(Shape, &[&str]); 5] = [
        (
            Shape::Cross,
            &[
                "fail", "denied", "deny", "delete", "remove", "expire", "cancel", "block", "disable", "lost", "end",
                "timed", "revoke", "left",
            ],
        ),
        (
            Shape::Ring,
            &[
                "invite",
                "invited",
                "request",
                "requested",
                "created",
                "create",
                "added-to-tenant",
                "submit",
                "restore",
                "start",
            ],
        ),
        (
            Shape::Disc,
            &["redeem", "approve", "deliver", "assign", "grant", "fulfil", "accept", "enable", "gain", "joined"],
        ),
        (Shape::Stroke, &["sign-in", "activity", "login", "audit", "seen", "event"]),
        (Shape::Square, &["review", "decision", "update", "change", "consent", "convert", "role", "policy"]),
    ];
    WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| kind.contains(word)))
        .map_or(Shape::Diamond, |(shape, _)| *shape)
}

/// The outline of a mark around a point.
pub fn mark(shape: Shape, x: f64, y: f64) -> String {
    let m = MARK;
    match shape {
        Shape::Ring | Shape::Disc => {
            let r = if shape == Shape::Ring { m - 1.0 } else { m };
            format!("M{:.1} {y:.1}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z", x - r, d = 2.0 * r)
        }
        Shape::Stroke => format!("M{x:.1} {:.1}v{:.1}", y - m - 1.0, 2.0 * m + 2.0),
        Shape::Cross => {
            let c = m - 1.0;
            format!("M{:.1} {:.1}l{d} {d}m0 -{d}l-{d} {d}", x - c, y - c, d = 2.0 * c)
        }
        Shape::Square => format!("M{:.1} {:.1}h{d}v{d}h-{d}z", x - m + 1.0, y - m + 1.0, d = 2.0 * (m - 1.0)),
        Shape::Diamond => format!("M{x:.1} {:.1}l{m} {m}l-{m} {m}l-{m} -{m}z", y - m),
    }
}

/// Whether a shape is drawn by its line alone.
pub fn is_line(shape: Shape) -> bool {
    matches!(shape, Shape::Ring | Shape::Stroke | Shape::Cross)
}

/// The stable word of a shape, for classes.
pub fn shape_id(shape: Shape) -> &'static str {
    if is_line(shape) { "line" } else { "solid" }
}

/// Slanted strokes over a stretch of time, for what no file covers.
pub fn hatch((from, to): (f64, f64), top: f64, height: f64) -> String {
    const STEP: f64 = 6.0;
    let mut path = String::new();
    let first = ((from - height) / STEP).floor() as i64;
    let last = (to / STEP).ceil() as i64;
    for number in first..=last.min(first + 2_000) {
        // From the lower left to the upper right, cut at both sides.
        let x = number as f64 * STEP;
        let (low, high) = ((from - x).clamp(0.0, height), (to - x).clamp(0.0, height));
        if high > low {
            let _ =
                write!(path, "M{:.1} {:.1}L{:.1} {:.1}", x + low, top + height - low, x + high, top + height - high);
        }
    }
    path
}

/// The kinds of marks and spans there are, in the order they appear.
pub fn kinds(lanes: &Lanes) -> (Vec<String>, Vec<String>) {
    let mut marks: Vec<String> = Vec::new();
    let mut spans: Vec<String> = Vec::new();
    for lane in &lanes.lanes {
        for mark in &lane.marks {
            if !marks.contains(&mark.kind) {
                marks.push(mark.kind.clone());
            }
        }
        for span in &lane.spans {
            if !spans.contains(&span.kind) {
                spans.push(span.kind.clone());
            }
        }
    }
    (marks, spans)
}

/// `pending-approval` as `Pending approval`.
pub fn kind_words(kind: &str) -> String {
    let words = kind.replace('-', " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_ends_are_arrows() {
        let known = body((10.0, 50.0), 0.0, (Certainty::Known, Certainty::Inferred));
        assert_eq!(known, "M10.0 0.0L10.0 16.0L50.0 16.0L50.0 0.0z");
        let open = body((10.0, 50.0), 0.0, (Certainty::Unknown, Certainty::Unknown));
        assert_eq!(open, "M16.0 0.0L10.0 8.0L16.0 16.0L44.0 16.0L50.0 8.0L44.0 0.0z");
    }

    #[test]
    fn short_spans_can_be_seen_and_long_ones_end_at_the_axis() {
        let scale = scale((0, 1_000), 0.0, 116.0);
        assert_eq!(ends(scale, 500, 500), (56.0, 60.0));
        assert_eq!(ends(scale, -5_000, 5_000), (0.0, 116.0));
    }

    #[test]
    fn hatching_stays_inside() {
        for number in hatch((20.0, 31.0), 4.0, 10.0).split(['M', 'L']).filter(|part| !part.is_empty()) {
            let (x, y) = number.split_once(' ').unwrap();
            assert!((20.0..=31.0).contains(&x.parse().unwrap()) && (4.0..=14.0).contains(&y.parse::<f64>().unwrap()));
        }
    }

    #[test]
    fn kinds_have_shapes_and_words() {
        assert_eq!(
            [shape("invited"), shape("sign-in-failed"), shape("sign-in"), shape("odd")],
            [Shape::Ring, Shape::Cross, Shape::Stroke, Shape::Diamond]
        );
        assert_eq!(kind_words("pending-approval"), "Pending approval");
    }
}

//! Spans and marks over time as a picture.

use super::{
    Caption, Drawing,
    sheet::{GRID, INK, INK_2, MARGIN, Sheet, TOP, WIDTH, cut, tone_color},
};
use crate::blocks::{
    axis::time_labels,
    lanes::{
        draw::{self, SPAN, TRACK, body, ends, hatch, mark, scale, shape, strip_middle, tracks_top},
        is_hollow, mark_words, span_words,
    },
};
use guestlens_core::{report::Lanes, time::Zone};

const NAMES: f64 = 220.0;

/// The lanes in sight under their axis.
pub fn lanes(caption: &Caption, lanes: &Lanes, zone: &Zone) -> Drawing {
    let mut sheet = Sheet::new(caption);
    let left = MARGIN + NAMES;
    let time = scale(lanes.period, left, WIDTH - MARGIN - left);
    let end = TOP + 16.0 + lanes.lanes.iter().map(draw::height).sum::<f64>();
    for (from, to) in &lanes.gaps {
        sheet.stroke(&hatch(ends(time, *from, *to), TOP + 8.0, end - TOP - 8.0), GRID);
    }
    for (x, label, _) in time_labels(time, zone) {
        sheet.line((x, TOP - 6.0), (x, end), GRID);
        sheet.text(x + 4.0, TOP + 4.0, "start", 12, INK_2, &label);
    }
    let mut y = TOP + 16.0;
    for lane in &lanes.lanes {
        sheet.text(left - 12.0, y + draw::height(lane) / 2.0 + 4.0, "end", 12, INK, &cut(&lane.name, 32));
        for span in &lane.spans {
            let top = y + tracks_top(lane) + f64::from(span.track) * TRACK + (TRACK - SPAN) / 2.0;
            let (from, to) = ends(time, span.from, span.to);
            sheet.titled(
                &body((from, to), top, (span.from_is, span.to_is)),
                tone_color(span.tone),
                "0.35",
                &span_words(span, zone),
            );
            let room = ((to - from - 12.0) / 6.6) as usize;
            if room >= 6 {
                sheet.text(from + 7.0, top + SPAN - 4.0, "start", 12, INK, &cut(&span.label, room));
            }
        }
        for one in &lane.marks {
            let outline = mark(shape(&one.kind), time.x(one.time), y + strip_middle(lane));
            if is_hollow(&one.kind) {
                sheet.stroke(&outline, tone_color(one.tone));
            } else {
                sheet.titled(&outline, tone_color(one.tone), "1", &mark_words(one, zone));
            }
        }
        y += draw::height(lane);
        sheet.line((MARGIN, y), (WIDTH - MARGIN, y), GRID);
    }
    sheet.finish(end)
}

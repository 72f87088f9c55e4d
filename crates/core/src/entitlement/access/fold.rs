//! Marks on one person's time with one thing, folded into spans. The order in which marks were found
//! never matters: they are sorted by time and kind first.

use super::span::{Span, Sure, Why};
use crate::arrange::Arrange as _;
use crate::time::DAY;

/// What a mark means; marks of one moment are taken in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Tells {
    /// Access was taken.
    End,
    /// The account was deleted.
    Deleted,
    /// The account came back.
    Restored,
    /// Access was given.
    Begin,
    /// An assignment starts, as an export has it.
    Start,
    /// A part of what a package gave was taken.
    PartEnd,
    /// The removal was asked for.
    Asked,
    /// It was there.
    Held,
    /// An export calls it expired, without a time.
    Over,
}

/// Something that is told of access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub subject: u32,
    pub thing: u32,
    /// Ticks; none for what a file without any date tells.
    pub time: Option<i64>,
    pub tells: Tells,
    pub event: Option<u32>,
    pub assignment: Option<u32>,
    pub managed: bool,
    /// When it is to end.
    pub planned: Option<i64>,
}

/// What limits a span whose ends nothing tells.
#[derive(Clone, Copy)]
pub(super) struct Limits<'a> {
    /// Begin and end of the time around a moment that logs cover without a gap.
    pub covered: &'a dyn Fn(i64) -> (i64, i64),
    /// The newest moment that any file tells of.
    pub as_of: i64,
}

/// Records of one change may be so far apart: an event, the request's completion, a field of an export.
const SAME: i64 = DAY;

struct Open {
    span: Span,
    /// The begin was read from an export, which may name the request's day.
    from_field: bool,
    asked: Option<(i64, u32)>,
    seen: Option<i64>,
}

/// The spans of one subject and thing. Marks are of the two alone, sorted.
pub(super) fn fold(marks: &[Mark], limits: Limits, spans: &mut Vec<Span>) {
    let mut folder = Folder { limits, open: None, last: None, by_deletion: false, spans };
    for mark in marks {
        folder.take(mark);
    }
    folder.finish();
}

struct Folder<'a, 'b> {
    limits: Limits<'b>,
    open: Option<Open>,
    /// End of the newest span that has ended.
    last: Option<i64>,
    by_deletion: bool,
    spans: &'a mut Vec<Span>,
}

impl Folder<'_, '_> {
    fn take(&mut self, mark: &Mark) {
        match (mark.tells, mark.time) {
            (Tells::Begin, Some(time)) => self.begin(mark, time, false),
            (Tells::Start, Some(time)) => self.begin(mark, time, true),
            (Tells::Held, _) | (Tells::Begin | Tells::Start, None) => self.held(mark),
            (Tells::End, Some(time)) => self.end(mark, time, Sure::Known, mark.event.map_or(Why::Field, Why::Event)),
            (Tells::Asked, Some(time)) => self.asked(mark, time),
            (Tells::PartEnd, Some(time)) => {
                let asked = self.open.as_ref().and_then(|open| open.asked);
                match (asked, mark.event) {
                    (Some((at, _)), Some(event)) if time - at <= SAME => {
                        self.end(mark, time, Sure::Known, Why::Event(event));
                    }
                    _ => self.note(mark),
                }
            }
            (Tells::Deleted, Some(time)) => {
                if let (Some(_), Some(event)) = (&self.open, mark.event) {
                    self.end(mark, time, Sure::Inferred, Why::Deleted(event));
                    self.by_deletion = true;
                }
            }
            (Tells::Restored, Some(time)) => {
                if let (None, true, Some(event)) = (&self.open, self.by_deletion, mark.event) {
                    self.start(mark, Some(time), Sure::Inferred, Why::Restored(event), false);
                }
            }
            (Tells::Over | Tells::End, _) => self.over(mark),
            (Tells::Asked | Tells::PartEnd | Tells::Deleted | Tells::Restored, None) => {}
        }
    }

    /// Adds what a mark brings along to the open span.
    fn note(&mut self, mark: &Mark) {
        let Some(open) = &mut self.open else { return };
        open.span.events.extend(mark.event);
        open.span.managed |= mark.managed;
        open.span.assignment = open.span.assignment.max(mark.assignment);
        open.span.planned = mark.planned.or(open.span.planned);
    }

    fn start(&mut self, mark: &Mark, from: Option<i64>, sure: Sure, why: Why, from_field: bool) {
        let span =
            Span { subject: mark.subject, thing: mark.thing, from, from_is: sure, from_why: why, ..Span::default() };
        self.open = Some(Open { span, from_field, asked: None, seen: None });
        self.by_deletion = false;
        self.note(mark);
    }

    fn begin(&mut self, mark: &Mark, time: i64, field: bool) {
        let over = self.open.as_ref().and_then(|open| open.asked).filter(|(at, _)| time - at > SAME || !field);
        if let Some((at, event)) = over {
            self.close(at, Sure::Inferred, Why::Asked(event));
        }
        if let Some(open) = &mut self.open {
            // To be given again, it is there.
            open.seen = open.seen.max(Some(time));
            let began = open.span.from.unwrap_or(time);
            if !field && open.from_field && time - began <= SAME {
                open.from_field = false;
                open.span.from = Some(time);
                open.span.from_why = mark.event.map_or(Why::Request, Why::Event);
            }
            self.note(mark);
        } else {
            let why = match mark.event {
                Some(event) => Why::Event(event),
                None if field => Why::Field,
                None => Why::Request,
            };
            self.start(mark, Some(time), Sure::Known, why, field);
        }
    }

    fn held(&mut self, mark: &Mark) {
        if self.open.is_none() {
            let since = mark.time.map(|time| self.since(time));
            self.start(mark, since, Sure::Unknown, Why::SeenFirst, true);
        }
        self.note(mark);
        let Some(open) = &mut self.open else { return };
        open.seen = open.seen.max(mark.time);
        // It outlived the removal that somebody asked for.
        open.asked = open.asked.filter(|(at, _)| mark.time.is_none_or(|time| time - at <= SAME));
    }

    /// Since when a thing that is first seen now has been there at the latest.
    fn since(&self, time: i64) -> i64 {
        let covered = (self.limits.covered)(time).0;
        self.last.map_or(covered, |last| covered.max(last).min(time))
    }

    fn asked(&mut self, mark: &Mark, time: i64) {
        let Some(event) = mark.event else { return };
        if self.open.is_none() {
            if self.is_same_end(time) {
                return;
            }
            let since = self.since(time);
            self.start(mark, Some(since), Sure::Unknown, Why::SeenFirst, false);
        }
        self.note(mark);
        if let Some(open) = &mut self.open {
            open.asked.get_or_insert((time, event));
        }
    }

    fn is_same_end(&self, time: i64) -> bool {
        self.last.is_some_and(|last| time - last <= SAME)
    }

    fn end(&mut self, mark: &Mark, time: i64, sure: Sure, why: Why) {
        if self.open.is_none() {
            if self.is_same_end(time) {
                if let Some(span) = self.spans.last_mut() {
                    span.events.extend(mark.event);
                    span.assignment = span.assignment.max(mark.assignment);
                }
                return;
            }
            let since = self.since(time);
            self.start(mark, Some(since), Sure::Unknown, Why::SeenFirst, false);
        } else {
            self.note(mark);
        }
        self.close(time, sure, why);
    }

    fn over(&mut self, mark: &Mark) {
        match &self.open {
            None if self.last.is_some() => {}
            None => {
                self.start(mark, None, Sure::Unknown, Why::SeenFirst, true);
                self.close_at(None, Sure::Unknown, Why::Over);
            }
            Some(_) => {
                self.note(mark);
                let open = self.open.as_ref();
                let planned = open.and_then(|open| open.span.planned);
                let asked = open.and_then(|open| open.asked);
                let until = open.and_then(|open| open.seen.max(open.span.from));
                match (asked, planned) {
                    (Some((at, event)), _) => self.close(at, Sure::Inferred, Why::Asked(event)),
                    (None, Some(at)) if mark.time.is_none_or(|time| at <= time) => {
                        self.close(at, Sure::Inferred, Why::Planned);
                    }
                    _ => self.close_at(until, Sure::Unknown, Why::Over),
                }
            }
        }
    }

    fn close(&mut self, time: i64, sure: Sure, why: Why) {
        self.close_at(Some(time), sure, why);
    }

    fn close_at(&mut self, time: Option<i64>, sure: Sure, why: Why) {
        let Some(Open { mut span, .. }) = self.open.take() else { return };
        (span.to, span.to_is, span.to_why) = (time, sure, why);
        self.last = self.last.max(time).or(span.from);
        self.by_deletion = false;
        span.events.arrange();
        span.events.dedup();
        self.spans.push(span);
    }

    fn finish(&mut self) {
        let Some(open) = &self.open else { return };
        let planned =
            open.span.planned.filter(|at| *at <= self.limits.as_of && open.seen.is_none_or(|seen| seen < *at));
        match (open.asked, planned) {
            (Some((at, event)), _) => self.close(at, Sure::Inferred, Why::Asked(event)),
            (None, Some(at)) => self.close(at, Sure::Inferred, Why::Planned),
            (None, None) => {
                let known = open.span.from.max(open.seen);
                let until = known.map(|known| (self.limits.covered)(known).1.max(known));
                self.close_at(until, Sure::Unknown, Why::Open);
            }
        }
    }
}

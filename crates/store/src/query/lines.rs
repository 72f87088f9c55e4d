//! Lines of a child table, for a stretch of events.
//!
//! Lines are walked one after another instead of event by event: how many lines an event has varies,
//! and a processor guesses badly where inner loops end.

use std::ops::Range;

/// The lines of some events, and for each line the position of its event among them.
#[derive(Default)]
pub(super) struct Lines {
    line: Vec<u32>,
    event: Vec<u8>,
    length: usize,
}

impl Lines {
    /// Events of a stretch: their positions fit into a byte.
    pub(super) const EVENTS: usize = 256;
    /// Lines written at once, whether the event has so many or not; it rarely has more.
    const AT_ONCE: usize = 4;

    /// Replaces the lines by those of these events.
    #[inline]
    pub(super) fn fill(&mut self, events: impl Iterator<Item = usize>, range: impl Fn(usize) -> Range<usize>) {
        self.length = 0;
        for (position, event) in (0..=u8::MAX).zip(events) {
            let own = range(event);
            let needed = self.length + own.len().max(Self::AT_ONCE);
            if self.line.len() < needed {
                self.line.resize(needed * 2, 0);
                self.event.resize(needed * 2, 0);
            }
            let first = own.start as u32;
            for (line, place) in (first..).zip(&mut self.line[self.length..][..Self::AT_ONCE]) {
                *place = line;
            }
            self.event[self.length..][..Self::AT_ONCE].fill(position);
            if own.len() > Self::AT_ONCE {
                for (line, place) in (first..).zip(&mut self.line[self.length..][..own.len()]) {
                    *place = line;
                }
                self.event[self.length..][..own.len()].fill(position);
            }
            self.length += own.len();
        }
    }

    /// Each line with the position of its event.
    #[inline]
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let lines = self.line[..self.length].iter().zip(&self.event[..self.length]);
        lines.map(|(line, event)| (*line as usize, *event as usize))
    }
}

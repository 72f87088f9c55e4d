//! Opens an interactive report: its data take the place of the store, and nothing else is read any more.

use super::Engine;
use crate::{
    share::interactive::{self, Opened},
    store::ProblemKind,
};

/// The data of a report while they arrive.
pub(super) struct Arriving {
    source: u32,
    data: Vec<u8>,
}

impl Engine {
    /// Says of a file, before anything of it is read, that it is the data of a report.
    pub fn mark_report(&mut self, source: u32) {
        self.arriving = Some(Arriving { source, data: Vec::new() });
    }

    pub(super) fn feed_report(&mut self, source: u32, bytes: &[u8]) -> bool {
        match &mut self.arriving {
            Some(arriving) if arriving.source == source => {
                arriving.data.extend_from_slice(bytes);
                true
            }
            _ => false,
        }
    }

    /// Whether that was the report.
    pub(super) fn end_report(&mut self, source: u32) -> bool {
        let Some(arriving) = self.arriving.take_if(|arriving| arriving.source == source) else { return false };
        match interactive::open(&arriving.data) {
            Some((store, opened)) => {
                *self = Self::with_copy(store);
                self.opened = Some(opened);
            }
            None => self.fail(source, ProblemKind::BadReport),
        }
        true
    }

    /// What is said of the report that was opened.
    pub fn opened_report(&self) -> Option<&Opened> {
        self.opened.as_ref()
    }
}

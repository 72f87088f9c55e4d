//! What all JSON formats share: text is split into records, and each record is read once, straight
//! into the store.

use super::{
    Importer,
    carry::{Carry, LARGEST_RECORD},
    draft::Draft,
    intake::{Intake, Verdict},
    json_read::{Fault, Read, Reader},
    json_split::{Attempt, JsonSink, Splitter},
};
use crate::store::ProblemKind;

/// How a format's record becomes an event.
pub(super) trait RecordMap {
    /// Reads one value, whole; whether it is an event.
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool>;
    /// Looks at a member of a page.
    fn page_member(&mut self, _key: &[u8], _value: &[u8]) {}
    /// Adds what is to be said about the file.
    fn finish(&mut self, _intake: &mut Intake) {}
}

/// An importer of JSON records.
pub(super) struct JsonImport<M> {
    splitter: Splitter,
    carry: Carry,
    map: M,
    next_link: bool,
}

impl<M: RecordMap> JsonImport<M> {
    pub(super) fn new(map: M) -> Self {
        Self { splitter: Splitter::default(), carry: Carry::default(), map, next_link: false }
    }
}

impl<M: RecordMap> Importer for JsonImport<M> {
    fn push(&mut self, text: &[u8], intake: &mut Intake) {
        let Self { splitter, carry, map, next_link } = self;
        let mut sink = Sink { intake, map, next_link };
        carry.push(text, |text, offset| splitter.step(text, offset, false, &mut sink));
    }

    fn finish(&mut self, intake: &mut Intake) {
        let (rest, offset) = self.carry.finish();
        let mut sink = Sink { intake, map: &mut self.map, next_link: &mut self.next_link };
        self.splitter.step(&rest, offset, true, &mut sink);
        if !self.splitter.at_rest() {
            intake.problem(ProblemKind::Truncated, None, Some(offset + rest.len() as u64));
        }
        if self.next_link {
            intake.note("There is a next page (@odata.nextLink): the export is incomplete.");
        }
        match self.splitter.text_lines {
            0 => {}
            1 => intake.note("1 line of text between the records was skipped."),
            lines => intake.note(&format!("{lines} lines of text between the records were skipped.")),
        }
        self.map.finish(intake);
    }
}

struct Sink<'s, 'i, M> {
    intake: &'s mut Intake<'i>,
    map: &'s mut M,
    next_link: &'s mut bool,
}

impl<M: RecordMap> JsonSink for Sink<'_, '_, M> {
    #[inline]
    fn record(&mut self, text: &[u8], offset: u64) -> Attempt {
        let mut attempt = Attempt::Incomplete;
        self.intake.record(offset, |draft| {
            let mut reader = Reader::new(text);
            let read = self.map.read(&mut reader, draft);
            let used = reader.at();
            let fault = match read {
                Ok(_) if used > LARGEST_RECORD => Attempt::Bad(ProblemKind::RecordTooLarge),
                Ok(event) => {
                    attempt = Attempt::Read(used);
                    return if event { Verdict::Event } else { Verdict::NotAnEvent };
                }
                Err(Fault::End) => Attempt::Incomplete,
                Err(Fault::Syntax) => Attempt::Bad(ProblemKind::BadJson),
                Err(Fault::Deep) => Attempt::Bad(ProblemKind::TooDeep),
            };
            attempt = fault;
            Verdict::Undecided
        });
        attempt
    }

    fn lost(&mut self, kind: ProblemKind, offset: u64) {
        self.intake.lost(kind, offset);
    }

    fn page_member(&mut self, key: &[u8], value: &[u8]) {
        *self.next_link |= key.to_ascii_lowercase().ends_with(b"odata.nextlink") && value.len() > 2 && value[0] == b'"';
        self.map.page_member(key, value);
    }
}

//! A part of a large file, read by one engine while another reads what lies before it.
//!
//! Whoever reads a part looks for the first record in it that is certain enough ([`csv_start`]) and reads on
//! to the last that is whole. Whoever reads the file takes that over only if its own reading has come to
//! just that place between two records; else it reads the part itself. So the guess can cost time, but
//! never a record.

use super::{Decoder, FORMATS, FileState, Import, Intake, Stage, csv_start, csv_start::Layout, sniff::Head};
use crate::store::{DateOrder, Encoding, SourceInfo, SourceState, Store};
use serde::{Deserialize, Serialize};

/// What has to be known of a file to read a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartHead {
    format: String,
    name: String,
    text: Vec<u8>,
    columns: u32,
    delimiter: u8,
    first_record: u32,
}

/// What came of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many bytes before its first record were not read.
    pub before: u64,
    /// How many bytes behind its last whole record were not read.
    pub behind: u64,
    /// Its events: a store without any other.
    pub packed: Vec<u8>,
}

/// So much text is looked at at least, and at most, for where a record begins.
const LOOK: std::ops::Range<usize> = if cfg!(test) { 400..4000 } else { 1 << 16..1 << 20 };

/// The import of a part.
pub struct PartImport {
    head: PartHead,
    store: Store,
    import: Option<Import>,
    /// The text before the first record, and then a little more.
    start: Vec<u8>,
    before: u64,
}

impl PartHead {
    fn layout(&self) -> Layout {
        let Self { columns, delimiter, first_record, .. } = *self;
        Layout { columns: columns as usize, delimiter, first_record: u64::from(first_record) }
    }
}

impl PartImport {
    /// Begins to read a part of that file.
    pub fn new(head: PartHead) -> Self {
        let mut store = Store::default();
        // Which events are there already is for the reader of the file to say.
        store.keep_duplicates = true;
        store.sources.push(SourceInfo { name: head.name.clone(), ..SourceInfo::default() });
        Self { head, store, import: None, start: Vec::new(), before: 0 }
    }

    /// Takes the next bytes of the part, cut anywhere. False where nothing will come of it.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        if let Some(import) = &mut self.import {
            import.push(bytes, &mut self.store);
            return true;
        }
        self.start.extend_from_slice(bytes);
        if self.start.len() < LOOK.start {
            return true;
        }
        let Some(at) = csv_start::find(&self.start, self.head.layout()) else { return self.start.len() < LOOK.end };
        self.before = at as u64;
        let Some(format) = FORMATS.iter().find(|format| format.id == self.head.format) else { return false };
        let importer = (format.begin)(&Head::new(&self.head.text));
        let (decoder, file) = (Decoder::utf8(), FileState::new(0));
        let import = self.import.insert(Import { file, decoder, stage: Stage::Reading(importer, Vec::new()) });
        let Some(header) = self.head.text.get(..self.head.first_record as usize) else { return false };
        import.push(header, &mut self.store);
        import.push(&std::mem::take(&mut self.start)[at..], &mut self.store);
        true
    }

    /// Ends the part. Nothing comes of it where a record needs what lies before the part.
    pub fn finish(mut self) -> Option<Part> {
        let mut import = self.import.take()?;
        let (_, behind) = import.complete(&mut self.store);
        let Stage::Reading(importer, _) = &mut import.stage else { return None };
        importer.skip(behind as u64);
        import.finish(&mut self.store);
        let info = &self.store.sources[0];
        // Which of day and month comes first is decided by all dates of a file.
        let is_whole = info.date_order == DateOrder::NotNeeded && info.state == SourceState::Done && info.records > 0;
        (is_whole && behind != usize::MAX).then(|| Part {
            before: self.before,
            behind: behind as u64,
            packed: self.store.pack_part(),
        })
    }
}

impl Import {
    /// What has to be known to read a part of the file, if that is possible and its beginning was read.
    pub fn part_head(&self, store: &Store) -> Option<PartHead> {
        let Stage::Reading(importer, text) = &self.stage else { return None };
        let Layout { columns, delimiter, first_record } = importer.layout()?;
        let info = self.file.source_of(store);
        let is_plain = matches!(info.encoding, Encoding::Utf8 | Encoding::Utf8Bom);
        (is_plain && first_record <= text.len() as u64).then(|| PartHead {
            format: info.format.clone(),
            name: info.name.clone(),
            text: text.clone(),
            columns: columns as u32,
            delimiter,
            first_record: first_record as u32,
        })
    }

    fn complete(&mut self, store: &mut Store) -> (u64, usize) {
        let Stage::Reading(importer, _) = &mut self.stage else { return (0, usize::MAX) };
        importer.complete(&mut self.file.begin(store))
    }

    /// Takes over a part that follows what was read; `bytes`: from its first record to the end of its last.
    /// False if that is not so; the part is to be read then.
    pub fn absorb(&mut self, packed: &[u8], bytes: u64, store: &mut Store) -> bool {
        let (place, rest) = self.complete(store);
        let Stage::Reading(importer, _) = &mut self.stage else { return false };
        let Some(Layout { first_record, .. }) = importer.layout().filter(|_| rest == 0) else { return false };
        let mut intake: Intake = self.file.begin(store);
        let taken = intake.absorb(packed, place.wrapping_sub(first_record));
        if taken {
            importer.skip(bytes);
            intake.source().read += bytes;
            intake.settle();
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::{super::FileImport, *};
    use proptest::prelude::*;

    const HEADER: &str =
        "\u{feff}Date (UTC),CorrelationId,Service,Category,Activity,Result,Target1UserPrincipalName,Odd\r\n";

    /// A header and records enough for a file to be recognised.
    fn beginning() -> String {
        let records: String = (0..700).map(|number| record(number, 9)).collect();
        HEADER.to_owned() + &records
    }

    fn record(number: usize, kind: usize) -> String {
        let time = format!("2026-06-{:02}T10:{:02}:00Z", 1 + number % 28, number % 60);
        let id = format!("6f1c0a52-9d1e-4c7a-8b3e-{number:012x}");
        match kind {
            0 => "no time,,,,,,,\r\n".into(),
            1 => format!("{time},{id},too,few\r\n"),
            2 => format!("{time},{id},Core Directory,User,Add,ok,a,b,c,\"d\ne\"\n"),
            3 => format!("{time},\"line\n,\"\"1\"\"\n2,3,4,5,6,7,8\n9\",S,C,A,success,\"x\ny\",odd\r\n"),
            4 => format!("{time},{id},S,C,\"bad\"quote,success,u{},\r\n", number % 5),
            5 => format!("{time},{id},S,C,\"[\"\"{}\"\"]\",success,,\n\r\n\n", "long".repeat(number % 90)),
            6 => ",,,,,,,\r\n".into(),
            _ => format!("{time},{id},S{},C,Add user,success,u{number}@contoso.example,\r\n", number % 3),
        }
    }

    /// Everything that is known of what was read.
    fn known(store: &Store) -> (Vec<u8>, SourceInfo, usize) {
        (store.pack_part(), store.sources[0].clone(), store.problems.list().len())
    }

    fn begun() -> Store {
        let mut store = Store::default();
        store.sources.push(SourceInfo { name: "audit.csv".into(), ..SourceInfo::default() });
        store
    }

    /// Reads a text alternately: a stretch here, a stretch elsewhere. Says also how many were taken over.
    fn divided(text: &[u8], own: usize, part: usize, piece: usize) -> (Store, usize) {
        let (mut store, mut file, mut at, mut taken) = (begun(), FileImport::new(0), 0, 0);
        let mut own = Some(beginning().len()).into_iter().chain(std::iter::repeat(own));
        let feed = |file: &mut FileImport, store: &mut Store, bytes: &[u8]| {
            bytes.chunks(piece).for_each(|piece| file.push(piece, store));
        };
        while at < text.len() {
            let start = (at + own.next().unwrap()).min(text.len());
            feed(&mut file, &mut store, &text[at..start]);
            at = start;
            let Some(head) = file.part_head(&store) else { continue };
            let end = (start + part).min(text.len());
            let mut other = PartImport::new(head);
            let goes_on = text[start..end].chunks(piece).all(|piece| other.push(piece));
            let Some(part) = goes_on.then(|| other.finish()).flatten() else { continue };
            let (first, last) = (start + part.before as usize, end - part.behind as usize);
            feed(&mut file, &mut store, &text[at..first]);
            at = first;
            if file.absorb(&part.packed, (last - first) as u64, &mut store) {
                (at, taken) = (last, taken + 1);
            }
        }
        file.finish(&mut store);
        (store, taken)
    }

    fn whole(text: &[u8]) -> Store {
        let mut store = begun();
        let mut file = FileImport::new(0);
        file.push(text, &mut store);
        file.finish(&mut store);
        store
    }

    #[test]
    fn parts_are_taken_over() {
        let text = beginning() + &(0..900).map(|number| record(number, 9)).collect::<String>();
        let (store, taken) = divided(text.as_bytes(), 5000, 5000, 700);
        assert_eq!((store.len(), store.sources[0].read), (1600, text.len() as u64));
        assert!(taken > 8, "{taken}");
        assert!(known(&store) == known(&whole(text.as_bytes())));
    }

    #[test]
    fn a_wrong_guess_is_not_taken_over() {
        // From inside the cell on, its lines look like records.
        let inside = (0..200).map(|number| record(number, 9)).collect::<String>();
        let text = format!("{}2026-06-01T10:00:00Z,\"{inside}\",S,C,A,success,u,\r\n", beginning());
        let (store, taken) = divided(text.as_bytes(), 2000, 3000, 900);
        assert_eq!((store.len(), taken), (701, 0));
        assert!(known(&store) == known(&whole(text.as_bytes())));
    }

    #[test]
    fn dates_that_need_the_whole_file_are_not_read_in_parts() {
        let line = |day: usize| format!("6/{}/2026 10:00:00 AM,c,S,C,A,success,u,\r\n", 1 + day % 28);
        let text = beginning() + &(0..400).map(line).collect::<String>();
        let (store, taken) = divided(text.as_bytes(), 2000, 3000, 900);
        assert_eq!((store.len(), taken), (1100, 0));
        assert!(known(&store) == known(&whole(text.as_bytes())));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn parts_are_as_the_whole(
            kinds in prop::collection::vec(0..40_usize, 50..300), own in 300..4000_usize, part in 900..6000_usize,
            piece in 1..3000_usize, cut in 0..50_usize,
        ) {
            let text: String = kinds.iter().enumerate().map(|(number, kind)| record(number, *kind)).collect();
            let text = beginning() + &text;
            let text = &text.as_bytes()[..text.len() - cut];
            let (store, _) = divided(text, own, part, piece);
            prop_assert!(known(&store) == known(&whole(text)));
        }
    }
}

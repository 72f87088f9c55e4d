//! What could not be understood: kinds and positions, never a value of the file.

use serde::{Deserialize, Serialize};

/// What is wrong with a file or a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// The file has no bytes, or only white space.
    EmptyFile,
    /// No format recognises the content.
    NotRecognised,
    /// The browser could not read the file.
    Unreadable,
    /// The file ends inside a record.
    Truncated,
    /// A record is not valid JSON.
    BadJson,
    /// JSON is nested deeper than is read.
    TooDeep,
    /// A record is larger than is read.
    RecordTooLarge,
    /// A CSV record has more cells than the header.
    ExtraCells,
    /// A CSV record has fewer cells than the header.
    MissingCells,
    /// A quoted CSV cell is not closed as it should be.
    BadQuotes,
    /// A record has no time, or one that cannot be read.
    BadTime,
    /// Bytes that are no text were replaced.
    BadText,
    /// A record holds nothing that is an event.
    NotAnEvent,
    /// A record of a list of people, assignments and the like holds none of them.
    NotUnderstood,
    /// A date of a record cannot be read.
    BadDate,
    /// The engine stopped while reading this file.
    Crashed,
    /// The page's memory is used up.
    OutOfMemory,
    /// An archive ends before its end.
    TruncatedArchive,
    /// The structure of an archive, or compressed data in it, is damaged.
    BadArchive,
    /// The content of an archive has another checksum than the archive says.
    BadChecksum,
    /// The content of an archive has another size than the archive says.
    BadSize,
    /// The directory at the end of an archive lists other entries than there are.
    BadDirectory,
    /// Entries of an archive lie over one another.
    OverlappingEntries,
    /// The name of an entry points out of its archive, or cannot be shown as it is.
    UnsafeName,
    /// An entry of an archive is encrypted.
    Encrypted,
    /// An entry of an archive is compressed by a method that is not read.
    UnsupportedMethod,
    /// An archive lies in an archive.
    NestedArchive,
    /// The file is a workbook or document of an office suite.
    OfficeFile,
    /// An archive holds more than is read.
    OutOfBounds,
    /// The reader stopped reading before the end of the file.
    Stopped,
    /// The data inside a report cannot be read.
    BadReport,
}

impl ProblemKind {
    /// What happened, in plain words.
    pub fn label(self) -> &'static str {
        match self {
            Self::EmptyFile => "The file is empty",
            Self::NotRecognised => "The content is not an export that Guestlens knows",
            Self::Unreadable => "The browser could not read the file",
            Self::Truncated => "The file ends inside a record",
            Self::BadJson => "The record is not valid JSON",
            Self::TooDeep => "The record is nested too deeply",
            Self::RecordTooLarge => "The record is too large",
            Self::ExtraCells => "The record has more cells than the header",
            Self::MissingCells => "The record has fewer cells than the header",
            Self::BadQuotes => "A quoted cell is not closed properly",
            Self::BadTime => "The record has no time that can be read",
            Self::BadText => "Bytes that are not text were replaced",
            Self::NotAnEvent => "The record is neither an audit event nor a sign-in",
            Self::NotUnderstood => "The record names nothing that such a file is about",
            Self::BadDate => "A date in the record cannot be read",
            Self::Crashed => "Reading stopped unexpectedly",
            Self::OutOfMemory => "The memory of the page is used up",
            Self::TruncatedArchive => "The archive is cut off",
            Self::BadArchive => "The archive is damaged",
            Self::BadChecksum => "The content is not what the archive's checksum says",
            Self::BadSize => "The content has another size than the archive says",
            Self::BadDirectory => "The archive's directory does not agree with its content",
            Self::OverlappingEntries => "Entries of the archive lie over one another",
            Self::UnsafeName => "The name of the entry points out of the archive or holds control characters",
            Self::Encrypted => "The archive's entry is encrypted",
            Self::UnsupportedMethod => "The archive's entry is compressed by a method that Guestlens does not read",
            Self::NestedArchive => "An archive in an archive was not opened",
            Self::OfficeFile => "The file is a workbook or document, not a log export",
            Self::OutOfBounds => "The archive holds more than Guestlens reads",
            Self::Stopped => "Reading was stopped before the end of the file",
            Self::BadReport => "The data inside this report is damaged",
        }
    }

    /// What to do about it.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::EmptyFile => "Export it again; an empty download often means that the filter matched nothing.",
            Self::NotRecognised => {
                "Drop an export of audit logs or sign-ins (portal, Graph, Azure Monitor, Log Analytics, or Purview's \
                 Search-UnifiedAuditLog as CSV) or a list of users, assignments, requests, connected organizations or \
                 review results (portal CSV, Graph JSON)."
            }
            Self::Unreadable => {
                "Check that the file still exists, is not open elsewhere and that you may read it, then drop it again."
            }
            Self::Truncated => {
                "This record is not loaded; those before it are, if there are any. Download the file again."
            }
            Self::BadJson => "The record was skipped, the others are loaded. Export again without editing the file.",
            Self::TooDeep | Self::RecordTooLarge => "The record was skipped, the others are loaded.",
            Self::ExtraCells => {
                "The record is loaded; the surplus cells are kept as extra fields. Check whether the file was edited."
            }
            Self::MissingCells => {
                "The record is loaded with what it has. Check whether the file was edited or cut off."
            }
            Self::BadQuotes => "The record was read as well as possible. Check whether the file was edited or cut off.",
            Self::BadTime => "The event is loaded without a time: it is missing from time charts and time filters.",
            Self::BadText => "The replaced characters show as \u{fffd}. Export again as UTF-8 if they matter.",
            Self::NotAnEvent => {
                "The record was skipped. Check that the file is an audit or sign-in log; of a query, export the rows of \
                 the table itself, not a summary of them."
            }
            Self::NotUnderstood => {
                "The record was skipped, the others are loaded. If many are, check what the columns were taken for."
            }
            Self::BadDate => "The record is loaded; the date's text is kept as an extra field.",
            Self::Crashed => "The other files were read again without it. Please report the file's kind.",
            Self::OutOfMemory => "Close other files or load a shorter period.",
            Self::TruncatedArchive | Self::BadArchive => {
                "What could be read before that is loaded, if there is any. Download or copy the archive again."
            }
            Self::BadChecksum | Self::BadSize => {
                "It is loaded, but do not rely on it. Download or copy the archive again."
            }
            Self::BadDirectory => {
                "Other programs may show other files in this archive. Make it again from the original files."
            }
            Self::OverlappingEntries => "Each was read once. Do not open this archive elsewhere without a virus check.",
            Self::UnsafeName => "It is listed under a harmless name. Ask where the archive comes from.",
            Self::Encrypted => "Unpack it with its password, then drop the files themselves.",
            Self::UnsupportedMethod => {
                "Unpack it and drop the files themselves, or pack them with the usual method (deflate)."
            }
            Self::NestedArchive => "Unpack the outer archive, then drop the inner one.",
            Self::OfficeFile => "Save the sheet as CSV, or export the log again as CSV or JSON, and drop that.",
            Self::OutOfBounds => "Reading it stopped there. Unpack it and drop the files that matter.",
            Self::Stopped => {
                "Every figure covers only what was read until then. Drop the file again to read all of it."
            }
            Self::BadReport => "Ask its sender for the file again.",
        }
    }
}

/// One kind of problem at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Id of the source.
    pub source: u32,
    /// What is wrong.
    pub kind: ProblemKind,
    /// Record number in the source, from 1, where it concerns one.
    pub record: Option<u64>,
    /// Byte offset in the decoded text, where known.
    pub offset: Option<u64>,
    /// How many more of this kind were found in this source without being listed.
    pub more: u64,
}

/// Problems of all sources. Of each kind and source the first [`Problems::LISTED`] are listed, the
/// rest is counted on the last of them.
#[derive(Clone, Default)]
pub struct Problems {
    list: Vec<Problem>,
    tallies: Vec<Tally>,
}

#[derive(Clone)]
struct Tally {
    source: u32,
    kind: ProblemKind,
    count: usize,
    /// Where in the list the last listed one stands.
    last: usize,
}

impl Problems {
    /// How many of one kind are listed per source.
    pub const LISTED: usize = 200;

    /// Notes a problem.
    pub fn add(&mut self, source: u32, kind: ProblemKind, record: Option<u64>, offset: Option<u64>) {
        let known = self.tallies.iter().rposition(|tally| tally.source == source && tally.kind == kind);
        let at = known.unwrap_or_else(|| {
            self.tallies.push(Tally { source, kind, count: 0, last: 0 });
            self.tallies.len() - 1
        });
        let tally = &mut self.tallies[at];
        tally.count += 1;
        if tally.count > Self::LISTED {
            self.list[tally.last].more += 1;
        } else {
            tally.last = self.list.len();
            self.list.push(Problem { source, kind, record, offset, more: 0 });
        }
    }

    /// Problems that were listed elsewhere.
    pub fn of_list(list: Vec<Problem>) -> Self {
        let mut tallies: Vec<Tally> = Vec::new();
        for (last, Problem { source, kind, more, .. }) in list.iter().enumerate() {
            let count = 1 + *more as usize;
            match tallies.iter_mut().find(|tally| tally.source == *source && tally.kind == *kind) {
                Some(tally) => (tally.count, tally.last) = (tally.count.saturating_add(count), last),
                None => tallies.push(Tally { source: *source, kind: *kind, count, last }),
            }
        }
        Self { list, tallies }
    }

    /// All listed problems, in the order found.
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// How many problems a source has, unlisted ones included.
    pub fn count(&self, source: u32) -> u64 {
        self.tallies.iter().filter(|tally| tally.source == source).map(|tally| tally.count as u64).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_the_first_and_counts_all() {
        let mut problems = Problems::default();
        for record in 1..=1_000 {
            problems.add(7, ProblemKind::BadTime, Some(record), None);
        }
        problems.add(8, ProblemKind::BadTime, None, None);
        assert_eq!((problems.count(7), problems.count(8)), (1_000, 1));
        assert_eq!(problems.list().len(), Problems::LISTED + 1);
        assert_eq!(problems.list()[Problems::LISTED - 1].more, 1_000 - Problems::LISTED as u64);
    }
}

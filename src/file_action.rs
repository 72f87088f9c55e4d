//! What can happen to the files themselves and to the work on them: sample data, what columns are, sheets,
//! sessions, files that could not be taken.

use crate::action::Opened;
use guestlens_core::{
    protocol::{Sheet, SheetFormat},
    store::MappingChoice,
};

/// One thing that happened to files.
#[derive(Clone, Debug, PartialEq)]
pub enum FileAction {
    /// Make the files of the invented tenant, and read them.
    Sample,
    /// The page's file is a report, and the engine link keeps the handle of its data.
    ReportOpened(Vec<Opened>),
    /// Save a sheet about the files.
    Sheet(Sheet, SheetFormat),
    /// Show what the columns of this source were taken for.
    ShowColumns(u32),
    /// Close what shows them.
    CloseColumns,
    /// Read a file again, with its columns as the reader says.
    ReadAs {
        /// The dropped file.
        file: u32,
        /// What it is and what its columns are.
        mapping: MappingChoice,
        /// The file in the archive that it is about; empty for the file itself.
        entry: String,
    },
    /// Write down what the reader thinks of it all.
    Notes(String),
    /// Save what was set and written, without what is in the files.
    SaveSession,
    /// Close what says how a session fits the files.
    CloseSession,

    // From elsewhere; no component emits these
    /// The engine link keeps the handles of these files of the invented tenant.
    SampleOpened(Vec<Opened>),
    /// This text is a session that was dropped or chosen.
    Session {
        /// Name of its file.
        name: String,
        /// Its text.
        text: String,
    },
    /// A drop held more than could be taken.
    Missed {
        /// How many files or folders could not be read.
        unreadable: u32,
        /// How many files beyond the most were left out; at least.
        left_out: u32,
    },
}

//! What the share dialog asks for, and what it gets before the verification has spoken.

use super::{Composition, Form, keyfile::key_bytes};
use crate::{
    protocol::Query,
    redact::{KEY_BYTES, Leaving, Policy},
};
use serde::{Deserialize, Serialize};

/// A report that is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareRequest {
    /// Comes back with the answer; ascending.
    pub id: u32,
    /// What it may say.
    pub policy: Policy,
    /// What it consists of.
    pub composition: Composition,
    /// What it is written as.
    pub form: Form,
    /// The key of an engagement, 64 hexadecimal digits: labels are the same in all reports that are made with it. Empty:
    /// a random one for this report alone.
    #[serde(default)]
    pub key: String,
    /// Only events that match this.
    #[serde(default)]
    pub selection: Option<Query>,
}

impl ShareRequest {
    /// The key of the engagement, if there is one.
    pub fn key(&self) -> Option<[u8; KEY_BYTES]> {
        key_bytes(&self.key)
    }
}

/// A written report, which may not leave yet. Its bytes travel beside, then those of the known identifiers and of the
/// key file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// Of the request.
    pub id: u32,
    /// The file's name.
    pub name: String,
    /// Bytes of the report, of the identifiers, of the key file.
    pub sizes: [u32; 3],
    /// SHA-256 of the whole file, in hexadecimal.
    pub sha256: String,
    /// What leaves, class by class.
    pub leaving: Vec<Leaving>,
    /// Events that the report is about, of all.
    pub events: (u64, u64),
    /// The same events before and after.
    pub before_after: Vec<BeforeAfter>,
    /// Whether real names are meant to be in it, so that nothing is verified.
    pub is_real: bool,
    /// Of an interactive report, to how many ticks its times have to be rounded.
    pub interactive: Option<i64>,
    /// Of level Board, where no event leaves: the counts that do.
    #[serde(default)]
    pub counts: Vec<Counted>,
}

/// An event as it is and as it leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeforeAfter {
    /// Time, activity, actor, target, IP address.
    pub before: Vec<String>,
    /// The same as they leave; empty if the event does not.
    pub after: Vec<String>,
}

/// A table of counts, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Its title.
    pub title: String,
    /// Its heads and lines.
    pub lines: Vec<Vec<String>>,
}

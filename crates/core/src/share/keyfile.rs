//! The way back from labels, for the sender alone: a file that is kept apart from the report.

use crate::redact::{KEY_BYTES, LabelOf};
use serde::{Deserialize, Serialize};

/// What tells a key file from other JSON.
const KIND: &str = "guestlens-key";

/// Who is behind each label of one report, and the key that made the labels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFile {
    /// Always `guestlens-key`.
    pub kind: String,
    /// What to do with it.
    pub note: String,
    /// The key in hexadecimal: with it further reports have the same labels.
    pub key: String,
    /// SHA-256 of the report it belongs to.
    pub report: String,
    /// Who is behind which label.
    pub labels: Vec<LabelOf>,
}

/// Why a text is no key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFileError {
    /// It is not JSON, or other JSON.
    NotAKeyFile,
}

impl KeyFileError {
    /// What happened and what to do.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotAKeyFile => "The file is not a key file. It is the one that was saved beside the report.",
        }
    }
}

impl KeyFile {
    /// The key file of a report, as it is saved. Its labels may be very many, so they are handed over.
    pub fn written(labels: Vec<LabelOf>, key: &[u8; KEY_BYTES], report: &str) -> Vec<u8> {
        let file = Self {
            kind: KIND.into(),
            note: "Keep private: this names everybody in the report. It never belongs beside it.".into(),
            key: super::verify::hexadecimal(key),
            report: report.into(),
            labels,
        };
        serde_json::to_vec(&file).unwrap_or_default()
    }

    /// Reads one.
    ///
    /// # Errors
    /// If it is no key file.
    pub fn read(text: &str) -> Result<Self, KeyFileError> {
        serde_json::from_str::<Self>(text).ok().filter(|file| file.kind == KIND).ok_or(KeyFileError::NotAKeyFile)
    }

    /// The key's bytes.
    pub fn key(&self) -> Option<[u8; KEY_BYTES]> {
        key_bytes(&self.key)
    }

    /// Who is behind a label; its home organization and letter case aside.
    pub fn reidentify(&self, label: &str) -> Option<&LabelOf> {
        let label = label.trim().split('@').next().unwrap_or_default();
        self.labels.iter().find(|own| own.label.eq_ignore_ascii_case(label))
    }
}

/// A key of 64 hexadecimal digits.
pub fn key_bytes(digits: &str) -> Option<[u8; KEY_BYTES]> {
    let mut key = [0; KEY_BYTES];
    let is_one = digits.len() == 2 * KEY_BYTES && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    for (byte, at) in key.iter_mut().zip((0..digits.len()).step_by(2)) {
        *byte = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
    }
    is_one.then_some(key)
}

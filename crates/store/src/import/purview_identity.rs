//! Who acts and on what, in a record of the unified audit log: `Actor` and `Target`, lists of values of one
//! thing, each with the kind of name that it is.
//!
//! Source: Office 365 Management Activity API schema, `IdentityTypeValuePair` and the enum `IdentityType`;
//! public exports for what newer records have there, such as `User_<id>`.

use super::{
    draft::Draft,
    json_read::{Read, Reader},
    json_value::Value,
    sniff::is_guid,
};
use crate::arrange::Arrange as _;

/// An actor or a target, as several values of one thing.
#[derive(Default)]
pub(super) struct Identity {
    pub(super) upn: Vec<u8>,
    pub(super) name: Vec<u8>,
    pub(super) id: Vec<u8>,
    /// For example `User`.
    pub(super) kind: Vec<u8>,
}

impl Identity {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        [&mut self.upn, &mut self.name, &mut self.id, &mut self.kind].into_iter().for_each(Vec::clear);
    }

    /// Whether nothing names it.
    pub(super) fn is_empty(&self) -> bool {
        self.upn.is_empty() && self.name.is_empty() && self.id.is_empty()
    }

    /// Whether a text is one of its names.
    pub(super) fn has(&self, text: &[u8]) -> bool {
        [&self.upn, &self.name, &self.id].into_iter().any(|own| own == text)
            || with_kind(text).is_some_and(|(kind, id)| kind == self.kind && id == self.id)
    }

    /// Whether it is an application.
    pub(super) fn is_application(&self) -> bool {
        matches!(self.kind.as_slice(), b"ServicePrincipal" | b"Application")
    }

    /// Takes a value of an `IdentityType`; whether there was room for it.
    pub(super) fn put(&mut self, kind: &[u8], text: &[u8]) -> bool {
        if let (b"2", Some((kind, id))) = (kind, with_kind(text)) {
            if self.id.is_empty() {
                kind.clone_into(&mut self.kind);
                id.clone_into(&mut self.id);
            }
            return self.has(text);
        }
        let place = match kind {
            b"5" => &mut self.upn,
            b"1" => &mut self.name,
            b"0" | b"2" if is_guid(text) => &mut self.id,
            b"2" if KINDS.contains(&text) => &mut self.kind,
            _ => return false,
        };
        if place.is_empty() {
            text.clone_into(place);
        }
        place == text
    }

    /// Reads `Actor` or `Target`: pairs of a value and what kind of a name it is.
    pub(super) fn read(&mut self, reader: &mut Reader, of: &str, draft: &mut Draft) -> Read<()> {
        if reader.peek()? != b'[' {
            return whole(of, reader, draft);
        }
        // Several ids may stand there: the one with a kind says which of them is the object's.
        let mut all = Vec::new();
        reader.array(|reader| {
            let (mut id, mut kind) = (Value::Null, Value::Null);
            reader.object(|reader, key| {
                match key {
                    b"ID" | b"Id" => id = reader.value()?,
                    b"Type" => kind = reader.value()?,
                    _ => draft.extra_json(of, key, reader)?,
                }
                Ok(())
            })?;
            let mut texts = [Vec::new(), Vec::new()];
            let kind = kind.text(&mut texts[0], &mut false).to_vec();
            let id = id.text(&mut texts[1], &mut false).to_vec();
            all.push((kind, id));
            Ok(())
        })?;
        all.arrange_by_key(|(_, id)| with_kind(id).is_none());
        for (kind, id) in all.iter().filter(|(_, id)| !id.is_empty()) {
            if !self.put(kind, id) {
                let name = match kind.as_slice() {
                    b"3" => format!("{of} PUID"),
                    b"4" => format!("{of} SPN"),
                    _ => of.to_owned(),
                };
                draft.event.detail(name.as_bytes(), id);
            }
        }
        Ok(())
    }
}

/// Keeps a value of another shape than it should have as a detail.
pub(super) fn whole(name: &str, reader: &mut Reader, draft: &mut Draft) -> Read<()> {
    let value = reader.value()?;
    draft.detail(Value::Plain(name.trim_end_matches('.').as_bytes()), value);
    Ok(())
}

/// What actors and targets are.
const KINDS: [&[u8]; 6] = [b"User", b"ServicePrincipal", b"Application", b"Group", b"Role", b"Device"];

/// The parts of `User_<id>`.
fn with_kind(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = text.iter().position(|byte| *byte == b'_')?;
    let (kind, id) = (&text[..at], &text[at + 1..]);
    (KINDS.contains(&kind) && is_guid(id)).then_some((kind, id))
}

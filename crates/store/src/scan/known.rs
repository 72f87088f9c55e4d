//! What must not be in a report: texts with what they identify, and GUIDs, in few and large pieces of memory.

use super::patterns::guid_bytes;
use crate::{
    arrange::{order_of_texts, sort_once},
    plain::fold_into,
    store::Dictionary,
};
use hashbrown::HashSet;
use std::borrow::Cow;

/// What a known text identifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Sort {
    /// A person's name, an address or an id.
    Whole,
    /// The name of something else.
    Thing,
    /// A part of one, which counts only as a word by itself.
    Part,
    /// A text that somebody wrote.
    Text,
}

/// GUIDs that are read at a time, and for how many there is room before they are.
const PIECE: usize = 4096;
const MOST_GUIDS: usize = 1 << 20;

impl Sort {
    const ALL: [Self; 4] = [Self::Whole, Self::Thing, Self::Part, Self::Text];
}

/// Known texts, each once and sorted by their bytes, and GUIDs, likewise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    bytes: Vec<u8>,
    /// Where each text ends in `bytes`.
    ends: Vec<u32>,
    sorts: Vec<Sort>,
    guids: Vec<[u8; 16]>,
}

impl Known {
    /// How many texts there are.
    pub fn texts(&self) -> usize {
        self.ends.len()
    }

    /// How many texts and GUIDs there are.
    pub fn len(&self) -> usize {
        self.ends.len() + self.guids.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A text and what it identifies.
    #[inline]
    pub fn text(&self, at: usize) -> (&[u8], Sort) {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        (&self.bytes[start..self.ends[at] as usize], self.sorts[at])
    }

    /// Whether a GUID is known, its bytes in the order of its digits.
    pub fn has_guid(&self, guid: &[u8; 16]) -> bool {
        self.guids.binary_search(guid).is_ok()
    }

    fn push(&mut self, text: &[u8], sort: Sort) {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as u32);
        self.sorts.push(sort);
    }

    /// Without the texts that may be there.
    pub fn retain(&mut self, stays: &mut dyn FnMut(&str, Sort) -> bool) {
        let mut kept = Self { guids: std::mem::take(&mut self.guids), ..Self::default() };
        for at in 0..self.texts() {
            let (text, sort) = self.text(at);
            if stays(std::str::from_utf8(text).unwrap_or_default(), sort) {
                kept.push(text, sort);
            }
        }
        *self = kept;
    }

    /// All of it as bytes, for another worker.
    pub fn write(&self, out: &mut Vec<u8>) {
        let lengths = [self.bytes.len(), self.ends.len(), self.guids.len()];
        out.reserve(12 + self.bytes.len() + self.ends.len() * 5 + self.guids.len() * 16);
        for length in lengths {
            out.extend_from_slice(&(length as u32).to_le_bytes());
        }
        out.extend_from_slice(&self.bytes);
        for end in &self.ends {
            out.extend_from_slice(&end.to_le_bytes());
        }
        out.extend(self.sorts.iter().map(|sort| *sort as u8));
        out.extend_from_slice(self.guids.as_flattened());
    }

    /// What [`Known::write`] wrote; `None` for anything else. `next` hands over so many further bytes, if they are
    /// there: all of them at once would take the room twice.
    pub fn read(next: &mut dyn FnMut(usize) -> Option<Vec<u8>>) -> Option<Self> {
        let head = next(12)?;
        let length = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]) as usize;
        let texts = next(length(0))?;
        let ends = next(length(4).checked_mul(4)?)?;
        let sorts = next(length(4))?;
        let ends: Vec<u32> = ends.as_chunks::<4>().0.iter().map(|end| u32::from_le_bytes(*end)).collect();
        let sorts: Option<Vec<Sort>> = sorts.iter().map(|sort| Sort::ALL.get(usize::from(*sort)).copied()).collect();
        let fits = ends.is_sorted() && ends.last().is_none_or(|end| *end as usize == texts.len());
        let mut guids = Vec::with_capacity(length(8).min(MOST_GUIDS));
        while guids.len() < length(8) {
            let piece = next((length(8) - guids.len()).min(PIECE) * 16)?;
            guids.extend_from_slice(piece.as_chunks().0);
        }
        let fits = fits && std::str::from_utf8(&texts).is_ok();
        Some(Self { bytes: texts, ends, sorts: sorts?, guids }).filter(|_| fits)
    }
}

/// Collects what must not be in a report.
pub struct Collector<'a> {
    /// The words that reports are written in.
    own: HashSet<&'a str>,
    /// Microsoft's own texts, folded.
    public: HashSet<String>,
    found: Dictionary,
    /// By code.
    sorts: Vec<Sort>,
    guids: Vec<[u8; 16]>,
    folded: String,
}

impl<'a> Collector<'a> {
    /// `own`: the words that reports are written in, a line each; `public`: Microsoft's own texts.
    pub fn new(own: &'a str, public: &mut dyn Iterator<Item = &'a str>) -> Self {
        let mut folded = String::new();
        let public = public.map(|text| {
            fold_into(text, &mut folded);
            folded.clone()
        });
        Self {
            own: own.lines().collect(),
            public: public.collect(),
            found: Dictionary::default(),
            sorts: vec![Sort::Text],
            guids: Vec::new(),
            folded: String::new(),
        }
    }

    /// GUIDs as dictionaries keep them.
    pub fn add_guids(&mut self, dictionary: &Dictionary) {
        self.guids.extend(dictionary.guids().map(|(_, guid)| *guid));
    }

    /// A text, if it identifies.
    pub fn add(&mut self, text: &str, sort: Sort) {
        let text = text.trim();
        if let Some(guid) = guid_bytes(text) {
            self.guids.push(guid);
            return;
        }
        let mut text_folded = std::mem::take(&mut self.folded);
        fold_into(text, &mut text_folded);
        if self.counts(&text_folded, sort) {
            let code = self.found.intern(text_folded.as_bytes()) as usize;
            match self.sorts.get_mut(code) {
                Some(known) => *known = (*known).min(sort),
                None => self.sorts.push(sort),
            }
        }
        self.folded = text_folded;
    }

    fn counts(&self, text: &str, sort: Sort) -> bool {
        let short = if text.is_ascii() { 3 } else { 2 };
        let letters = text.chars().filter(|letter| letter.is_alphabetic()).take(short).count();
        // Numbers and very short texts occur everywhere; addresses of networks are found by their shape.
        if letters < short || text.len() > 400 || self.public.contains(text) {
            return false;
        }
        let mut words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_own = match sort {
            Sort::Whole => !text.contains(char::is_whitespace) && self.own.contains(text),
            Sort::Thing => words.all(|word| self.own.contains(word)),
            Sort::Part => self.own.contains(text),
            Sort::Text => words.all(|word| self.own.contains(word) || word.bytes().all(|byte| byte.is_ascii_digit())),
        };
        !is_own
    }

    /// Everything that was added.
    pub fn finish(mut self) -> Known {
        sort_once(&mut self.guids);
        let texts: Vec<Cow<str>> = (1..self.found.len() as u32).map(|code| self.found.get(code)).collect();
        let texts: Vec<&str> = texts.iter().map(Cow::as_ref).collect();
        let mut known = Known { guids: self.guids, ..Known::default() };
        for at in order_of_texts(&texts) {
            known.push(texts[at as usize].as_bytes(), self.sorts[at as usize + 1]);
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collects_each_text_once_as_the_strictest() {
        let mut all = Collector::new("report\nguest", &mut ["Add user"].into_iter());
        for (text, sort) in [
            ("Dana Vale", Sort::Text),
            ("dana vale", Sort::Whole),
            ("ADD USER", Sort::Text),
            ("Report guest", Sort::Thing),
            ("Report guest", Sort::Whole),
            ("42", Sort::Text),
            ("Álda", Sort::Part),
            ("01234567-89AB-cdef-fedc-ba9876543210", Sort::Whole),
            ("0123456789abcdeffedcba9876543210", Sort::Whole),
        ] {
            all.add(text, sort);
        }
        let known = all.finish();
        let texts: Vec<_> = (0..known.texts()).map(|at| known.text(at)).collect();
        let expected: [(&[u8], Sort); 3] =
            [(b"alda", Sort::Part), (b"dana vale", Sort::Whole), (b"report guest", Sort::Whole)];
        assert_eq!(texts, expected);
        assert_eq!(known.len(), 4);
        let mut bytes = Vec::new();
        known.write(&mut bytes);
        let read = |bytes: &[u8]| {
            let mut rest = bytes.iter().copied();
            Known::read(&mut |length| {
                let piece: Vec<u8> = rest.by_ref().take(length).collect();
                Some(piece).filter(|piece| piece.len() == length)
            })
        };
        assert_eq!(read(&bytes), Some(known));
        assert!((0..bytes.len()).all(|length| read(&bytes[..length]).is_none()));
    }
}

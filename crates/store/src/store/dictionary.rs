//! Each distinct string once, under a dense code. Code 0 is the empty string: "no value".

use super::{guid::read_guid, recent::Recent, write_guid};
use crate::arrange::order_of_texts;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::{borrow::Cow, hash::BuildHasher};

const SEGMENT_BITS: u32 = 20;
const SEGMENT: usize = 1 << SEGMENT_BITS;
/// Set in an entry's address where the string is a GUID, kept as 16 bytes.
const GUID: u32 = 1 << 31;

/// Distinct strings and their codes. Strings never move or change; codes count up from 0.
///
/// Text stands in segments of 1 MiB (a longer string has one of its own), each entry behind its
/// length, so growth copies nothing. GUIDs in their usual spelling take 16 bytes.
#[derive(Clone)]
pub struct Dictionary {
    segments: Vec<Vec<u8>>,
    addresses: Vec<u32>,
    guids: Vec<[u8; 16]>,
    table: HashTable<Slot>,
    hasher: DefaultHashBuilder,
    recent: Recent,
}

/// Keeps the hash, so that a growing table need not read the strings again.
#[derive(Clone, Copy)]
struct Slot {
    hash: u32,
    code: u32,
    /// The entry's address, which spares the search a look at another place in memory.
    address: u32,
}

impl Slot {
    fn spread(hash: u32) -> u64 {
        (hash as u64) << 32 | hash as u64
    }
}

impl Default for Dictionary {
    fn default() -> Self {
        let mut dictionary = Self {
            segments: Vec::new(),
            addresses: Vec::new(),
            guids: Vec::new(),
            table: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            recent: Recent::default(),
        };
        dictionary.intern(b"");
        dictionary
    }
}

impl Dictionary {
    /// How many codes there are, the empty string's among them.
    pub fn len(&self) -> usize {
        self.addresses.len()
    }

    /// Never true: the empty string is always there.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Bytes held, hash table included.
    pub fn heap_bytes(&self) -> usize {
        self.segments.iter().map(Vec::capacity).sum::<usize>()
            + self.addresses.capacity() * 4
            + self.guids.capacity() * 16
            + self.table.capacity() * (size_of::<Slot>() + 2)
    }

    /// The code of a string, given anew if it has none. Bytes that are not UTF-8 are replaced
    /// by U+FFFD, so that every entry is text.
    pub fn intern(&mut self, text: &[u8]) -> u32 {
        self.intern_noting(text, &mut false)
    }

    /// The same; sets `repaired` where bytes were replaced.
    #[inline]
    pub(super) fn intern_noting(&mut self, text: &[u8], repaired: &mut bool) -> u32 {
        let Some(key) = Recent::key(text) else { return self.intern_hashed(text, repaired) };
        if let Some(code) = self.recent.get(key) {
            return code;
        }
        let (mut bad, known) = (false, self.addresses.len());
        let code = self.intern_hashed(text, &mut bad);
        // What had to be repaired has to be noted each time; what is new may never come again.
        if !bad && (code as usize) < known {
            self.recent.put(key, code);
        }
        *repaired |= bad;
        code
    }

    fn intern_hashed(&mut self, text: &[u8], repaired: &mut bool) -> u32 {
        let guid = read_guid(text);
        let hash = self.hash(text, guid.as_ref());
        if let Some(slot) = self.slot(hash, text, guid.as_ref()) {
            return slot.code;
        }
        if guid.is_none() && std::str::from_utf8(text).is_err() {
            *repaired = true;
            return self.intern_hashed(String::from_utf8_lossy(text).as_bytes(), &mut false);
        }
        let code = self.addresses.len() as u32;
        let address = match guid {
            Some(guid) => {
                self.guids.push(guid);
                GUID | (self.guids.len() - 1) as u32
            }
            None => self.store(text),
        };
        self.addresses.push(address);
        self.table.insert_unique(Slot::spread(hash), Slot { hash, code, address }, |slot| Slot::spread(slot.hash));
        code
    }

    /// The code of a string that is already there.
    pub fn find(&self, text: &str) -> Option<u32> {
        let guid = read_guid(text.as_bytes());
        let hash = self.hash(text.as_bytes(), guid.as_ref());
        self.slot(hash, text.as_bytes(), guid.as_ref()).map(|slot| slot.code)
    }

    /// GUIDs are hashed as they are kept, without being written out.
    fn hash(&self, text: &[u8], guid: Option<&[u8; 16]>) -> u32 {
        self.hasher.hash_one(guid.map_or(text, |guid| guid)) as u32
    }

    #[inline]
    fn slot(&self, hash: u32, text: &[u8], guid: Option<&[u8; 16]>) -> Option<&Slot> {
        self.table.find(Slot::spread(hash), |slot| {
            slot.hash == hash && {
                let address = slot.address;
                match guid {
                    Some(guid) => address & GUID != 0 && self.guids[(address & !GUID) as usize] == *guid,
                    None => address & GUID == 0 && self.text(address) == text,
                }
            }
        })
    }

    /// The string of a code; the empty string for a code that was never given.
    pub fn get(&self, code: u32) -> Cow<'_, str> {
        match self.addresses.get(code as usize) {
            None => Cow::Borrowed(""),
            Some(&address) if address & GUID != 0 => {
                let mut text = [0; 36];
                write_guid(&self.guids[(address & !GUID) as usize], &mut text);
                Cow::Owned(String::from_utf8_lossy(&text).into_owned())
            }
            Some(&address) => String::from_utf8_lossy(self.text(address)),
        }
    }

    /// Calls back with every code and its bytes, in code order. A GUID's text lives only for the call.
    pub fn for_each(&self, mut each: impl FnMut(u32, &[u8])) {
        let mut text = [0; 36];
        for (code, &address) in self.addresses.iter().enumerate() {
            if address & GUID != 0 {
                write_guid(&self.guids[(address & !GUID) as usize], &mut text);
                each(code as u32, &text);
            } else {
                each(code as u32, self.text(address));
            }
        }
    }

    /// Calls back with every code and text, in code order, without those that are GUIDs in their usual spelling.
    pub fn for_each_text(&self, each: &mut dyn FnMut(u32, &str)) {
        for (code, &address) in self.addresses.iter().enumerate() {
            if address & GUID == 0 {
                // Every entry is text.
                each(code as u32, std::str::from_utf8(self.text(address)).unwrap_or_default());
            }
        }
    }

    /// The same texts in the order of their bytes, and where each code went. The empty text stays the first.
    pub fn sorted(&self) -> (Self, Vec<u32>) {
        let texts: Vec<Cow<str>> = (1..self.len() as u32).map(|code| self.get(code)).collect();
        let texts: Vec<&str> = texts.iter().map(Cow::as_ref).collect();
        let (mut sorted, mut codes) = (Self::default(), vec![0; self.len()]);
        for at in order_of_texts(&texts) {
            codes[at as usize + 1] = sorted.intern(texts[at as usize].as_bytes());
        }
        (sorted, codes)
    }

    /// The raw text segments. Every entry that is not a GUID stands whole in one of them, in code
    /// order; between the entries stand length bytes, so a hit must be checked against [`Self::spans`].
    pub fn segments(&self) -> &[Vec<u8>] {
        &self.segments
    }

    /// Code, segment, start and end of each text entry, ascending by place. GUIDs are left out.
    pub fn spans(&self) -> impl Iterator<Item = (u32, usize, usize, usize)> + '_ {
        self.addresses.iter().enumerate().filter(|(_, address)| **address & GUID == 0).map(|(code, &address)| {
            let segment = (address >> SEGMENT_BITS) as usize;
            let (start, length) = self.read_length(address);
            (code as u32, segment, start, start + length)
        })
    }

    /// Codes and packed bytes of the entries that are GUIDs.
    pub fn guids(&self) -> impl Iterator<Item = (u32, &[u8; 16])> + '_ {
        self.addresses
            .iter()
            .enumerate()
            .filter(|(_, address)| **address & GUID != 0)
            .map(|(code, &address)| (code as u32, &self.guids[(address & !GUID) as usize]))
    }

    /// Whether a code given by this dictionary stands for just this text.
    pub(super) fn is(&self, code: u32, text: &[u8]) -> bool {
        let address = self.addresses[code as usize];
        if address & GUID == 0 {
            return self.text(address) == text;
        }
        let mut own = [0; 36];
        text.len() == 36 && {
            write_guid(&self.guids[(address & !GUID) as usize], &mut own);
            own == text
        }
    }

    fn text(&self, address: u32) -> &[u8] {
        let (start, length) = self.read_length(address);
        &self.segments[(address >> SEGMENT_BITS) as usize][start..start + length]
    }

    fn read_length(&self, address: u32) -> (usize, usize) {
        let segment = &self.segments[(address >> SEGMENT_BITS) as usize];
        let (mut at, mut length, mut shift) = ((address as usize) & (SEGMENT - 1), 0, 0);
        loop {
            let byte = segment[at];
            at += 1;
            length |= ((byte & 0x7f) as usize) << shift;
            if byte < 0x80 {
                return (at, length);
            }
            shift += 7;
        }
    }

    fn store(&mut self, text: &[u8]) -> u32 {
        let needed = text.len() + 5;
        let full = self.segments.last().is_none_or(|last| last.len() + needed > SEGMENT);
        if full {
            // Small dictionaries stay small: the first segment grows, later ones are whole.
            let capacity = if self.segments.is_empty() { needed } else { needed.max(SEGMENT) };
            self.segments.push(Vec::with_capacity(capacity));
        }
        let segment = self.segments.len() - 1;
        let last = &mut self.segments[segment];
        let address = (segment << SEGMENT_BITS | last.len()) as u32;
        let mut length = text.len();
        while length >= 0x80 {
            last.push(length as u8 | 0x80);
            length >>= 7;
        }
        last.push(length as u8);
        last.extend_from_slice(text);
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_each_string_one_code_and_returns_it_unchanged() {
        let mut dictionary = Dictionary::default();
        let long = "x".repeat(SEGMENT + 3);
        let texts = [
            "",
            "Add user",
            "6f1c0a52-9d1e-4c7a-8b3e-0f2d4c5b9a2b",
            "6F1C0A52-9D1E-4C7A-8B3E-0F2D4C5B9A2B",
            &long,
            "山田",
            "after",
        ];
        let codes: Vec<u32> = texts.iter().map(|text| dictionary.intern(text.as_bytes())).collect();
        assert_eq!(codes, [0, 1, 2, 3, 4, 5, 6]);
        for (text, code) in texts.iter().zip(codes) {
            assert_eq!(dictionary.get(code), *text);
            assert_eq!(dictionary.intern(text.as_bytes()), code);
            assert_eq!(dictionary.find(text), Some(code));
        }
        assert_eq!(dictionary.len(), 7);
        assert_eq!(dictionary.guids().count(), 1);
        for (code, segment, start, end) in dictionary.spans() {
            assert_eq!(dictionary.segments()[segment][start..end], *dictionary.get(code).as_bytes());
        }
    }

    #[test]
    fn sorts_its_texts() {
        let mut dictionary = Dictionary::default();
        let texts = ["b", "6f1c0a52-9d1e-4c7a-8b3e-0f2d4c5b9a2b", "a much longer text than that, b", "a"];
        for text in texts {
            dictionary.intern(text.as_bytes());
        }
        let (sorted, codes) = dictionary.sorted();
        assert_eq!(codes, [0, 4, 1, 3, 2]);
        for (text, code) in texts.iter().zip(&codes[1..]) {
            assert_eq!(sorted.get(*code), *text);
        }
    }

    #[test]
    fn repairs_what_is_not_text() {
        let mut dictionary = Dictionary::default();
        let code = dictionary.intern(b"a\xffb");
        assert_eq!(dictionary.get(code), "a\u{fffd}b");
        assert_eq!(dictionary.intern("a\u{fffd}b".as_bytes()), code);
    }

    #[test]
    fn many_strings_over_many_segments() {
        let mut dictionary = Dictionary::default();
        for number in 0..100_000 {
            assert_eq!(dictionary.intern(format!("value number {number}").as_bytes()), number + 1);
        }
        assert_eq!(dictionary.get(70_001), "value number 70000");
        assert!(dictionary.segments().len() > 1);
        let mut seen = 0;
        dictionary.for_each(|code, text| {
            assert_eq!(text, dictionary.get(code).as_bytes());
            seen += 1;
        });
        assert_eq!(seen, 100_001);
    }
}

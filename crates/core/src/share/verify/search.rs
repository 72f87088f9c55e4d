//! Looks for very many texts at once: a rolling window of five bytes, then the texts that begin so.

use super::known::{Identifiers, Sort};
use hashbrown::HashMap;

const WINDOW: usize = 5;
const BITS: u32 = 20;

/// Known texts by how they begin.
pub(super) struct Search<'a> {
    known: &'a Identifiers,
    /// One bit per hash of a begin, so that most places are passed over at once.
    filter: Vec<u64>,
    begins: HashMap<u64, Vec<u32>>,
    /// Texts shorter than the window, by the word they are.
    short: HashMap<&'a str, u32>,
}

fn hash(window: u64) -> usize {
    (window.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS)) as usize
}

impl<'a> Search<'a> {
    pub(super) fn new(known: &'a Identifiers) -> Self {
        let mut search =
            Self { known, filter: vec![0; 1 << (BITS - 6)], begins: HashMap::new(), short: HashMap::new() };
        for (at, (text, _)) in known.texts.iter().enumerate() {
            match text.as_bytes().first_chunk::<WINDOW>() {
                Some(begin) => {
                    let window = begin.iter().fold(0, |window, byte| window << 8 | u64::from(*byte));
                    search.filter[hash(window) >> 6] |= 1 << (hash(window) & 63);
                    search.begins.entry(window).or_default().push(at as u32);
                }
                None => {
                    search.short.insert(text, at as u32);
                }
            }
        }
        search
    }

    /// Calls back with each place where a known text stands.
    pub(super) fn each(&self, text: &str, found: &mut dyn FnMut(usize, usize)) {
        let bytes = text.as_bytes();
        let mut window = 0_u64;
        let mut word = 0;
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
        for (at, byte) in bytes.iter().enumerate() {
            window = (window << 8 | u64::from(*byte)) & 0xff_ffff_ffff;
            if !is_word(*byte) {
                self.word(text, word, at, found);
                word = at + 1;
            }
            if at + 1 < WINDOW || self.filter[hash(window) >> 6] & 1 << (hash(window) & 63) == 0 {
                continue;
            }
            let start = at + 1 - WINDOW;
            for known in self.begins.get(&window).into_iter().flatten() {
                let (known, sort) = &self.known.texts[*known as usize];
                if bytes[start..].starts_with(known.as_bytes()) && counts(bytes, start, known, *sort) {
                    found(start, start + known.len());
                }
            }
        }
        self.word(text, word, bytes.len(), found);
    }

    fn word(&self, text: &str, start: usize, end: usize, found: &mut dyn FnMut(usize, usize)) {
        if start < end && end - start < WINDOW && self.short.contains_key(&text[start..end]) {
            found(start, end);
        }
    }
}

/// Whether a place counts: parts of names, and short names, only where a word begins and ends with them.
fn counts(bytes: &[u8], start: usize, known: &str, sort: Sort) -> bool {
    let is_word = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
    let plain = known.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ');
    let stands_alone = matches!(sort, Sort::Part | Sort::Text) || (known.len() < 9 && plain);
    if !stands_alone || !known.is_ascii() {
        return true;
    }
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    !is_word(before) && !is_word(bytes.get(start + known.len()))
}

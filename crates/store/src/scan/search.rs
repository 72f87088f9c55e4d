//! Looks for very many texts at once: a rolling window of five bytes, then the texts that begin so.

use super::{Known, Sort};
use hashbrown::{HashMap, HashSet};

const WINDOW: usize = 5;
const BITS: u32 = 21;

/// Known texts by how they begin.
pub struct Search<'a> {
    known: &'a Known,
    /// One bit per hash of a begin, so that most places are passed over at once.
    filter: Vec<u64>,
    /// The first text that begins so; the others follow it, as texts are sorted.
    begins: HashMap<u64, u32>,
    /// Texts shorter than the window, which have to be words: their bytes as a number.
    short: HashSet<u64>,
}

fn hash(window: u64) -> usize {
    (window.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS)) as usize
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

impl<'a> Search<'a> {
    /// For these texts.
    pub fn new(known: &'a Known) -> Self {
        let mut search =
            Self { known, filter: vec![0; 1 << (BITS - 6)], begins: HashMap::new(), short: HashSet::new() };
        let mut newest = u64::MAX;
        for at in 0..known.texts() {
            let (text, _) = known.text(at);
            let Some(begin) = text.first_chunk::<WINDOW>() else {
                search.short.insert(number(text));
                continue;
            };
            let window = number(begin);
            if window != newest {
                newest = window;
                search.filter[hash(window) >> 6] |= 1 << (hash(window) & 63);
                search.begins.insert(window, at as u32);
            }
        }
        search
    }

    /// Calls back with each place where a known text stands.
    pub fn each(&self, text: &str, found: &mut dyn FnMut(usize, usize)) {
        let bytes = text.as_bytes();
        let mut window = 0_u64;
        let mut word = 0;
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
        for (at, byte) in bytes.iter().enumerate() {
            window = (window << 8 | u64::from(*byte)) & 0xff_ffff_ffff;
            if !is_word(*byte) {
                self.word(bytes, word, at, found);
                word = at + 1;
            }
            if at + 1 < WINDOW || self.filter[hash(window) >> 6] & 1 << (hash(window) & 63) == 0 {
                continue;
            }
            let Some(first) = self.begins.get(&window) else { continue };
            let start = at + 1 - WINDOW;
            for known in *first as usize..self.known.texts() {
                let (known, sort) = self.known.text(known);
                if known.first_chunk::<WINDOW>().is_none_or(|begin| number(begin) != window) {
                    break;
                }
                if bytes[start..].starts_with(known) && counts(bytes, start, known, sort) {
                    found(start, start + known.len());
                }
            }
        }
        self.word(bytes, word, bytes.len(), found);
    }

    fn word(&self, bytes: &[u8], start: usize, end: usize, found: &mut dyn FnMut(usize, usize)) {
        if start < end && end - start < WINDOW && self.short.contains(&number(&bytes[start..end])) {
            found(start, end);
        }
    }
}

/// Whether a place counts: parts of names, and short names, only where a word begins and ends with them.
fn counts(bytes: &[u8], start: usize, known: &[u8], sort: Sort) -> bool {
    let is_word = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
    let plain = known.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b' ');
    let stands_alone = matches!(sort, Sort::Part | Sort::Text) || (known.len() < 9 && plain);
    if !stands_alone || !known.is_ascii() {
        return true;
    }
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    !is_word(before) && !is_word(bytes.get(start + known.len()))
}

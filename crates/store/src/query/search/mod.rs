//! Text in any field of an event, letter case aside.
//!
//! Search goes over the distinct strings of each dictionary and then marks the events whose codes
//! were hit; dictionaries without a hit cost nothing further. The answer is exactly that of folding
//! every string and looking for the folded needle.

mod ascii;
mod guid;
mod instants;
mod marks;

pub use marks::events_with;

use crate::store::Dictionary;
use ascii::AsciiNeedle;
use memchr::memmem::Finder;

/// Letter case aside: what search and sorting compare.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// A text to look for.
pub struct Needle {
    folded: String,
    finder: Finder<'static>,
}

/// The only two characters beyond ASCII whose folding holds an ASCII letter: İ is i with a dot
/// above, and the Kelvin sign is k.
const FOLDS_TO_ASCII: [(char, char); 2] = [('i', '\u{130}'), ('k', '\u{212a}')];

impl Needle {
    /// Looks for a text, letter case aside.
    pub fn new(text: &str) -> Self {
        let folded = fold(text);
        let finder = Finder::new(&folded).into_owned();
        Self { folded, finder }
    }

    /// Whether a text contains it.
    pub fn is_in(&self, text: &str) -> bool {
        self.finder.find(fold(text).as_bytes()).is_some()
    }

    /// Which strings of a dictionary contain it, by code; `None` if none does.
    pub fn codes(&self, dictionary: &Dictionary) -> Option<Vec<bool>> {
        if self.folded.is_empty() {
            return Some(vec![true; dictionary.len()]);
        }
        let mut found = Found { codes: Vec::new(), length: dictionary.len() };
        if self.folded.is_ascii() {
            self.in_ascii(dictionary, &mut found);
            self.in_guids(dictionary, &mut found);
        } else {
            self.in_others(dictionary, ascii::find_beyond, &mut found);
        }
        Some(found.codes).filter(|codes| !codes.is_empty())
    }

    fn in_ascii(&self, dictionary: &Dictionary, found: &mut Found) {
        let needle = AsciiNeedle::new(self.folded.as_bytes());
        let find = |segment: &[u8], from: usize| needle.find(segment, from);
        each_entry_with(dictionary, self.folded.len(), find, |code, _| found.add(code));
        for (letter, other) in FOLDS_TO_ASCII {
            if self.folded.contains(letter) {
                let other = Finder::new(other.encode_utf8(&mut [0; 4])).into_owned();
                let find = |segment: &[u8], from: usize| other.find(&segment[from..]).map(|at| from + at);
                self.in_others(dictionary, find, found);
            }
        }
    }

    /// Tests the entries in which something is found that makes bytes alone no answer.
    fn in_others(&self, dictionary: &Dictionary, find: impl Fn(&[u8], usize) -> Option<usize>, found: &mut Found) {
        let mut folded = String::new();
        each_entry_with(dictionary, 1, find, |code, text| {
            folded.clear();
            folded.extend(String::from_utf8_lossy(text).chars().flat_map(char::to_lowercase));
            if self.finder.find(folded.as_bytes()).is_some() {
                found.add(code);
            }
        });
    }

    fn in_guids(&self, dictionary: &Dictionary, found: &mut Found) {
        let patterns = guid::patterns(self.folded.as_bytes());
        if patterns.is_empty() {
            return;
        }
        for (code, bytes) in dictionary.guids() {
            let guid = u128::from_be_bytes(*bytes);
            if patterns.iter().any(|pattern| pattern.fits(guid)) {
                found.add(code);
            }
        }
    }
}

/// Flags per code, made when the first is set.
struct Found {
    codes: Vec<bool>,
    length: usize,
}

impl Found {
    #[inline]
    fn add(&mut self, code: u32) {
        if self.codes.is_empty() {
            self.codes = vec![false; self.length];
        }
        self.codes[code as usize] = true;
    }
}

/// Calls back with the entries in which `find` finds something `length` bytes long; at most once each.
///
/// `find` gets raw bytes, in which lengths stand between the entries: what it finds is only taken
/// where an entry holds all of it.
fn each_entry_with(
    dictionary: &Dictionary,
    length: usize,
    find: impl Fn(&[u8], usize) -> Option<usize>,
    mut each: impl FnMut(u32, &[u8]),
) {
    let mut spans = dictionary.spans();
    let mut next = spans.next();
    for (number, segment) in dictionary.segments().iter().enumerate() {
        let mut from = 0;
        while let Some(hit) = find(segment, from) {
            while next.is_some_and(|(_, own, _, end)| own < number || (own == number && end <= hit)) {
                next = spans.next();
            }
            let Some((code, own, start, end)) = next else { return };
            if own > number {
                break;
            }
            if start <= hit && hit + length <= end {
                each(code, &segment[start..end]);
            }
            from = if hit < start { start } else { end };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], needle: &str) {
        let mut dictionary = Dictionary::default();
        for text in texts {
            dictionary.intern(text.as_bytes());
        }
        let found = Needle::new(needle).codes(&dictionary).unwrap_or_else(|| vec![false; dictionary.len()]);
        for code in 0..dictionary.len() as u32 {
            let text = dictionary.get(code);
            assert_eq!(found[code as usize], fold(&text).contains(&fold(needle)), "{needle:?} in {text:?}");
        }
    }

    #[test]
    fn equals_folding_every_string() {
        let long = format!("{}Guest{}", "g".repeat(300), "x".repeat(200));
        let texts = [
            "gues",
            "t",
            "Guest",
            "a guest",
            "GUEST",
            "ġuest",
            "\u{212a}elvin",
            "kelvin",
            "İstanbul",
            "i\u{307}s",
            "ΣΑΣ",
            "6f1c0a52-9d1e-4c7a-8b3e-0f2d4c5b9a2b",
            "6F1C0A52-9D1E-4C7A-8B3E-0F2D4C5B9A2B",
            "-",
            "",
            &long,
            "[`{@",
        ];
        for needle in [
            "guest",
            "GUESt",
            "t",
            "g",
            "gg",
            "k",
            "elvin",
            "\u{212a}",
            "ke",
            "İ",
            "i",
            "is",
            "ist",
            "σ",
            "ας",
            "6f1c0",
            "2b",
            "52-9d1e-4c7a",
            "2b6",
            "-",
            "b",
            "",
            "\u{1}",
            "@",
            "`",
            "[",
            "{",
            "stx",
        ] {
            check(&texts, needle);
        }
    }

    #[test]
    fn over_several_segments() {
        let texts: Vec<String> =
            (0..60_000).map(|number| format!("{number} some text that fills segments {}", number % 7)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        check(&texts, "Segments 3");
        check(&texts, "59999");
        check(&texts, "no such");
    }
}

//! Free text without the identifiers that are known: every form of every one is replaced by its label.
//! What nobody has told us stays, so this is a choice of the sender; the default is to leave text out.

use super::{
    forms,
    subjects::{SubjectId, Subjects},
    words::Words,
};
use crate::{identity::Identity, model::Domain, store::Store};
use aho_corasick::{AhoCorasick, MatchKind};
use hashbrown::HashMap;

/// What takes the place of something that looks like an identifier but is nobody's that we know.
pub(super) const LEFT_OUT: &str = "(left out)";

/// Finds known identifiers in text.
pub(super) struct Scrubber {
    patterns: Vec<SubjectId>,
    machine: Option<AhoCorasick>,
}

/// A text as comparisons see it, and where each of its bytes comes from.
struct Seen {
    folded: String,
    from: Vec<usize>,
}

impl Scrubber {
    /// All names that a store knows.
    pub(super) fn new(store: &Store, subjects: &Subjects, identity: &Identity, words: &Words) -> Self {
        let mut known: HashMap<String, SubjectId> = HashMap::new();
        let mut add = |text: &str, subject: SubjectId| {
            let text = forms::fold(text);
            if text.chars().count() >= 2 {
                known.entry(text).or_insert(subject);
            }
        };
        for (at, person) in identity.people().iter().enumerate() {
            let subject = at as SubjectId;
            for alias in identity.names(at as u32) {
                add(&alias.text, subject);
                add(&alias.text.replace('@', "_"), subject);
                if let Some((local, _)) = alias.text.split_once('@') {
                    add(local, subject);
                }
                if let Some(guid) = forms::guid(&alias.text) {
                    add(&guid.replace('-', ""), subject);
                }
            }
            add(&person.name, subject);
            add(&person.domain, subject_of_home(subjects, subject));
            for part in
                person.name.split(|letter: char| !letter.is_alphanumeric()).filter(|part| part.chars().count() > 2)
            {
                add(part, subject);
            }
        }
        for domain in [Domain::Upn, Domain::TenantName, Domain::ObjectId, Domain::TenantId, Domain::Name] {
            store.dictionary(domain).for_each(|code, text| {
                let text = String::from_utf8_lossy(text);
                if let Some(subject) = subjects.of(domain, code).filter(|_| !words.is_public(domain, &text)) {
                    add(&text, subject);
                    if domain == Domain::TenantName {
                        add(text.split('.').next().unwrap_or_default(), subject);
                    }
                }
            });
        }
        let (texts, patterns): (Vec<String>, Vec<SubjectId>) = known.into_iter().unzip();
        let machine = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&texts).ok();
        Self { patterns, machine }
    }

    /// Whether a text names anybody or anything known.
    pub(super) fn names(&self, text: &str) -> Vec<SubjectId> {
        let seen = Seen::new(text);
        self.hits(&seen).map(|(_, _, subject)| subject).collect()
    }

    /// The text with labels instead of what it names, and without what looks like an identifier.
    pub(super) fn scrub(&self, text: &str, label: &dyn Fn(SubjectId) -> String) -> String {
        let seen = Seen::new(text);
        let mut out = String::with_capacity(text.len());
        let mut end = 0;
        for (from, to, subject) in self.hits(&seen) {
            out.push_str(&text[end..from]);
            out.push_str(&label(subject));
            end = to;
        }
        out.push_str(&text[end..]);
        without_lookalikes(&out)
    }

    /// Begin and end in the text itself, and whom it names.
    fn hits<'a>(&'a self, seen: &'a Seen) -> impl Iterator<Item = (usize, usize, SubjectId)> + 'a {
        let machine = self.machine.iter();
        let whole = |start: usize, end: usize| {
            let before = seen.folded[..start].chars().next_back().is_some_and(char::is_alphanumeric);
            let after = seen.folded[end..].chars().next().is_some_and(char::is_alphanumeric);
            !before && !after
        };
        machine
            .flat_map(|machine| machine.find_iter(&seen.folded))
            .filter(move |hit| hit.end() - hit.start() > 5 || whole(hit.start(), hit.end()))
            .map(|hit| (seen.from[hit.start()], seen.from[hit.end()], self.patterns[hit.pattern().as_usize()]))
    }
}

impl Seen {
    /// Percent-encoding, HTML entities and JSON escapes are read, then letters are folded.
    fn new(text: &str) -> Self {
        let mut seen = Self { folded: String::with_capacity(text.len()), from: Vec::with_capacity(text.len() + 1) };
        let mut at = 0;
        while let Some(letter) = text[at..].chars().next() {
            let (read, length) = decoded(&text[at..]).unwrap_or((letter, letter.len_utf8()));
            forms::fold_letter(read, &mut |plain| {
                seen.folded.push(plain);
                seen.from.resize(seen.folded.len(), at);
            });
            at += length;
        }
        seen.from.push(text.len());
        seen
    }
}

fn subject_of_home(subjects: &Subjects, person: SubjectId) -> SubjectId {
    subjects.list.get(person as usize).map_or(person, |subject| subject.home)
}

/// A letter that is written by its number, and how long that is.
fn decoded(text: &str) -> Option<(char, usize)> {
    let hex = |from: usize, to: usize| u32::from_str_radix(text.get(from..to)?, 16).ok();
    if text.starts_with('%') {
        return Some((char::from_u32(hex(1, 3)?).filter(char::is_ascii)?, 3));
    }
    if text.starts_with("\\u") {
        return Some((char::from_u32(hex(2, 6)?)?, 6));
    }
    let entity = text.strip_prefix('&')?;
    let end = entity.get(..entity.len().min(10))?.find(';')?;
    let name = &entity[..end];
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "commat" => '@',
        "num" => '#',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = number
                .strip_prefix(['x', 'X'])
                .map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            char::from_u32(code?)?
        }
    };
    Some((letter, end + 2))
}

/// Whether a word looks like the name of a host: labels with a dot between.
fn is_host(word: &str) -> bool {
    let labels: Vec<&str> = word.split('.').collect();
    let is_label = |label: &&str| {
        label.len() > 1 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte >= 0x80)
    };
    labels.len() > 1
        && labels.iter().all(is_label)
        && labels.last().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// Words that look like an address, an id, a number of a telephone or a link are left out.
fn without_lookalikes(text: &str) -> String {
    let suspicious = |word: &str| {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '{' && letter != '}');
        let lower = bare.to_lowercase();
        let digits = bare.bytes().filter(u8::is_ascii_digit).count();
        lower.contains('@')
            || lower.contains("%40")
            || lower.contains("#ext#")
            || lower.contains("onmicrosoft")
            || lower.contains("://")
            || lower.starts_with("eyj")
            || lower.starts_with("s-1-")
            || forms::guid(bare).is_some()
            || super::generalise::address(bare).is_some()
            || digits > 4
            || is_host(&lower)
    };
    let replace = |word: &str| {
        // Labels have an `@` before their organization.
        let is_label = word.split('@').all(|part| part.contains('-') && !part.contains('.'));
        if suspicious(word) && !is_label { LEFT_OUT.to_owned() } else { word.to_owned() }
    };
    text.split_inclusive(char::is_whitespace).fold(String::new(), |mut out, word| {
        let bare = word.trim_end();
        out.push_str(&replace(bare));
        out.push_str(&word[bare.len()..]);
        out
    })
}

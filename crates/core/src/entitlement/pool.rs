//! Texts of several dictionaries under one numbering, so that an id is one number wherever it stands.

use crate::identity::text::Lower as _;
use crate::{model::Domain, store::Store};
use hashbrown::HashMap;

/// Distinct texts. Number 0 is the empty text.
pub struct Pool {
    texts: Vec<String>,
    index: HashMap<String, u32>,
    known: HashMap<(Domain, u32), u32>,
}

impl Default for Pool {
    fn default() -> Self {
        Self { texts: vec![String::new()], index: HashMap::from([(String::new(), 0)]), known: HashMap::new() }
    }
}

impl Pool {
    /// The text of a number.
    pub fn get(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", String::as_str)
    }

    /// The number of a text.
    pub fn add(&mut self, text: &str) -> u32 {
        if let Some(number) = self.index.get(text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.index.insert(text.to_owned(), number);
        number
    }

    /// The number of a dictionary's text: ids in lower case, values of properties without their quotes.
    pub fn of(&mut self, store: &Store, domain: Domain, code: u32) -> u32 {
        if code == 0 {
            return 0;
        }
        if let Some(number) = self.known.get(&(domain, code)) {
            return *number;
        }
        let text = store.dictionary(domain).get(code);
        let number = match domain {
            Domain::ObjectId | Domain::TenantId => self.add(&text.trim().lower()),
            Domain::PropertyValue | Domain::DetailValue => self.add(plain(&text)),
            _ => self.add(text.trim()),
        };
        self.known.insert((domain, code), number);
        number
    }
}

/// A property's value without what JSON put around it: `"\"Reader\""` and `["Reader"]` are Reader.
pub(super) fn plain(value: &str) -> &str {
    let around: &[char] = &['"', '\\', '[', ']', ' ', '\r', '\n', '\t'];
    let text = value.trim_matches(around);
    if text == "null" { "" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_has_one_number() {
        let mut pool = Pool::default();
        assert_eq!([pool.add(""), pool.add("a"), pool.add("b"), pool.add("a")], [0, 1, 2, 1]);
        assert_eq!((pool.get(2), pool.get(9)), ("b", ""));
    }

    #[test]
    fn values_lose_their_quotes() {
        for (value, expected) in
            [("\"Reader\"", "Reader"), (r#""\"Reader\"""#, "Reader"), ("[\"x\"]", "x"), ("[]", ""), ("null", "")]
        {
            assert_eq!(plain(value), expected);
        }
    }
}

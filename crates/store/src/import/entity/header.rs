//! What the columns of a CSV of entities are: by names that a public source gives, else by a guess from
//! their words.

use crate::arrange::Arrange as _;
use crate::{import::sniff::Head, model::Attribute, store::Mapping};

/// The columns that a kind of CSV can have.
pub(super) struct Columns {
    /// Names that public sources give, in lower case without anything but letters and digits.
    pub(super) known: &'static [(&'static str, Attribute)],
    /// Phrases that a column of that meaning may have in its name. No source names the columns.
    pub(super) guesses: &'static [(Attribute, &'static [&'static str])],
}

impl Columns {
    /// Every meaning that a column can have.
    pub(super) fn attributes(&self) -> impl Iterator<Item = Attribute> {
        let known = self.known.iter().map(|(_, attribute)| *attribute);
        known.chain(self.guesses.iter().map(|(attribute, _)| *attribute))
    }
}

/// A header in the words of one kind of CSV.
pub(super) struct Header {
    pub(super) columns: Vec<Mapping>,
}

impl Header {
    /// Reads the header, the reader's own choice first.
    pub(super) fn read(head: &Head, columns: &Columns) -> Self {
        let names: Vec<String> =
            head.header().iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        let mut found: Vec<Option<(Attribute, bool)>> = vec![None; names.len()];
        let mut settled = vec![false; names.len()];
        for choice in head.choice.iter().flat_map(|choice| &choice.columns) {
            if let Some(at) = names.iter().position(|name| *name == choice.column.trim()) {
                settled[at] = true;
                found[at] = choice.attribute.map(|attribute| (attribute, false));
            }
        }
        for (at, name) in names.iter().enumerate().filter(|(at, _)| !settled[*at]) {
            let name = plain(name);
            let attribute = columns.known.iter().find(|(known, _)| *known == name).map(|(_, attribute)| *attribute);
            // The first of several columns of one meaning counts.
            if let Some(attribute) = attribute.filter(|attribute| !taken(&found, *attribute)) {
                found[at] = Some((attribute, false));
            }
        }
        let mut scores: Vec<(i32, usize, Attribute)> = Vec::new();
        for (at, name) in names.iter().enumerate().filter(|(at, _)| !settled[*at] && found[*at].is_none()) {
            let words = words(name);
            for (attribute, phrases) in columns.guesses {
                let best = phrases.iter().filter_map(|phrase| score(&words, phrase)).max();
                scores.extend(best.map(|score| (score, at, *attribute)));
            }
        }
        // The best first; of equals the column, then the attribute, that comes first.
        scores.arrange_by_key(|(score, at, _)| (-score, *at));
        for (_, at, attribute) in scores {
            if found[at].is_none() && !taken(&found, attribute) {
                found[at] = Some((attribute, true));
            }
        }
        let columns = names.into_iter().zip(found).map(|(column, found)| Mapping {
            column,
            attribute: found.map(|(attribute, _)| attribute),
            guessed: found.is_some_and(|(_, guessed)| guessed),
        });
        Self { columns: columns.collect() }
    }

    /// Whether a column was taken for one of these.
    pub(super) fn has_any(&self, attributes: &[Attribute]) -> bool {
        self.columns.iter().any(|column| column.attribute.is_some_and(|own| attributes.contains(&own)))
    }

    /// How many columns were taken for something.
    pub(super) fn count(&self) -> usize {
        self.columns.iter().filter(|column| column.attribute.is_some()).count()
    }

    /// Where an attribute stands.
    pub(super) fn position(&self, attribute: Attribute) -> Option<usize> {
        self.columns.iter().position(|column| column.attribute == Some(attribute))
    }
}

fn taken(found: &[Option<(Attribute, bool)>], attribute: Attribute) -> bool {
    found.iter().flatten().any(|(own, _)| *own == attribute)
}

/// A name in lower case, letters and digits only; of a bulk template's `Name [displayName] Required` only
/// what stands in brackets.
pub(super) fn plain(name: &str) -> String {
    let inner = name.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(inner, _)| inner);
    let name = inner.filter(|inner| !inner.eq_ignore_ascii_case("utc")).unwrap_or(name);
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words of a name, in lower case: `lastSignInDate`, `Last sign-in (date)`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in name.chars() {
        let begins = !before.is_alphanumeric() || (c.is_uppercase() && before.is_lowercase());
        if c.is_alphanumeric() {
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        before = c;
    }
    join(&mut words, "e", "mail");
    join(&mut words, "sign", "in");
    join(&mut words, "log", "in");
    words
}

fn join(words: &mut Vec<String>, first: &str, second: &str) {
    while let Some(at) = words.windows(2).position(|pair| pair[0] == first && pair[1] == second) {
        words.remove(at + 1);
        words[at].push_str(second);
    }
}

/// Words that hardly change what a column is.
const LIGHT: [&str; 11] = ["date", "time", "datetime", "utc", "on", "at", "of", "the", "is", "guest", "current"];

/// Words that make another thing of what they stand with.
const OTHER: [&str; 6] = ["type", "id", "count", "number", "by", "via"];

/// How well a name's words fit a phrase, if they do at all: all of the phrase, and not much besides.
fn score(words: &[String], phrase: &str) -> Option<i32> {
    let count = phrase.split(' ').count();
    let fits = phrase.split(' ').all(|word| words.iter().any(|own| own == word));
    let rest = words.iter().filter(|own| phrase.split(' ').all(|word| word != own.as_str()));
    let (light, heavy): (Vec<&String>, Vec<&String>) = rest.partition(|own| LIGHT.contains(&own.as_str()));
    // A name that says no more than the phrase goes before any other; some words make another thing of it.
    let other = heavy.iter().any(|word| OTHER.contains(&word.as_str()));
    (fits && heavy.len() <= 1 && !other).then(|| 100 * count as i32 - 1000 * heavy.len() as i32 - light.len() as i32)
}

/// Whether any column's name has all these words.
pub(super) fn any_with(head: &Head, all: &[&str]) -> bool {
    let names = head.header().iter().map(|name| words(&String::from_utf8_lossy(name)));
    names.into_iter().any(|words| all.iter().all(|word| words.iter().any(|own| own == word)))
}

/// Whether the header is one of a log, whose columns may have words in common with those of entities.
pub(super) fn is_log(head: &Head) -> bool {
    const SIGNS: [&str; 16] = [
        "correlationid",
        "activity",
        "activitydatetime",
        "activitydisplayname",
        "operationname",
        "operation",
        "operations",
        "auditdata",
        "timegenerated",
        "timegeneratedutc",
        "ipaddress",
        "clientapp",
        "useragent",
        "conditionalaccess",
        "authenticationrequirement",
        "tokenissuertype",
    ];
    head.header().iter().any(|name| SIGNS.contains(&plain(&String::from_utf8_lossy(name)).as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_names_apart() {
        assert_eq!(words("lastSignInDateTime"), ["last", "signin", "date", "time"]);
        assert_eq!(words("Last sign-in (UTC)"), ["last", "signin", "utc"]);
        assert_eq!(words("E-mail"), ["email"]);
        assert_eq!(words("TargetUPN"), ["target", "upn"]);
        assert_eq!(plain("Email address to invite [inviteeEmail] Required"), "inviteeemail");
        assert_eq!(plain("$_.Target.ObjectId"), "targetobjectid");
    }

    #[test]
    fn scores_by_words() {
        let own = |name: &str| words(name);
        assert!(score(&own("Assignment end date"), "end date") > score(&own("Assignment end date"), "end"));
        assert_eq!(score(&own("Email notification sent"), "email"), None);
        assert_eq!(score(&own("Created on (UTC)"), "created"), Some(98));
    }
}

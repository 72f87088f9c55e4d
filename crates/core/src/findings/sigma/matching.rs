//! Whether an event matches: every test is made once per distinct text, events then compare codes.

use super::{
    fields::{Place, plain},
    parse::{SigmaRule, Test, Wanted},
};
use crate::arrange::Arrange as _;
use crate::{
    findings::text,
    model::{Column, Domain, TargetColumn},
    store::Store,
};

/// A rule made ready for one store.
pub(super) struct Matcher<'a> {
    store: &'a Store,
    rule: &'a SigmaRule,
    /// Per selection, map and test: what each wanted value says of each code.
    selections: Vec<Vec<Vec<Ready<'a>>>>,
}

struct Ready<'a> {
    test: &'a Test,
    /// Codes of property names and of detail keys, for [`Place::Named`].
    names: [Vec<u32>; 2],
    /// Per wanted value: for each domain that is looked into, whether a code's text matches.
    tables: Vec<Vec<(Domain, Vec<bool>)>>,
}

impl<'a> Matcher<'a> {
    /// Makes a rule ready; else the fields that no event of the store has.
    pub(super) fn new(store: &'a Store, rule: &'a SigmaRule) -> Result<Self, Vec<String>> {
        let mut missing = Vec::new();
        let mut ready = |test: &'a Test| {
            let mut names = [Vec::new(), Vec::new()];
            if let Place::Named(wanted) = &test.place {
                names = [codes(store, Domain::PropertyName, wanted), codes(store, Domain::DetailKey, wanted)];
                if names.iter().all(Vec::is_empty) {
                    missing.push(test.field.clone());
                }
            }
            let table = |wanted: &Wanted| {
                domains(&test.place)
                    .into_iter()
                    .map(|domain| (domain, matches(store, domain, wanted, &test.place)))
                    .collect()
            };
            Ready { test, names, tables: test.values.iter().map(table).collect() }
        };
        let selections = rule
            .selections
            .iter()
            .map(|(_, maps)| maps.iter().map(|map| map.iter().map(&mut ready).collect()).collect())
            .collect();
        missing.dedup();
        if missing.is_empty() { Ok(Self { store, rule, selections }) } else { Err(missing) }
    }

    /// Whether an event matches.
    pub(super) fn matches(&self, event: usize) -> bool {
        let is = |selection: usize| {
            self.selections[selection].iter().any(|map| map.iter().all(|ready| ready.holds(self.store, event)))
        };
        self.rule.condition.holds(&is)
    }
}

impl Ready<'_> {
    fn holds(&self, store: &Store, event: usize) -> bool {
        let is = |at: usize| self.has(store, event, at);
        let mut values = 0..self.test.values.len();
        if self.test.all { values.all(is) } else { values.any(is) }
    }

    fn has(&self, store: &Store, event: usize, at: usize) -> bool {
        let wanted = &self.test.values[at];
        let (mut seen, mut hit) = (false, false);
        self.each(store, event, &mut |domain, code| {
            seen |= code != 0;
            let table = self.tables[at].iter().find(|(known, _)| *known == domain);
            hit |= code != 0 && table.is_some_and(|(_, table)| table.get(code as usize) == Some(&true));
        });
        match wanted {
            Wanted::Nothing => !seen,
            Wanted::Something => seen,
            Wanted::Pattern(..) => hit,
        }
    }

    /// Calls back with every value of the field.
    fn each(&self, store: &Store, event: usize, call: &mut impl FnMut(Domain, u32)) {
        let column = |column: Column| (column.domain(), store.column(column).get(event));
        match &self.test.place {
            Place::Event(of) => {
                let (domain, code) = column(*of);
                call(domain, code);
            }
            Place::Actor(columns) => columns.iter().map(|of| column(*of)).for_each(|(domain, code)| call(domain, code)),
            Place::Target(of) => {
                store.targets_of(event).for_each(|target| call(of.domain(), store.target_column(*of).get(target)));
            }
            Place::Targets => {
                for target in store.targets_of(event) {
                    for of in TargetColumn::ALL {
                        call(of.domain(), store.target_column(*of).get(target));
                    }
                    for change in store.changes_of(target) {
                        call(Domain::PropertyName, store.change_name.get(change));
                        call(Domain::PropertyValue, store.change_old.get(change));
                        call(Domain::PropertyValue, store.change_new.get(change));
                    }
                }
            }
            Place::ChangeName | Place::ChangeOld | Place::ChangeNew => {
                let (domain, codes) = match self.test.place {
                    Place::ChangeName => (Domain::PropertyName, &store.change_name),
                    Place::ChangeOld => (Domain::PropertyValue, &store.change_old),
                    _ => (Domain::PropertyValue, &store.change_new),
                };
                for change in store.targets_of(event).flat_map(|target| store.changes_of(target)) {
                    call(domain, codes.get(change));
                }
            }
            Place::Named(_) => {
                let [properties, keys] = &self.names;
                for change in store.targets_of(event).flat_map(|target| store.changes_of(target)) {
                    if properties.contains(&store.change_name.get(change)) {
                        call(Domain::PropertyValue, store.change_new.get(change));
                    }
                }
                for pair in store.details.of(event) {
                    if keys.contains(&store.details.key.get(pair)) {
                        call(Domain::DetailValue, store.details.value.get(pair));
                    }
                }
            }
        }
    }
}

fn domains(place: &Place) -> Vec<Domain> {
    let mut all: Vec<Domain> = match place {
        Place::Event(column) => vec![column.domain()],
        Place::Actor(columns) => columns.iter().map(|column| column.domain()).collect(),
        Place::Target(column) => vec![column.domain()],
        Place::Targets => {
            let columns = TargetColumn::ALL.iter().map(|column| column.domain());
            columns.chain([Domain::PropertyName, Domain::PropertyValue]).collect()
        }
        Place::ChangeName => vec![Domain::PropertyName],
        Place::ChangeOld | Place::ChangeNew => vec![Domain::PropertyValue],
        Place::Named(_) => vec![Domain::PropertyValue, Domain::DetailValue],
    };
    all.arrange();
    all.dedup();
    all
}

/// Codes of names that are this one, by their letters and digits; a path's last parts suffice.
fn codes(store: &Store, domain: Domain, wanted: &str) -> Vec<u32> {
    let mut all = Vec::new();
    store.dictionary(domain).for_each(|code, name| {
        if plain(&String::from_utf8_lossy(name)) == wanted && code != 0 {
            all.push(code);
        }
    });
    all
}

fn matches(store: &Store, domain: Domain, wanted: &Wanted, place: &Place) -> Vec<bool> {
    let Wanted::Pattern(pattern, cased) = wanted else { return Vec::new() };
    let is_activity = *place == Place::Event(Column::Activity);
    // The portal spells words of sign-ins with spaces and hyphens, Graph without.
    let loose = matches!(place, Place::Named(_)) && !pattern.contains(['*', '?']);
    super::super::facts::words(store, domain, |value| {
        let value = if domain == Domain::PropertyValue { text::plain(value) } else { value.into() };
        let value = if *cased { value.into_owned() } else { value.to_lowercase() };
        let (value, pattern) = if is_activity {
            (value.trim_end_matches('.').to_owned(), pattern.trim_end_matches('.'))
        } else {
            (value, pattern.as_str())
        };
        like(pattern, &value) || (loose && plain(pattern) == plain(&value) && !plain(pattern).is_empty())
    })
}

/// Whether a text is like a pattern with `*` for any letters and `?` for one; a backslash takes their
/// meaning away.
pub(super) fn like(pattern: &str, text: &str) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum Part {
        Any,
        One,
        Is(char),
    }
    let mut parts = Vec::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        parts.push(match letter {
            '\\' if letters.peek().is_some_and(|next| ['*', '?', '\\'].contains(next)) => {
                Part::Is(letters.next().unwrap_or('\\'))
            }
            '*' => Part::Any,
            '?' => Part::One,
            other => Part::Is(other),
        });
    }
    let text: Vec<char> = text.chars().collect();
    // Where to go on if what follows the last star does not fit.
    let (mut at, mut part, mut star) = (0, 0, None);
    while at < text.len() {
        match parts.get(part) {
            Some(Part::Any) => {
                star = Some((part + 1, at));
                part += 1;
            }
            Some(Part::One) => (at, part) = (at + 1, part + 1),
            Some(Part::Is(letter)) if *letter == text[at] => (at, part) = (at + 1, part + 1),
            _ => match star {
                Some((after, from)) => {
                    star = Some((after, from + 1));
                    (part, at) = (after, from + 1);
                }
                None => return false,
            },
        }
    }
    parts[part..].iter().all(|part| *part == Part::Any)
}

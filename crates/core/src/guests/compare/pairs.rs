//! Which rows of two sources are about the same, and how they differ.

use super::{
    Change, Changed, Choice, Comparison,
    values::{self, What},
};
use crate::arrange::Arrange as _;
use crate::identity::text::Lower as _;
use crate::{
    derived::Derived,
    identity::Identity,
    model::{Attribute as A, EntityKind, Origin},
    store::Entities,
};
use std::collections::{BTreeMap, BTreeSet};

/// What both files have, to know things again by.
#[derive(Clone, Copy)]
struct By {
    id: bool,
    policy: bool,
}

pub(super) fn compare(from: &Derived, choice: Choice) -> Comparison {
    let (rows, identity) = (from.store.entities(choice.kind), from.get::<Identity>());
    let own = |source: u32| -> Vec<u32> {
        let own = rows.in_source(source).filter(|row| rows.origin(*row) == Origin::Own);
        own.map(|row| row as u32).collect()
    };
    let (before, after) = (own(choice.before), own(choice.after));
    let (had, has) = (values::present(&rows, &before), values::present(&rows, &after));
    let both: Vec<What> = had.intersection(&has).copied().collect();
    let have = |attribute| both.contains(&What::Attribute(attribute));
    let by = By { id: have(A::Id), policy: have(A::PolicyId) || have(A::PolicyName) };
    let key = |row: u32| key(&rows, &identity, row as usize, by);
    let mut pairs: BTreeMap<String, [Vec<u32>; 2]> = BTreeMap::new();
    for (side, rows) in [before, after].into_iter().enumerate() {
        for row in rows {
            pairs.entry(key(row)).or_default()[side].push(row);
        }
    }
    let names_package = |own: &BTreeSet<What>| {
        [A::PackageId, A::PackageName].iter().any(|attribute| own.contains(&What::Attribute(*attribute)))
    };
    let mut found = Comparison {
        of_unnamed_package: choice.kind == EntityKind::Assignment && !(names_package(&had) && names_package(&has)),
        only_before: had.difference(&has).copied().collect(),
        only_after: has.difference(&had).copied().collect(),
        ..Comparison::default()
    };
    for [mut before, mut after] in pairs.into_values() {
        // Several of one key: by their ids, so that the order of lines does not matter.
        for own in [&mut before, &mut after] {
            own.arrange_by_cached_key(|row| rows.text(*row as usize, A::Id).into_owned());
        }
        let common = before.len().min(after.len());
        found.gone.extend(&before[common..]);
        found.new.extend(&after[common..]);
        for (before, after) in before.into_iter().zip(after) {
            let changes = if before == after { Vec::new() } else { changes(&rows, before, after, &both) };
            let changed = Changed { before, after, changes };
            let counts = |change: &Change| choice.sign_ins || !change.what.is_sign_in();
            match () {
                () if changed.changes.is_empty() => found.same.push(after),
                () if changed.changes.iter().any(counts) => found.changed.push(changed),
                () => found.signed_in.push(changed),
            }
        }
    }
    found
}

fn changes(rows: &Entities, before: u32, after: u32, both: &[What]) -> Vec<Change> {
    let (before, after) = (before as usize, after as usize);
    let differs = |what: &&What| !values::is_same_code(rows, before, after, **what);
    let change = |what: &What| {
        let (old, new) = (values::side(rows, before, *what), values::side(rows, after, *what));
        (old != new).then_some(Change { what: *what, old, new })
    };
    both.iter().filter(differs).filter_map(change).collect()
}

/// What a row is about: the same in both files. A person is known by any name; whatever has an id in both
/// files by that; an assignment without by who has which package; anything else by its name.
fn key(rows: &Entities, identity: &Identity, row: usize, by: By) -> String {
    let text = |attribute| rows.text(row, attribute).lower();
    let any =
        |attributes: &[A]| attributes.iter().map(|own| text(*own)).find(|text| !text.is_empty()).unwrap_or_default();
    if rows.kind() == EntityKind::Person {
        let person = identity.person_of(row).map(|person| identity.person(person).key.clone());
        return person.unwrap_or_else(|| any(&[A::Id, A::Upn, A::Mail, A::Name]));
    }
    let id = text(A::Id);
    if by.id && !id.is_empty() {
        return id;
    }
    let person = |attributes: [A; 3]| {
        let codes = attributes.map(|attribute| rows.code(row, attribute));
        identity.of_codes(codes[0], codes[1], codes[2]).map(|person| identity.person(person).key.clone())
    };
    let who = match rows.kind() {
        EntityKind::Request => person([A::RequestorId, A::RequestorUpn, A::RequestorMail]),
        _ => person([A::TargetId, A::TargetUpn, A::TargetMail]),
    };
    let who = who.unwrap_or_else(|| any(&[A::TargetId, A::TargetUpn, A::TargetMail, A::TargetName, A::RequestorUpn]));
    let policy = if by.policy { any(&[A::PolicyName, A::PolicyId]) } else { String::new() };
    match rows.kind() {
        EntityKind::Assignment | EntityKind::Request => {
            format!("{who}\n{}\n{}", any(&[A::PackageName, A::PackageId]), policy)
        }
        EntityKind::Decision => format!("{who}\n{}\n{}", any(&[A::ReviewId, A::ReviewName]), text(A::Stage)),
        _ => any(&[A::Name, A::Id, A::ResourceName, A::RoleName]),
    }
}

//! Which events and rows concern the guests of one organization. Everything else is absent.

use crate::{
    identity::{Identity, PersonId},
    model::{Attribute as A, EntityKind},
    store::{Store, recode::Kept},
};
use hashbrown::HashSet;

/// Whether a person is a guest from that domain, or from one below it.
pub(super) fn is_own(identity: &Identity, person: PersonId, domain: &str) -> bool {
    let person = identity.person(person);
    let home = person.domain.as_str();
    let own = home == domain || home.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    !domain.is_empty() && own && person.concerns_guests()
}

/// What concerns the guests of that domain.
pub(super) fn kept(store: &Store, identity: &Identity, domain: &str) -> Kept {
    let own: Vec<bool> = (0..identity.people().len()).map(|at| is_own(identity, at as PersonId, domain)).collect();
    let is_own = |person: Option<PersonId>| person.is_some_and(|person| own[person as usize]);
    let events = (0..store.len())
        .filter(|event| identity.everybody(store, *event).any(|person| own[person as usize]))
        .map(|event| event as u32)
        .collect();
    let mut rows = vec![Vec::new(); EntityKind::COUNT];
    let mut packages = HashSet::new();
    for kind in [EntityKind::Person, EntityKind::Assignment, EntityKind::Request, EntityKind::Decision] {
        let table = store.entities(kind);
        for row in table.rows() {
            let code = |attribute| table.code(row, attribute);
            let target = || identity.of_codes(code(A::TargetId), code(A::TargetUpn), code(A::TargetMail));
            let requestor = || identity.of_codes(code(A::RequestorId), code(A::RequestorUpn), code(A::RequestorMail));
            let stays = match kind {
                EntityKind::Person => is_own(identity.person_of(row)),
                EntityKind::Request => is_own(requestor()) || is_own(target()),
                _ => is_own(target()),
            };
            if stays {
                rows[kind as usize].push(row as u32);
                packages.extend([code(A::PackageId)].into_iter().filter(|id| *id != 0));
            }
        }
    }
    for (kind, id) in [(EntityKind::Package, A::Id), (EntityKind::Resource, A::PackageId)] {
        let table = store.entities(kind);
        let own = table.rows().filter(|row| packages.contains(&table.code(*row, id)));
        rows[kind as usize] = own.map(|row| row as u32).collect();
    }
    let organizations = store.entities(EntityKind::Organization);
    let own = organizations.rows().filter(|row| organizations.text(*row, A::DomainName).eq_ignore_ascii_case(domain));
    rows[EntityKind::Organization as usize] = own.map(|row| row as u32).collect();
    Kept { events, rows }
}

//! What records say of who or what goes by which id, address and name.

use super::{Kind, MANY, NONE, Subjects};
use crate::{
    identity::{Identity, PersonId},
    model::{Attribute as A, Column, Domain, EntityKind, ItemColumn, List, TargetColumn},
    redact::forms::fold,
    store::Store,
};

/// Pairs of attributes, id and name, that refer to something else than the row.
const REFERENCES: [(A, A, Kind); 9] = [
    (A::PackageId, A::PackageName, Kind::Package),
    (A::PolicyId, A::PolicyName, Kind::Policy),
    (A::CatalogId, A::CatalogName, Kind::Catalog),
    (A::OrganizationId, A::OrganizationName, Kind::Organization),
    (A::ResourceId, A::ResourceName, Kind::Resource),
    (A::RoleId, A::RoleName, Kind::Role),
    (A::ReviewId, A::ReviewName, Kind::Review),
    (A::AssignmentId, A::AssignmentId, Kind::Assignment),
    (A::RequestId, A::RequestId, Kind::Request),
];

/// Id, name and addresses of a person that a row refers to.
const PEOPLE: [(A, A, [A; 2]); 5] = [
    (A::TargetId, A::TargetName, [A::TargetUpn, A::TargetMail]),
    (A::RequestorId, A::RequestorName, [A::RequestorUpn, A::RequestorMail]),
    (A::OwnerId, A::OwnerName, [A::OwnerUpn, A::OwnerUpn]),
    (A::ReviewerId, A::ReviewerName, [A::ReviewerUpn, A::ReviewerMail]),
    (A::AppliedById, A::AppliedByName, [A::AppliedByUpn, A::AppliedByMail]),
];

impl Subjects {
    pub(super) fn people(&mut self, store: &Store, identity: &Identity) {
        // Subjects of people come first: their index is the person's.
        for (at, person) in identity.people().iter().enumerate() {
            let kind = match () {
                () if person.concerns_guests() => Kind::Guest,
                () if person.standing.user_type == crate::identity::UserType::Member => Kind::Member,
                () => Kind::Person,
            };
            let subject = self.add(kind, &person.key);
            self.list[subject as usize].person = Some(at as PersonId);
        }
        for at in 0..identity.people().len() {
            let domain = &identity.people()[at].domain;
            if !domain.is_empty() {
                self.list[at].home = self.domain(domain);
            }
        }
        for code in 1..self.ids.len() as u32 {
            self.ids[code as usize] = identity.of_id(code).unwrap_or(NONE);
        }
        for code in 1..self.addresses.len() as u32 {
            self.addresses[code as usize] = identity.of_address(code).unwrap_or(NONE);
        }
        let rows = store.entities(EntityKind::Person);
        for row in rows.rows() {
            let Some(person) = identity.person_of(row) else { continue };
            for attribute in [A::Name, A::GivenName, A::Surname] {
                self.name(rows.code(row, attribute), person);
            }
            for attribute in [A::Upn, A::Mail, A::AlternateMail, A::AuthenticationMail] {
                self.address(rows.code(row, attribute), person);
            }
            self.id(rows.code(row, A::SubjectId), person);
        }
    }

    /// An organization with its id, name, tenants and domains is one subject.
    pub(super) fn organizations(&mut self, store: &Store) {
        let rows = store.entities(EntityKind::Organization);
        for row in rows.rows() {
            let mut domains = vec![(rows.code(row, A::DomainName), rows.code(row, A::TenantId))];
            for item in rows.list(row, List::IdentitySource) {
                let code = |column| rows.items.code(item, column);
                domains.push((code(ItemColumn::DomainName), code(ItemColumn::TenantId)));
            }
            let known = domains.iter().find_map(|(domain, tenant)| {
                [self.domains[*domain as usize], self.tenants[*tenant as usize]].into_iter().find(|known| *known < MANY)
            });
            let id = rows.code(row, A::Id);
            let first = domains.iter().map(|(domain, _)| *domain).find(|domain| *domain != 0);
            let subject = match (known, self.ids[id as usize], first) {
                (Some(known), ..) => known,
                (None, known, _) if known != NONE => known,
                (.., Some(domain)) => self.domain(&store.dictionary(Domain::TenantName).get(domain)),
                _ => {
                    let canonical = format!("{}{}", rows.text(row, A::Id), fold(&rows.text(row, A::Name)));
                    self.add(Kind::Organization, &canonical)
                }
            };
            for (domain, tenant) in domains {
                if domain != 0 {
                    self.domains[domain as usize] = subject;
                    let text = fold(&store.dictionary(Domain::TenantName).get(domain));
                    let text = self.texts.intern(text.as_bytes());
                    self.alone.insert((Kind::Organization, text), subject);
                }
                if tenant != 0 {
                    self.tenants[tenant as usize] = subject;
                }
            }
            self.id(id, subject);
            self.name(rows.code(row, A::Name), subject);
        }
        // People were given a home before their organization was known by all of its domains.
        for at in 0..self.list.len() {
            let home = self.list[at].home;
            if home != NONE {
                let text = self.canonical(home).into_owned();
                self.list[at].home = self.domain(&text);
            }
        }
    }

    pub(super) fn events(&mut self, store: &Store, identity: &Identity) {
        let column = |column: Column| store.column(column);
        let (id, name, upn) = (column(Column::ActorId), column(Column::ActorName), column(Column::ActorUpn));
        let app_id = column(Column::ActorAppId);
        let principal = column(Column::ActorServicePrincipalId);
        let principal_name = column(Column::ActorServicePrincipalName);
        for event in 0..store.len() {
            if let Some(person) = identity.actor(event) {
                self.name(name.get(event), person);
                self.id(id.get(event), person);
                self.address(upn.get(event), person);
            }
            let codes = [app_id.get(event), principal.get(event)];
            if codes != [0, 0] {
                let app = self.thing(store, codes, Kind::Application);
                self.name(principal_name.get(event), app);
                if identity.actor(event).is_none() {
                    self.name(name.get(event), app);
                }
            }
        }
        let column = |column: TargetColumn| store.target_column(column);
        let (id, name, upn) = (column(TargetColumn::Id), column(TargetColumn::Name), column(TargetColumn::Upn));
        let kind = column(TargetColumn::Type);
        let mut kinds = vec![Kind::Object; store.dictionary(Domain::TargetType).len()];
        store.dictionary(Domain::TargetType).for_each(|code, text| {
            kinds[code as usize] = Kind::of_target(&String::from_utf8_lossy(text));
        });
        for target in 0..kind.len() {
            if let Some(person) = identity.target(target) {
                self.name(name.get(target), person);
                self.id(id.get(target), person);
                self.address(upn.get(target), person);
            } else if id.get(target) != 0 {
                let subject = self.thing(store, [id.get(target), 0], kinds[kind.get(target) as usize]);
                self.name(name.get(target), subject);
            } else if name.get(target) != 0 && self.names[name.get(target) as usize] == NONE {
                let text = store.dictionary(Domain::Name).get(name.get(target));
                self.names[name.get(target) as usize] = self.alone(kinds[kind.get(target) as usize], &text);
            }
        }
    }

    pub(super) fn entities(&mut self, store: &Store, identity: &Identity) {
        for kind in EntityKind::ALL.iter().copied() {
            let rows = store.entities(kind);
            for row in rows.rows() {
                let code = |attribute| rows.code(row, attribute);
                for (id, name, [upn, mail]) in PEOPLE {
                    let person = identity.of_codes(code(id), code(upn), code(mail));
                    if let Some(person) = person {
                        self.id(code(id), person);
                        self.name(code(name), person);
                        self.address(code(upn), person);
                        self.address(code(mail), person);
                        if id == A::TargetId {
                            self.id(code(A::SubjectId), person);
                        }
                    } else if code(id) != 0 {
                        // A group may be reviewed, and may review.
                        let subject = self.thing(store, [code(id), 0], Kind::Object);
                        self.name(code(name), subject);
                    }
                }
                for (id, name, kind) in REFERENCES {
                    self.refer(store, code(id), if id == name { 0 } else { code(name) }, kind);
                }
                if kind != EntityKind::Person && kind != EntityKind::Organization {
                    self.refer(store, code(A::Id), code(A::Name), Kind::of_entity(kind));
                }
                for item in rows.items.start[row] as usize..rows.items.start[row + 1] as usize {
                    let code = |column| rows.items.code(item, column);
                    let (id, name, address) = (code(ItemColumn::Id), code(ItemColumn::Name), code(ItemColumn::Address));
                    if let Some(person) = identity.of_codes(id, address, 0) {
                        self.id(id, person);
                        self.name(name, person);
                        self.address(address, person);
                    } else {
                        let is_group = rows.item_text(item, ItemColumn::Type).to_lowercase().contains("group");
                        self.refer(store, id, name, if is_group { Kind::Group } else { Kind::Object });
                    }
                }
            }
        }
    }

    fn refer(&mut self, store: &Store, id: u32, name: u32, kind: Kind) {
        if id != 0 {
            let subject = self.thing(store, [id, 0], kind);
            self.name(name, subject);
        } else if name != 0 && self.names[name as usize] == NONE {
            self.names[name as usize] = self.alone(kind, &store.dictionary(Domain::Name).get(name));
        }
    }
}

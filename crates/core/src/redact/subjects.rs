//! Who or what each id, address and name stands for. Names of one subject get one label, so they are
//! brought together before any label is made: people by the identities, everything else by the records
//! that state an id and a name together.

use super::forms::{fold, guid};
use crate::{
    identity::{Identity, PersonId},
    model::{Attribute as A, Column, Domain, EntityKind, ItemColumn, List, TargetColumn},
    store::Store,
};
use hashbrown::HashMap;

/// What a subject is; the word before its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    Guest,
    Member,
    Person,
    Group,
    Application,
    Package,
    Policy,
    Catalog,
    Organization,
    Role,
    Resource,
    Review,
    Decision,
    Request,
    Assignment,
    Device,
    Object,
    /// A name that several subjects have.
    Name,
    /// A text that stands where only Microsoft's words should.
    Word,
}

impl Kind {
    /// The word before the label.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Member => "member",
            Self::Person => "person",
            Self::Group => "group",
            Self::Application => "app",
            Self::Package => "package",
            Self::Policy => "policy",
            Self::Catalog => "catalog",
            Self::Organization => "org",
            Self::Role => "role",
            Self::Resource => "resource",
            Self::Review => "review",
            Self::Decision => "decision",
            Self::Request => "request",
            Self::Assignment => "assignment",
            Self::Device => "device",
            Self::Object => "object",
            Self::Name => "name",
            Self::Word => "word",
        }
    }

    pub(super) fn is_person(self) -> bool {
        matches!(self, Self::Guest | Self::Member | Self::Person | Self::Name)
    }

    /// What the HMAC takes for the kind: a guest who becomes a member keeps the digits.
    pub(super) fn canonical(self) -> &'static str {
        if self.is_person() && self != Self::Name { "person" } else { self.prefix() }
    }

    fn of_target(kind: &str) -> Self {
        match kind.to_ascii_lowercase().as_str() {
            "user" | "invitation" => Self::Person,
            "group" => Self::Group,
            "serviceprincipal" | "application" => Self::Application,
            "accesspackage" => Self::Package,
            "policy" | "accesspackageassignmentpolicy" => Self::Policy,
            "accesspackagecatalog" => Self::Catalog,
            "accesspackageassignmentrequest" | "request" => Self::Request,
            "accesspackageassignment" => Self::Assignment,
            "connectedorganization" | "organization" => Self::Organization,
            "role" | "directoryrole" => Self::Role,
            "accessreview" => Self::Review,
            "device" => Self::Device,
            _ => Self::Object,
        }
    }

    fn of_entity(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Object,
            EntityKind::Assignment => Self::Assignment,
            EntityKind::Request => Self::Request,
            EntityKind::Package => Self::Package,
            EntityKind::Policy => Self::Policy,
            EntityKind::Catalog => Self::Catalog,
            EntityKind::Resource | EntityKind::ResourceAssignment => Self::Resource,
            EntityKind::Organization => Self::Organization,
            EntityKind::Review => Self::Review,
            EntityKind::Decision => Self::Decision,
        }
    }
}

/// Index into [`Subjects::list`].
pub(super) type SubjectId = u32;
/// No subject.
pub(super) const NONE: SubjectId = u32::MAX;
/// Of a name: more than one subject has it.
const MANY: SubjectId = u32::MAX - 1;

/// Somebody or something.
pub(super) struct Subject {
    pub(super) kind: Kind,
    /// What its label is made from.
    pub(super) canonical: String,
    /// Of a person: the identity, and the home organization.
    pub(super) person: Option<PersonId>,
    pub(super) home: SubjectId,
}

/// All subjects and the names they go by.
#[derive(Default)]
pub(super) struct Subjects {
    pub(super) list: Vec<Subject>,
    /// Per code of the domain.
    ids: Vec<SubjectId>,
    addresses: Vec<SubjectId>,
    names: Vec<SubjectId>,
    tenants: Vec<SubjectId>,
    domains: Vec<SubjectId>,
    /// By folded text: addresses, ids, names, domains.
    known: HashMap<String, SubjectId>,
    /// By kind and folded text: those that no record joins with another name.
    alone: HashMap<(Kind, String), SubjectId>,
}

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
    /// Everybody and everything of a store.
    pub(super) fn new(store: &Store, identity: &Identity) -> Self {
        let sized = |domain| vec![NONE; store.dictionary(domain).len()];
        let mut subjects = Self {
            ids: sized(Domain::ObjectId),
            addresses: sized(Domain::Upn),
            names: sized(Domain::Name),
            tenants: sized(Domain::TenantId),
            domains: sized(Domain::TenantName),
            ..Self::default()
        };
        subjects.people(store, identity);
        subjects.organizations(store);
        subjects.events(store, identity);
        subjects.entities(store, identity);
        subjects.rest(store);
        subjects.index(store);
        subjects
    }

    fn add(&mut self, kind: Kind, canonical: String) -> SubjectId {
        self.list.push(Subject { kind, canonical, person: None, home: NONE });
        (self.list.len() - 1) as SubjectId
    }

    /// The subject of that kind and text, which no record joins with another name.
    pub(super) fn alone(&mut self, kind: Kind, text: &str) -> SubjectId {
        let text = guid(text).unwrap_or_else(|| fold(text));
        if let Some(known) = self.alone.get(&(kind, text.clone())) {
            return *known;
        }
        let subject = self.add(kind, text.clone());
        self.alone.insert((kind, text), subject);
        subject
    }

    /// A home organization by its domain.
    fn domain(&mut self, text: &str) -> SubjectId {
        self.alone(Kind::Organization, text)
    }

    fn people(&mut self, store: &Store, identity: &Identity) {
        // Subjects of people come first: their index is the person's.
        for (at, person) in identity.people().iter().enumerate() {
            let kind = match () {
                () if person.concerns_guests() => Kind::Guest,
                () if person.standing.user_type == crate::identity::UserType::Member => Kind::Member,
                () => Kind::Person,
            };
            let subject = self.add(kind, person.key.clone());
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
    fn organizations(&mut self, store: &Store) {
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
            let subject = match (known, self.ids[id as usize]) {
                (Some(known), _) => known,
                (None, known) if known != NONE => known,
                _ => match first {
                    Some(domain) => self.domain(&store.dictionary(Domain::TenantName).get(domain)),
                    None => self.add(
                        Kind::Organization,
                        format!("{}{}", rows.text(row, A::Id), fold(&rows.text(row, A::Name))),
                    ),
                },
            };
            for (domain, tenant) in domains {
                if domain != 0 {
                    self.domains[domain as usize] = subject;
                    let text = fold(&store.dictionary(Domain::TenantName).get(domain));
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
                let text = self.list[home as usize].canonical.clone();
                self.list[at].home = self.domain(&text);
            }
        }
    }

    fn events(&mut self, store: &Store, identity: &Identity) {
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

    fn entities(&mut self, store: &Store, identity: &Identity) {
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

    /// The subject of these ids; made if neither has one.
    fn thing(&mut self, store: &Store, codes: [u32; 2], kind: Kind) -> SubjectId {
        let known = codes.iter().map(|code| self.ids[*code as usize]).find(|known| *known != NONE);
        let subject = known.unwrap_or_else(|| {
            let first = codes.iter().find(|code| **code != 0).copied().unwrap_or(0);
            self.alone(kind, &store.dictionary(Domain::ObjectId).get(first))
        });
        let own = &mut self.list[subject as usize].kind;
        if *own == Kind::Object {
            *own = kind;
        }
        for code in codes {
            self.id(code, subject);
        }
        subject
    }

    fn id(&mut self, code: u32, subject: SubjectId) {
        if code != 0 && self.ids[code as usize] == NONE {
            self.ids[code as usize] = subject;
        }
    }

    fn address(&mut self, code: u32, subject: SubjectId) {
        if code != 0 && self.addresses[code as usize] == NONE {
            self.addresses[code as usize] = subject;
        }
    }

    fn name(&mut self, code: u32, subject: SubjectId) {
        if code == 0 {
            return;
        }
        let known = &mut self.names[code as usize];
        *known = match *known {
            NONE => subject,
            own if own == subject => own,
            _ => MANY,
        };
    }

    /// Whatever has no subject yet gets one of its own.
    fn rest(&mut self, store: &Store) {
        for code in 1..self.ids.len() {
            if self.ids[code] == NONE {
                self.ids[code] = self.alone(Kind::Object, &store.dictionary(Domain::ObjectId).get(code as u32));
            }
        }
        for code in 1..self.addresses.len() {
            if self.addresses[code] == NONE {
                self.addresses[code] = self.alone(Kind::Person, &store.dictionary(Domain::Upn).get(code as u32));
            }
        }
        for code in 1..self.names.len() {
            let text = store.dictionary(Domain::Name).get(code as u32);
            self.names[code] = match self.names[code] {
                NONE => self.alone(Kind::Object, &text),
                MANY => self.alone(Kind::Name, &text),
                known => known,
            };
        }
        for code in 1..self.domains.len() {
            if self.domains[code] == NONE {
                self.domains[code] = self.domain(&store.dictionary(Domain::TenantName).get(code as u32));
            }
        }
        for code in 1..self.tenants.len() {
            if self.tenants[code] == NONE {
                self.tenants[code] =
                    self.alone(Kind::Organization, &store.dictionary(Domain::TenantId).get(code as u32));
            }
        }
    }

    /// Finds subjects by text, for the values of properties and details.
    fn index(&mut self, store: &Store) {
        let mut known = std::mem::take(&mut self.known);
        let tables = [
            (Domain::Upn, &self.addresses),
            (Domain::ObjectId, &self.ids),
            (Domain::TenantId, &self.tenants),
            (Domain::TenantName, &self.domains),
            (Domain::Name, &self.names),
        ];
        for (domain, subjects) in tables {
            store.dictionary(domain).for_each(|code, text| {
                let text = fold(&String::from_utf8_lossy(text));
                if text.len() > 1 && subjects[code as usize] < MANY {
                    known.entry(text).or_insert(subjects[code as usize]);
                }
            });
        }
        self.known = known;
    }

    /// The subject that a text names just so, spelling aside.
    pub(super) fn find(&self, text: &str) -> Option<SubjectId> {
        self.known.get(&fold(text)).copied()
    }

    /// The subject of a code of a domain that names subjects.
    pub(super) fn of(&self, domain: Domain, code: u32) -> Option<SubjectId> {
        let subjects = match domain {
            Domain::ObjectId => &self.ids,
            Domain::Upn => &self.addresses,
            Domain::Name => &self.names,
            Domain::TenantId => &self.tenants,
            Domain::TenantName => &self.domains,
            _ => return None,
        };
        subjects.get(code as usize).copied().filter(|subject| *subject < MANY)
    }
}

//! Connected organizations: what exports and events say of them, and which guests come from them.
//!
//! A guest's home is told by entitlement management itself, by the domain of the address, or by the home
//! tenant of sign-ins; the first that says something counts.

use super::{
    grants::{failures, known_activities},
    pool::plain,
};
use crate::arrange::Arrange as _;
use crate::identity::text::Lower as _;
use crate::{
    derived::{Derive, Derived},
    identity::{Identity, NeverMade, PersonId},
    model::{Attribute as A, Column, Domain, EntityKind, ItemColumn, List, TargetColumn},
    store::Store,
};
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// Why a guest is taken to come from an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// An export of entitlement management says it of the person.
    Stated,
    /// The domain of the address is one of the organization's.
    Domain,
    /// The home tenant of the person's sign-ins is the organization's.
    Tenant,
    /// Others of the same domain sign in from the organization's tenant.
    TenantOfDomain,
}

impl Home {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Stated => "Entitlement management says so",
            Self::Domain => "The domain of the address",
            Self::Tenant => "The home tenant of sign-ins",
            Self::TenantOfDomain => "Others of the domain sign in from its tenant (inferred)",
        }
    }
}

/// Where users of an organization come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdentitySource {
    /// Graph's type, for example `azureActiveDirectoryTenant`; empty where the file does not say it.
    pub kind: String,
    /// Tenant id, lower case; may be empty.
    pub tenant: String,
    /// Domain, lower case; may be empty.
    pub domain: String,
    /// Display name; may be empty.
    pub name: String,
}

/// A sponsor.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sponsor {
    /// Display name; may be empty.
    pub name: String,
    /// User principal name, address or object id.
    pub address: String,
    /// Whether the sponsor is from the own tenant.
    pub internal: bool,
}

/// A connected organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organization {
    /// Stable: its id, else its name, lower case.
    pub key: String,
    /// Id; may be empty.
    pub id: String,
    /// Display name; may be empty.
    pub name: String,
    /// Description; may be empty.
    pub description: String,
    /// `configured`, `proposed`; empty where no file says it.
    pub state: String,
    /// When it was created, as an export has it, ticks.
    pub created: Option<i64>,
    /// By whom; may be empty.
    pub created_by: String,
    /// When it was changed last, as an export has it, ticks.
    pub modified: Option<i64>,
    /// Where its users come from.
    pub sources: Vec<IdentitySource>,
    /// Sponsors, own ones first.
    pub sponsors: Vec<Sponsor>,
    /// Whether an export has a record about it.
    pub exported: bool,
    /// Its creation in the log.
    pub created_event: Option<u32>,
    /// Its deletion in the log.
    pub deleted_event: Option<u32>,
    /// All events about it, by time.
    pub events: Vec<u32>,
    /// Guests from it, by person.
    pub guests: Vec<(PersonId, Home)>,
}

/// All organizations.
#[derive(Debug, Default)]
pub struct Organizations {
    /// By name.
    pub all: Vec<Organization>,
    /// The organization of each guest that has one.
    pub of: HashMap<PersonId, (u32, Home)>,
    /// Guests that come from none of them.
    pub without: Vec<PersonId>,
    /// Whether any export lists organizations: only then "none" says much.
    pub listed: bool,
}

const CREATED: &str = "Create connected organization";
const DELETED: &str = "Delete connected organization";
/// Source: Microsoft's audit activity list, service Entitlement Management.
const ACTIVITIES: &[&str] = &[
    CREATED,
    DELETED,
    "Update connected organization",
    "Assign user as internal sponsor",
    "Assign user as external sponsor",
    "Remove user as internal sponsor",
    "Remove user as external sponsor",
];

impl Derive for Organizations {
    fn derive(from: &Derived) -> Self {
        let store = from.store;
        let identity = from.get::<Identity>();
        let mut found: BTreeMap<String, Organization> = BTreeMap::new();
        let listed = exported(store, &mut found);
        logged(store, &mut found);
        let mut all: Vec<Organization> = found.into_values().collect();
        all.arrange_by_cached_key(|one| (one.name.to_lowercase(), one.key.clone()));
        for one in &mut all {
            one.sources.arrange();
            one.sources.dedup();
            one.sponsors.arrange_by(|a, b| (!a.internal, a).cmp(&(!b.internal, b)));
            one.sponsors.dedup();
            one.events.arrange_by_key(|event| (store.time[*event as usize], *event));
        }
        let mut organizations = Self { all, listed, ..Self::default() };
        organizations.place(store, &identity, &from.get::<NeverMade>());
        organizations
    }
}

/// Organizations of exports; whether there is a record about one.
fn exported(store: &Store, found: &mut BTreeMap<String, Organization>) -> bool {
    let table = store.entities(EntityKind::Organization);
    let mut listed = false;
    for row in table.newest() {
        let text = |attribute| table.text(row, attribute).into_owned();
        let (id, name) = (text(A::Id).lower(), text(A::Name));
        let key = if id.is_empty() { name.to_lowercase() } else { id.clone() };
        let one = found.entry(key.clone()).or_default();
        let own = table.origin(row) == crate::model::Origin::Own;
        listed |= own;
        one.exported |= own;
        (one.key, one.id, one.name) = (key, id, name);
        (one.description, one.state, one.created_by) = (text(A::Description), text(A::State), text(A::CreatedBy));
        (one.created, one.modified) = (table.time(row, A::Created), table.time(row, A::Modified));
        for item in table.list(row, List::IdentitySource) {
            let of = |column| table.item_text(item, column).into_owned();
            one.sources.push(IdentitySource {
                kind: of(ItemColumn::Type),
                tenant: of(ItemColumn::TenantId).lower(),
                domain: of(ItemColumn::DomainName).lower(),
                name: of(ItemColumn::Name),
            });
        }
        let tenant = text(A::TenantId).lower();
        let domains = text(A::DomainName).lower();
        let domains: Vec<&str> =
            domains.split([',', ';', ' ', '\n']).map(str::trim).filter(|domain| domain.contains('.')).collect();
        if !tenant.is_empty() {
            one.sources.push(IdentitySource { tenant, ..IdentitySource::default() });
        }
        one.sources.extend(
            domains.into_iter().map(|domain| IdentitySource { domain: domain.into(), ..IdentitySource::default() }),
        );
        for (list, internal) in [(List::InternalSponsor, true), (List::ExternalSponsor, false)] {
            for item in table.list(row, list) {
                let of = |column| table.item_text(item, column).into_owned();
                let address = [ItemColumn::Address, ItemColumn::Id].map(of).into_iter().find(|text| !text.is_empty());
                one.sponsors.push(Sponsor {
                    name: of(ItemColumn::Name),
                    address: address.unwrap_or_default(),
                    internal,
                });
            }
        }
    }
    listed
}

/// What events say: when one was created or deleted, and of which tenant it is.
fn logged(store: &Store, found: &mut BTreeMap<String, Organization>) {
    let known = known_activities(store, |name| ACTIVITIES.iter().find(|own| own.eq_ignore_ascii_case(name)).copied());
    let (activity, result, failed) = (store.column(Column::Activity), store.column(Column::Result), failures(store));
    for event in 0..store.len() {
        let Some(name) = known.get(activity.get(event) as usize).copied().flatten() else { continue };
        let is_organization = |target: &usize| {
            store.target_text(*target, TargetColumn::Type).to_lowercase().contains("connectedorganization")
        };
        let mut targets = store.targets_of(event);
        let Some(target) = targets.find(is_organization).or_else(|| {
            let user = |target: &usize| store.target_text(*target, TargetColumn::Type).eq_ignore_ascii_case("user");
            store.targets_of(event).find(|target| !user(target))
        }) else {
            continue;
        };
        let id = store.target_text(target, TargetColumn::Id).lower();
        let label = store.target_text(target, TargetColumn::Name).into_owned();
        let by_name = || {
            let mut same = found.values().filter(|one| one.name.eq_ignore_ascii_case(&label));
            same.next().filter(|_| same.next().is_none()).map(|one| one.key.clone())
        };
        let key = match id.as_str() {
            "" => by_name().unwrap_or_else(|| label.to_lowercase()),
            _ => id.clone(),
        };
        if key.is_empty() {
            continue;
        }
        let one = found.entry(key.clone()).or_insert_with(|| Organization { key, ..Organization::default() });
        if one.id.is_empty() {
            one.id = id;
        }
        if one.name.is_empty() {
            one.name = label;
        }
        let event = event as u32;
        one.events.push(event);
        if failed.contains(&result.get(event as usize)) {
            continue;
        }
        let time = |event: u32| store.time[event as usize];
        match name {
            CREATED => {
                if one.created_event.is_none_or(|known| time(event) < time(known)) {
                    one.created_event = Some(event);
                }
                for pair in store.details.of(event as usize) {
                    let key = store.dictionary(Domain::DetailKey).get(store.details.key.get(pair));
                    let value = store.dictionary(Domain::DetailValue).get(store.details.value.get(pair));
                    // The description of such an event ends with a line that is the tenant's id.
                    let last = plain(value.lines().last().unwrap_or_default()).lower();
                    if key.eq_ignore_ascii_case("Description") && is_guid(&last) {
                        let sources = &mut one.sources;
                        if sources.iter().all(|source| source.tenant != last) {
                            sources.push(IdentitySource { tenant: last, ..IdentitySource::default() });
                        }
                    }
                }
            }
            DELETED if one.deleted_event.is_none_or(|known| time(event) > time(known)) => {
                one.deleted_event = Some(event);
            }
            _ => {}
        }
    }
}

fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

impl Organizations {
    /// Finds each guest's organization.
    fn place(&mut self, store: &Store, identity: &Identity, never: &NeverMade) {
        let (mut by_id, mut by_domain, mut by_tenant) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (at, one) in (0..).zip(&self.all) {
            by_id.insert(one.id.clone(), at);
            for source in &one.sources {
                by_domain.entry(source.domain.clone()).or_insert(at);
                by_tenant.entry(source.tenant.clone()).or_insert(at);
            }
        }
        for map in [&mut by_id, &mut by_domain, &mut by_tenant] {
            map.remove("");
        }
        let stated = stated(store, identity);
        let tenants = home_tenants(store, identity);
        let people = (0..).zip(identity.people());
        let guests = people.filter(|(at, person)| person.concerns_guests() && !never.has(*at));
        let guests: Vec<(PersonId, String)> =
            guests.map(|(id, person): (PersonId, _)| (id, person.domain.lower())).collect();
        // Domains whose people sign in from one organization's tenant, and from no other's.
        let mut tenant_of_domain: HashMap<&str, Option<u32>> = HashMap::new();
        for (guest, domain) in guests.iter().filter(|(_, domain)| !domain.is_empty()) {
            let Some(at) = tenants.get(guest).map(|tenant| by_tenant.get(tenant).copied()) else { continue };
            let known = tenant_of_domain.entry(domain).or_insert(at);
            if *known != at {
                *known = None;
            }
        }
        for (guest, domain) in &guests {
            // An organization of a domain has its subdomains as well.
            let of_domain = || {
                let mut rest = domain.as_str();
                loop {
                    if let Some(at) = by_domain.get(rest) {
                        return Some(*at);
                    }
                    rest = rest.split_once('.').map(|(_, rest)| rest).filter(|rest| rest.contains('.'))?;
                }
            };
            let home = stated
                .get(guest)
                .and_then(|id| by_id.get(id))
                .map(|at| (*at, Home::Stated))
                .or_else(|| of_domain().map(|at| (at, Home::Domain)))
                .or_else(|| Some((*by_tenant.get(tenants.get(guest)?)?, Home::Tenant)))
                .or_else(|| Some((tenant_of_domain.get(domain.as_str()).copied().flatten()?, Home::TenantOfDomain)));
            match home {
                Some((at, how)) => {
                    self.of.insert(*guest, (at, how));
                    self.all[at as usize].guests.push((*guest, how));
                }
                None => self.without.push(*guest),
            }
        }
    }
}

/// The organization that exports state of a person.
fn stated(store: &Store, identity: &Identity) -> HashMap<PersonId, String> {
    let table = store.entities(EntityKind::Person);
    let mut stated = HashMap::new();
    if table.has(A::OrganizationId) {
        for row in table.rows().filter(|row| table.code(*row, A::OrganizationId) != 0) {
            if let Some(person) = identity.person_of(row) {
                stated.insert(person, table.text(row, A::OrganizationId).lower());
            }
        }
    }
    stated
}

/// The home tenant that people sign in from.
fn home_tenants(store: &Store, identity: &Identity) -> HashMap<PersonId, String> {
    let tenant = store.column(Column::ActorTenantId);
    let mut newest: HashMap<PersonId, (i64, u32)> = HashMap::new();
    for event in (0..store.len()).filter(|event| tenant.get(*event) != 0) {
        let Some(person) = identity.actor(event) else { continue };
        let found = (store.time[event], tenant.get(event));
        let known = newest.entry(person).or_insert(found);
        *known = (*known).max(found);
    }
    let text = |code| store.dictionary(Domain::TenantId).get(code).lower();
    newest.into_iter().map(|(person, (_, code))| (person, text(code))).collect()
}

//! Connected organizations, whose sponsors answer for guests at second hand.

use super::{super::party::Parties, Organization, build::party_of};
use crate::arrange::Arrange as _;
use crate::identity::text::Lower as _;
use crate::{
    identity::Identity,
    model::{Attribute as A, EntityKind, ItemColumn, List, Origin},
    store::Store,
};

/// The organizations and their sponsors in `parties`, as listed by the newest record of each.
pub(super) fn read(store: &Store, identity: &Identity, parties: &mut Parties) -> Vec<Organization> {
    let rows = store.entities(EntityKind::Organization);
    let mut found: Vec<(Organization, i64)> = Vec::new();
    for row in rows.rows().filter(|row| rows.origin(*row) == Origin::Own) {
        let mut list = |list, internal: bool| -> Vec<(u32, bool)> {
            let items = rows.list(row, list);
            items.filter_map(|item| Some((parties.add(identity, party_of(&rows, item))?, internal))).collect()
        };
        let mut sponsors = list(List::InternalSponsor, true);
        sponsors.extend(list(List::ExternalSponsor, false));
        sponsors.retain(|(at, _)| !parties.get(*at).key.is_empty());
        let mut domains: Vec<String> = rows
            .list(row, List::IdentitySource)
            .map(|item| rows.item_text(item, ItemColumn::DomainName).lower())
            .filter(|domain| !domain.is_empty())
            .collect();
        domains.arrange();
        let key = |party: &(u32, bool)| (parties.get(party.0).key.clone(), party.1);
        sponsors.arrange_by_key(key);
        sponsors.dedup_by_key(|party| party.0);
        let snapshot = rows.snapshot_of(row).unwrap_or(i64::MIN);
        let (id, name) = (rows.text(row, A::Id).lower(), rows.text(row, A::Name).into_owned());
        found.push((Organization { id, name, domains, sponsors }, snapshot));
    }
    let names = |organization: &Organization| {
        organization
            .sponsors
            .iter()
            .map(|(at, own)| (parties.get(*at).key.clone(), *own))
            .collect::<Vec<(String, bool)>>()
    };
    // The newest record of each comes first; of two as new the one that says more.
    found.arrange_by(|(a, a_time), (b, b_time)| {
        (&a.id, b_time, b.sponsors.len(), &b.name)
            .cmp(&(&b.id, a_time, a.sponsors.len(), &a.name))
            .then_with(|| names(a).cmp(&names(b)))
    });
    found.dedup_by(|(later, _), (first, _)| !later.id.is_empty() && later.id == first.id);
    found.into_iter().map(|(organization, _)| organization).collect()
}

//! Sign-ins as rules and trends look at them: one line each, with what stands among their details.

use crate::identity::text::Lower as _;
use crate::{
    identity::{Identity, PersonId},
    model::{Column, Domain, TargetColumn},
    store::Store,
};
use hashbrown::HashMap;

/// A sign-in.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The event.
    pub event: u32,
    /// The user.
    pub person: Option<PersonId>,
    /// The error code, 0 for success; `None` where the file has none.
    pub code: Option<u32>,
    /// Whether one factor was enough; `None` where the file does not say.
    pub single_factor: Option<bool>,
    /// Home tenant and resource tenant, where the file has both and they matter.
    pub tenants: Option<(String, String)>,
    /// The application, a code of [`Domain::Principal`].
    pub app: u32,
    /// Country or region, two letters or a name: a code of [`Domain::DetailValue`].
    pub place: u32,
    /// A code of [`Domain::UserAgent`].
    pub agent: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Nothing,
    Code,
    Requirement,
    Resource,
    Place,
}

/// All sign-ins, in the order in which their events are given.
pub(super) fn sign_ins(store: &Store, identity: &Identity, events: &[u32]) -> Vec<SignIn> {
    if events.is_empty() {
        return Vec::new();
    }
    let keys = super::facts::words(store, Domain::DetailKey, |name| {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        match plain.as_str() {
            "signinerrorcode" | "errorcode" => Key::Code,
            "authenticationrequirement" => Key::Requirement,
            "resourcetenantid" => Key::Resource,
            "location" | "locationcountryorregion" | "countryorregion" => Key::Place,
            _ => Key::Nothing,
        }
    });
    let values = store.dictionary(Domain::DetailValue);
    let mut codes: HashMap<u32, Option<u32>> = HashMap::new();
    let mut single: HashMap<u32, bool> = HashMap::new();
    let (app, agent) = (store.target_column(TargetColumn::Target), store.column(Column::UserAgent));
    let success = store.dictionary(Domain::Result).find("success");
    let read = |&event: &u32| {
        let at = event as usize;
        let mut new = SignIn {
            event,
            person: identity.actor(at),
            code: None,
            single_factor: None,
            tenants: None,
            app: store.targets_of(at).next().map_or(0, |target| app.get(target)),
            place: 0,
            agent: agent.get(at),
        };
        let mut resource = 0;
        for pair in store.details.of(at) {
            let key = keys[store.details.key.get(pair) as usize];
            if key == Key::Nothing {
                continue;
            }
            let value = store.details.value.get(pair);
            match key {
                Key::Code => new.code = *codes.entry(value).or_insert_with(|| values.get(value).trim().parse().ok()),
                Key::Requirement => {
                    let is_single = || values.get(value).to_lowercase().starts_with("single");
                    new.single_factor = Some(*single.entry(value).or_insert_with(is_single));
                }
                Key::Resource => resource = value,
                Key::Place => new.place = value,
                Key::Nothing => {}
            }
        }
        if new.code.is_none() && Some(store.column(Column::Result).get(at)) == success {
            new.code = Some(0);
        }
        let home = store.text(at, Column::ActorTenantId);
        if !home.is_empty() && resource != 0 {
            let resource = values.get(resource);
            new.tenants = Some((home.lower(), resource.lower()));
        }
        new
    };
    events.iter().map(read).collect()
}

/// The tenant that most users sign in to at home.
pub(super) fn own_tenant(sign_ins: &[SignIn]) -> Option<String> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for (home, resource) in sign_ins.iter().filter_map(|sign_in| sign_in.tenants.as_ref()) {
        if home == resource {
            *counts.entry(home).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(tenant, count)| (*count, *tenant)).map(|(tenant, _)| tenant.to_owned())
}

/// The country or region of a place: `SE` of `Stockholm, Stockholm, SE`, a name as it is.
pub fn country(place: &str) -> &str {
    place.rsplit(',').next().unwrap_or_default().trim()
}

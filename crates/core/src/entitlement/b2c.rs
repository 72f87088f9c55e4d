//! Azure AD B2C in the audit log: tokens, sign-ins, the steps before them, and what administrators do.
//!
//! Details are read by their keys, never by position. Source: azure-docs, view-audit-logs.md of B2C, and the
//! 2017 page "Accessing Azure AD B2C audit logs".

use crate::identity::text::Lower as _;
use crate::{
    derived::{Derive, Derived},
    model::{Column, Domain, TargetColumn},
    store::Store,
};
use hashbrown::HashMap;

/// Activities that give an application something to sign a consumer in with. The first four also end a
/// sign-in; a code is exchanged for a token first.
pub const TOKENS: [&str; 5] = [
    "Issue an id_token to the application",
    "Issue an access token to the application",
    "Issue a SAML assertion to the application",
    "Exchange token",
    "Issue an authorization code to the application",
];
/// How many of [`TOKENS`] end a sign-in.
const ENDING: u8 = 4;

/// Activities of service B2C that ordinary tenants have, too: billing for guests.
/// Source: entra-docs, reference-audit-activities.md.
const ORDINARY: &str = "guest usages";

/// The activity types of B2C: name, what they are, and the category that stands for them today.
/// Source: the 2017 page, "Overview of activities available in the B2C category of audit logs"; present
/// names: entra-docs, reference-audit-activities.md.
pub const TYPES: [(&str, &str, &str); 6] = [
    ("Authorization", "Whether a user may access B2C resources", "Authorization"),
    ("Directory", "Directory attributes read when an administrator signs in", "DirectoryManagement"),
    ("Application", "B2C applications created, read, changed, deleted", "ApplicationManagement"),
    ("Key", "Keys of the key container created, read, changed, deleted", "KeyManagement"),
    ("Resource", "Resources such as policies and identity providers", "ResourceManagement, PolicyManagement"),
    ("Authentication", "Credentials checked and tokens issued", "Authentication"),
];

/// What a record of service B2C is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Something is given to an application; whether a sign-in ends with it.
    Token(bool),
    /// Another step of a consumer's sign-in.
    Step,
    /// Anything else in a consumers' tenant: administrators and their tools.
    Administration,
    /// Billing for guests, in an ordinary tenant.
    Ordinary,
}

/// A record of service B2C. Texts are places in the pools of [`B2c`]; 0 where the record has none.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    /// The event.
    pub event: u32,
    /// What it is.
    pub what: What,
    /// Whether it succeeded.
    pub success: bool,
    /// The application that the consumer signs in to: `ApplicationId`, else the actor's service principal name.
    pub app: u32,
    /// The user flow or custom policy: `PolicyId`.
    pub policy: u32,
    /// Where the consumer signs in: `IdentityProviderName`; none for an account of the tenant itself.
    pub provider: u32,
    /// Object id of the consumer: code of `Domain::ObjectId`.
    pub user: u32,
    /// Correlation id, 0 where it stands for none.
    pub journey: u32,
}

/// All records of service B2C.
#[derive(Default)]
pub struct B2c {
    /// In the order of the store.
    pub records: Vec<Record>,
    /// Names of applications, policies, providers; the first is empty.
    pub apps: Vec<String>,
    /// Policies.
    pub policies: Vec<String>,
    /// Identity providers.
    pub providers: Vec<String>,
}

/// The keys of details that are read here.
const KEYS: [&str; 3] = ["ApplicationId", "PolicyId", "IdentityProviderName"];

/// Texts of a dictionary as places in a list of names, letter case aside.
#[derive(Default)]
struct Names {
    places: HashMap<String, u32>,
    of_code: HashMap<(bool, u32), u32>,
    list: Vec<String>,
}

impl Names {
    fn place(&mut self, store: &Store, domain: Domain, code: u32) -> u32 {
        if self.list.is_empty() {
            self.list.push(String::new());
        }
        if code == 0 {
            return 0;
        }
        let Self { places, of_code, list } = self;
        *of_code.entry((domain == Domain::Name, code)).or_insert_with(|| {
            let text = store.dictionary(domain).get(code);
            *places.entry(text.lower()).or_insert_with(|| {
                list.push(text.into_owned());
                (list.len() - 1) as u32
            })
        })
    }

    fn done(mut self) -> Vec<String> {
        if self.list.is_empty() {
            self.list.push(String::new());
        }
        self.list
    }
}

impl Derive for B2c {
    fn derive(from: &Derived) -> Self {
        let store = from.store;
        let is = |domain, word: &str| {
            let mut is = vec![false; store.dictionary(domain).len()];
            store
                .dictionary(domain)
                .for_each(|code, text| is[code as usize] = text.eq_ignore_ascii_case(word.as_bytes()));
            is
        };
        let is_b2c = is(Domain::Service, "B2C");
        if !is_b2c.contains(&true) {
            return Self { apps: Names::default().done(), policies: Names::default().done(), ..Self::default() };
        }
        let (is_success, is_authentication) =
            (is(Domain::Result, "success"), is(Domain::ActivityType, "Authentication"));
        let tokens = store.activities_among(&TOKENS);
        let mut is_ordinary = vec![false; store.dictionary(Domain::Activity).len()];
        store.dictionary(Domain::Activity).for_each(|code, text| {
            is_ordinary[code as usize] = String::from_utf8_lossy(text).to_lowercase().contains(ORDINARY);
        });
        let mut key = vec![None; store.dictionary(Domain::DetailKey).len()];
        store.dictionary(Domain::DetailKey).for_each(|code, text| {
            key[code as usize] = KEYS.iter().position(|own| text.eq_ignore_ascii_case(own.as_bytes()));
        });
        let nil = store.dictionary(Domain::CorrelationId).find("00000000-0000-0000-0000-000000000000").unwrap_or(0);
        let is_empty_id = |code: u32| store.dictionary(Domain::Name).get(code).chars().all(|c| matches!(c, '0' | '-'));
        let (mut apps, mut policies, mut providers) = (Names::default(), Names::default(), Names::default());
        let column = |column: Column, event| store.column(column).get(event);
        let mut records = Vec::new();
        for event in 0..store.len() {
            if !is_b2c[column(Column::Service, event) as usize] {
                continue;
            }
            let mut found = [0; 3];
            for pair in store.details.of(event) {
                if let Some(at) = key[store.details.key.get(pair) as usize] {
                    found[at] = store.details.value.get(pair);
                }
            }
            let activity = column(Column::Activity, event) as usize;
            let authentication = is_authentication[column(Column::ActivityType, event) as usize];
            let what = match tokens[activity] {
                Some(place) => What::Token(place < ENDING),
                None if authentication => What::Step,
                None if is_ordinary[activity] => What::Ordinary,
                None => What::Administration,
            };
            let principal = column(Column::ActorServicePrincipalName, event);
            let app = match found[0] {
                0 if principal != 0 && !is_empty_id(principal) => apps.place(store, Domain::Name, principal),
                code => apps.place(store, Domain::DetailValue, code),
            };
            let journey = column(Column::CorrelationId, event);
            let ids = store.target_column(TargetColumn::Id);
            records.push(Record {
                event: event as u32,
                what,
                success: is_success[column(Column::Result, event) as usize],
                app,
                policy: policies.place(store, Domain::DetailValue, found[1]),
                provider: providers.place(store, Domain::DetailValue, found[2]),
                user: store.targets_of(event).map(|target| ids.get(target)).find(|code| *code != 0).unwrap_or(0),
                journey: if journey == nil { 0 } else { journey },
            });
        }
        Self { records, apps: apps.done(), policies: policies.done(), providers: providers.done() }
    }
}

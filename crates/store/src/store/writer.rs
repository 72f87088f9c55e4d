//! The one way into the store: an event is set field by field, then committed or abandoned.

use super::{NO_TIME, Store};
use crate::{
    model::{Column, Domain, Log, TargetColumn},
    vocabulary::{b2c_activity_type, canonical_activity, is_legacy_service},
};

/// Writes events of one source. Values may come in any order; an empty value means "absent".
pub struct EventWriter<'a> {
    store: &'a mut Store,
    source: u32,
    time: i64,
    codes: [u32; Column::COUNT],
    target: Option<[u32; TargetColumn::COUNT]>,
    repaired: bool,
}

/// Activities that concern a guest by their very name.
/// Source: Microsoft's audit activity list, service "Invited Users" and "B2B Auth".
const GUEST_ACTIVITIES: [&str; 5] = [
    "Invite external user",
    "Redeem external user invite",
    "Invite external user with reset invitation status",
    "Delete external user",
    "Viral user creation",
];

impl<'a> EventWriter<'a> {
    pub(super) fn new(store: &'a mut Store, source: u32) -> Self {
        Self { store, source, time: NO_TIME, codes: [0; Column::COUNT], target: None, repaired: false }
    }

    /// When the event happened, in ticks of 100 ns since 1970 UTC.
    pub fn time(&mut self, ticks: i64) {
        self.time = ticks;
    }

    /// Index that the event at hand will have once committed.
    pub fn event(&self) -> usize {
        self.store.len()
    }

    /// Sets one value of the event.
    #[inline]
    pub fn set(&mut self, column: Column, value: &[u8]) {
        self.codes[column as usize] = self.intern(column.domain(), value);
    }

    /// Sets the log that the record is of.
    #[inline]
    pub fn set_log(&mut self, log: Log) {
        let Store { memo, dictionaries, .. } = &mut *self.store;
        let intern = || dictionaries[Domain::Log as usize].intern(log.label().as_bytes());
        self.codes[Column::Log as usize] = memo.log.get(log as u32, intern);
    }

    /// Whether the event at hand has a value there.
    pub fn has(&self, column: Column) -> bool {
        self.codes[column as usize] != 0
    }

    /// Whether bytes that are no UTF-8 were replaced in a value of the event at hand.
    pub fn repaired(&self) -> bool {
        self.repaired
    }

    /// Whether the event at hand has just this value there.
    pub fn is(&self, column: Column, value: &[u8]) -> bool {
        self.store.dictionary(column.domain()).is(self.codes[column as usize], value)
    }

    /// The code of a value in a domain's dictionary, 0 for an empty one.
    pub fn code(&mut self, domain: Domain, value: &[u8]) -> u32 {
        self.intern(domain, value)
    }

    /// Opens the next target. Changes and target values that follow belong to it.
    pub fn begin_target(&mut self) {
        self.end_target();
        self.target = Some([0; TargetColumn::COUNT]);
    }

    /// Opens a target unless one is open.
    pub fn ensure_target(&mut self) {
        if self.target.is_none() {
            self.begin_target();
        }
    }

    /// Sets one value of the open target.
    #[inline]
    pub fn set_target(&mut self, column: TargetColumn, value: &[u8]) {
        let code = self.intern(column.domain(), value);
        if let Some(target) = &mut self.target {
            target[column as usize] = code;
        }
    }

    /// Adds a modified property to the open target; opens an empty target if there is none.
    pub fn change(&mut self, name: &[u8], old: &[u8], new: &[u8]) {
        self.ensure_target();
        let name = self.intern(Domain::PropertyName, name);
        let old = self.intern(Domain::PropertyValue, old);
        let new = self.intern(Domain::PropertyValue, new);
        self.store.change_name.push(name);
        self.store.change_old.push(old);
        self.store.change_new.push(new);
    }

    /// Adds an additional detail.
    pub fn detail(&mut self, key: &[u8], value: &[u8]) {
        let (key, value) = (self.intern(Domain::DetailKey, key), self.intern(Domain::DetailValue, value));
        self.store.details.key.push(key);
        self.store.details.value.push(value);
    }

    /// The code of a detail's key, for [`Self::detail_of`].
    pub fn detail_key(&mut self, key: &[u8]) -> u32 {
        self.intern(Domain::DetailKey, key)
    }

    /// Adds an additional detail whose key's code is known: where all records have the same keys.
    #[inline]
    pub fn detail_of(&mut self, key: u32, value: &[u8]) {
        let value = self.intern(Domain::DetailValue, value);
        self.store.details.key.push(key);
        self.store.details.value.push(value);
    }

    /// Keeps a field that no column knows. Nested fields are named by their path, `a.b`.
    pub fn extra(&mut self, key: &[u8], value: &[u8]) {
        let (key, value) = (self.intern(Domain::ExtraKey, key), self.intern(Domain::ExtraValue, value));
        self.store.extras.key.push(key);
        self.store.extras.value.push(value);
    }

    /// Ends the event and begins the next one.
    ///
    /// Fills the actor (UPN, else name, else service principal name, else id), the legacy category
    /// that is a service, and B2C's activity type. The event concerns a guest where the actor or a
    /// target has `#EXT#` in its UPN, the actor's type is Guest, a detail `UserType` says Guest or a detail
    /// `Cross tenant access type` says B2B collaboration, or the activity is an invitation or redemption.
    pub fn commit(&mut self, record: u32) {
        self.end_target();
        self.name_actor();
        self.settle_service();
        let guest = self.concerns_guest();
        let store = &mut *self.store;
        for (codes, code) in store.columns.iter_mut().zip(self.codes) {
            codes.push(code);
        }
        store.time.push(self.time);
        store.guest.push(guest);
        store.source.push(self.source);
        store.record.push(record);
        store.target_start.push(store.targets[0].len() as u32);
        store.details.start.push(store.details.key.len() as u32);
        store.extras.start.push(store.extras.key.len() as u32);
        self.reset();
    }

    /// Forgets what was set since the last commit.
    pub fn abandon(&mut self) {
        let store = &mut *self.store;
        let event = store.time.len();
        let targets = store.target_start[event] as usize;
        store.targets.iter_mut().for_each(|codes| codes.truncate(targets));
        store.change_start.truncate(targets + 1);
        let changes = store.change_start[targets] as usize;
        for codes in [&mut store.change_name, &mut store.change_old, &mut store.change_new] {
            codes.truncate(changes);
        }
        for pairs in [&mut store.details, &mut store.extras] {
            let length = pairs.start[event] as usize;
            pairs.key.truncate(length);
            pairs.value.truncate(length);
        }
        self.reset();
    }

    fn reset(&mut self) {
        self.time = NO_TIME;
        self.codes = [0; Column::COUNT];
        self.target = None;
        self.repaired = false;
    }

    #[inline]
    fn intern(&mut self, domain: Domain, value: &[u8]) -> u32 {
        if value.is_empty() {
            return 0;
        }
        self.store.dictionaries[domain as usize].intern_noting(value, &mut self.repaired)
    }

    fn end_target(&mut self) {
        let Some(mut target) = self.target.take() else { return };
        target[TargetColumn::Target as usize] = self.principal(&[
            (Domain::Upn, target[TargetColumn::Upn as usize]),
            (Domain::Name, target[TargetColumn::Name as usize]),
            (Domain::ObjectId, target[TargetColumn::Id as usize]),
        ]);
        for (codes, code) in self.store.targets.iter_mut().zip(target) {
            codes.push(code);
        }
        self.store.change_start.push(self.store.change_name.len() as u32);
    }

    fn name_actor(&mut self) {
        let code = |column: Column| (column.domain(), self.codes[column as usize]);
        let candidates = [
            Column::ActorUpn,
            Column::ActorName,
            Column::ActorServicePrincipalName,
            Column::ActorId,
            Column::ActorServicePrincipalId,
            Column::ActorAppId,
        ]
        .map(code);
        self.codes[Column::Actor as usize] = self.principal(&candidates);
    }

    /// The principal named by the first of these that is present.
    fn principal(&mut self, candidates: &[(Domain, u32)]) -> u32 {
        let Some(&(domain, code)) = candidates.iter().find(|(_, code)| *code != 0) else { return 0 };
        let store = &mut *self.store;
        let known = match domain {
            Domain::Upn => &mut store.memo.upn_principal,
            Domain::Name => &mut store.memo.name_principal,
            _ => &mut store.memo.id_principal,
        };
        known.get(code, || {
            let text = store.dictionaries[domain as usize].get(code).into_owned();
            store.dictionaries[Domain::Principal as usize].intern(text.as_bytes())
        })
    }

    fn settle_service(&mut self) {
        let category = self.codes[Column::Category as usize];
        if self.codes[Column::Service as usize] == 0 && category != 0 {
            let category = self.store.dictionary(Domain::Category).get(category).into_owned();
            if is_legacy_service(&category) {
                self.set(Column::Service, category.as_bytes());
            }
        }
        let store = &mut *self.store;
        let service = self.codes[Column::Service as usize];
        let services = &store.dictionaries[Domain::Service as usize];
        let b2c = store.memo.b2c.get(service, || u32::from(services.get(service).eq_ignore_ascii_case("B2C"))) == 1;
        if b2c && self.codes[Column::ActivityType as usize] == 0 {
            let category = self.store.dictionary(Domain::Category).get(category);
            if let Some(kind) = b2c_activity_type(&category) {
                self.set(Column::ActivityType, kind.as_bytes());
            }
        }
    }

    fn concerns_guest(&mut self) -> bool {
        let Store { memo, dictionaries, targets, details, target_start, time, .. } = &mut *self.store;
        let dictionary = |domain: Domain| &dictionaries[domain as usize];
        let external = &mut memo.upn_external;
        let mut is_external =
            |code| code != 0 && external.get(code, || u32::from(has_ext(&dictionary(Domain::Upn).get(code)))) == 1;
        let invitation = &mut memo.guest_activity;
        let activity = self.codes[Column::Activity as usize];
        let user_type = self.codes[Column::ActorUserType as usize];
        let event = time.len();
        let upns = &targets[TargetColumn::Upn as usize];
        let is = |domain, code, text: &str| dictionary(domain).get(code).eq_ignore_ascii_case(text);
        is_external(self.codes[Column::ActorUpn as usize])
            || (target_start[event] as usize..upns.len()).any(|target| is_external(upns.get(target)))
            || (user_type != 0 && is(Domain::UserType, user_type, "Guest"))
            || (details.start[event] as usize..details.key.len()).any(|pair| {
                let (key, value) = (details.key.get(pair), details.value.get(pair));
                let meaning = || {
                    let user_type = is(Domain::DetailKey, key, "UserType");
                    if user_type { 1 } else { 2 * u32::from(is(Domain::DetailKey, key, CROSS_TENANT_ACCESS)) }
                };
                match memo.user_type_key.get(key, meaning) {
                    1 => is(Domain::DetailValue, value, "Guest"),
                    2 => {
                        let text = || dictionary(Domain::DetailValue).get(value);
                        memo.b2b_value.get(value, || u32::from(is_b2b_collaboration(&text()))) == 1
                    }
                    _ => false,
                }
            })
            || invitation.get(activity, || {
                let text = dictionary(Domain::Activity).get(activity);
                u32::from(GUEST_ACTIVITIES.contains(&canonical_activity(&text)))
            }) == 1
    }
}

/// The detail of a sign-in that says how a user of another tenant comes in.
const CROSS_TENANT_ACCESS: &str = "Cross tenant access type";

/// Graph writes `b2bCollaboration`, the portal `B2B collaboration`.
fn is_b2b_collaboration(text: &str) -> bool {
    let letters = text.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase);
    letters.eq("b2bcollaboration".chars())
}

fn has_ext(upn: &str) -> bool {
    upn.as_bytes().windows(5).any(|window| window.eq_ignore_ascii_case(b"#EXT#"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store_with(write: impl Fn(&mut EventWriter)) -> Store {
        let mut store = Store::default();
        let mut writer = store.writer(0);
        write(&mut writer);
        writer.commit(1);
        store
    }

    #[test]
    fn keeps_targets_changes_and_details_apart_per_event() {
        let mut store = Store::default();
        let mut writer = store.writer(0);
        for number in 0..3_u32 {
            writer.set(Column::Activity, b"Update user");
            for target in 0..number {
                writer.begin_target();
                writer.set_target(TargetColumn::Upn, format!("t{target}@contoso.com").as_bytes());
                writer.change(b"Department", b"[]", b"[\"HR\"]");
            }
            writer.detail(b"UserType", b"Member");
            if number == 1 {
                writer.abandon();
                continue;
            }
            writer.commit(number + 1);
        }
        assert_eq!(store.len(), 2);
        assert_eq!((store.targets_of(0), store.targets_of(1)), (0..0, 0..2));
        assert_eq!((store.changes_of(0), store.changes_of(1)), (0..1, 1..2));
        assert_eq!(store.target_text(1, TargetColumn::Target), "t1@contoso.com");
        assert_eq!((store.details.of(0), store.details.of(1)), (0..1, 1..2));
        assert_eq!(store.record, [1, 3]);
    }

    #[test]
    fn an_actor_goes_by_its_best_known_name() {
        let named = store_with(|w| {
            w.set(Column::ActorName, b"Sync");
            w.set(Column::ActorServicePrincipalId, b"x");
        });
        assert_eq!(named.text(0, Column::Actor), "Sync");
        let upn = store_with(|w| {
            w.set(Column::ActorName, b"Adele");
            w.set(Column::ActorUpn, b"adele@contoso.com");
        });
        assert_eq!(upn.text(0, Column::Actor), "adele@contoso.com");
    }

    #[test]
    fn legacy_category_is_the_service() {
        let store = store_with(|w| w.set(Column::Category, b"B2C"));
        assert_eq!(store.text(0, Column::Service), "B2C");
        let store = store_with(|w| {
            w.set(Column::Service, b"B2C");
            w.set(Column::Category, b"KeyManagement");
        });
        assert_eq!(store.text(0, Column::ActivityType), "Key");
    }

    #[test]
    fn knows_events_that_concern_a_guest() {
        let guest = |write: &dyn Fn(&mut EventWriter)| store_with(write).guest[0];
        assert!(guest(&|w| w.set(Column::ActorUpn, b"d_fabrikam.example#ext#@contoso.onmicrosoft.com")));
        assert!(guest(&|w| w.set(Column::ActorUserType, b"guest")));
        assert!(guest(&|w| w.detail(b"UserType", b"Guest")));
        assert!(guest(&|w| w.set(Column::Activity, b"Invite external user.")));
        assert!(guest(&|w| w.detail(b"Cross tenant access type", b"B2B collaboration")));
        assert!(guest(&|w| w.detail(b"Cross tenant access type", b"b2bCollaboration")));
        assert!(!guest(&|w| w.detail(b"Cross tenant access type", b"none")));
        assert!(!guest(&|w| w.detail(b"Note", b"Guest")));
        assert!(!guest(&|w| w.set(Column::ActorUpn, b"adele@contoso.com")));
    }
}

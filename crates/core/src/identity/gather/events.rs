//! What events say of names: one pass, by codes. Each text is read once.

use super::{
    super::{
        join::{Evidence, How},
        nodes::NONE,
        standing::Turn,
        text,
    },
    Gathered, memo,
};
use crate::{
    model::{Column, Domain, TargetColumn},
    store::Store,
};

const INVITATIONS: [&str; 2] = ["Invite external user", "Invite external user with reset invitation status"];
const REDEMPTIONS: [&str; 2] = ["Redeem external user invite", "Redeem extern user invite"];

/// Numbers of what words mean; 0 is nothing of interest.
const INVITATION: u8 = 1;
const REDEMPTION: u8 = 2;
const USER: u8 = 1;
const ANYTHING: u8 = 2;
const UPN: u8 = 1;
const OBJECT_ID: u8 = 2;
const USER_TYPE: u8 = 3;
const INVITED_MAIL: u8 = 1;
const INVITATION_ID: u8 = 2;

/// What the words of a store mean, by their codes.
struct Pass<'a> {
    store: &'a Store,
    activities: Vec<u8>,
    successes: Vec<u8>,
    applications: Vec<u8>,
    target_types: Vec<u8>,
    properties: Vec<u8>,
    keys: Vec<u8>,
    user_types: Vec<u8>,
    /// Asked for as they come: these dictionaries may be large.
    values: Vec<u32>,
    details: Vec<u32>,
    /// The name that was last beside each id.
    last_upn: Vec<u32>,
}

/// What each word of a domain means.
fn meanings(store: &Store, domain: Domain, of: impl Fn(&str) -> u8) -> Vec<u8> {
    let words = store.dictionary(domain);
    let mut meanings = Vec::with_capacity(words.len());
    words.for_each(|_, word| meanings.push(of(std::str::from_utf8(word).unwrap_or_default())));
    meanings
}

fn user_type(word: &str) -> u8 {
    match text::plain_value(word) {
        word if word.eq_ignore_ascii_case("guest") => 1,
        word if word.eq_ignore_ascii_case("member") => 2,
        _ => 0,
    }
}

impl<'a> Pass<'a> {
    fn new(store: &'a Store) -> Self {
        let is = |word: &str, wanted: &str| u8::from(word.eq_ignore_ascii_case(wanted));
        let activity = |code| match () {
            () if store.is_activity(code, &INVITATIONS) => INVITATION,
            () if store.is_activity(code, &REDEMPTIONS) => REDEMPTION,
            () => 0,
        };
        Self {
            store,
            activities: (0..store.dictionary(Domain::Activity).len() as u32).map(activity).collect(),
            successes: meanings(store, Domain::Result, |word| is(word, "success")),
            applications: meanings(store, Domain::ActorType, |word| is(word, "Application")),
            target_types: meanings(store, Domain::TargetType, |word| match &*word.to_ascii_lowercase() {
                "user" | "guest" | "member" => USER,
                "" | "other" | "unknown" => ANYTHING,
                _ => 0,
            }),
            properties: meanings(store, Domain::PropertyName, |word| match word {
                "User.UPN" => UPN,
                "User.ObjectID" => OBJECT_ID,
                "UserType" => USER_TYPE,
                _ => 0,
            }),
            keys: meanings(store, Domain::DetailKey, |word| match &*word.to_ascii_lowercase() {
                "inviteduseremailaddress" => INVITED_MAIL,
                "invitationid" => INVITATION_ID,
                "usertype" => USER_TYPE,
                _ => 0,
            }),
            user_types: meanings(store, Domain::UserType, user_type),
            values: Vec::new(),
            details: Vec::new(),
            last_upn: Vec::new(),
        }
    }

    /// The user type that a changed property is set to, or a detail has.
    fn user_type_of(&mut self, domain: Domain, code: u32) -> u32 {
        let store = self.store;
        let known = if domain == Domain::PropertyValue { &mut self.values } else { &mut self.details };
        memo(known, code, || user_type(&store.dictionary(domain).get(code)).into())
    }
}

impl Gathered {
    /// Reads all events.
    pub(in crate::identity) fn events(&mut self, store: &Store) {
        self.actors = vec![NONE; store.len()];
        self.targets = vec![NONE; store.target_column(TargetColumn::Id).len()];
        let mut pass = Pass::new(store);
        for event in 0..store.len() {
            self.event(&mut pass, event);
        }
    }

    fn event(&mut self, pass: &mut Pass, event: usize) {
        let store = pass.store;
        let evidence = Evidence::Event(event as u32);
        self.now = store.time[event];
        let activity = pass.activities[store.column(Column::Activity).get(event) as usize];
        let is_success =
            activity != INVITATION || pass.successes[store.column(Column::Result).get(event) as usize] != 0;
        if pass.applications[store.column(Column::ActorType).get(event) as usize] == 0 {
            self.actor(pass, event);
        }
        let mut about = NONE;
        for target in store.targets_of(event) {
            let kind = pass.target_types[store.target_column(TargetColumn::Type).get(target) as usize];
            if kind != 0 && self.target(pass, target, kind, evidence) && about == NONE {
                about = self.targets[target];
            }
            self.changes(pass, event, target, is_success);
        }
        self.details(pass, event, activity, about, is_success);
    }

    /// An id and an address of one record, unless that was said just before.
    fn beside(&mut self, pass: &mut Pass, id: u32, address: u32, evidence: Evidence) {
        if id == NONE || address == NONE {
            return;
        }
        if pass.last_upn.len() <= id as usize {
            pass.last_upn.resize(self.nodes.len(), NONE);
        }
        if std::mem::replace(&mut pass.last_upn[id as usize], address) != address {
            self.pair(id, address, evidence);
        }
    }

    /// Who initiated an event.
    fn actor(&mut self, pass: &mut Pass, event: usize) {
        let (store, evidence) = (pass.store, Evidence::Event(event as u32));
        let id = self.of_id(store, store.column(Column::ActorId).get(event));
        let upn = self.of_upn(store, store.column(Column::ActorUpn).get(event), evidence);
        let actor = self.sight(id, upn, true);
        self.beside(pass, id, upn, evidence);
        if actor != NONE {
            self.actors[event] = actor;
            self.moment(actor, self.now);
            self.name(actor, store, 2, self.now, store.column(Column::ActorName).get(event));
            let kind = pass.user_types[store.column(Column::ActorUserType).get(event) as usize];
            self.user_type(actor, kind.into(), self.now);
        }
    }

    /// A target that may be a user; whether it certainly is one.
    fn target(&mut self, pass: &mut Pass, target: usize, kind: u8, evidence: Evidence) -> bool {
        let store = pass.store;
        let code = |column| store.target_column(column).get(target);
        let id = self.of_id(store, code(TargetColumn::Id));
        let name = code(TargetColumn::Name);
        let sentence = self.of_name(store, name, evidence);
        let upn = self.of_upn(store, code(TargetColumn::Upn), evidence);
        self.beside(pass, id, sentence, evidence);
        self.beside(pass, id, upn, evidence);
        let upn = if upn == NONE { sentence } else { upn };
        // Without a type and an address it may be anything.
        let is_user = kind == USER || upn != NONE;
        let node = if is_user { self.sight(id, upn, true) } else { id };
        if node == NONE {
            return false;
        }
        self.targets[target] = node;
        if is_user {
            self.moment(node, self.now);
        }
        if sentence == NONE {
            self.name(node, store, 2, self.now, name);
        }
        is_user
    }

    /// What was changed of a target: its user type, or the user that an application role was given to.
    fn changes(&mut self, pass: &mut Pass, event: usize, target: usize, is_success: bool) {
        let (store, evidence) = (pass.store, Evidence::Event(event as u32));
        let mut subject = (NONE, NONE);
        for change in store.changes_of(target) {
            let property = pass.properties[store.change_name.get(change) as usize];
            if property == 0 {
                continue;
            }
            let (old, new) = (store.change_old.get(change), store.change_new.get(change));
            if property == USER_TYPE {
                let node = self.targets[target];
                let [old, new] = [old, new].map(|code| pass.user_type_of(Domain::PropertyValue, code));
                if node != NONE && new != 0 && is_success {
                    self.turns.push((node, Turn::changed(self.now, old, new, event as u32)));
                }
                continue;
            }
            let texts = store.dictionary(Domain::PropertyValue);
            let (new, old) = (texts.get(new), texts.get(old));
            let text = match text::plain_value(&new) {
                "" => text::plain_value(&old),
                text => text,
            };
            if property == UPN {
                subject.1 = self.read_address(text, evidence);
            } else {
                subject.0 = self.nodes.id(text);
            }
        }
        // A change of a user's own name says nothing about another user.
        if self.targets[target] == NONE && subject != (NONE, NONE) {
            self.pair(subject.0, subject.1, evidence);
            let node = self.sight(subject.0, subject.1, true);
            self.moment(node, self.now);
            self.subjects.push((target as u32, node));
        }
    }

    /// What an event says beside its targets of whom it is about, and what invitations and redemptions claim.
    fn details(&mut self, pass: &mut Pass, event: usize, activity: u8, about: u32, is_success: bool) {
        let (store, evidence) = (pass.store, Evidence::Event(event as u32));
        if about == NONE {
            return;
        }
        let (mut mail, mut invitation) = (0, 0);
        for pair in store.details.of(event) {
            let value = store.details.value.get(pair);
            match pass.keys[store.details.key.get(pair) as usize] {
                INVITED_MAIL => mail = value,
                INVITATION_ID => invitation = value,
                USER_TYPE => {
                    let kind = pass.user_type_of(Domain::DetailValue, value);
                    self.user_type(about, kind, self.now);
                }
                _ => {}
            }
        }
        if activity == INVITATION {
            if is_success {
                let now = self.now;
                let seen = self.see(about);
                seen.invited = seen.invited.min(now);
            }
            let texts = store.dictionary(Domain::DetailValue);
            let mail = self.nodes.address(&texts.get(mail));
            let invitation = self.nodes.invitation(&texts.get(invitation));
            self.claim(about, mail, How::Invited, evidence);
            self.claim(about, invitation, How::Invitation, evidence);
        } else if activity == REDEMPTION && self.actors[event] != NONE {
            self.claim(about, self.actors[event], How::Redeemed, evidence);
        }
    }
}

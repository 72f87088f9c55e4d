//! One pass over events and exports: which names stand in one record, and what is said of their owner.

use super::{
    join::{Evidence, How},
    nodes::{NONE, Nodes},
    standing::Turn,
    text,
};
use crate::arrange::Arrange as _;
use crate::{
    model::{Attribute as A, Column, Domain, EntityKind, ItemColumn, List, Origin, TargetColumn},
    store::{NO_TIME, Store},
};

/// What is known of one name.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    /// It stood where a person stands.
    pub(super) person: bool,
    /// It stood there without an object id beside it.
    pub(super) alone: bool,
    /// It stood in a field for user principal names.
    pub(super) upn: bool,
    /// Earliest and latest event with it.
    pub(super) first: i64,
    pub(super) last: i64,
    /// The newest record that has it, of an address.
    pub(super) stated: i64,
    /// Display name: rank of the source, when it was so, code.
    pub(super) name: (u8, i64, u32),
    /// Earliest and latest event that calls it a guest, and a member.
    pub(super) guest: (i64, i64),
    pub(super) member: (i64, i64),
    /// The earliest time that an invitation makes it a guest.
    pub(super) invited: i64,
}

impl Default for Seen {
    fn default() -> Self {
        let never = (i64::MAX, i64::MIN);
        Self {
            person: false,
            alone: false,
            upn: false,
            first: never.0,
            last: never.1,
            stated: i64::MIN,
            name: (0, i64::MIN, 0),
            guest: never,
            member: never,
            invited: i64::MAX,
        }
    }
}

/// An object id and an address of one record.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) id: u32,
    pub(super) address: u32,
    pub(super) evidence: Evidence,
}

/// One name that says another is the same person's.
#[derive(Clone, Copy)]
pub(super) struct Claim {
    pub(super) owner: u32,
    pub(super) name: u32,
    pub(super) how: How,
    /// When it was said, ticks.
    pub(super) time: i64,
    pub(super) evidence: Evidence,
}

/// Everything gathered.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) nodes: Nodes,
    pub(super) seen: Vec<Seen>,
    /// Object ids and addresses that stand in one record, each pair once.
    pub(super) pairs: Vec<Pair>,
    /// Names that claim others, each claim once, as it was last said.
    pub(super) claims: Vec<Claim>,
    /// The name of who initiated each event, and of each target.
    pub(super) actors: Vec<u32>,
    pub(super) targets: Vec<u32>,
    /// The user that a target's changes name, by target, ascending.
    pub(super) subjects: Vec<(u32, u32)>,
    /// The name of each row of people.
    pub(super) rows: Vec<u32>,
    /// User types that events set and exports state, by name.
    pub(super) turns: Vec<(u32, Turn)>,
    /// Ids that entitlement management gives its subjects.
    pub(super) subject_ids: hashbrown::HashSet<u32>,
    /// The code of each address as a file spells it; 0 where no field holds it alone.
    pub(super) spelled: Vec<u32>,
    /// The time of the record at hand.
    now: i64,
    by_upn: Vec<u32>,
    by_id: Vec<u32>,
    by_name: Vec<u32>,
}

const UNASKED: u32 = u32::MAX - 1;

/// The answer kept for a code, asked for once.
fn memo(kept: &mut Vec<u32>, code: u32, ask: impl FnOnce() -> u32) -> u32 {
    let at = code as usize;
    if at >= kept.len() {
        kept.resize(at + 1, UNASKED);
    }
    if kept[at] == UNASKED {
        kept[at] = ask();
    }
    kept[at]
}

const INVITATIONS: [&str; 2] = ["Invite external user", "Invite external user with reset invitation status"];
const REDEMPTIONS: [&str; 2] = ["Redeem external user invite", "Redeem extern user invite"];

/// Whom exports of other things name: table, id with name and address, display name, type.
const SUBJECTS: [(EntityKind, [A; 3], A, A); 7] = [
    (EntityKind::Assignment, [A::TargetId, A::TargetUpn, A::TargetMail], A::TargetName, A::TargetType),
    (EntityKind::Request, [A::TargetId, A::TargetUpn, A::TargetMail], A::TargetName, A::TargetType),
    (EntityKind::Request, [A::RequestorId, A::RequestorUpn, A::RequestorMail], A::RequestorName, A::TargetType),
    (EntityKind::ResourceAssignment, [A::TargetId, A::TargetUpn, A::TargetMail], A::TargetName, A::TargetType),
    (EntityKind::Decision, [A::TargetId, A::TargetUpn, A::TargetMail], A::TargetName, A::TargetType),
    (EntityKind::Decision, [A::ReviewerId, A::ReviewerUpn, A::ReviewerMail], A::ReviewerName, A::StateAsWritten),
    (EntityKind::Decision, [A::AppliedById, A::AppliedByUpn, A::AppliedByMail], A::AppliedByName, A::StateAsWritten),
];

impl Gathered {
    /// The node of a code of [`Domain::ObjectId`].
    pub(super) fn of_id(&mut self, store: &Store, code: u32) -> u32 {
        if code == 0 {
            return NONE;
        }
        let nodes = &mut self.nodes;
        memo(&mut self.by_id, code, || nodes.id(&store.dictionary(Domain::ObjectId).get(code)))
    }

    /// The node of a code of [`Domain::Upn`]. What the text itself says is noted at its first use.
    pub(super) fn of_upn(&mut self, store: &Store, code: u32, evidence: Evidence) -> u32 {
        if code == 0 {
            return NONE;
        }
        if let Some(known) = self.by_upn.get(code as usize).copied().filter(|known| *known != UNASKED) {
            return known;
        }
        let texts = store.dictionary(Domain::Upn);
        let text = texts.get(code);
        let node = self.read_address(&text, evidence);
        if node != NONE && !text.starts_with("UPN:") && text::deletion_mark(&text).is_none() {
            if self.spelled.len() <= node as usize {
                self.spelled.resize(self.nodes.len(), 0);
            }
            let known = &mut self.spelled[node as usize];
            if *known == 0 || text < texts.get(*known) {
                *known = code;
            }
        }
        memo(&mut self.by_upn, code, || node)
    }

    /// The node of a display name that holds the sentence of a redemption.
    fn of_name(&mut self, store: &Store, code: u32, evidence: Evidence) -> u32 {
        if code == 0 {
            return NONE;
        }
        if let Some(known) = self.by_name.get(code as usize).copied().filter(|known| *known != UNASKED) {
            return known;
        }
        let name = store.dictionary(Domain::Name).get(code);
        let node = if name.starts_with("UPN:") { self.read_address(&name, evidence) } else { NONE };
        memo(&mut self.by_name, code, || node)
    }

    fn read_address(&mut self, address: &str, evidence: Evidence) -> u32 {
        if let Some(sentence) = text::sentence(address) {
            let (upn, mail) = (self.nodes.address(sentence.upn), self.nodes.address(sentence.mail));
            let invitation = self.nodes.invitation(sentence.invitation);
            let node = if upn == NONE { mail } else { upn };
            self.claim(upn, mail, How::Sentence, evidence);
            self.claim(node, invitation, How::Invitation, evidence);
            return node;
        }
        if text::guid(address).is_some() {
            return NONE;
        }
        match text::deletion_mark(address) {
            Some((id, upn)) => {
                let (id, upn) = (self.nodes.id(&id), self.nodes.address(upn));
                self.pair(id, upn, evidence);
                upn
            }
            None => self.nodes.address(address),
        }
    }

    fn pair(&mut self, id: u32, address: u32, evidence: Evidence) {
        if id != NONE && address != NONE {
            self.pairs.push(Pair { id, address, evidence });
        }
    }

    fn claim(&mut self, owner: u32, name: u32, how: How, evidence: Evidence) {
        if owner != NONE && name != NONE && owner != name {
            self.claims.push(Claim { owner, name, how, time: self.now, evidence });
        }
    }

    fn see(&mut self, node: u32) -> &mut Seen {
        if self.seen.len() <= node as usize {
            self.seen.resize(self.nodes.len().max(node as usize + 1), Seen::default());
        }
        &mut self.seen[node as usize]
    }

    /// Notes a person under id, address or both; the name they go by.
    fn sight(&mut self, id: u32, address: u32, is_upn: bool) -> u32 {
        if address != NONE {
            let now = self.now;
            let seen = self.see(address);
            seen.stated = seen.stated.max(now);
            seen.person = true;
            seen.alone |= id == NONE;
            seen.upn |= is_upn;
        }
        if id == NONE {
            return address;
        }
        self.see(id).person = true;
        id
    }

    fn name(&mut self, node: u32, store: &Store, rank: u8, time: i64, code: u32) {
        if node == NONE || code == 0 {
            return;
        }
        let known = self.see(node).name;
        let newer = match (rank, time).cmp(&(known.0, known.1)) {
            std::cmp::Ordering::Equal if known.2 != code => {
                let names = store.dictionary(Domain::Name);
                names.get(code) > names.get(known.2)
            }
            order => order == std::cmp::Ordering::Greater,
        };
        // Some logs put the user principal name where the name should be.
        if newer && text::external_at(&store.dictionary(Domain::Name).get(code)).is_none() {
            self.see(node).name = (rank, time, code);
        }
    }

    /// Reads all events.
    #[allow(clippy::too_many_lines)]
    pub(super) fn events(&mut self, store: &Store) {
        let word = |domain, code, text: &str| store.dictionary(domain).get(code).eq_ignore_ascii_case(text);
        let mut applications = Vec::new();
        let mut user_types = Vec::new();
        let mut target_types = Vec::new();
        let mut properties = Vec::new();
        let mut keys = Vec::new();
        let mut activities = Vec::new();
        let mut last_upn: Vec<u32> = Vec::new();
        self.actors = vec![NONE; store.len()];
        self.targets = vec![NONE; store.target_column(TargetColumn::Id).len()];
        let user_type = |kept: &mut Vec<u32>, domain, code| {
            memo(kept, code, || {
                let text = store.dictionary(domain).get(code);
                match text::plain_value(&text) {
                    text if text.eq_ignore_ascii_case("guest") => 1,
                    text if text.eq_ignore_ascii_case("member") => 2,
                    _ => 0,
                }
            })
        };
        let mut values = Vec::new();
        let mut details = Vec::new();
        for event in 0..store.len() {
            let evidence = Evidence::Event(event as u32);
            let time = store.time[event];
            self.now = time;
            let activity = store.column(Column::Activity).get(event);
            let activity = memo(&mut activities, activity, || {
                if store.is_activity(activity, &INVITATIONS) {
                    1
                } else {
                    2 * u32::from(store.is_activity(activity, &REDEMPTIONS))
                }
            });
            let is_success = activity != 1 || word(Domain::Result, store.column(Column::Result).get(event), "success");

            let kind = store.column(Column::ActorType).get(event);
            if memo(&mut applications, kind, || u32::from(word(Domain::ActorType, kind, "Application"))) == 0 {
                let id = self.of_id(store, store.column(Column::ActorId).get(event));
                let upn_code = store.column(Column::ActorUpn).get(event);
                let upn = self.of_upn(store, upn_code, evidence);
                let actor = self.sight(id, upn, true);
                if id != NONE && upn != NONE {
                    if last_upn.len() <= id as usize {
                        last_upn.resize(self.nodes.len(), NONE);
                    }
                    if last_upn[id as usize] != upn {
                        last_upn[id as usize] = upn;
                        self.pair(id, upn, evidence);
                    }
                }
                if actor != NONE {
                    self.actors[event] = actor;
                    self.moment(actor, time);
                    self.name(actor, store, 2, time, store.column(Column::ActorName).get(event));
                    let code = store.column(Column::ActorUserType).get(event);
                    let kind = user_type(&mut user_types, Domain::UserType, code);
                    self.user_type(actor, kind, time);
                }
            }

            let mut about = NONE;
            for target in store.targets_of(event) {
                let kind = store.target_column(TargetColumn::Type).get(target);
                let kind = memo(&mut target_types, kind, || {
                    let text = store.dictionary(Domain::TargetType).get(kind);
                    match &*text.to_ascii_lowercase() {
                        "user" | "guest" | "member" => 1,
                        "" | "other" | "unknown" => 2,
                        _ => 0,
                    }
                });
                if kind != 0 {
                    let id = self.of_id(store, store.target_column(TargetColumn::Id).get(target));
                    let name = store.target_column(TargetColumn::Name).get(target);
                    let sentence = self.of_name(store, name, evidence);
                    let upn = self.of_upn(store, store.target_column(TargetColumn::Upn).get(target), evidence);
                    self.pair(id, sentence, evidence);
                    self.pair(id, upn, evidence);
                    let upn = if upn == NONE { sentence } else { upn };
                    // Without a type and an address it may be anything.
                    let node = if kind == 1 || upn != NONE { self.sight(id, upn, true) } else { id };
                    if node != NONE {
                        self.targets[target] = node;
                        if kind == 1 || upn != NONE {
                            about = if about == NONE { node } else { about };
                            self.moment(node, time);
                        }
                        if sentence == NONE {
                            self.name(node, store, 2, time, name);
                        }
                    }
                }
                let mut subject = (NONE, NONE);
                for change in store.changes_of(target) {
                    let property = store.change_name.get(change);
                    let property = memo(&mut properties, property, || {
                        let text = store.dictionary(Domain::PropertyName).get(property);
                        match &*text {
                            "User.UPN" => 1,
                            "User.ObjectID" => 2,
                            "UserType" => 3,
                            _ => 0,
                        }
                    });
                    if property == 0 {
                        continue;
                    }
                    let (old, new) = (store.change_old.get(change), store.change_new.get(change));
                    if property == 3 {
                        let node = self.targets[target];
                        let old = user_type(&mut values, Domain::PropertyValue, old);
                        let new = user_type(&mut values, Domain::PropertyValue, new);
                        if node != NONE && new != 0 && is_success {
                            self.turns.push((node, Turn::changed(time, old, new, event as u32)));
                        }
                        continue;
                    }
                    let texts = store.dictionary(Domain::PropertyValue);
                    let (new_text, old_text) = (texts.get(new), texts.get(old));
                    let text = match text::plain_value(&new_text) {
                        "" => text::plain_value(&old_text),
                        text => text,
                    };
                    if property == 1 {
                        subject.1 = self.read_address(text, evidence);
                    } else {
                        subject.0 = self.nodes.id(text);
                    }
                }
                // A change of a user's own name says nothing about another user.
                if self.targets[target] == NONE && subject != (NONE, NONE) {
                    self.pair(subject.0, subject.1, evidence);
                    let node = self.sight(subject.0, subject.1, true);
                    self.moment(node, time);
                    self.subjects.push((target as u32, node));
                }
            }

            let (mut mail, mut invitation) = (0, 0);
            for pair in store.details.of(event) {
                let key = store.details.key.get(pair);
                let key = memo(&mut keys, key, || {
                    let text = store.dictionary(Domain::DetailKey).get(key);
                    match &*text.to_ascii_lowercase() {
                        "inviteduseremailaddress" => 1,
                        "invitationid" => 2,
                        "usertype" => 3,
                        _ => 0,
                    }
                });
                let value = store.details.value.get(pair);
                match key {
                    1 => mail = value,
                    2 => invitation = value,
                    3 if about != NONE => {
                        let kind = user_type(&mut details, Domain::DetailValue, value);
                        self.user_type(about, kind, time);
                    }
                    _ => {}
                }
            }
            if activity == 1 && about != NONE {
                if is_success {
                    let seen = self.see(about);
                    seen.invited = seen.invited.min(time);
                }
                let texts = store.dictionary(Domain::DetailValue);
                let mail = self.nodes.address(&texts.get(mail));
                let invitation = self.nodes.invitation(&texts.get(invitation));
                self.claim(about, mail, How::Invited, evidence);
                self.claim(about, invitation, How::Invitation, evidence);
            } else if activity == 2 && about != NONE && self.actors[event] != NONE {
                self.claim(about, self.actors[event], How::Redeemed, evidence);
            }
        }
    }

    fn moment(&mut self, node: u32, time: i64) {
        if time != NO_TIME {
            let seen = self.see(node);
            (seen.first, seen.last) = (seen.first.min(time), seen.last.max(time));
        }
    }

    fn user_type(&mut self, node: u32, kind: u32, time: i64) {
        let seen = self.see(node);
        let span = match kind {
            1 => &mut seen.guest,
            2 => &mut seen.member,
            _ => return,
        };
        *span = (span.0.min(time), span.1.max(time));
    }

    /// Reads all exports of people and of what people have.
    pub(super) fn entities(&mut self, store: &Store) {
        self.people(store);
        self.now = NO_TIME;
        for (kind, [id, upn, mail], name, subject_type) in SUBJECTS {
            let table = store.entities(kind);
            for row in table.rows() {
                if is_thing(&table.text(row, subject_type)) {
                    continue;
                }
                let evidence = Evidence::Row(kind, row as u32);
                let id = self.of_id(store, table.code(row, id));
                let upn = self.of_upn(store, table.code(row, upn), evidence);
                let mail = self.of_upn(store, table.code(row, mail), evidence);
                let node = self.person(id, upn, mail, evidence);
                self.name(node, store, 1, NO_TIME, table.code(row, name));
            }
        }
    }

    fn person(&mut self, id: u32, upn: u32, mail: u32, evidence: Evidence) -> u32 {
        self.pair(id, upn, evidence);
        let node = if id == NONE && upn == NONE { self.sight(NONE, mail, false) } else { self.sight(id, upn, true) };
        self.claim(node, mail, How::Mail, evidence);
        node
    }

    fn people(&mut self, store: &Store) {
        let table = store.entities(EntityKind::Person);
        self.rows = vec![NONE; table.len()];
        for row in table.rows() {
            let origin = table.origin(row);
            if origin == Origin::Template || is_thing(&table.text(row, A::SubjectType)) {
                continue;
            }
            let evidence = Evidence::Row(EntityKind::Person, row as u32);
            let source = store.sources.get(table.source.get(row) as usize);
            let time = source.and_then(|source| source.snapshot).unwrap_or(NO_TIME);
            self.now = time;
            let id = self.of_id(store, table.code(row, A::Id));
            let upn = self.of_upn(store, table.code(row, A::Upn), evidence);
            let mail = self.of_upn(store, table.code(row, A::Mail), evidence);
            let node = self.person(id, upn, mail, evidence);
            if node == NONE {
                continue;
            }
            self.rows[row] = node;
            self.name(node, store, if origin == Origin::Own { 3 } else { 1 }, time, table.code(row, A::Name));
            let subject = self.of_id(store, table.code(row, A::SubjectId));
            if subject != NONE {
                self.subject_ids.insert(subject);
                self.claim(node, subject, How::Subject, evidence);
            }
            let kind = match &*table.text(row, A::UserType) {
                "Guest" => 1,
                "Member" => 2,
                // Microsoft's inactive guest report lists guests only.
                _ if source.is_some_and(|source| source.format == "inactive-guests-csv") => 1,
                _ => 0,
            };
            if kind != 0 {
                self.turns.push((node, Turn::stated(time, kind, row as u32)));
            }
            for list in [List::OtherMail, List::Identity] {
                for item in table.list(row, list) {
                    let other = self.of_upn(store, table.items.code(item, ItemColumn::Address), evidence);
                    self.claim(node, other, How::OtherMail, evidence);
                }
            }
        }
    }

    /// Ends: everything has its place, and home addresses claim what they seem to be.
    pub(super) fn finish(&mut self) {
        self.now = NO_TIME;
        for node in 0..self.nodes.len() as u32 {
            if !self.nodes.is_external(node) {
                continue;
            }
            let upn = self.nodes.text(node);
            let Some((home, is_only)) = text::home_address(&upn) else { continue };
            let home = self.nodes.find_folded(&home);
            // A name that lost its tenant belongs to the one that has it.
            let end = text::external_at(&upn).map(|at| at + 5).filter(|at| *at < upn.len());
            let short = end.and_then(|end| self.nodes.find_folded(&upn[..end]));
            let how = if is_only { How::Home } else { How::HomePerhaps };
            self.claim(node, home.unwrap_or(NONE), how, Evidence::Name);
            self.claim(node, short.unwrap_or(NONE), How::Tenantless, Evidence::Name);
        }
        self.pairs.arrange_by_key(|pair| (pair.id, pair.address));
        self.pairs.dedup_by_key(|pair| (pair.id, pair.address));
        self.claims.arrange_by_key(|claim| (claim.owner, claim.name, claim.how, std::cmp::Reverse(claim.time)));
        self.claims.dedup_by_key(|claim| (claim.owner, claim.name, claim.how));
        self.seen.resize(self.nodes.len(), Seen::default());
        self.spelled.resize(self.nodes.len(), 0);
    }

    /// The node of a code, without noting anything.
    pub(super) fn known_id(&self, code: u32) -> Option<u32> {
        self.by_id.get(code as usize).copied().filter(|node| *node < UNASKED)
    }

    /// The node of a code of [`Domain::Upn`], without noting anything.
    pub(super) fn known_upn(&self, code: u32) -> Option<u32> {
        self.by_upn.get(code as usize).copied().filter(|node| *node < UNASKED)
    }
}

/// Whether a subject's type says that it is no person.
fn is_thing(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    ["group", "serviceprincipal", "application", "connectedorganization", "team"]
        .iter()
        .any(|thing| kind.contains(thing))
}

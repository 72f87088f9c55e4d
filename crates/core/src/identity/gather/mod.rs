//! What is gathered from events and exports: which names stand in one record, and what is said of their owner.

mod events;
mod exports;

use super::{
    join::{Evidence, How},
    nodes::{NONE, Nodes},
    standing::Turn,
    text,
};
use crate::arrange::Arrange as _;
use crate::{
    lists::grouped,
    model::Domain,
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
    plain_names: Vec<u32>,
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

/// What was said of very many names, sorted by name, then by an order within the few that each has; equal ones as
/// they stand.
fn by_name<T: Copy>(names: usize, own: &[u32], said: &[T], order: impl Fn(&T) -> (u32, u8, i64)) -> Vec<T> {
    let (start, places) = grouped(own, names);
    let mut sorted: Vec<T> = places.into_iter().map(|at| said[at as usize]).collect();
    for ends in start.windows(2) {
        let few = &mut sorted[ends[0] as usize..ends[1] as usize];
        if !few.is_sorted_by_key(&order) {
            few.arrange_by_key(&order);
        }
    }
    sorted
}

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

    /// Whether a display name is one: some logs put the user principal name there.
    fn is_plain_name(&mut self, store: &Store, code: u32) -> bool {
        memo(&mut self.plain_names, code, || {
            text::external_at(&store.dictionary(Domain::Name).get(code)).is_none().into()
        }) != 0
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
        if newer && self.is_plain_name(store, code) {
            self.see(node).name = (rank, time, code);
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
        let ids: Vec<u32> = self.pairs.iter().map(|pair| pair.id).collect();
        self.pairs = by_name(self.nodes.len(), &ids, &self.pairs, |pair| (pair.address, 0, 0));
        self.pairs.dedup_by_key(|pair| (pair.id, pair.address));
        // Of equal ones the newest is first.
        let owners: Vec<u32> = self.claims.iter().map(|claim| claim.owner).collect();
        let order = |claim: &Claim| (claim.name, claim.how as u8, !claim.time);
        self.claims = by_name(self.nodes.len(), &owners, &self.claims, order);
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

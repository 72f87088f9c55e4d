//! From joined names to people: the best known of each kind of name.

use super::{
    Person, Standing, Turn,
    gather::{self, Gathered, Seen},
    join::How,
    nodes::{NONE, Sets, Sort},
    span, text,
};
use crate::arrange::Arrange as _;
use crate::{model::Domain, store::Store};

/// People and their names.
pub(super) struct Built {
    pub(super) people: Vec<Person>,
    pub(super) owner: Vec<u32>,
    pub(super) start: Vec<u32>,
    pub(super) members: Vec<u32>,
}

/// Makes a person of every set of names of which one stood where a person stands.
pub(super) fn build(gathered: &Gathered, mut sets: Sets, store: &Store) -> Built {
    let count = gathered.nodes.len();
    let roots: Vec<u32> = (0..count as u32).map(|node| sets.root(node)).collect();
    let mut is_person = vec![false; count];
    let mut size = vec![0_u32; count];
    for root in &roots {
        size[*root as usize] += 1;
    }
    for (node, root) in roots.iter().enumerate() {
        let seen = gathered.seen[node];
        // An address that stays apart from the ids beside it is nobody by itself.
        is_person[*root as usize] |= seen.person && (size[*root as usize] > 1 || seen.alone || is_id(gathered, node));
    }
    let mut number = vec![NONE; count];
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for (node, &root) in roots.iter().enumerate().filter(|(_, root)| is_person[**root as usize]) {
        let at = &mut number[root as usize];
        if *at == NONE {
            *at = groups.len() as u32;
            groups.push(Vec::with_capacity(size[root as usize] as usize));
        }
        groups[*at as usize].push(node as u32);
    }
    let claims = claims(gathered, &roots, &number, groups.len());
    let mut turns: Vec<Vec<Turn>> = vec![Vec::new(); groups.len()];
    for (node, turn) in &gathered.turns {
        if let Some(turns) = turns.get_mut(number[roots[*node as usize] as usize] as usize) {
            turns.push(*turn);
        }
    }
    let mut people: Vec<(Person, Vec<u32>)> = Vec::with_capacity(groups.len());
    for ((members, mail), turns) in groups.into_iter().zip(claims).zip(turns) {
        people.push((person(gathered, store, &members, mail, turns), members));
    }
    people.arrange_by_text(|(person, _)| &person.key);
    let mut built = Built {
        people: Vec::with_capacity(people.len()),
        owner: vec![NONE; count],
        start: vec![0],
        members: Vec::with_capacity(count),
    };
    for (id, (person, members)) in people.into_iter().enumerate() {
        for node in &members {
            built.owner[*node as usize] = id as u32;
        }
        built.members.extend(members);
        built.start.push(built.members.len() as u32);
        built.people.push(person);
    }
    built
}

fn is_id(gathered: &Gathered, node: usize) -> bool {
    gathered.nodes.sort(node as u32) == Sort::Id
}

/// How well an address is said to be a person's, when, and its node.
type Claim = (u8, i64, u32);

/// Of each person the address that is best said to be theirs.
fn claims(gathered: &Gathered, roots: &[u32], number: &[u32], people: usize) -> Vec<Option<Claim>> {
    let mut best: Vec<Option<Claim>> = vec![None; people];
    for &gather::Claim { owner: a, name: b, how, time, .. } in &gathered.claims {
        let rank = match how {
            How::Mail => 3,
            How::Sentence | How::Redeemed => 2,
            How::Invited => 1,
            _ => continue,
        };
        let Some(best) = best.get_mut(number[roots[a as usize] as usize] as usize) else { continue };
        if gathered.nodes.sort(b) != Sort::Address || gathered.nodes.is_external(b) {
            continue;
        }
        let is_better = best.is_none_or(|(known, when, node)| match (rank, time).cmp(&(known, when)) {
            std::cmp::Ordering::Equal => gathered.nodes.text(b) < gathered.nodes.text(node),
            order => order == std::cmp::Ordering::Greater,
        });
        if is_better {
            *best = Some((rank, time, b));
        }
    }
    best
}

fn person(gathered: &Gathered, store: &Store, members: &[u32], mail: Option<Claim>, turns: Vec<Turn>) -> Person {
    let nodes = &gathered.nodes;
    let mut all = Seen::default();
    let mut id: Option<(i64, u32)> = None;
    let mut upn: Option<(bool, i64, u32)> = None;
    let names = store.dictionary(Domain::Name);
    for &node in members {
        let seen = gathered.seen[node as usize];
        (all.first, all.last) = (all.first.min(seen.first), all.last.max(seen.last));
        all.guest = (all.guest.0.min(seen.guest.0), all.guest.1.max(seen.guest.1));
        all.member = (all.member.0.min(seen.member.0), all.member.1.max(seen.member.1));
        all.invited = all.invited.min(seen.invited);
        let (name, known) = (seen.name, all.name);
        let order = (name.0, name.1).cmp(&(known.0, known.1));
        if order.is_gt() || order.is_eq() && name.2 != known.2 && names.get(name.2) > names.get(known.2) {
            all.name = name;
        }
        let newest = seen.last.max(seen.stated);
        match nodes.sort(node) {
            Sort::Id if !gathered.subject_ids.contains(&node) => {
                let is_better = id.is_none_or(|(when, known)| (newest, nodes.text(known)) > (when, nodes.text(node)));
                if is_better {
                    id = Some((newest, node));
                }
            }
            Sort::Address if seen.upn || nodes.is_external(node) => {
                let text = nodes.text(node);
                let is_external = nodes.has_tenant(node);
                let is_better =
                    upn.is_none_or(|(external, when, known)| match (is_external, newest).cmp(&(external, when)) {
                        std::cmp::Ordering::Equal => text < nodes.text(known),
                        order => order.is_gt(),
                    });
                if is_better {
                    upn = Some((is_external, newest, node));
                }
            }
            _ => {}
        }
    }
    let spelled = |node: u32| match gathered.spelled[node as usize] {
        0 => nodes.text(node).replace("#ext#", "#EXT#"),
        code => store.dictionary(Domain::Upn).get(code).trim().to_owned(),
    };
    let id = id.map(|(_, node)| nodes.text(node).into_owned()).unwrap_or_default();
    let upn_key = upn.map(|(_, _, node)| nodes.text(node).into_owned()).unwrap_or_default();
    let upn = upn.map(|(_, _, node)| spelled(node)).unwrap_or_default();
    let address = || {
        let mut all: Vec<u32> = members.iter().copied().filter(|node| nodes.sort(*node) == Sort::Address).collect();
        all.arrange_by_key(|node| nodes.text(*node));
        all.into_iter().find(|node| !nodes.is_external(*node))
    };
    let (mail, mail_is_stated) = match mail {
        Some((_, _, node)) => (spelled(node), true),
        None => match text::home_address(&upn_key) {
            Some((home, _)) => (home, false),
            None if upn.is_empty() => (address().map(spelled).unwrap_or_default(), true),
            None => (String::new(), false),
        },
    };
    let key =
        [&id, &upn_key].into_iter().find(|text| !text.is_empty()).map_or_else(|| text::folded(&mail), Clone::clone);
    // Home is where a guest's own name says; the address may be with another provider.
    let domain = [&upn_key, &mail].into_iter().map(|text| text::domain(text)).find(|domain| !domain.is_empty());
    Person {
        key,
        id,
        upn,
        mail,
        mail_is_stated,
        name: names.get(all.name.2).into_owned(),
        domain: domain.unwrap_or_default(),
        standing: Standing::new(all.guest, all.member, all.invited, turns),
        seen: span(all.first, all.last),
    }
}

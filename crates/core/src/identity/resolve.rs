//! Which names are one person's. Nothing here depends on the order of names.

use super::{
    gather::{Claim, Gathered, Pair},
    join::{Evidence, How},
    nodes::{NONE, Sets, Sort},
};
use crate::arrange::Arrange as _;
use hashbrown::HashSet;

/// A join that is not made.
#[derive(Clone, Copy)]
pub(super) struct Perhaps {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) how: How,
    pub(super) evidence: Evidence,
}

/// Joins names; the sets, and the joins that are not made.
pub(super) fn resolve(gathered: &Gathered) -> (Sets, Vec<Perhaps>) {
    let mut sets = Sets::new(gathered.nodes.len());
    let mut perhaps = Vec::new();
    let ambiguous = join_pairs(gathered, &mut sets, &mut perhaps);
    let mut has_id = vec![false; gathered.nodes.len()];
    for node in 0..gathered.nodes.len() as u32 {
        if gathered.nodes.sort(node) == Sort::Id && !gathered.subject_ids.contains(&node) {
            has_id[sets.root(node) as usize] = true;
        }
    }

    // Who claims each set of names: the set, the claimant, and whether it is an invitation.
    let mut claimed: Vec<(u32, u32, bool, Perhaps)> = Vec::new();
    for &Claim { owner: a, name: b, how, evidence, .. } in &gathered.claims {
        let (owner, name) = (sets.root(a), sets.root(b));
        let claim = Perhaps { a, b, how, evidence };
        if owner == name {
        } else if how.is_weak() || (ambiguous.contains(&b) && gathered.seen[b as usize].alone) {
            perhaps.push(claim);
        } else {
            claimed.push((name, owner, gathered.nodes.sort(b) == Sort::Invitation, claim));
        }
    }
    claimed.arrange_by_number(|(name, owner, ..)| i64::from(*name) << 32 | i64::from(*owner));

    let mut edges: Vec<(u32, u32, Perhaps)> = Vec::new();
    for claims in claimed.chunk_by(|one, other| one.0 == other.0) {
        let (name, first, is_invitation, _) = claims[0];
        let is_one = if is_invitation {
            // The same invitation makes one person of all, unless two accounts have it.
            let owners = claims.chunk_by(|one, other| one.1 == other.1);
            owners.filter(|owner| has_id[owner[0].1 as usize]).count() <= 1
        } else {
            claims[claims.len() - 1].1 == first && !(has_id[name as usize] && has_id[first as usize])
        };
        for (name, owner, _, claim) in claims {
            if is_one {
                edges.push((*owner, *name, *claim));
            } else {
                perhaps.push(*claim);
            }
        }
    }

    // Edges that would together make one person of two accounts are none of them certain.
    let mut groups = Sets::new(gathered.nodes.len());
    for (a, b, _) in &edges {
        groups.join(*a, *b);
    }
    let mut ends: Vec<u32> = edges.iter().flat_map(|(a, b, _)| [*a, *b]).filter(|end| has_id[*end as usize]).collect();
    ends.arrange();
    ends.dedup();
    let mut accounts = vec![0_u32; gathered.nodes.len()];
    for end in ends {
        accounts[groups.root(end) as usize] += 1;
    }
    for (a, b, claim) in edges {
        if accounts[groups.root(a) as usize] > 1 {
            perhaps.push(claim);
        } else {
            sets.join(a, b);
        }
    }
    perhaps.retain(|one| sets.root(one.a) != sets.root(one.b));
    (sets, perhaps)
}

/// Joins object ids and the addresses beside them. A guest's user principal name is made of the address
/// that was invited, so accounts that have it one after the other are the same person's; any other name
/// may be given to another person later, and is then nobody's for certain.
fn join_pairs(gathered: &Gathered, sets: &mut Sets, perhaps: &mut Vec<Perhaps>) -> HashSet<u32> {
    let mut owner = vec![NONE; gathered.nodes.len()];
    let mut reused = HashSet::new();
    for &Pair { id, address, .. } in &gathered.pairs {
        let known = &mut owner[address as usize];
        if *known == NONE {
            *known = id;
        } else if *known != id {
            reused.insert(address);
        }
    }
    let ambiguous: HashSet<u32> = reused.into_iter().filter(|address| !gathered.nodes.has_tenant(*address)).collect();
    for &Pair { id: a, address: b, evidence } in &gathered.pairs {
        if ambiguous.contains(&b) {
            perhaps.push(Perhaps { a, b, how: How::ReusedName, evidence });
        } else {
            sets.join(a, b);
        }
    }
    ambiguous
}

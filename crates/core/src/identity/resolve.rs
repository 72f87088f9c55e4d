//! Which names are one person's. Nothing here depends on the order of names.

use super::{
    gather::Gathered,
    join::{Evidence, How},
    nodes::{NONE, Sets, Sort},
    text,
};
use hashbrown::{HashMap, HashSet};

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
    let has_id: HashSet<u32> = {
        let ids = (0..gathered.nodes.len() as u32)
            .filter(|node| gathered.nodes.sort(*node) == Sort::Id && !gathered.subject_ids.contains(node));
        ids.map(|node| sets.root(node)).collect()
    };

    // Who claims each set of names that has no owner yet.
    let mut claimants: HashMap<u32, Vec<(u32, Perhaps)>> = HashMap::new();
    let mut invitations: HashMap<u32, Vec<(u32, Perhaps)>> = HashMap::new();
    for (&(a, b, how), &(_, evidence)) in &gathered.claims {
        let (owner, name) = (sets.root(a), sets.root(b));
        let claim = Perhaps { a, b, how, evidence };
        if owner == name {
        } else if how.is_weak() || (ambiguous.contains(&b) && gathered.seen[b as usize].alone) {
            perhaps.push(claim);
        } else if gathered.nodes.sort(b) == Sort::Invitation {
            invitations.entry(name).or_default().push((owner, claim));
        } else {
            claimants.entry(name).or_default().push((owner, claim));
        }
    }

    let mut edges: Vec<(u32, u32, Perhaps)> = Vec::new();
    for (name, claims) in claimants {
        let first = claims[0].0;
        let is_one =
            claims.iter().all(|(owner, _)| *owner == first) && !(has_id.contains(&name) && has_id.contains(&first));
        for (owner, claim) in claims {
            if is_one {
                edges.push((owner, name, claim));
            } else {
                perhaps.push(claim);
            }
        }
    }
    for (name, claims) in invitations {
        let owners: HashSet<u32> = claims.iter().map(|(owner, _)| *owner).collect();
        let is_one = owners.iter().filter(|owner| has_id.contains(*owner)).count() <= 1;
        for (owner, claim) in claims {
            if is_one {
                edges.push((owner, name, claim));
            } else {
                perhaps.push(claim);
            }
        }
    }

    // Edges that would together make one person of two accounts are none of them certain.
    let mut groups = Sets::new(gathered.nodes.len());
    for (a, b, _) in &edges {
        groups.join(*a, *b);
    }
    let mut accounts: HashMap<u32, u32> = HashMap::new();
    let ends: HashSet<u32> = edges.iter().flat_map(|(a, b, _)| [*a, *b]).filter(|end| has_id.contains(end)).collect();
    for end in ends {
        *accounts.entry(groups.root(end)).or_default() += 1;
    }
    for (a, b, claim) in edges {
        if accounts.get(&groups.root(a)).is_some_and(|count| *count > 1) {
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
    for &(id, address) in gathered.pairs.keys() {
        let known = &mut owner[address as usize];
        if *known == NONE {
            *known = id;
        } else if *known != id {
            reused.insert(address);
        }
    }
    let is_guests_own = |address: u32| {
        let upn = gathered.nodes.text(address);
        text::external_at(&upn).is_some_and(|at| upn.len() > at + 5)
    };
    let ambiguous: HashSet<u32> = reused.into_iter().filter(|address| !is_guests_own(*address)).collect();
    for (&(a, b), &evidence) in &gathered.pairs {
        if ambiguous.contains(&b) {
            perhaps.push(Perhaps { a, b, how: How::ReusedName, evidence });
        } else {
            sets.join(a, b);
        }
    }
    ambiguous
}

//! What one person may request, where policies are loaded.

use super::Of;
use crate::{
    entitlement::policies::{Offer, Verdict, offers},
    model::EntityKind,
    report::{Block, Need, TableLine, TableOf, Tone, Value, guide},
};

/// The packages that somebody may request.
pub(super) fn can_request(of: &Of, subject: u32) -> Vec<Block> {
    let Some(person) = of.access.subjects[subject as usize].person else { return Vec::new() };
    if of.store.entities(EntityKind::Policy).is_empty() {
        return vec![Block::Note(guide(Need::Policies))];
    }
    let offers = offers(&of.scope.derived, person);
    let possible: Vec<Offer> = offers.into_iter().filter(|offer| offer.verdict != Verdict::No).collect();
    let table = TableOf::new("can-request", "Can request", "can-request", "No loaded policy allows it")
        .help("Under the loaded policies; policies that do not allow it are left out")
        .column("package", "Access package", "", |offer: &Offer| {
            let name = if offer.package.is_empty() { &offer.package_id } else { &offer.package };
            match name.as_str() {
                "" => Value::none("The export does not name the policy's package"),
                name => Value::Name(name.into()),
            }
        })
        .column("policy", "Policy", "", |offer| {
            Value::Name(if offer.policy.is_empty() { offer.policy_id.clone() } else { offer.policy.clone() })
        })
        .column("can", "Can request", "", |offer| match offer.verdict {
            Verdict::Yes => Value::state("Yes", Tone::Good),
            Verdict::Unknown => Value::state("Not known", Tone::Unknown),
            Verdict::No => Value::state("No", Tone::Plain),
        })
        .column("why", "Because", "", |offer| Value::Text(offer.why.clone()))
        .column("approval", "Approval", "", |offer| match offer.approval {
            Some(true) => Value::Said("Required".into()),
            Some(false) => Value::Said("Not required".into()),
            None => Value::none("The export does not say it"),
        })
        .build(&possible, of.scope.tables, |offer| TableLine {
            key: offer.policy_id.clone(),
            data: vec![("package".into(), offer.package.clone()), ("policy".into(), offer.policy.clone())],
            ..TableLine::default()
        });
    vec![Block::Table(table)]
}

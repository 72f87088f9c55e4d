//! What packages give, and which access to a group or role came with which package.

use super::{
    Access,
    gather::RawGift,
    span::{Kind, Sure, Why},
};
use crate::arrange::Arrange as _;
use crate::time::HOUR;
use hashbrown::HashMap;

/// A resource that a package gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gift {
    /// Index of the package.
    pub package: u32,
    /// Index of the thing.
    pub thing: u32,
    /// Known from an export of the package's resource roles, or inferred from what the log shows together.
    pub sure: Sure,
}

/// How far entitlement management's change of the directory may be from its own record.
const TOGETHER: i64 = HOUR;

/// Finds what packages give, by package; and sets through which package spans came.
///
/// Where no export tells, a group or role that entitlement management gave within an hour of a package's
/// delivery to the same person is inferred to have come with it, if only one package was delivered then.
pub(super) fn gifts(access: &mut Access, raw: &[RawGift], thing_of: &[u32]) -> Vec<Gift> {
    let mut gifts: HashMap<(u32, u32), Sure> = HashMap::new();
    for gift in raw {
        gifts.insert((thing_of[gift.package as usize], thing_of[gift.thing as usize]), Sure::Known);
    }
    let mut through: Vec<(u32, u32, Sure)> = Vec::new();
    for subject in 0..access.subjects.len() as u32 {
        let spans: Vec<_> = access.spans_of(subject).collect();
        let packages: Vec<_> = spans
            .iter()
            .filter(|(_, span)| access.things[span.thing as usize].kind == Kind::Package)
            .filter_map(|(at, span)| Some((*at, *span, span.from.filter(|_| matches!(span.from_why, Why::Event(_)))?)))
            .collect();
        if packages.is_empty() {
            continue;
        }
        for (at, span) in &spans {
            let given = span.managed && access.things[span.thing as usize].kind != Kind::Package;
            let Some(from) = span.from.filter(|_| given && matches!(span.from_why, Why::Event(_))) else { continue };
            let near = || packages.iter().filter(|(_, _, begun)| (begun - from).abs() <= TOGETHER);
            let told = near().find(|(_, package, _)| gifts.get(&(package.thing, span.thing)) == Some(&Sure::Known));
            let mut all = near();
            let found = match (told, all.next(), all.next()) {
                (Some((package, ..)), ..) => Some((*package, Sure::Known)),
                (None, Some((package, ..)), None) => Some((*package, Sure::Inferred)),
                _ => None,
            };
            through.extend(found.map(|(package, sure)| (*at, package, sure)));
        }
    }
    for (at, package, sure) in through {
        access.spans[at as usize].through = Some((package, sure));
        let pair = (access.spans[package as usize].thing, access.spans[at as usize].thing);
        gifts.entry(pair).or_insert(Sure::Inferred);
    }
    let mut gifts: Vec<Gift> =
        gifts.into_iter().map(|((package, thing), sure)| Gift { package, thing, sure }).collect();
    gifts.arrange();
    gifts
}

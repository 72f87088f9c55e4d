//! Figures, charts and rankings over the matching events.

use super::{
    Scope, View,
    blocks::{Block, Door, Report, Stat},
    charts, person,
};
use crate::arrange::Arrange as _;
use crate::{
    identity::{Identity, NeverMade, PersonId, text::is_guest_label},
    model::{Column, Domain, Field, TargetColumn},
    protocol::Clause,
    query::{self, fold},
    store::NO_TIME,
    time,
    vocabulary::other_names,
};
use std::collections::{HashMap, HashSet};

/// Bars of a ranking.
const BARS: usize = 10;
/// Names of the activity that invites a guest.
const INVITE: [&str; 1] = ["Invite external user"];
/// The activity that redeems an invitation.
const REDEEM: [&str; 1] = ["Redeem external user invite"];

/// Who is who, and who of them was never made.
#[derive(Clone, Copy)]
pub struct Who<'a> {
    /// Who is who.
    pub identity: &'a Identity,
    /// Who was invited in vain.
    pub never: &'a NeverMade,
}

/// The first view.
///
/// Without knowing who is who, as while files are being read, one person under two names counts twice.
pub fn overview(scope: Scope, who: Option<Who>) -> Report {
    let top = |id: &str, title: &str, field| Block::BarList(charts::bar_list(scope, id, title, field, BARS));
    Report::Overview {
        blocks: vec![
            Block::Stats { stats: stats(scope, who) },
            Block::TimeSeries(charts::time_series(scope, Some(Field::Result))),
            top("top-activities", "Activities", Field::Activity),
            top("top-actors", "Initiated by (actor)", Field::Actor),
            top("top-targets", "Targets", Field::Target),
            top("top-ip-addresses", "IP addresses", Field::IpAddress),
            top("top-services", "Services", Field::Service),
            top("top-results", "Status", Field::Result),
            charts::by_hour(scope),
        ],
    }
}

fn stats(scope: Scope, who: Option<Who>) -> Vec<Stat> {
    let (actors, targets, guests) = match who {
        Some(who) => taking_part(scope, who),
        None => (distinct(scope, Field::Actor), distinct(scope, Field::Target), guests_by_name(scope)),
    };
    vec![
        events(scope),
        span(scope),
        stat(
            "guests-seen",
            "Guests seen",
            guests,
            "Different guests among actors and targets: by user type, by #EXT# in a user principal name where no file \
             states the user type, or by what the log says of the account. Whoever was invited in vain is none. Guests \
             that no matching event names are not counted; the view Guests, where this leads, lists them, too.",
            Door { view: Some(View::Guests), ..Door::default() },
        ),
        invitations(scope, "invitations-sent", "Invitations sent", &INVITE),
        invitations(scope, "invitations-redeemed", "Invitations redeemed", &REDEEM),
        failures(scope),
        stat(
            "actors",
            "Actors",
            actors,
            "Different users and applications that initiated a matching event. A person counts once under all names; \
             anything else once for each id, or name where there is no id.",
            grouped(Field::Actor),
        ),
        stat(
            "targets",
            "Targets",
            targets,
            "Different users, groups, applications and other objects that a matching event acted on. A person counts \
             once under all names; anything else once for each id, or name where there is no id.",
            grouped(Field::Target),
        ),
        stat(
            "sources",
            "Files with events",
            distinct(scope, Field::Source),
            "Files that a matching event was read from. Sources lists these and all others.",
            Door { view: Some(View::Sources), ..Door::default() },
        ),
    ]
}

/// Leads to the list of what was counted.
fn grouped(by: Field) -> Door {
    Door { view: Some(View::Groups), params: [("by".to_owned(), by.id().clone())].into(), ..Door::default() }
}

fn stat(id: &str, label: &str, value: u64, help: &str, door: Door) -> Stat {
    let (id, label, help) = (id.into(), label.into(), help.into());
    Stat { id, label, value: Some(value), text: String::new(), help, door: Some(door) }
}

fn events(scope: Scope) -> Stat {
    let help = "Events that match all conditions. What is known of records that several files hold stands with \
                the files.";
    stat("events", "Events", scope.tally.selection.matching().len() as u64, help, Door::default())
}

fn span(scope: Scope) -> Stat {
    let times = scope.tally.selection.matching().iter().map(|event| scope.tally.store.time[event]);
    let (first, last) = times
        .filter(|ticks| *ticks != NO_TIME)
        .fold((i64::MAX, NO_TIME), |(first, last), ticks| (first.min(ticks), last.max(ticks)));
    let matching = (last != NO_TIME).then_some((first, last));
    let zone = if scope.tally.zone.name.is_empty() { "UTC" } else { &scope.tally.zone.name };
    let text = matching.map_or(String::from("-"), |(first, last)| {
        let (first, last) = (time::plain_day(first, scope.tally.zone), time::plain_day(last, scope.tally.zone));
        if first == last { format!("{first} ({zone})") } else { format!("{first} to {last} ({zone})") }
    });
    Stat {
        id: "period".into(),
        label: "Period".into(),
        value: None,
        text,
        help: "From the earliest to the latest matching event. It says nothing about days inside it that no file \
               covers."
            .into(),
        door: matching.map(|(first, last)| Door { window: Some((first, last + 1)), ..Door::default() }),
    }
}

fn distinct(scope: Scope, field: Field) -> u64 {
    let values = scope.tally.values(field);
    let counts = scope.tally.counts(field, &values, 0);
    query::distinct(&values, &counts)
}

/// Different actors and targets, people by who they are, else ids, else names; and the guests among them.
fn taking_part(scope: Scope, who: Who) -> (u64, u64, u64) {
    let (store, Who { identity, never }) = (scope.tally.store, who);
    let key = |person: Option<PersonId>, ids: [u32; 2], name: u32| match (person, ids) {
        (Some(person), _) => Some((0, person)),
        (None, [0, 0]) => Some((2, name)).filter(|_| name != 0),
        (None, [id, 0] | [_, id]) => Some((1, id)),
    };
    let actor = [Column::ActorAppId, Column::ActorServicePrincipalId, Column::Actor].map(|column| store.column(column));
    let target = [TargetColumn::Id, TargetColumn::Target].map(|column| store.target_column(column));
    let (mut actors, mut targets, mut people) = (HashSet::new(), HashSet::new(), HashSet::new());
    for event in scope.tally.selection.matching().iter() {
        let ids = [actor[0].get(event), actor[1].get(event)];
        actors.extend(key(identity.actor(event), ids, actor[2].get(event)));
        for at in store.targets_of(event) {
            targets.extend(key(identity.target(at), [target[0].get(at), 0], target[1].get(at)));
        }
        people.extend(identity.everybody(store, event));
    }
    let guests = people.into_iter().filter(|at| identity.person(*at).concerns_guests() && !never.has(*at)).count();
    (actors.len() as u64, targets.len() as u64, guests as u64)
}

/// Guests by the words of each event alone.
fn guests_by_name(scope: Scope) -> u64 {
    let store = scope.tally.store;
    let upns = store.dictionary(Domain::Upn);
    let (actor_upn, user_type) = (store.column(Column::ActorUpn), store.column(Column::ActorUserType));
    let target_upn = store.target_column(TargetColumn::Upn);
    let mut is_guest_type = vec![false; store.dictionary(Domain::UserType).len()];
    store.dictionary(Domain::UserType).for_each(|code, text| {
        is_guest_type[code as usize] = text.eq_ignore_ascii_case(b"guest");
    });
    let mut external = query::search::Needle::new("#EXT#").codes(upns).unwrap_or_else(|| vec![false; upns.len()]);
    upns.for_each(|code, text| {
        external[code as usize] |= text.starts_with(b"guest-") && is_guest_label(&String::from_utf8_lossy(text));
    });
    let (actor_id, target_id) = (store.column(Column::ActorId), store.target_column(TargetColumn::Id));
    let mut people = People::new(upns.len());
    for event in scope.tally.selection.matching().iter() {
        let actor = actor_upn.get(event);
        if external[actor as usize] || is_guest_type[user_type.get(event) as usize] {
            people.see(actor, actor_id.get(event));
        }
        for target in store.targets_of(event) {
            let upn = target_upn.get(target);
            if external[upn as usize] {
                people.see(upn, target_id.get(target));
            }
        }
    }
    people.count(|upn| fold(person::without_deletion_mark(&upns.get(upn))))
}

/// Names that belong to the same person, found by object ids.
struct People {
    /// Per code of a name another one of the same person; the code itself for the first. `None`: not seen.
    same: Vec<Option<u32>>,
    by_id: HashMap<u32, u32>,
}

impl People {
    fn new(names: usize) -> Self {
        Self { same: vec![None; names], by_id: HashMap::new() }
    }

    /// A name with an object id, 0 where there is none.
    fn see(&mut self, name: u32, id: u32) {
        if name == 0 {
            return;
        }
        self.same[name as usize].get_or_insert(name);
        if id != 0 {
            let known = *self.by_id.entry(id).or_insert(name);
            self.join(known, name);
        }
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.first(one), self.first(other));
        self.same[one.max(other) as usize] = Some(one.min(other));
    }

    fn first(&self, name: u32) -> u32 {
        let mut name = name;
        while let Some(same) = self.same[name as usize].filter(|same| *same != name) {
            name = same;
        }
        name
    }

    /// How many people there are, where names of the same spelling are the same person, too.
    fn count(mut self, spelling: impl Fn(u32) -> String) -> u64 {
        let mut by_spelling: HashMap<String, u32> = HashMap::new();
        let names: Vec<u32> = (0..self.same.len() as u32).filter(|name| self.same[*name as usize].is_some()).collect();
        for &name in &names {
            let known = *by_spelling.entry(spelling(name)).or_insert(name);
            self.join(known, name);
        }
        names.iter().filter(|name| self.same[**name as usize] == Some(**name)).count() as u64
    }
}

fn invitations(scope: Scope, id: &str, label: &str, names: &[&'static str]) -> Stat {
    let store = scope.tally.store;
    let activities = store.dictionary(Domain::Activity);
    let is_named: Vec<bool> = (0..activities.len() as u32).map(|code| store.is_activity(code, names)).collect();
    let is_success = spelt(scope, "success");
    let (activity, result) = (store.column(Column::Activity), store.column(Column::Result));
    let count = scope
        .tally
        .selection
        .matching()
        .iter()
        .filter(|&event| is_named[activity.get(event) as usize] && is_success[result.get(event) as usize])
        .count();
    let mut spellings: Vec<String> =
        (0_u32..).zip(&is_named).filter(|(_, is)| **is).map(|(code, _)| activities.get(code).into_owned()).collect();
    spellings.arrange();
    if spellings.is_empty() {
        spellings.push(names[0].into());
    }
    let help = format!(
        "Events of the activity {} with the status success. Letter case and a final dot do not matter. Not the same \
         as different guests: one guest can be counted several times.",
        names
            .iter()
            .flat_map(|name| std::iter::once(*name).chain(other_names(name)))
            .map(|name| format!("\u{201c}{name}\u{201d}"))
            .collect::<Vec<_>>()
            .join(" or ")
    );
    let results = scope.tally.store.dictionary(Domain::Result);
    let mut successes: Vec<String> =
        (0_u32..).zip(&is_success).filter(|(_, is)| **is).map(|(code, _)| results.get(code).into_owned()).collect();
    successes.arrange();
    if successes.is_empty() {
        successes.push("success".into());
    }
    let door = Door {
        clauses: vec![Clause::any(Field::Activity, spellings), Clause::any(Field::Result, successes)],
        ..Door::default()
    };
    stat(id, label, count as u64, &help, door)
}

/// Which results are spelt like this, letter case aside.
fn spelt(scope: Scope, word: &str) -> Vec<bool> {
    let mut is = vec![false; scope.tally.store.dictionary(Domain::Result).len()];
    let each = |code: u32, text: &[u8]| is[code as usize] = text.eq_ignore_ascii_case(word.as_bytes());
    scope.tally.store.dictionary(Domain::Result).for_each(each);
    is
}

fn failures(scope: Scope) -> Stat {
    let values = scope.tally.values(Field::Result);
    let counts = scope.tally.counts(Field::Result, &values, 0);
    let success = spelt(scope, "success");
    let failed = query::top(&values, &counts, usize::MAX, |code| code != 0 && !success[code as usize]);
    let count = failed.iter().map(|ranked| u64::from(ranked.count)).sum();
    let mut results: Vec<String> = failed.into_iter().map(|ranked| ranked.value).collect();
    results.arrange();
    if results.is_empty() {
        results.push("failure".into());
    }
    let help = "Events with a status other than success: failure, timeout and whatever else the files hold. Events \
                without a status are not counted.";
    let door = Door { clauses: vec![Clause::any(Field::Result, results)], ..Door::default() };
    stat("failures", "Failures", count, help, door)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        protocol::Query,
        query::{Selection, Tally},
        store::Store,
        time::Zone,
    };

    fn value(stats: &[Stat], id: &str) -> Option<u64> {
        stats.iter().find(|stat| stat.id == id).and_then(|stat| stat.value)
    }

    #[test]
    fn figures_are_what_their_help_says() {
        let mut store = Store::default();
        let dana = "dana_fabrikam.example#EXT#@contoso.onmicrosoft.com";
        for (activity, result, actor, user_type, target) in [
            ("Invite external user", "success", "adele@contoso.com", "", dana),
            ("invite external user.", "Success", "adele@contoso.com", "", "eli_x.example#EXT#@contoso.com"),
            ("Invite external user", "failure", "adele@contoso.com", "", ""),
            ("Redeem extern user invite", "success", "dana@fabrikam.example", "", "UPN: x, Email: y"),
            (
                "Delete user",
                "timeout",
                "mia@contoso.com",
                "Guest",
                "000a4b8b30f352c7b90e58c467e3c817DANA_fabrikam.example#ext#@contoso.onmicrosoft.com",
            ),
            ("Update user", "", "adele@contoso.com", "Member", ""),
        ] {
            let mut writer = store.writer(0);
            writer.set(Column::Activity, activity.as_bytes());
            writer.set(Column::Result, result.as_bytes());
            writer.set(Column::ActorUpn, actor.as_bytes());
            writer.set(Column::ActorUserType, user_type.as_bytes());
            if !user_type.is_empty() {
                writer.set(Column::ActorId, actor.as_bytes());
            }
            writer.begin_target();
            writer.set_target(TargetColumn::Upn, target.as_bytes());
            writer.commit(1);
        }
        // Mia again, under the name that her sign-ins have.
        let mut writer = store.writer(0);
        writer.set(Column::ActorUpn, b"mia@fabrikam.example");
        writer.set(Column::ActorUserType, b"Guest");
        writer.set(Column::ActorId, b"mia@contoso.com");
        writer.commit(1);
        let zone = Zone::default();
        let selection = Selection::new(&store, &Query::default(), &zone);
        let tally = Tally::new(&store, &selection, &zone);
        let stats = stats(Scope { tally: &tally, period: None, bins: 60 }, None);
        for (id, expect) in [
            ("events", 7),
            ("guests-seen", 3),
            ("invitations-sent", 2),
            ("invitations-redeemed", 1),
            ("failures", 2),
            ("actors", 4),
            ("targets", 4),
        ] {
            assert_eq!(value(&stats, id), Some(expect), "{id}");
        }
        let doors = |id: &str| stats.iter().find(|stat| stat.id == id).and_then(|stat| stat.door.clone()).unwrap();
        assert_eq!(doors("invitations-sent").clauses[0].values, ["Invite external user", "invite external user."]);
        assert_eq!(doors("invitations-sent").clauses[1].values, ["Success", "success"]);
        assert_eq!(doors("failures").clauses[0].values, ["failure", "timeout"]);
        assert!(stats.iter().all(|stat| !stat.help.is_empty()));
        // What is no number of events leads to a list of what was counted, not to all events.
        let leads = |id: &str| (doors(id).view, doors(id).params.get("by").cloned());
        assert_eq!(leads("actors"), (Some(View::Groups), Some("actor".into())));
        assert_eq!(leads("targets"), (Some(View::Groups), Some("target".into())));
        assert_eq!(leads("sources"), (Some(View::Sources), None));
        assert_eq!(leads("guests-seen"), (Some(View::Guests), None));
    }
}

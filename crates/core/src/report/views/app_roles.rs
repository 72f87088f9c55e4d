//! Application roles, groups and directory roles given and taken, with or without entitlement management.
//!
//! The first list is the Azure Monitor workbook "Application role assignment activity" for all applications
//! at once. The workbook's own omit test (`displayName != X or appid != ""`) lets events through that it
//! means to leave out; here an event is left out exactly if that application initiated it.

use super::{
    Made, ViewScope,
    entitled::{choice, counted, event_key, initiator, pick, switch, to_view},
};
use crate::arrange;
use crate::arrange::Arrange as _;
use crate::vocabulary::other_names;
use crate::{
    entitlement::{
        MANAGER,
        grants::{ACTIVITIES, Grant, Grants, OF_APP_ROLES, What},
    },
    identity::Identity,
    model::{Column, Field},
    protocol::Clause,
    report::{
        Block, Chart, ChartLine, ChartShape, Door, Need, Note, Stat, Step, Table, TableLine, TableOf, Tone, Value,
        View, guide,
    },
};
use std::collections::BTreeMap;

/// How many applications or groups the chart names.
const BARS: usize = 12;

/// What the view lists.
struct Listed {
    id: &'static str,
    what: &'static [What],
    title: &'static str,
    thing: &'static str,
    testid: &'static str,
}

const LISTED: [Listed; 3] = [
    Listed {
        id: "app-roles",
        what: &[What::AppRole],
        title: "Application role assignments",
        thing: "Application",
        testid: "app-role",
    },
    Listed {
        id: "groups",
        what: &[What::Group, What::GroupOwner],
        title: "Group membership changes",
        thing: "Group",
        testid: "group-change",
    },
    Listed {
        id: "directory-roles",
        what: &[What::Role],
        title: "Directory role changes",
        thing: "Role",
        testid: "role-change",
    },
];

pub(super) fn view(scope: &ViewScope) -> Made {
    let grants = scope.derived.get::<Grants>();
    let managed = scope.switch("managed", false);
    let options = LISTED.map(|listed| (listed.id, listed.title));
    let (show_control, show) = pick("show", "Show", scope.param("show"), &options);
    let listed = LISTED.iter().find(|listed| listed.id == show).unwrap_or(&LISTED[0]);
    let thing_name = |grant: &Grant| {
        let name = grants.pool.get(grant.thing_name);
        if name.is_empty() { grants.pool.get(grant.thing_id) } else { name }.to_owned()
    };
    let filtered = scope.is_filtered();
    let of_kind: Vec<Grant> = grants
        .all
        .iter()
        .filter(|grant| listed.what.contains(&grant.activity().what))
        .filter(|grant| !filtered || scope.scope.tally.selection.matches(grant.event as usize))
        .copied()
        .collect();
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for grant in &of_kind {
        let count = counts.entry(thing_name(grant)).or_default();
        *(if grant.managed { &mut count.1 } else { &mut count.0 }) += 1;
    }
    let thing = scope.param("thing").filter(|name| counts.contains_key(*name));
    let number = |of: (usize, usize)| of.0 + if managed { of.1 } else { 0 };
    let things = counts.iter().map(|(name, of)| (name.clone(), format!("{name} ({})", number(*of))));
    let activities: Vec<_> = (0..ACTIVITIES.len())
        .filter(|at| listed.what.contains(&ACTIVITIES[*at].what))
        .map(|at| (at, of_kind.iter().filter(|grant| grant.activity as usize == at).count()))
        .collect();
    let activity = scope
        .param("activity")
        .and_then(|value| value.parse::<usize>().ok())
        .filter(|at| activities.iter().any(|(own, _)| own == at));
    let activity_param = activity.map(|at| at.to_string());
    let controls = vec![
        show_control,
        choice("thing", listed.thing, thing, "All", things),
        choice(
            "activity",
            "Activity",
            activity_param.as_deref(),
            "All",
            activities.iter().map(|(at, count)| (at.to_string(), format!("{} ({count})", ACTIVITIES[*at].name))),
        ),
        switch("managed", "Include those made by entitlement management", managed),
    ];
    let mut shown: Vec<Grant> = of_kind
        .iter()
        .filter(|grant| managed || !grant.managed)
        .filter(|grant| thing.is_none_or(|thing| thing_name(grant) == thing))
        .filter(|grant| activity.is_none_or(|at| grant.activity as usize == at))
        .copied()
        .collect();
    shown.arrange_by_key(|grant| std::cmp::Reverse((scope.derived.store.time[grant.event as usize], grant.event)));

    let mut blocks = Vec::new();
    if !Need::AuditLogs.is_met(scope.derived.store) {
        blocks.push(Block::Note(guide(Need::AuditLogs)));
    }
    blocks.extend([
        Block::Stats { stats: stats(listed, &of_kind, &grants, managed) },
        Block::Controls { controls },
        Block::Table(table(scope, listed, &grants, &shown)),
    ]);
    if counts.len() > 1 {
        blocks.push(Block::Chart(chart(listed, &counts, managed)));
    }
    blocks.push(Block::Table(activity_table(scope, &activities)));
    blocks.push(Block::Note(limits()));
    Made { blocks, opened: None }
}

/// All names that an activity goes by; the unified audit log's end with a dot.
fn spellings(name: &'static str) -> impl Iterator<Item = String> {
    std::iter::once(name).chain(other_names(name)).flat_map(|name| [name.to_owned(), format!("{name}.")])
}

fn activity_clause(what: &[What]) -> Clause {
    let names = ACTIVITIES.iter().filter(|activity| what.contains(&activity.what));
    Clause::any(Field::Activity, names.flat_map(|activity| spellings(activity.name)))
}

fn stats(listed: &Listed, of_kind: &[Grant], grants: &Grants, managed: bool) -> Vec<Stat> {
    let by_manager = |exclude| Clause { field: Field::ActorName, values: vec![MANAGER.to_owned()], exclude };
    let door = |exclude| {
        let clauses = vec![activity_clause(listed.what), by_manager(exclude)];
        Some(Door { clauses, ..Door::default() })
    };
    let count = |managed| of_kind.iter().filter(|grant| grant.managed == managed).count() as u64;
    let within = || of_kind.iter().filter(|grant| managed || !grant.managed);
    let things = arrange::set(within().map(|grant| (grant.thing_id, grant.thing_name)));
    let subject = |grant: &Grant| {
        let id = grants.pool.get(grant.subject_id);
        if id.is_empty() { grants.pool.get(grant.subject_name) } else { id }
    };
    let subjects = arrange::set(within().map(subject).filter(|subject| !subject.is_empty()));
    let stat = |id: &str, label: &str, value: u64, help: &str, door: Option<Door>| Stat {
        id: id.into(),
        label: label.into(),
        value: Some(value),
        text: String::new(),
        help: help.into(),
        door,
    };
    vec![
        stat(
            "changes-outside",
            "Outside entitlement management",
            count(false),
            "Changes that another application or a person initiated, failed ones included",
            door(true),
        ),
        stat(
            "changes-managed",
            "By entitlement management",
            count(true),
            "Changes that \"Azure AD Identity Governance - User Management\" initiated, read by its display name",
            door(false),
        ),
        stat(
            "changed-things",
            match listed.id {
                "groups" => "Groups",
                "directory-roles" => "Roles",
                _ => "Applications",
            },
            things.len() as u64,
            "Told apart by object ID, else by name",
            None,
        ),
        stat("changed-subjects", "Subjects", subjects.len() as u64, "Whoever got or lost one", None),
    ]
}

fn table(scope: &ViewScope, listed: &Listed, grants: &Grants, shown: &[Grant]) -> Table {
    let (store, pool) = (scope.derived.store, &grants.pool);
    let text = |number: u32| pool.get(number).to_owned();
    let name = |number: u32, why: &str| match pool.get(number) {
        "" => Value::none(why),
        text => Value::Name(text.into()),
    };
    let subject_address = move |grant: &Grant| match pool.get(grant.subject_name) {
        "" => text(grant.subject_id),
        name => name.to_owned(),
    };
    let identity = scope.derived.get::<Identity>();
    let person = move |grant: &Grant| {
        let by_target = grant.target.and_then(|target| identity.target(target as usize));
        let names = [grant.subject_id, grant.subject_name].map(|number| pool.get(number));
        by_target
            .or_else(|| names.into_iter().filter(|name| !name.is_empty()).find_map(|name| identity.find(name)))
            .map(|person| {
                let person = identity.person(person);
                Value::Person { name: person.name.clone(), address: person.upn.clone() }
            })
    };
    let mut table = TableOf::new(listed.id, listed.title, listed.testid, "No such change is among the loaded events")
        .help("Each change as the directory logged it, newest first")
        .column("time", "Date", "", |grant: &Grant| match store.time[grant.event as usize] {
            crate::store::NO_TIME => Value::none("The event has no time"),
            time => Value::Time(time),
        })
        .column("activity", "Activity", "", |grant| Value::Said(grant.activity().name.into()))
        .column("initiator", "Initiated by", "", |grant| initiator(store, grant.event))
        .column("subject", "Subject", "Who got or lost it", move |grant| match (grant.subject_name, grant.subject_id) {
            (0, 0) => Value::none("The event does not say who"),
            _ => match person(grant) {
                Some(Value::Person { name, address }) if address.is_empty() => {
                    Value::Person { name, address: subject_address(grant) }
                }
                Some(known) => known,
                None => Value::Person { name: String::new(), address: subject_address(grant) },
            },
        })
        .column("thing", listed.thing, "Of an application the name of its service principal", move |grant| {
            let best = if grant.thing_name == 0 { grant.thing_id } else { grant.thing_name };
            name(best, "The event does not say which")
        });
    if listed.id == "app-roles" {
        table = table.column("role", "Role", "The property AppRole.DisplayName", move |grant| {
            name(grant.role, "The event does not name the role")
        });
    }
    table
        .column("status", "Status", "", |grant| {
            let result = store.text(grant.event as usize, Column::Result).into_owned();
            let tone = if grant.failed { Tone::Attention } else { Tone::Plain };
            match result.as_str() {
                "" => Value::none("The event does not say it"),
                "success" => Value::state("Success", tone),
                "failure" => Value::state("Failure", tone),
                "timeout" => Value::state("Timeout", tone),
                _ => Value::Text(result),
            }
        })
        .column("subject-type", "Subject type", "", move |grant| match pool.get(grant.subject_type) {
            "" => Value::none("The event does not say it"),
            kind => Value::Text(kind.into()),
        })
        .column("managed", "Made by", "Entitlement management acts under one application's name", |grant| {
            Value::Said(if grant.managed { "Entitlement management" } else { "Directly" }.into())
        })
        .build(shown, scope.tables, |grant| TableLine {
            key: event_key(store, grant.event),
            data: vec![
                ("thing".into(), text(if grant.thing_name == 0 { grant.thing_id } else { grant.thing_name })),
                ("role".into(), text(grant.role)),
                ("subject".into(), subject_address(grant)),
                ("by".into(), initiator(store, grant.event).words().trim().into()),
                ("managed".into(), grant.managed.to_string()),
            ],
            door: Door::to_events(store, grant.activity().name, [grant.event]),
            ..TableLine::default()
        })
}

fn chart(listed: &Listed, counts: &BTreeMap<String, (usize, usize)>, managed: bool) -> Chart {
    let mut ranked: Vec<_> = counts.iter().map(|(name, (outside, by))| (name, *outside, *by)).collect();
    ranked.retain(|(_, outside, by)| *outside + if managed { *by } else { 0 } > 0);
    ranked.arrange_by_key(|(name, outside, by)| (std::cmp::Reverse(outside + if managed { *by } else { 0 }), *name));
    let left_out = ranked.len().saturating_sub(BARS);
    ranked.truncate(BARS);
    let line = |label: &str, tone, values: Vec<usize>| ChartLine {
        name: label.into(),
        values: values.into_iter().map(|value| i64::try_from(value).ok()).collect(),
        tone,
    };
    let mut lines =
        vec![line("Outside entitlement management", Tone::Attention, ranked.iter().map(|(_, of, _)| *of).collect())];
    if managed {
        lines.push(line("By entitlement management", Tone::Plain, ranked.iter().map(|(_, _, of)| *of).collect()));
    }
    let mut help = "Changes, failed ones included. A bar leads to the list.".to_owned();
    if left_out > 0 {
        let names = counted(left_out, "name is", "names are");
        help = format!("{help} {names} not shown, with fewer changes.");
    }
    let step = |name: &&String| Step {
        label: (*name).clone(),
        time: None,
        door: Some(to_view(View::AppRoles, &[("show", listed.id), ("thing", name)])),
    };
    Chart {
        id: "changes-by-thing".into(),
        title: format!("Changes by {}", listed.thing.to_lowercase()),
        help,
        shape: ChartShape::Bars,
        unit: "changes".into(),
        steps: ranked.iter().map(|(name, _, _)| step(name)).collect(),
        lines,
        bin: None,
    }
}

fn activity_table(scope: &ViewScope, activities: &[(usize, usize)]) -> Table {
    let nine = activities.iter().all(|(at, _)| OF_APP_ROLES.contains(at));
    TableOf::new("activities", "The activities behind it", "activity-known", "")
        .help(if nine {
            "The nine activities of the workbook; those without an event are not in the loaded files"
        } else {
            "Those without an event are not in the loaded files"
        })
        .column("activity", "Activity", "", |(at, _): &(usize, usize)| Value::Said(ACTIVITIES[*at].name.into()))
        .column("gives", "Means", "", |(at, _)| {
            Value::Said(if ACTIVITIES[*at].gives { "Access is given" } else { "Access is taken" }.into())
        })
        .number("events", "Events", "Within the filters", |(_, count)| Value::Number(*count as u64))
        .column("source", "Source", "", |(at, _)| Value::Said(ACTIVITIES[*at].source.into()))
        .build(activities, scope.tables, |(at, count)| {
            let clauses = vec![Clause::any(Field::Activity, spellings(ACTIVITIES[*at].name))];
            TableLine {
                key: at.to_string(),
                data: vec![("count".into(), count.to_string())],
                door: (*count > 0).then(|| Door { clauses, ..Door::default() }),
                ..TableLine::default()
            }
        })
}

fn limits() -> Note {
    Note {
        id: "app-role-limits".into(),
        text: "This lists changes, not what everybody has: who had a role or a membership before the loaded logs \
               begin is not in them. Changes that an application made on behalf of somebody stand under the \
               application's name."
            .into(),
        ..Note::default()
    }
}

//! Everything an event holds, in the order of the portal's details panel.

use super::{
    details::{DetailField, DetailSection, Details},
    sentence, unpack,
};
use crate::{
    model::{Column, Domain, Field, TargetColumn},
    store::{NO_TIME, Pairs, Store},
    time::{self, Zone},
};

/// All of one event; `index` is its position in the table.
pub fn details(store: &Store, event: usize, index: u32, zone: &Zone) -> Details {
    let mut sections = vec![activity(store, event, zone), actor(store, event)];
    sections.extend(targets(store, event));
    sections.push(pairs(store, event, "Additional details", &store.details, "detail"));
    sections.push(pairs(store, event, "Other fields", &store.extras, "extra"));
    sections.push(file(store, event));
    sections.retain(|section| !section.fields.is_empty());
    let time = Some(store.time[event]).filter(|ticks| *ticks != NO_TIME);
    Details {
        index,
        record: (store.source.get(event), store.record[event]),
        sentence: sentence(store, event),
        time,
        sections,
    }
}

fn section(title: impl Into<String>, fields: impl IntoIterator<Item = DetailField>) -> DetailSection {
    let fields = fields.into_iter().filter(|field| !field.value.is_empty() || field.old.is_some());
    DetailSection { title: title.into(), fields: fields.collect() }
}

fn plain(id: impl Into<String>, label: impl Into<String>, value: impl Into<String>) -> DetailField {
    let value = value.into();
    let lines = unpack(&value);
    DetailField { id: id.into(), label: label.into(), value, old: None, lines, old_lines: Vec::new(), field: None }
}

fn of_field(field: Field, label: &str, value: impl Into<String>) -> DetailField {
    DetailField { field: Some(field), ..plain(field.id(), label, value) }
}

fn activity(store: &Store, event: usize, zone: &Zone) -> DetailSection {
    let ticks = store.time[event];
    let date = if ticks == NO_TIME {
        String::new()
    } else {
        let name = if zone.name.is_empty() { "UTC" } else { &zone.name };
        format!("{} {name}", time::plain(ticks, zone))
    };
    let of = |field, label, column| of_field(field, label, store.text(event, column));
    section(
        "Activity",
        [
            plain("time", "Date", date),
            of(Field::Activity, "Activity type", Column::Activity),
            of(Field::CorrelationId, "Correlation ID", Column::CorrelationId),
            of(Field::Category, "Category", Column::Category),
            of(Field::Service, "Service", Column::Service),
            of(Field::Log, "Log", Column::Log),
            of(Field::Result, "Status", Column::Result),
            of(Field::ResultReason, "Status reason", Column::ResultReason),
            of(Field::OperationType, "Operation type", Column::OperationType),
            of(Field::ActivityType, "Activity resource type", Column::ActivityType),
            of(Field::UserAgent, "User agent", Column::UserAgent),
            of(Field::EventId, "Event ID", Column::EventId),
        ],
    )
}

fn actor(store: &Store, event: usize) -> DetailSection {
    let of = |field, label, column| of_field(field, label, store.text(event, column));
    section(
        "Initiated by (actor)",
        [
            of(Field::ActorType, "Type", Column::ActorType),
            of(Field::ActorName, "Display name", Column::ActorName),
            of(Field::ActorUpn, "User Principal Name", Column::ActorUpn),
            of(Field::ActorId, "Object ID", Column::ActorId),
            of(Field::IpAddress, "IP address", Column::IpAddress),
            of(Field::ActorUserType, "User type", Column::ActorUserType),
            of(Field::ActorTenantId, "Home tenant ID", Column::ActorTenantId),
            of(Field::ActorTenantName, "Home tenant name", Column::ActorTenantName),
            of(Field::ActorAppId, "Application ID", Column::ActorAppId),
            of(Field::ActorServicePrincipalId, "Service principal ID", Column::ActorServicePrincipalId),
            of(Field::ActorServicePrincipalName, "Service principal name", Column::ActorServicePrincipalName),
        ],
    )
}

fn targets(store: &Store, event: usize) -> Vec<DetailSection> {
    let all = store.targets_of(event);
    let several = all.len() > 1;
    all.enumerate()
        .flat_map(|(at, target)| {
            let numbered = |one: &str, each: &str| {
                if several { format!("{each} {}", at + 1) } else { String::from(one) }
            };
            [
                target_values(store, target, numbered("Target(s)", "Target")),
                changes(store, target, numbered("Modified properties", "Modified properties")),
            ]
        })
        .collect()
}

fn target_values(store: &Store, target: usize, title: String) -> DetailSection {
    let of = |field, label, column| of_field(field, label, store.target_text(target, column));
    section(
        title,
        [
            of(Field::TargetType, "Type", TargetColumn::Type),
            of(Field::TargetName, "Display name", TargetColumn::Name),
            of(Field::TargetId, "Object ID", TargetColumn::Id),
            of(Field::TargetUpn, "User Principal Name", TargetColumn::Upn),
            of(Field::GroupType, "Group type", TargetColumn::GroupType),
        ],
    )
}

fn changes(store: &Store, target: usize, title: String) -> DetailSection {
    let value = |code| store.dictionary(Domain::PropertyValue).get(code).into_owned();
    let change = |at| {
        let name = store.dictionary(Domain::PropertyName).get(store.change_name.get(at)).into_owned();
        let old = value(store.change_old.get(at));
        DetailField {
            old_lines: unpack(&old),
            old: Some(old),
            field: Some(Field::PropertyValue),
            ..plain(format!("property:{name}"), name, value(store.change_new.get(at)))
        }
    };
    section(title, store.changes_of(target).map(change))
}

fn pairs(store: &Store, event: usize, title: &str, pairs: &Pairs, prefix: &str) -> DetailSection {
    let is_detail = prefix == "detail";
    let (keys, values) =
        if is_detail { (Domain::DetailKey, Domain::DetailValue) } else { (Domain::ExtraKey, Domain::ExtraValue) };
    let pair = |at| {
        let key = store.dictionary(keys).get(pairs.key.get(at)).into_owned();
        let value = store.dictionary(values).get(pairs.value.get(at));
        let field = is_detail.then_some(Field::DetailValue);
        DetailField { field, ..plain(format!("{prefix}:{key}"), key, value) }
    };
    DetailSection { title: title.into(), fields: pairs.of(event).map(pair).collect() }
}

fn file(store: &Store, event: usize) -> DetailSection {
    let Some(source) = store.sources.get(store.source.get(event) as usize) else { return section("File", []) };
    section(
        "File",
        [
            of_field(Field::Source, "Name", &source.name),
            plain("record", "Record number", store.record[event].to_string()),
            plain("format", "Format", &source.format_label),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::SourceInfo;

    #[test]
    fn shows_everything_in_the_portals_order() {
        let mut store = Store::default();
        store.sources.push(SourceInfo { name: "audit.csv".into(), ..SourceInfo::default() });
        let mut writer = store.writer(0);
        writer.set(Column::Activity, b"Update user");
        writer.set(Column::ActorUpn, b"adele@contoso.com");
        writer.begin_target();
        writer.set_target(TargetColumn::Type, b"User");
        writer.change(b"UserType", b"[\"Guest\"]", b"[\"Member\"]");
        writer.change(b"Note", b"", b"");
        writer.begin_target();
        writer.set_target(TargetColumn::Name, b"Partners");
        writer.detail(b"UserType", b"Member");
        writer.extra(b"location", b"DE");
        writer.commit(7);
        let details = details(&store, 0, 3, &Zone::default());
        let titles: Vec<&str> = details.sections.iter().map(|section| section.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "Activity",
                "Initiated by (actor)",
                "Target 1",
                "Modified properties 1",
                "Target 2",
                "Additional details",
                "Other fields",
                "File"
            ]
        );
        let changes = &details.sections[3].fields;
        assert_eq!((changes.len(), changes[0].id.as_str()), (2, "property:UserType"));
        assert_eq!((changes[0].old_lines[0].value.as_str(), changes[0].lines[0].value.as_str()), ("Guest", "Member"));
        let ids = |section: usize| details.sections[section].fields.iter().map(|field| &field.id).collect::<Vec<_>>();
        assert_eq!(ids(5), ["detail:UserType"]);
        assert_eq!(ids(6), ["extra:location"]);
        assert_eq!(ids(7), ["source", "record"]);
        assert_eq!((details.index, details.time), (3, None));
    }
}

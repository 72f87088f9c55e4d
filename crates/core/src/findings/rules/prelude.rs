//! What most rules need.

pub(super) use crate::{
    findings::{
        Doer, Invitation, Kind, Level, Need, Out, Param, Rule, Run, Subject,
        rule::{APPROVED_DOMAINS, APPROVED_GROUPS, APPROVED_INVITERS, GOVERNED_GROUPS},
        text::{address, count, is_external, length, plain},
    },
    identity::PersonId,
    model::{Attribute, Column, Domain, EntityKind, ItemColumn, List, Origin},
    time::{DAY, HOUR, MINUTE, SECOND},
};
pub(super) use hashbrown::{HashMap, HashSet};

/// The name of the role that an event gives: `Role.DisplayName` among its changes, else a target.
pub(super) fn role_name(run: &Run, event: u32) -> String {
    run.changed(event, "Role.DisplayName")
        .or_else(|| run.target_name(event, &["role", "directoryrole"]))
        .unwrap_or_else(|| "an unnamed role".into())
}

/// The name of the group that an event is about.
pub(super) fn group_name(run: &Run, event: u32) -> String {
    run.changed(event, "Group.DisplayName")
        .or_else(|| run.target_name(event, &["group"]))
        .unwrap_or_else(|| "an unnamed group".into())
}

/// The id of the group that an event is about; may be empty.
pub(super) fn group_id(run: &Run, event: u32) -> String {
    use crate::model::TargetColumn;
    run.changed(event, "Group.ObjectID").unwrap_or_else(|| {
        let is_group =
            |target: &usize| run.store.target_text(*target, TargetColumn::Type).eq_ignore_ascii_case("group");
        let target = run.store.targets_of(event as usize).find(is_group);
        target.map_or(String::new(), |target| run.store.target_text(target, TargetColumn::Id).into_owned())
    })
}

/// Groups of items by a key, in the order in which keys first come.
pub(super) fn grouped<K: std::hash::Hash + Eq + Clone, T>(items: impl Iterator<Item = (K, T)>) -> Vec<(K, Vec<T>)> {
    let mut known: HashMap<K, usize> = HashMap::new();
    let mut all: Vec<(K, Vec<T>)> = Vec::new();
    for (key, item) in items {
        let at = *known.entry(key.clone()).or_insert_with(|| {
            all.push((key, Vec::new()));
            all.len() - 1
        });
        all[at].1.push(item);
    }
    all
}

//! The roster by groups: how many guests each has, and how they stand.

use super::{
    Sheet,
    filter::Filter,
    side::{Side, counted},
    words,
};
use crate::{
    guests::roster::State,
    report::{
        TableOf,
        blocks::{Block, TableLine, Value},
    },
};

struct Group {
    key: String,
    name: String,
    count: u32,
    by_state: [u32; State::ALL.len()],
}

/// The table of groups, where the reader asks for groups.
pub(super) fn table(sheet: &Sheet, filter: &Filter, shown: &[u32]) -> Option<Block> {
    let side = filter.group?;
    let (numbers, count) = side.numbers(sheet);
    let mut by_state = vec![[0_u32; State::ALL.len()]; count];
    for at in shown {
        by_state[numbers[*at as usize] as usize][sheet.states[*at as usize] as usize] += 1;
    }
    let groups: Vec<Group> = counted(sheet, side, shown)
        .into_iter()
        .map(|group| {
            let (key, name) = side.of(sheet, group.one);
            let by_state = by_state[numbers[group.one as usize] as usize];
            Group { key, name, count: group.count, by_state }
        })
        .collect();
    let is_state = side == Side::State;
    let mut table = TableOf::new("guest-groups", "Guests by group", "guest-group", "No guest is listed")
        .help("Each line leads to its guests. Of several sponsors the first one counts.")
        .column("group", side.label(), "", move |group: &Group| {
            if is_state || group.key.starts_with('-') {
                Value::Said(group.name.clone())
            } else {
                Value::Name(group.name.clone())
            }
        })
        .number("guests", "Guests", "", |group: &Group| Value::Number(group.count.into()));
    if !is_state {
        for state in State::ALL {
            table = table.number(state.id(), state.label(), "", move |group: &Group| {
                Value::Number(group.by_state[state as usize].into())
            });
        }
    }
    let table = table.build(&groups, sheet.scope.tables, |group| TableLine {
        key: group.key.clone(),
        data: vec![("value".into(), group.name.clone()), ("count".into(), group.count.to_string())],
        door: Some(words::guests(&[(side.id(), &group.key), ("group", "")])),
        ..TableLine::default()
    });
    Some(Block::Table(table))
}

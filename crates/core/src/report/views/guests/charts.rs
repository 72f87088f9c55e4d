//! The roster in charts: guests over time, by domain and inviter, how long invitations wait, and how far they get.

use super::{
    Sheet,
    filter::up_to,
    side::{STEPS, Side, WAITS, counted, month_words, steps, wait},
    words,
};
use crate::{
    lists::counts_over,
    report::blocks::{Bin, Block, Chart, ChartLine, ChartShape, Step, Tone},
};
use std::fmt::Write;

/// How many domains and inviters a chart shows.
const RANKED: usize = 12;
/// How many months guests over time has at most; earlier ones are summed into the first balance.
const MONTHS: usize = 36;

pub(super) fn charts(sheet: &Sheet, shown: &[u32]) -> Vec<Block> {
    if shown.is_empty() {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    blocks.extend(over_time(sheet, shown));
    blocks.push(ranked(sheet, shown, Side::Domain, "guests-by-domain", "Guests by home domain"));
    blocks.push(ranked(sheet, shown, Side::Inviter, "guests-by-inviter", "Guests by inviter"));
    blocks.push(waiting(sheet, shown));
    blocks.push(funnel(sheet, shown));
    blocks.into_iter().map(Block::Chart).collect()
}

fn over_time(sheet: &Sheet, shown: &[u32]) -> Option<Chart> {
    let [invited, redeemed, deleted, came, _] = &sheet.index.moments;
    let months = sheet.months();
    let [invited, redeemed, deleted, came] =
        [invited, redeemed, deleted, came].map(|times| counts_over(&months.edges, times, shown));
    let all = |at: usize| invited[at] + redeemed[at] + deleted[at] + came[at];
    let begin = (0..months.edges.len()).find(|at| all(*at) > 0)?;
    let last = (0..months.edges.len()).rfind(|at| all(*at) > 0)?.max(months.place(sheet.as_of));
    let from = begin.max((last + 1).saturating_sub(MONTHS));
    let count = last + 1 - from;
    let before = came[..from].iter().sum::<u32>() as i64 - deleted[..from].iter().sum::<u32>() as i64;
    let lines = [invited, redeemed, deleted, came]
        .map(|counts| counts[from..=last].iter().map(|count| i64::from(*count)).collect());
    let [invited, redeemed, deleted, came]: [Vec<i64>; 4] = lines;
    let mut balance = before;
    let balances: Vec<Option<i64>> = (0..count)
        .map(|at| {
            balance += came[at] - deleted[at];
            Some(balance)
        })
        .collect();
    let line = |name: &str, values: Vec<i64>, tone| ChartLine {
        name: name.into(),
        values: values.into_iter().map(Some).collect(),
        tone,
    };
    let steps = (from..=last).map(|at| {
        let label = month_words(months.first + at as i64);
        let door = Some(words::guests(&[("month", &label)]));
        Step { label, time: Some(months.edges[at]), door }
    });
    Some(Chart {
        id: "guests-over-time".into(),
        title: "Guests over time".into(),
        help: format!(
            "By month. Balance: accounts made and not deleted since, as far as a file has their creation or invitation. {}",
            sheet.unseen[0].replace("Not seen", "Deletions are seen")
        ),
        shape: ChartShape::Lines,
        bin: Some(Bin::Month),
        unit: "guests".into(),
        steps: steps.collect(),
        lines: vec![
            line("Invited", invited, Tone::Plain),
            line("Redeemed", redeemed, Tone::Good),
            line("Removed", deleted, Tone::Attention),
            ChartLine { name: "Balance".into(), values: balances, tone: Tone::Plain },
        ],
    })
}

fn ranked(sheet: &Sheet, shown: &[u32], side: Side, id: &str, title: &str) -> Chart {
    let groups = counted(sheet, side, shown);
    let rest = groups.len().saturating_sub(RANKED);
    let mut steps = Vec::new();
    let mut values = Vec::new();
    for group in groups.iter().take(RANKED) {
        let (key, label) = side.of(sheet, group.one);
        steps.push(Step { label, time: None, door: Some(words::guests(&[(side.id(), &key)])) });
        values.push(Some(i64::from(group.count)));
    }
    let mut help = if side == Side::Inviter {
        format!("Who initiated the invitation that led to the account. {}.", sheet.unseen[0])
    } else {
        "By the address at home.".into()
    };
    if rest > 0 {
        _ = write!(help, " {rest} more are not shown; group the roster to see all.");
    }
    let lines = vec![ChartLine { name: "Guests".into(), values, tone: Tone::Plain }];
    let (id, title, unit) = (id.into(), title.into(), "guests".into());
    Chart { id, title, help, shape: ChartShape::Bars, unit, steps, lines, ..Chart::default() }
}

fn waiting(sheet: &Sheet, shown: &[u32]) -> Chart {
    let mut counts = vec![0_i64; WAITS.len()];
    for place in shown.iter().filter_map(|at| wait(sheet.guest(*at))) {
        counts[place] += 1;
    }
    let steps = WAITS.iter().map(|(_, id, label)| Step {
        label: up_to(label),
        time: None,
        door: Some(words::guests(&[("waited", id)])),
    });
    let total: i64 = counts.iter().sum();
    Chart {
        id: "invitation-to-redemption".into(),
        title: "From invitation to redemption".into(),
        help: format!("Of {total} guests of whom both moments are known. A column leads to its guests."),
        shape: ChartShape::Columns,
        unit: "guests".into(),
        steps: steps.collect(),
        lines: vec![ChartLine {
            name: "Guests".into(),
            values: counts.into_iter().map(Some).collect(),
            tone: Tone::Plain,
        }],
        ..Chart::default()
    }
}

/// How far the invitations of the loaded logs got. Each step is a part of the one before.
fn funnel(sheet: &Sheet, shown: &[u32]) -> Chart {
    let mut values = vec![Some(0_i64); STEPS.len()];
    for at in shown {
        for value in values.iter_mut().take(steps(sheet, *at)).flatten() {
            *value += 1;
        }
    }
    let steps = STEPS.iter().map(|(id, label)| Step {
        label: (*label).into(),
        time: None,
        door: Some(words::guests(&[("reached", id)])),
    });
    Chart {
        id: "guests-funnel".into(),
        title: "Invited, redeemed, active".into(),
        help: "Guests whose invitation is in the loaded logs; of them, those who redeemed; of those, the active ones."
            .into(),
        shape: ChartShape::Funnel,
        unit: "guests".into(),
        steps: steps.collect(),
        lines: vec![ChartLine { name: "Guests".into(), values, tone: Tone::Plain }],
        ..Chart::default()
    }
}

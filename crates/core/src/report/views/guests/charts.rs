//! The roster in charts: guests over time, by domain and inviter, how long invitations wait, and how far they get.

use super::{
    Sheet,
    filter::{Side, counted},
    words,
};
use crate::{
    guests::roster::{At, State},
    report::blocks::{Bin, Block, Chart, ChartLine, ChartShape, Door, Step, Tone},
    time::{DAY, HOUR, Zone, calendar, from_calendar},
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

/// Month after month, `year * 12 + month - 1`.
fn month_of(time: i64, zone: &Zone) -> i64 {
    let (year, month, _) = calendar(time + zone.offset(time));
    i64::from(year) * 12 + i64::from(month) - 1
}

fn begin_of_month(month: i64, zone: &Zone) -> i64 {
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12));
    zone.to_utc(from_calendar(year as i32, month as u32 + 1, 1, 0, 0, 0).unwrap_or_default())
}

fn over_time(sheet: &Sheet, shown: &[u32]) -> Option<Chart> {
    let zone = sheet.scope.zone();
    let ticks = |at: Option<At>| at.and_then(At::ticks);
    let month = |at: Option<At>| ticks(at).map(|time| month_of(time, zone));
    let mut moments: [Vec<i64>; 4] = Default::default();
    for at in shown {
        let guest = sheet.guest(*at);
        let came = month(guest.created).or_else(|| month(guest.invited)).or_else(|| month(guest.redeemed));
        moments[0].extend(month(guest.invited));
        moments[1].extend(month(guest.redeemed));
        moments[2].extend(month(guest.deleted));
        moments[3].extend(came);
    }
    let first = moments.iter().flatten().min().copied()?;
    let last = moments.iter().flatten().max().copied()?.max(month_of(sheet.as_of, zone));
    let from = first.max(last - MONTHS as i64 + 1);
    let count = (last - from + 1) as usize;
    let mut lines: Vec<Vec<i64>> = vec![vec![0; count]; 4];
    let mut before = 0;
    for (line, months) in moments.iter().enumerate() {
        for month in months {
            match usize::try_from(month - from) {
                Ok(at) => lines[line][at] += 1,
                Err(_) if line == 3 => before += 1,
                Err(_) if line == 2 => before -= 1,
                Err(_) => {}
            }
        }
    }
    let mut balance = before;
    let balances: Vec<Option<i64>> = (0..count)
        .map(|at| {
            balance += lines[3][at] - lines[2][at];
            Some(balance)
        })
        .collect();
    let line = |name: &str, values: Vec<i64>, tone| ChartLine {
        name: name.into(),
        values: values.into_iter().map(Some).collect(),
        tone,
    };
    let steps = (0..count).map(|at| {
        let month = from + at as i64;
        let label = format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
        let door = Some(words::guests(&[("month", &label)]));
        Step { label, time: Some(begin_of_month(month, zone)), door }
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
            line("Invited", lines[0].clone(), Tone::Plain),
            line("Redeemed", lines[1].clone(), Tone::Good),
            line("Removed", lines[2].clone(), Tone::Attention),
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

/// From invitation to redemption: up to so many ticks, and in words.
const WAITS: [(i64, &str); 8] = [
    (HOUR / 6, "10 min"),
    (HOUR, "1 h"),
    (6 * HOUR, "6 h"),
    (DAY, "1 day"),
    (3 * DAY, "3 days"),
    (7 * DAY, "7 days"),
    (30 * DAY, "30 days"),
    (i64::MAX, "longer"),
];

fn waiting(sheet: &Sheet, shown: &[u32]) -> Chart {
    let mut events: Vec<Vec<usize>> = vec![Vec::new(); WAITS.len()];
    let mut counts = vec![0_i64; WAITS.len()];
    for at in shown {
        let guest = sheet.guest(*at);
        let Some(waited) = guest.waited() else { continue };
        let slot = WAITS.iter().position(|(most, _)| waited <= *most).unwrap_or(WAITS.len() - 1);
        counts[slot] += 1;
        events[slot].extend([guest.invited, guest.redeemed].into_iter().flatten().filter_map(At::event));
    }
    let steps = WAITS.iter().zip(&events).map(|((most, label), events)| Step {
        label: if *most == i64::MAX { (*label).into() } else { format!("\u{2264} {label}") },
        time: None,
        door: words::events(sheet, "Invitations and their redemptions", events),
    });
    let total: i64 = counts.iter().sum();
    Chart {
        id: "invitation-to-redemption".into(),
        title: "From invitation to redemption".into(),
        help: format!("Of {total} guests of whom both moments are known. A column leads to both events."),
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
    let invited: Vec<u32> = shown.iter().copied().filter(|at| sheet.guest(*at).invited.is_some()).collect();
    let redeemed: Vec<u32> = invited.iter().copied().filter(|at| sheet.guest(*at).redeemed.is_some()).collect();
    let active = redeemed.iter().filter(|at| sheet.states[**at as usize] == State::Active).count();
    let events = |guests: &[u32], of: fn(&crate::guests::roster::Guest) -> Option<At>| -> Vec<usize> {
        guests.iter().filter_map(|at| of(sheet.guest(*at)).and_then(At::event)).collect()
    };
    let step = |label: &str, door: Option<Door>| Step { label: label.into(), time: None, door };
    let values = [invited.len(), redeemed.len(), active].map(|count| Some(count as i64)).to_vec();
    Chart {
        id: "guests-funnel".into(),
        title: "Invited, redeemed, active".into(),
        help: "Guests whose invitation is in the loaded logs; of them, those who redeemed; of those, the active ones."
            .into(),
        shape: ChartShape::Funnel,
        unit: "guests".into(),
        steps: vec![
            step("Invited", words::events(sheet, "Invitations", &events(&invited, |guest| guest.invited))),
            step("Redeemed", words::events(sheet, "Redemptions", &events(&redeemed, |guest| guest.redeemed))),
            step("Active", Some(words::guests(&[("state", State::Active.id())]))),
        ],
        lines: vec![ChartLine { name: "Guests".into(), values, tone: Tone::Plain }],
        ..Chart::default()
    }
}

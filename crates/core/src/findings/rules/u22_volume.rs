//! U22: more sign-ins of guests than on the same weekday of the week before.

use super::prelude::*;
use crate::arrange::Arrange as _;
use crate::time::plain_day;

pub(super) static RULE: Rule = Rule {
    id: "U22",
    title: "More guest sign-ins than last week",
    level: Level::Low,
    checks: "Failed or successful sign-ins of guests on a day exceed those of the same weekday of the week before by \
             more than the share, and by at least the number. Only the day with the largest excess of each week is \
             reported. Failures are medium, successes low. Days whose week before is not covered are not judged.",
    why: "A jump in failures is guessing; a jump in successes may be what follows.",
    false_positives: &["Holidays in the week before.", "A project that begins."],
    references: &["Microsoft, security operations for user accounts: 10 percent above the same weekday"],
    params: &[
        Param::number("share", "Above the week before, more than", (10, 1, 1000), "percent"),
        Param::number("least", "And by at least", (20, 1, 100_000), "sign-ins"),
    ],
    needs: &[Need::SignIns, Need::Days],
    sigma: None,
    run: look,
};

fn look(run: &Run, out: &mut Out) {
    let (share, least) = (run.number("share"), run.number("least") as usize);
    let mut days: [HashMap<i64, Vec<u32>>; 2] = [HashMap::new(), HashMap::new()];
    let (mut first, mut last) = (i64::MAX, i64::MIN);
    for sign_in in &run.facts.sign_ins {
        let (Some(time), Some(code)) = (run.time(sign_in.event), sign_in.code) else { continue };
        let day = (time + run.zone.offset(time)).div_euclid(DAY);
        (first, last) = (first.min(day), last.max(day));
        if sign_in.person.is_some_and(|person| run.is_guest(person)) {
            days[usize::from(code == 0)].entry(day).or_default().push(sign_in.event);
        }
    }
    if last < first || last - first < 7 {
        out.note(
            "Short baseline: the sign-in logs cover less than 8 days, so no day has a same weekday before it.".into(),
        );
        return;
    }
    for (kind, days) in ["failed", "successful"].into_iter().zip(&days) {
        let mut weeks: HashMap<i64, (usize, i64)> = HashMap::new();
        // The first and the last day of the logs may be cut off.
        for day in first + 8..=last {
            let count = |day: i64| days.get(&day).map_or(0, Vec::len);
            let (now, before) = (count(day), count(day - 7));
            let excess = now.saturating_sub(before);
            if excess >= least && now * 100 > before * (100 + share as usize) {
                // 5 January 1970 was a Monday.
                let best = weeks.entry((day - 4).div_euclid(7)).or_insert((excess, day));
                *best = (*best).max((excess, day));
            }
        }
        let mut best: Vec<i64> = weeks.into_values().map(|(_, day)| day).collect();
        best.arrange();
        for day in best {
            let count = |day: i64| days.get(&day).map_or(0, Vec::len);
            let date = plain_day(day * DAY, &crate::time::Zone::default());
            let sentence = format!(
                "{} {kind} sign-ins of guests on {date}, {} on the same weekday of the week before.",
                count(day),
                count(day - 7)
            );
            let subject = Subject::thing("day", &format!("{date}, {kind}"));
            let draft = out.add(subject, days[&day].clone(), sentence);
            draft.level = Some(if kind == "failed" { Level::Medium } else { Level::Low });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

    #[test]
    fn a_jump_and_a_quiet_week() {
        let guest = ext("dana@fabrikam.example");
        let mut records = Vec::new();
        for day in 1..=16 {
            let count = if day == 15 { 30 } else { 5 };
            for minute in 0..count {
                let time = format!("2026-06-{day:02}T08:{minute:02}:00Z");
                records.push(sign_in(&time, &guest, "Office 365", 0).to_string());
            }
        }
        let file = [("SignIns.json", format!("[{}]", records.join(",")))];
        let found = check_files("U22", &file, &[]);
        assert_eq!(subjects(&found), ["15 Jun 2026, successful"]);
        assert_eq!(found.findings[0].events.len(), 30);
        assert!(found.findings[0].sentence.starts_with("30 successful sign-ins"), "{}", found.findings[0].sentence);
        assert_eq!(check_files("U22", &file, &[("U22.least", "26")]).status, Status::Clear);
        let short = [("SignIns.json", format!("[{}]", records[..10].join(",")))];
        let found = check_files("U22", &short, &[]);
        assert_eq!(found.status, Status::Clear);
        assert!(found.notes[0].starts_with("Short baseline"), "{:?}", found.notes);
    }
}

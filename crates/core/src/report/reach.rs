//! How far the loaded logs of a kind reach: what every answer that says "not seen" has to say with it.
//! "Not seen" is not "never": before the logs begin, in their gaps and after they end, nobody looked.

use super::{
    blocks::{Door, Note, Tone, Value},
    coverage::{self, Coverage},
    view::View,
};
use crate::{
    model::Log,
    store::Store,
    time::{Zone, plain_day},
};

/// Logs that an answer rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Logs {
    /// The directory's audit log; Purview's where there is no other.
    Audit,
    /// Sign-ins of users, interactive or not.
    SignIns,
    /// Audit logs that are all of B2C.
    B2c,
}

/// How far logs reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Which logs.
    pub logs: Logs,
    /// Begin and end of what is covered, ticks, both inclusive; none where no such log is loaded.
    pub period: Option<(i64, i64)>,
    /// Whole days in between that no file covers.
    pub missing_days: u32,
}

impl Logs {
    /// As in "the loaded audit logs".
    pub fn label(self) -> &'static str {
        match self {
            Self::Audit => "audit logs",
            Self::SignIns => "sign-in logs",
            Self::B2c => "B2C audit logs",
        }
    }

    fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Audit => &["Audit logs"],
            Self::SignIns => &["Interactive sign-ins", "Non-interactive sign-ins"],
            Self::B2c => &["B2C audit logs"],
        }
    }
}

impl Reach {
    /// How far the loaded logs reach, in days of the zone.
    pub fn of(store: &Store, logs: Logs, zone: &Zone) -> Self {
        // What is covered does not depend on how long the tenant keeps its logs.
        Self::in_coverage(&coverage::coverage(store, 0, zone), logs)
    }

    fn in_coverage(coverage: &Coverage, logs: Logs) -> Self {
        let of = |names: &[&str]| -> Vec<(Vec<(i64, i64)>, u32)> {
            let kinds = coverage.kinds.iter().filter(|kind| names.contains(&kind.label.as_str()));
            kinds.map(|kind| (kind.covered.clone(), kind.gaps.iter().map(|gap| gap.days).sum())).collect()
        };
        let mut found = of(logs.kinds());
        if found.is_empty() && logs == Logs::Audit {
            found = of(&[Log::Unified.label()]);
        }
        let from = found.iter().flat_map(|(covered, _)| covered).map(|(from, _)| *from).min();
        let to = found.iter().flat_map(|(covered, _)| covered).map(|(_, to)| *to).max();
        // Of interactive and other sign-ins, the log that misses more says how sure the answer is.
        let missing_days = found.iter().map(|(_, days)| *days).max().unwrap_or_default();
        Self { logs, period: from.zip(to), missing_days }
    }

    /// What "not seen" means: `Not seen since 1 Jun 2026, when the loaded audit logs begin`.
    pub fn not_seen(&self, zone: &Zone) -> String {
        let logs = self.logs.label();
        let Some((from, _)) = self.period else { return format!("Unknown: no {logs} are loaded") };
        let missing = match self.missing_days {
            0 => String::new(),
            1 => ", with 1 day missing".into(),
            days => format!(", with {days} days missing"),
        };
        format!("Not seen since {}, when the loaded {logs} begin{missing}", plain_day(from, zone))
    }

    /// The same as an unknown value with its reason.
    pub fn value(&self, zone: &Zone) -> Value {
        Value::none(self.not_seen(zone))
    }

    /// Where one sees which days are covered.
    pub fn door() -> Door {
        Door { view: Some(View::Coverage), ..Door::default() }
    }

    /// A remark for a view whose answers rest on these logs: how far they reach, with the way there.
    pub fn note(&self, zone: &Zone) -> Note {
        let logs = self.logs.label();
        let text = match self.period {
            None => format!("No {logs} are loaded: what they would show is unknown here, and not the same as never."),
            Some((from, to)) => {
                let (from, to) = (plain_day(from, zone), plain_day(to, zone));
                let missing = match self.missing_days {
                    0 => "without a gap of a whole day".to_owned(),
                    1 => "with a gap of 1 day".to_owned(),
                    days => format!("with gaps of {days} days in all"),
                };
                format!(
                    "The loaded {logs} reach from {from} to {to}, {missing}. What happened outside is not seen here, which is not the same as never."
                )
            }
        };
        Note {
            id: format!("reach-{}", logs.replace(' ', "-").to_lowercase()),
            tone: if self.period.is_none() { Tone::Unknown } else { Tone::Plain },
            text,
            door: Some(("Coverage".into(), Self::door())),
            ..Note::default()
        }
    }
}

/// What "not seen" means in these logs, and where one sees which days are covered.
pub fn not_seen(store: &Store, logs: Logs, zone: &Zone) -> (String, Door) {
    (Reach::of(store, logs, zone).not_seen(zone), Reach::door())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        store::{LogSpan, SourceInfo},
        time::{DAY, from_calendar},
    };

    fn store(logs: &[(&str, u32, u32, u64)]) -> Store {
        let mut store = Store::default();
        for (at, (log, first, last, b2c)) in logs.iter().enumerate() {
            let day = |day| from_calendar(2026, 6, day, 9, 0, 0);
            let span = LogSpan { log: (*log).into(), records: 2, b2c: *b2c, first: day(*first), last: day(*last) };
            store.sources.push(SourceInfo { id: at as u32, logs: vec![span], ..SourceInfo::default() });
        }
        store
    }

    #[test]
    fn says_since_when() {
        let utc = Zone::default();
        let check = |logs: &[(&str, u32, u32, u64)], of, expected: &str| {
            assert_eq!(not_seen(&store(logs), of, &utc).0, expected);
        };
        let begin = "Not seen since 1 Jun 2026, when the loaded audit logs begin";
        check(&[], Logs::Audit, "Unknown: no audit logs are loaded");
        check(&[("Audit", 1, 9, 0)], Logs::Audit, begin);
        check(&[("Audit", 1, 9, 1)], Logs::SignIns, "Unknown: no sign-in logs are loaded");
        check(&[("Audit", 1, 9, 2)], Logs::Audit, "Unknown: no audit logs are loaded");
        check(&[("Audit", 3, 9, 2)], Logs::B2c, "Not seen since 3 Jun 2026, when the loaded B2C audit logs begin");
        check(&[("Unified audit log", 1, 9, 0)], Logs::Audit, begin);
        check(&[("Audit", 6, 9, 0), ("Audit", 1, 4, 0)], Logs::Audit, &format!("{begin}, with 1 day missing"));
        let sign_ins = [("Interactive sign-ins", 2, 5, 0), ("Non-interactive sign-ins", 1, 5, 0)];
        check(&sign_ins, Logs::SignIns, "Not seen since 1 Jun 2026, when the loaded sign-in logs begin");
        let reach = Reach::of(&store(&[("Audit", 6, 9, 0), ("Audit", 1, 2, 0)]), Logs::Audit, &utc);
        assert_eq!(reach.period.map(|(from, to)| (to - from) / DAY), Some(8));
        assert!(reach.note(&utc).text.contains("with gaps of 3 days in all"));
    }
}

//! The six questions that the browser benchmark asks every contestant, answered as exactly and as
//! directly as the engine can. For the benchmark page only; the app itself asks [`Engine::ask`].

use super::Engine;
use crate::{
    model::{Domain, Field},
    protocol::{Clause, Query, Sort},
    query::{self, Events, FieldValues, Selection},
    report,
    time::{self, Zone},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Lines of the table that the question `filter` makes ready to show.
const LINES: u32 = 100;

/// What the benchmark knows about its file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BenchTruth {
    /// The activity that `filter` looks for.
    #[serde(alias = "filterActivity")]
    pub filter_activity: String,
    /// The part of one correlation id that `needle` looks for.
    pub needle: String,
}

impl Engine {
    /// Answers `filter`, `search`, `needle`, `byActivity`, `byDay` or `guests`; null for other names.
    pub fn bench_query(&mut self, name: &str, truth: &BenchTruth) -> Value {
        match name {
            "filter" => self.bench_filter(&truth.filter_activity),
            "search" => self.bench_search("guest"),
            "needle" => self.bench_search(&truth.needle),
            "byActivity" => self.bench_groups(Field::Activity),
            "byDay" => self.bench_groups(Field::Time),
            "guests" => self.bench_guests(),
            _ => Value::Null,
        }
    }

    fn bench_filter(&mut self, activity: &str) -> Value {
        let clause = Clause { field: Field::Activity, values: vec![activity.into()], exclude: false };
        let query = Query { clauses: vec![clause], ..Query::default() };
        let selection = Selection::new(&self.store, &query, &Zone::default());
        self.sort(Sort::default());
        let ordered = self.ordered.iter().flat_map(|ordered| &ordered.events).copied();
        let table: Vec<u32> = ordered.filter(|event| selection.matches(*event as usize)).collect();
        let columns =
            [Field::Time, Field::Service, Field::Category, Field::Activity, Field::Result, Field::Target, Field::Actor];
        let rows = report::rows(&self.store, &table, 0, LINES, &columns);
        json!(if rows.rows.len() == table.len().min(LINES as usize) { table.len() } else { 0 })
    }

    fn bench_search(&self, text: &str) -> Value {
        let query = Query { text: text.into(), ..Query::default() };
        json!(Selection::new(&self.store, &query, &Zone::default()).matching().len())
    }

    fn bench_groups(&self, field: Field) -> Value {
        let zone = Zone::default();
        let values = FieldValues::new(&self.store, field, &zone);
        let counts = query::counts(&values, &Events::All(self.store.len()));
        let groups = counts.iter().filter(|count| **count > 0).count();
        json!({ "n": groups, "max": counts.iter().max() })
    }

    fn bench_guests(&self) -> Value {
        let store = &self.store;
        let upns = store.dictionary(Domain::Upn);
        let mut external = vec![false; upns.len()];
        let finder = memchr::memmem::Finder::new(b"#EXT#");
        upns.for_each_text(&mut |code, text| external[code as usize] = finder.find(text.as_bytes()).is_some());
        let newest = query::passes::newest(store, &external);
        let guests = || newest.iter().filter_map(|newest| *newest);
        let second = |ticks: i64| time::iso(ticks).chars().take(19).collect::<String>();
        json!({
            "n": guests().count(),
            "oldest": guests().min().map(second),
            "newest": guests().max().map(second),
        })
    }
}

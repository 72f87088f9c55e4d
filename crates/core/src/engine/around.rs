//! What stands around a view: the table of events, the period, the facets, the histogram of the top bar.

use super::Engine;
use crate::{
    model::{Field, Place},
    protocol::{Ask, ViewRequest},
    query::{self, FieldValues, Selection, Tally, TimeBins, time_bins},
    report::{self, Facet, TimeSeries},
    store::{NO_TIME, Store},
};

/// What an answer has around its view, kept while nothing but the view changes. The view's own question
/// is left out of `about`, and so are the facets, which some views do without.
pub(super) struct Around {
    state: (u64, usize, usize),
    about: Ask,
    pub(super) without_time: u64,
    pub(super) period: Option<(i64, i64)>,
    facets: Vec<FacetOf>,
    pub(super) histogram: TimeSeries,
    pub(super) uncovered: Vec<(i64, i64)>,
    pub(super) absent: Vec<(Field, String)>,
}

/// A facet, and the text that its values contain.
struct FacetOf {
    text: String,
    facet: Facet,
}

impl Around {
    fn text(ask: &Ask, field: Field) -> &str {
        ask.facet_text.iter().find(|(own, _)| *own == field).map_or("", |(_, text)| text)
    }

    fn known(&self, ask: &Ask, field: Field) -> Option<&Facet> {
        let is_same = |of: &&FacetOf| of.facet.field == field && of.text == Self::text(ask, field);
        self.facets.iter().find(is_same).map(|of| &of.facet)
    }

    /// Works out the facets that are asked for, unless they are known.
    fn look(&mut self, tally: &Tally, ask: &Ask) {
        for field in &ask.facets {
            if self.known(ask, *field).is_none() {
                let text = Self::text(ask, *field).to_owned();
                let facet = query::facet(tally, *field, &ask.query.clauses, &text);
                self.facets.retain(|of| of.facet.field != *field);
                self.facets.push(FacetOf { text, facet });
            }
        }
    }

    /// The facets that are asked for.
    pub(super) fn facets_of(&self, ask: &Ask) -> Vec<Facet> {
        ask.facets.iter().filter_map(|field| self.known(ask, *field).cloned()).collect()
    }
}

impl Engine {
    /// Works out the table, and what stands around the view, unless nothing of it has changed.
    pub(super) fn look_around(&mut self, ask: &Ask) {
        let store = &self.store;
        let state = (store.revision(), store.entity_count(), store.sources.len());
        let about = Ask { view: ViewRequest::Sources, facets: Vec::new(), facet_text: Vec::new(), ..ask.clone() };
        let nothing = Selection::default();
        let selection = self.selected.as_ref().map_or(&nothing, |selected| &selected.selection);
        let tally = Tally::new(store, selection, &ask.zone);
        if let Some(known) = self.around.as_mut().filter(|known| known.state == state && known.about == about) {
            known.look(&tally, ask);
            return;
        }
        self.table.clear();
        let ordered = self.ordered.iter().flat_map(|ordered| &ordered.events);
        self.table.extend(ordered.copied().filter(|event| selection.matches(*event as usize)));
        let period = time_bins::period(&store.time);
        let bins = TimeBins::fit(period, &ask.zone, ask.bins);
        let mut around = Around {
            state,
            about,
            without_time: selection.matching().iter().filter(|event| store.time[*event] == NO_TIME).count() as u64,
            period,
            facets: Vec::new(),
            histogram: query::histogram(&tally, &bins, ask.stack, Selection::TIME),
            uncovered: report::uncovered(store, &ask.zone),
            absent: absent(store, ask),
        };
        around.look(&tally, ask);
        self.around = Some(around);
    }
}

/// Values of filters that are nowhere in the files. Times are left out: each is somewhere between two others.
fn absent(store: &Store, ask: &Ask) -> Vec<(Field, String)> {
    let mut absent = Vec::new();
    for clause in ask.query.clauses.iter().filter(|clause| clause.field.place() != Place::Time) {
        let values = FieldValues::new(store, clause.field, &ask.zone);
        let missing = clause.values.iter().filter(|value| values.find(value).is_none());
        absent.extend(missing.map(|value| (clause.field, value.clone())));
    }
    absent
}

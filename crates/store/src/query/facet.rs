//! The values of a field, counted as if the field had no condition of its own.

use super::{Tally, count, search};
use crate::arrange::Arrange as _;
use crate::{
    ask::Clause,
    counted::{Facet, FacetValue},
    model::Field,
};

/// Counts a field for the filter rail. Values that clauses name come first, even without events.
pub fn facet(tally: &Tally, field: Field, clauses: &[Clause], text: &str) -> Facet {
    let values = tally.values(field);
    let counts = tally.counts(field, &values, tally.selection.field_bit(field));
    let needle = search::Needle::new(text);
    let codes = values.dictionary().filter(|_| !text.is_empty()).map(|dictionary| needle.codes(dictionary));
    let has_text = |code: u32| match &codes {
        Some(codes) => codes.as_ref().is_some_and(|codes| codes[code as usize]),
        None => text.is_empty() || needle.is_in(&values.display(code)),
    };
    let chosen = chosen(field, clauses, |value| values.find(value).map_or_else(|| needle.is_in(value), has_text));
    let distinct = (0_u32..).zip(counts.iter()).filter(|(code, count)| **count > 0 && has_text(*code)).count();
    let mut all: Vec<FacetValue> = chosen
        .into_iter()
        .map(|value| FacetValue {
            count: values.find(&value.value).map_or(0, |code| counts[code as usize].into()),
            ..value
        })
        .collect();
    all.arrange_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    all.truncate(Facet::LIMIT);
    let named: Vec<u32> = all.iter().filter_map(|value| values.find(&value.value)).collect();
    let rest = count::top(&values, &counts, Facet::LIMIT - all.len(), |code| has_text(code) && !named.contains(&code));
    all.extend(rest.into_iter().map(|ranked| FacetValue {
        value: ranked.value,
        count: ranked.count.into(),
        included: false,
        excluded: false,
    }));
    Facet { field, values: all, distinct: distinct as u64 }
}

/// The values that clauses on the field name, each once.
fn chosen(field: Field, clauses: &[Clause], wanted: impl Fn(&str) -> bool) -> Vec<FacetValue> {
    let mut chosen: Vec<FacetValue> = Vec::new();
    for clause in clauses.iter().filter(|clause| clause.field == field) {
        for value in clause.values.iter().filter(|value| wanted(value)) {
            let at = chosen.iter().position(|known| known.value == *value).unwrap_or_else(|| {
                chosen.push(FacetValue { value: value.clone(), count: 0, included: false, excluded: false });
                chosen.len() - 1
            });
            let known = &mut chosen[at];
            *(if clause.exclude { &mut known.excluded } else { &mut known.included }) = true;
        }
    }
    chosen
}

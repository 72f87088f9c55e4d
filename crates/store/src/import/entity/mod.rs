//! Exports of people, assignments, requests, reviews and the like: tables of what is, not logs of what
//! happened. Their records become rows of the entity tables.

mod columns;
mod draft;
mod graph_context;
mod graph_members;
mod graph_rows;
mod header;
mod rows;
mod table_csv;
mod uniform;

pub(super) mod assignments_csv;
pub(super) mod connected_organizations_csv;
pub(super) mod graph_access_reviews;
pub(super) mod graph_entitlement;
pub(super) mod graph_users;
pub(super) mod inactive_guests_csv;
pub(super) mod requests_csv;
pub(super) mod review_history_csv;
pub(super) mod review_results_csv;
pub(super) mod sponsor_answers;
pub(super) mod users_csv;

pub(super) use rows::Rows;

use super::sniff::Head;
use crate::arrange::Arrange as _;
use crate::model::Attribute;

/// Whether a file can be read as a format because its reader says so: one of the CSVs of entities.
pub(super) fn is_mapped(format: &str, head: &Head) -> bool {
    format.ends_with("-csv") && kind(format).is_some() && !head.header().is_empty()
}

/// What a column of a CSV can be, by the id of its format, in the order of [`Attribute::ALL`]; empty for other
/// formats.
pub fn attributes(format: &str) -> Vec<Attribute> {
    let columns: &[&header::Columns] = match format {
        "users-csv" => &[&users_csv::COLUMNS],
        "inactive-guests-csv" => &[&inactive_guests_csv::COLUMNS],
        "assignments-csv" => &[&assignments_csv::PORTAL, &assignments_csv::SCRIPT],
        "requests-csv" => &[&requests_csv::COLUMNS],
        "connected-organizations-csv" => &[&connected_organizations_csv::COLUMNS],
        "review-results-csv" => &[&review_results_csv::COLUMNS],
        "review-history-csv" => &[&review_history_csv::COLUMNS],
        _ => &[],
    };
    let mut found: Vec<Attribute> = columns.iter().flat_map(|columns| columns.attributes()).collect();
    found.arrange_by_key(|attribute| *attribute as usize);
    found.dedup();
    found
}

/// What the records of a format are about, see `SourceInfo::kind`; none of a log of events.
pub(super) fn kind(format: &str) -> Option<&'static str> {
    Some(match format {
        "users-csv" | "graph-users-json" => "users",
        "inactive-guests-csv" => "inactive-guests",
        "assignments-csv" => "assignments",
        "requests-csv" => "requests",
        "connected-organizations-csv" => "connected-organizations",
        "review-results-csv" | "review-history-csv" | "sponsor-answers-json" => "review-decisions",
        // Narrowed down by their records.
        "graph-entitlement-json" => "entitlement",
        "graph-access-reviews-json" => "reviews",
        _ => return None,
    })
}

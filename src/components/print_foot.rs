//! What stands at the end of a printed view: the files it rests on, by their hashes, so that an auditor
//! can check them again.

use super::{sample_data::sample_mark, text::file_text};
use crate::{format, state::Files};
use guestlens_core::{
    store::SourceInfo,
    time::{self, Zone},
};
use yew::prelude::*;

/// How many files are printed; the integrity sheet holds all.
const LINES: usize = 500;

const HEADS: [&str; 10] = [
    "File, SHA-256",
    "Bytes",
    "Kind, encoding",
    "Records",
    "Events",
    "Duplicates",
    "Problems",
    "First event",
    "Last event",
    "Dates",
];

/// Properties of [`PrintFoot`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The files.
    pub files: Files,
    /// Calendar of times.
    pub zone: Zone,
}

/// The integrity sheet, in brief.
#[component]
pub fn PrintFoot(props: &Props) -> Html {
    let sources = &props.files.sources;
    let line = |source: &SourceInfo| line(source, &props.zone);
    html! {
        <section class="print-foot" data-testid="print-integrity" aria-hidden="true">
            <h2>{ "Integrity of the files" }</h2>
            if props.files.has_sample() { <p>{ sample_mark() }</p> }
            <p>{ format!("Guestlens {}. Times in {}. Events of several files are counted once; entries of an archive stand behind it.",
                env!("CARGO_PKG_VERSION"), props.zone.name) }</p>
            <table class="table">
                <thead><tr>{ for HEADS.into_iter().map(|head| html! { <th>{ head }</th> }) }</tr></thead>
                <tbody>{ for sources.iter().take(LINES).map(line) }</tbody>
            </table>
            if sources.len() > LINES {
                <p>{ format!("The first {LINES} of {}. The integrity sheet under Sources holds all.", format::count(sources.len() as u64)) }</p>
            }
        </section>
    }
}

fn line(source: &SourceInfo, zone: &Zone) -> Html {
    let when = |ticks: Option<i64>| ticks.map_or_else(|| "-".to_owned(), |ticks| time::plain(ticks, zone));
    let hash = match (source.sha256.is_empty(), source.parent) {
        (false, _) => source.sha256.clone(),
        (true, Some(_)) => "in the archive before it".into(),
        (true, None) => "SHA-256 not computed: not read to its end, or not yet".into(),
    };
    let encoding = if source.is_archive() { "" } else { source.encoding.label() };
    let order = super::source_table::date_order(source.date_order).unwrap_or("-");
    html! {
        <tr>
            <td>{ file_text(&source.name) }<br /><span class="print-foot__hash">{ hash }</span></td>
            <td>{ format::count(source.size) }</td>
            <td>{ &source.format_label }<br />{ encoding }</td>
            <td>{ format::count(source.records) }</td><td>{ format::count(source.events) }</td>
            <td>{ format::count(source.duplicates) }</td><td>{ format::count(source.problems) }</td>
            <td>{ when(source.first) }</td><td>{ when(source.last) }</td><td>{ order }</td>
        </tr>
    }
}

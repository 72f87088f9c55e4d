//! The files: what they are, what was found in them, how they were read.

use super::{
    icon::{Glyph, icon},
    sample_data::sample_button,
    sheet_buttons::sheet_buttons,
    text::{escape, file_text},
};
use crate::{
    action::{Action, FileAction},
    format,
};
use guestlens_core::arrange::Arrange as _;
use guestlens_core::{
    protocol::Sheet,
    store::{DateOrder, Problem, ProblemKind, SourceInfo, SourceState},
    time::{self, Zone},
};
use yew::prelude::*;

/// What the table shows.
pub struct Shown<'a> {
    /// The files.
    pub sources: &'a [SourceInfo],
    /// What went wrong with them.
    pub problems: &'a [Problem],
    /// Whether the invented tenant is among them.
    pub has_sample: bool,
    /// Whether the files cannot be changed: they are those of a report.
    pub read_only: bool,
    /// Calendar of times.
    pub zone: &'a Zone,
    /// Takes [`Action::RemoveFile`] and [`Action::ClearAll`].
    pub on_action: &'a Callback<Action>,
}

/// How many files are listed: browsers take minutes to lay out ten thousand.
const LISTED: usize = 1_000;

const HEADS: [(&str, bool); 9] = [
    ("File", false),
    ("State", false),
    ("Records", true),
    ("Events", true),
    ("Duplicates", true),
    ("Problems", true),
    ("First event", false),
    ("Last event", false),
    ("Remove", false),
];

fn state(source: &SourceInfo) -> (&'static str, &'static str, Glyph) {
    match source.state {
        SourceState::Waiting => ("waiting", "Waiting", Glyph::Clock),
        SourceState::Reading => ("reading", "Being read", Glyph::Clock),
        SourceState::Done if source.problems > 0 => ("attention", "Read, with problems", Glyph::Warning),
        SourceState::Done if source.records == 0 && !source.is_archive() => {
            ("attention", "Read: 0 records", Glyph::Warning)
        }
        SourceState::Done => ("good", "Read", Glyph::Check),
        SourceState::Cancelled => ("attention", "Cancelled", Glyph::Minus),
        SourceState::Failed => ("serious", "Failed", Glyph::Serious),
    }
}

/// How numeric dates were read, if any was in doubt.
pub fn date_order(order: DateOrder) -> Option<&'static str> {
    match order {
        DateOrder::NotNeeded => None,
        DateOrder::MonthFirst => Some("dates month first"),
        DateOrder::DayFirst => Some("dates day first"),
        DateOrder::AssumedMonthFirst => Some("dates month first (assumed)"),
    }
}

/// Format, encoding, size, and how dates were read, in one line.
fn kind(source: &SourceInfo) -> String {
    let format = (!source.format_label.is_empty()).then(|| source.format_label.clone());
    // Of what was not recognised, the encoding would be a guess about no text at all.
    let encoding = (!source.is_archive() && !source.format.is_empty()).then(|| source.encoding.label().to_owned());
    let parts = [format, encoding, Some(format::size(source.size)), date_order(source.date_order).map(Into::into)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The table.
pub fn source_table(shown: &Shown) -> Html {
    let clear = shown.on_action.reform(|_: MouseEvent| Action::ClearAll);
    let head = |(words, is_number): (&'static str, bool)| {
        let zone = if words.ends_with("event") { format!(" ({})", shown.zone.name) } else { String::new() };
        html! { <th scope="col" class={is_number.then_some("number")}>{ words }{ zone }</th> }
    };
    // Entries stand below their archive, which may have been dropped before other files.
    let mut sources: Vec<&SourceInfo> = shown.sources.iter().collect();
    sources.arrange_by_key(|source| (source.file, source.entry));
    let files = sources.iter().filter(|source| source.parent.is_none()).count() as u64;
    html! {
        <section class="sources" aria-labelledby="sources-title">
            <header class="sources__head">
                <h2 id="sources-title" class="section-title">{ format::counted(files, "file", "files") }</h2>
                <div class="sources__buttons">
                    { sheet_buttons(Sheet::Integrity, shown.on_action) }
                    if !shown.read_only {
                        if !shown.has_sample { { sample_button(false, shown.on_action) } }
                        <button type="button" class="button" data-testid="clear-all" onclick={clear}>{ icon(Glyph::Close) }{ "Remove all files" }</button>
                    }
                </div>
            </header>
            <div class="table-box" role="region" aria-label="Files" tabindex="0">
                <table class="table">
                    <thead><tr>{ for HEADS.into_iter().map(head) }</tr></thead>
                    { for sources.iter().take(LISTED).map(|source| lines(shown, source)) }
                    if sources.len() > 1 { { totals(&sources) } }
                </table>
            </div>
            if sources.len() > LISTED {
                <p class="quiet" data-testid="sources-left-out">{ format!("The first {} of {} are listed here; the integrity sheet has all of them.",
                    format::count(LISTED as u64), format::counted(sources.len() as u64, "file", "files")) }</p>
            }
        </section>
    }
}

/// What all files hold together. Archives only hold the others.
fn totals(sources: &[&SourceInfo]) -> Html {
    let sum = |of: fn(&SourceInfo) -> u64| sources.iter().map(|source| of(source)).sum::<u64>();
    let [records, events, duplicates, problems] =
        [sum(|one| one.records), sum(|one| one.events), sum(|one| one.duplicates), sum(|one| one.problems)];
    let number = |value: u64| html! { <td class="number">{ format::count(value) }</td> };
    html! {
        <tfoot>
            <tr class="sources__totals" data-testid="source-totals" data-records={records.to_string()} data-events={events.to_string()}
                data-duplicates={duplicates.to_string()} data-problems={problems.to_string()}>
                <th scope="row">{ "All files" }</th><td />{ number(records) }{ number(events) }{ number(duplicates) }{ number(problems) }
                <td colspan="3" />
            </tr>
        </tfoot>
    }
}

fn lines(shown: &Shown, source: &SourceInfo) -> Html {
    let (tone, words, glyph) = state(source);
    let when = |ticks: Option<i64>| ticks.map_or_else(|| "-".to_owned(), |ticks| time::plain(ticks, shown.zone));
    let number = |value: u64| html! { <td class="number">{ format::count(value) }</td> };
    let file = source.file;
    let remove = shown.on_action.reform(move |_: MouseEvent| Action::RemoveFile(file));
    let has_more = !source.notes.is_empty()
        || !source.unknown_fields.is_empty()
        || source.entity_records > 0
        || !source.sha256.is_empty()
        || source.logs.len() > 1
        || can_be_mapped(shown, source);
    html! {
        <tbody key={source.key()}>
            <tr class="source" data-testid="source" data-name={source.name.clone()} data-format={source.format.clone()} data-state={tone}
                data-records={source.records.to_string()} data-events={source.events.to_string()}
                data-duplicates={source.duplicates.to_string()} data-problems={source.problems.to_string()}
                data-kind={source.kind.clone()} data-sha256={source.sha256.clone()}
                data-first={source.first.map(time::iso)} data-last={source.last.map(time::iso)}>
                <th scope="row" class="source__name">{ file_text(&source.name) }<span class="source__kind">{ kind(source) }</span></th>
                <td><span class="state" data-tone={tone}>{ icon(glyph) }{ words }</span></td>
                { number(source.records) }{ number(source.events) }{ number(source.duplicates) }{ number(source.problems) }
                <td class="nowrap">{ when(source.first) }</td>
                <td class="nowrap">{ when(source.last) }</td>
                <td>
                    if source.parent.is_none() && !shown.read_only {
                        <button type="button" class="button button--icon" data-testid="remove-source"
                            aria-label={escape(&format!("Remove {}", source.name))} onclick={remove}>{ icon(Glyph::Close) }</button>
                    }
                </td>
            </tr>
            if has_more {
                <tr class="source__more"><td colspan={HEADS.len().to_string()}>
                    if !source.notes.is_empty() {
                        <ul class="source__notes">{ for source.notes.iter().map(|note| html! { <li>{ note }</li> }) }</ul>
                    }
                    if source.entity_records > 0 {
                        <p>{ format!("{} of {}, in the views of guests and entitlements.",
                            format::counted(source.entity_records, "record", "records"), source.kind.replace(' ', " and ").replace('-', " ")) }</p>
                    }
                    if source.logs.len() > 1 {
                        <p>{ "Holds several logs: " }{ for source.logs.iter().enumerate().map(|(at, log)| {
                            format!("{}{} ({})", if at > 0 { ", " } else { "" }, log.log, format::counted(log.records, "record", "records"))
                        }) }</p>
                    }
                    { columns(shown, source) }
                    if !source.sha256.is_empty() {
                        <p>{ "SHA-256 " }<code>{ &source.sha256 }</code></p>
                    }
                    if !source.unknown_fields.is_empty() {
                        <p class="source__unknown">
                            { "Fields that Guestlens has no column for, kept under Other fields: " }
                            { for source.unknown_fields.iter().enumerate().map(|(at, (name, count))| html! {
                                <>{ if at > 0 { ", " } else { "" } }<code>{ file_text(name) }</code>{ format!(" ({})", format::count(*count)) }</>
                            }) }
                        </p>
                    }
                </td></tr>
            }
        </tbody>
    }
}

/// Whether the reader can say what its columns are: a list as CSV, or text that was not recognised.
fn can_be_mapped(shown: &Shown, source: &SourceInfo) -> bool {
    let is_unknown = |problem: &Problem| problem.source == source.id && problem.kind == ProblemKind::NotRecognised;
    let unknown = || source.format.is_empty() && shown.problems.iter().any(is_unknown);
    !shown.read_only && !source.is_open() && (!source.mapping.is_empty() || unknown())
}

/// That columns were guessed, and the way to correct them.
fn columns(shown: &Shown, source: &SourceInfo) -> Html {
    if !can_be_mapped(shown, source) {
        return html! {};
    }
    let id = source.id;
    let onclick = shown.on_action.reform(move |_: MouseEvent| Action::Files(FileAction::ShowColumns(id)));
    let guessed = source.mapping.iter().filter(|column| column.guessed).count();
    let words = if source.mapping.is_empty() { "Say what it is" } else { "Columns" };
    html! {
        <p class="source__columns">
            if guessed > 0 {
                <span class="state" data-tone="attention">{ icon(Glyph::Warning) }
                    { format!("{} guessed, check them", format::counted(guessed as u64, "column", "columns")) }</span>
            }
            <button type="button" class="button" data-testid="mapping" aria-label={escape(&format!("{words} of {}", source.name))} {onclick}>{ words }</button>
        </p>
    }
}

//! The whole page, put together.

use super::{
    alerts::alerts,
    drop_area::drop_area,
    facet_panel::facet_panel,
    icon::{Glyph, icon},
    keys_dialog::keys_dialog,
    load_progress::load_progress,
    mapping_dialog::MappingDialog,
    print_foot::PrintFoot,
    print_head::print_head,
    print_table::print_table,
    problem_list::ProblemList,
    proof_dialog::ProofDialog,
    rail::{self, rail},
    report_banner::{certificate_dialog, report_banner},
    session_panel::{SessionPanel, session_files},
    share::ShareDialog,
    source_table::{self, source_table},
    top_bar::top_bar,
    what_next::what_next,
    words,
};
use crate::{
    action::{Action, Dialog, View},
    blocks::{Drawer, EventTable, GroupsView, OpenedDrawer, ReportBlocks},
    keys,
    state::{AppState, Printing},
};
use guestlens_core::protocol::Query;
use yew::prelude::*;

/// The page.
pub fn page(state: &AppState, on_action: &Callback<Action>) -> Html {
    let phase = state.files.phase();
    let menu = (state.dialog == Some(Dialog::Menu)).to_string();
    let is_empty = state.files.sources.is_empty();
    html! {
        <div class="app" data-testid="app" data-state={phase} data-view={state.view.id()} data-report={state.files.is_report().to_string()} data-page={if is_empty { "start" } else { "views" }} data-rail={if state.rail_open { "open" } else { "folded" }} data-menu={menu}>
            if is_empty {
                { alerts(&state.alerts, on_action) }
                { session_files(state.work.session.as_ref(), &state.files.sources, on_action) }
                { drop_area(state.theme, state.zone, &state.files.sources, on_action) }
            } else {
                { loaded(state, on_action) }
            }
            if let Some(sheet) = &state.work.columns {
                <MappingDialog key={sheet.source} sheet={sheet.clone()} on_action={on_action.clone()} />
            }
            if state.dialog == Some(Dialog::Keys) { { keys_dialog(state.single_keys, on_action) } }
            if state.dialog == Some(Dialog::Share) { <ShareDialog share={state.share.clone()} on_action={on_action.clone()} /> }
            if let Some(report) = state.report.as_ref().filter(|_| state.dialog == Some(Dialog::Certificate)) {
                { certificate_dialog(report, on_action) }
            }
            if state.dialog == Some(Dialog::Proof) { <ProofDialog own={state.own.clone()} on_action={on_action.clone()} /> }
        </div>
    }
}

fn loaded(state: &AppState, on_action: &Callback<Action>) -> Html {
    let problems = state.files.sources.iter().map(|source| source.problems).sum::<u64>();
    let shown = rail::Shown { view: state.view, open: state.rail_open, problems, theme: state.theme, zone: state.zone };
    let skip = Callback::from(|_: MouseEvent| keys::focus("#main"));
    // Of files that hold nothing there is nothing to show but what is wrong with them, and how to begin.
    if state.files.is_in_vain() && state.view != View::Sources {
        return html! {
            <>
                { rail(&shown, on_action) }
                <div class="app__page">
                    { alerts(&state.alerts, on_action) }
                    { drop_area(state.theme, state.zone, &state.files.sources, on_action) }
                    { load_progress(&state.files, on_action) }
                </div>
            </>
        };
    }
    html! {
        <>
            <button type="button" class="skip" onclick={skip}>{ "Skip to the view" }</button>
            { rail(&shown, on_action) }
            <div class="app__page">
                { print_head(state) }
                if let Some(report) = &state.report { { report_banner(report, on_action) } }
                { top_bar(state, on_action) }
                { alerts(&state.alerts, on_action) }
                <div class="app__body">
                    if matches!(state.view, View::Events | View::Groups) { { facets(state, on_action) } }
                    if let Printing::Ready(rows) = &state.print {
                        { print_table(rows, state.answer.matching, &state.zone()) }
                    }
                    <main class="app__main" id="main" tabindex="-1" aria-label={state.view.label()}>{ view(state, on_action) }</main>
                    if state.view == View::Events {
                        <Drawer details={state.details.as_deref().cloned()} zone={state.zone()} matching={state.answer.matching} on_action={on_action.clone()} />
                    }
                    if let Some(opened) = state.opened() {
                        <OpenedDrawer opened={(**opened).clone()} zone={state.zone()} title_context={words::filters(state)}
                            before={state.neighbour(-1)} after={state.neighbour(1)} on_action={on_action.clone()} />
                    }
                </div>
                <PrintFoot files={state.files.clone()} zone={state.zone()} />
                { load_progress(&state.files, on_action) }
            </div>
        </>
    }
}

fn facets(state: &AppState, on_action: &Callback<Action>) -> Html {
    let open = state.dialog == Some(Dialog::Filters);
    facet_panel(&state.answer.facets, &state.facet_text, &state.files.sources, open, on_action)
}

fn view(state: &AppState, on_action: &Callback<Action>) -> Html {
    let answer = &state.answer;
    let zone = state.zone();
    if state.view == View::Sources {
        let table = source_table::Shown {
            sources: &state.files.sources,
            problems: &state.files.problems,
            has_sample: state.files.has_sample(),
            read_only: state.files.is_report(),
            zone: &zone,
            on_action,
        };
        return html! {
            <div class="view">
                { source_table(&table) }
                <ProblemList problems={state.files.problems.clone()} sources={state.files.sources.clone()} on_action={on_action.clone()} />
                if !state.files.is_report() {
                    { what_next(&state.files.sources, state.files.is_loading(), on_action) }
                    <SessionPanel notes={state.work.notes.clone()} session={state.work.session.clone()} sources={state.files.sources.clone()} on_action={on_action.clone()} />
                }
            </div>
        };
    }
    if answer.total == 0 && !state.view.is_made_of_blocks() {
        return no_events(state, on_action);
    }
    match state.view {
        View::Overview | View::Sources => html! {
            <div class="view">
                <ReportBlocks blocks={(*answer.overview).clone()} {zone} title_context={words::filters(state)} uncovered={state.answer.uncovered.clone()} is_filtered={is_filtered(state)} on_action={on_action.clone()} />
            </div>
        },
        View::Events => html! {
            <EventTable rows={(*answer.rows).clone()} matching={answer.matching} columns={state.columns.clone()} sort={state.query().sort}
                selected={state.selected} {zone} seq={state.table_seq} on_action={on_action.clone()} />
        },
        View::Groups => answer.groups.as_ref().map_or_else(Html::default, |answer| html! {
            <div class="view">
                <GroupsView groups={(*answer.groups).clone()} blocks={(*answer.blocks).clone()} title_context={words::filters(state)} uncovered={state.answer.uncovered.clone()} is_filtered={is_filtered(state)} {zone} on_action={on_action.clone()} />
            </div>
        }),
        _ => blocks(state, on_action),
    }
}

/// Whether any condition leaves events out.
fn is_filtered(state: &AppState) -> bool {
    let Query { sort: _, clauses, text, from, to, hour, guests_only, picked } = state.query();
    !clauses.is_empty()
        || !text.is_empty()
        || from.is_some()
        || to.is_some()
        || hour.is_some()
        || *guests_only
        || picked.is_some()
}

/// A view of blocks: the newest answer stays until the next one is there.
fn blocks(state: &AppState, on_action: &Callback<Action>) -> Html {
    let (view, zone) = (state.view, state.zone());
    let Some(answer) = state.answer.blocks.get(&view) else {
        return html! { <p class="nothing" key={view.id()} aria-busy="true">{ format!("Working out {}", view.label().to_lowercase()) }</p> };
    };
    if answer.blocks.is_empty() {
        return nothing_here(state, on_action);
    }
    html! {
        <div class="view view--blocks" key={view.id()} data-testid="view" data-view={view.id()}>
            <ReportBlocks blocks={(*answer.blocks).clone()} {zone} title_context={words::filters(state)} open={state.view_state().open}
                uncovered={state.answer.uncovered.clone()} whole={state.print == Printing::Whole} on_action={on_action.clone()} />
        </div>
    }
}

fn nothing_here(state: &AppState, on_action: &Callback<Action>) -> Html {
    let show = on_action.reform(|_: MouseEvent| Action::Show(View::Sources));
    html! {
        <div class="nothing" key={state.view.id()}>
            { icon(Glyph::Unknown) }
            <p class="nothing__what">{ "There is nothing to show here." }</p>
            <p>{ "The loaded files hold nothing of this kind. Sources lists every file with what it holds." }</p>
            <button type="button" class="button button--primary" onclick={show}>{ "Show sources" }</button>
        </div>
    }
}

/// There is nothing to show, yet or at all.
fn no_events(state: &AppState, on_action: &Callback<Action>) -> Html {
    if state.files.is_loading() || state.is_waiting() {
        return html! { <p class="nothing" aria-busy="true">{ "Reading the first events" }</p> };
    }
    let show = on_action.reform(|_: MouseEvent| Action::Show(View::Sources));
    html! {
        <div class="nothing">
            { icon(Glyph::Unknown) }
            <p class="nothing__what">{ "There is no event in these files." }</p>
            <p>{ "Events come from audit logs and sign-in logs. Other files fill views of their own: see the rail. Sources lists every file with what it holds, what is wrong in it and what to do." }</p>
            <button type="button" class="button button--primary" onclick={show}>{ "Show sources" }</button>
        </div>
    }
}

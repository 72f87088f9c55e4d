//! The whole page, put together.

use super::{
    alerts::Alerts,
    drop_area::DropArea,
    facet_panel::FacetPanel,
    icon::{Glyph, Icon},
    keys_dialog::KeysDialog,
    load_progress::LoadProgress,
    mapping_dialog::MappingDialog,
    print_foot::PrintFoot,
    print_head::PrintHead,
    print_table::PrintTable,
    problem_list::ProblemList,
    proof_dialog::ProofDialog,
    rail::Rail,
    report_banner::{CertificateDialog, ReportBanner},
    session_panel::{SessionFiles, SessionPanel},
    share::ShareDialog,
    source_table::SourceTable,
    top_bar::TopBar,
    what_next::WhatNext,
    words,
};
use crate::{
    action::{Action, Dialog, View},
    blocks::{Drawer, EventTable, GroupsView, OpenedDrawer, ReportBlocks},
    keys,
    state::{AppState, Printing},
};
use guestlens_core::protocol::Query;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Page`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The state of the page.
    pub state: Rc<AppState>,
    /// Takes everything that is done.
    pub on_action: Callback<Action>,
}

/// The page.
#[component]
pub fn Page(props: &Props) -> Html {
    let Props { state, on_action } = props;
    let phase = state.files.phase();
    let menu = (state.dialog == Some(Dialog::Menu)).to_string();
    html! {
        <div class="app" data-testid="app" data-state={phase} data-view={state.view.id()} data-report={state.files.is_report().to_string()} data-page={if is_start(state) { "start" } else { "views" }} data-rail={if state.rail_open { "open" } else { "folded" }} data-menu={menu}>
            if is_start(state) {
                <Alerts alerts={state.alerts.clone()} on_action={on_action.clone()} />
                <SessionFiles session={state.work.session.clone()} sources={state.files.sources.clone()} on_action={on_action.clone()} />
                <DropArea theme={state.theme} zone={state.zone} sources={state.files.sources.clone()} on_action={on_action.clone()} />
            } else {
                { loaded(props) }
            }
            if let Some(sheet) = &state.work.columns {
                <MappingDialog key={sheet.source} sheet={sheet.clone()} on_action={on_action.clone()} />
            }
            if state.dialog == Some(Dialog::Keys) { <KeysDialog single_keys={state.single_keys} on_action={on_action.clone()} /> }
            if state.dialog == Some(Dialog::Share) { <ShareDialog share={state.share.clone()} on_action={on_action.clone()} /> }
            if let Some(report) = state.report.as_ref().filter(|_| state.dialog == Some(Dialog::Certificate)) {
                <CertificateDialog report={report.clone()} on_action={on_action.clone()} />
            }
            if state.dialog == Some(Dialog::Proof) { <ProofDialog own={state.own.clone()} on_action={on_action.clone()} /> }
        </div>
    }
}

/// Whether the start page is shown: nothing is loaded, or nothing of what is. Sources can be seen all the same.
fn is_start(state: &AppState) -> bool {
    state.files.sources.is_empty() || state.files.is_in_vain() && state.view != View::Sources
}

fn loaded(props: &Props) -> Html {
    let Props { state, on_action } = props;
    let problems = state.files.sources.iter().map(|source| source.problems).sum::<u64>();
    let skip = Callback::from(|_: MouseEvent| keys::focus("#main"));
    html! {
        <>
            <button type="button" class="skip" onclick={skip}>{ "Skip to the view" }</button>
            <Rail view={state.view} open={state.rail_open} {problems} theme={state.theme} zone={state.zone} on_action={on_action.clone()} />
            <div class="app__page">
                <PrintHead state={state.clone()} />
                if let Some(report) = &state.report { <ReportBanner report={report.clone()} on_action={on_action.clone()} /> }
                <TopBar state={state.clone()} on_action={on_action.clone()} />
                <Alerts alerts={state.alerts.clone()} on_action={on_action.clone()} />
                <div class="app__body">
                    if matches!(state.view, View::Events | View::Groups) { { facets(props) } }
                    if let Printing::Ready(rows) = &state.print {
                        <PrintTable rows={rows.clone()} matching={state.answer.matching} zone={state.zone()} />
                    }
                    <main class="app__main" id="main" tabindex="-1" aria-label={state.view.label()}>{ view(props) }</main>
                    if state.view == View::Events {
                        <Drawer details={state.details.as_deref().cloned()} zone={state.zone()} matching={state.answer.matching} on_action={on_action.clone()} />
                    }
                    if let Some(opened) = state.opened() {
                        <OpenedDrawer opened={(**opened).clone()} zone={state.zone()} title_context={words::filters(state)}
                            before={state.neighbour(-1)} after={state.neighbour(1)} on_action={on_action.clone()} />
                    }
                </div>
                <PrintFoot files={state.files.clone()} zone={state.zone()} />
                <LoadProgress files={state.files.clone()} on_action={on_action.clone()} />
            </div>
        </>
    }
}

fn facets(props: &Props) -> Html {
    let Props { state, on_action } = props;
    html! {
        <FacetPanel facets={state.answer.facets.clone()} texts={state.facet_text.clone()} sources={state.files.sources.clone()}
            open={state.dialog == Some(Dialog::Filters)} on_action={on_action.clone()} />
    }
}

fn view(props: &Props) -> Html {
    let Props { state, on_action } = props;
    let answer = &state.answer;
    let zone = state.zone();
    if state.view == View::Sources {
        return html! {
            <div class="view">
                <SourceTable sources={state.files.sources.clone()} has_sample={state.files.has_sample()} read_only={state.files.is_report()} {zone} on_action={on_action.clone()} />
                <ProblemList problems={state.files.problems.clone()} sources={state.files.sources.clone()} on_action={on_action.clone()} />
                if !state.files.is_report() {
                    <WhatNext sources={state.files.sources.clone()} loading={state.files.is_loading()} on_action={on_action.clone()} />
                    <SessionPanel notes={state.work.notes.clone()} session={state.work.session.clone()} sources={state.files.sources.clone()} on_action={on_action.clone()} />
                }
            </div>
        };
    }
    if answer.total == 0 && !state.view.is_made_of_blocks() {
        return no_events(props);
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
        _ => blocks(props),
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
fn blocks(props: &Props) -> Html {
    let Props { state, on_action } = props;
    let (view, zone) = (state.view, state.zone());
    let Some(answer) = state.answer.blocks.get(&view) else {
        return html! { <p class="nothing" key={view.id()} aria-busy="true">{ format!("Working out {}", view.label().to_lowercase()) }</p> };
    };
    if answer.blocks.is_empty() {
        return nothing_here(props);
    }
    html! {
        <div class="view view--blocks" key={view.id()} data-testid="view" data-view={view.id()}>
            <ReportBlocks blocks={(*answer.blocks).clone()} {zone} title_context={words::filters(state)} open={state.view_state().open}
                uncovered={state.answer.uncovered.clone()} whole={state.print == Printing::Whole} on_action={on_action.clone()} />
        </div>
    }
}

fn nothing_here(props: &Props) -> Html {
    let show = props.on_action.reform(|_: MouseEvent| Action::Show(View::Sources));
    html! {
        <div class="nothing" key={props.state.view.id()}>
            <Icon glyph={Glyph::Unknown} />
            <p class="nothing__what">{ "There is nothing to show here." }</p>
            <p>{ "The loaded files hold nothing of this kind. Sources lists every file with what it holds." }</p>
            <button type="button" class="button button--primary" onclick={show}>{ "Show sources" }</button>
        </div>
    }
}

/// There is nothing to show, yet or at all.
fn no_events(props: &Props) -> Html {
    let Props { state, on_action } = props;
    if state.files.is_loading() || state.is_waiting() {
        return html! { <p class="nothing" aria-busy="true">{ "Reading the first events" }</p> };
    }
    let show = on_action.reform(|_: MouseEvent| Action::Show(View::Sources));
    html! {
        <div class="nothing">
            <Icon glyph={Glyph::Unknown} />
            <p class="nothing__what">{ "There is no event in these files." }</p>
            <p>{ "Events come from audit logs and sign-in logs. Other files fill views of their own: see the rail. Sources lists every file with what it holds, what is wrong in it and what to do." }</p>
            <button type="button" class="button button--primary" onclick={show}>{ "Show sources" }</button>
        </div>
    }
}

//! What is open beside a view of blocks: one guest, one request, one finding. Not modal, so that the
//! view keeps its place; as wide as the reader drags it.

use super::{
    drawer::{edge, tool, use_drawer_width},
    report_blocks::ReportBlocks,
};
use crate::{
    action::Action,
    components::{Glyph, file_text},
};
use guestlens_core::{report::Opened, time::Zone};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// What is open.
    pub opened: Opened,
    /// Calendar of times.
    pub zone: Zone,
    /// The filters in words, for exported pictures.
    pub title_context: AttrValue,
    /// The key before it.
    pub before: Option<String>,
    /// The key behind it.
    pub after: Option<String>,
    /// Takes [`Action::Open`] and what its parts lead to.
    pub on_action: Callback<Action>,
}

/// The drawer.
#[component]
pub fn OpenedDrawer(props: &Props) -> Html {
    let Props { opened, zone, title_context, before, after, on_action } = props;
    let Opened { key, title, subtitle, testid, blocks } = opened;
    let node = use_node_ref();
    let width = use_drawer_width(&node, 520.0);
    let go = |key: &Option<String>| key.clone().map(|key| Action::Open(Some(key)));
    html! {
        <aside class="drawer drawer--opened" ref={node} aria-label="Details" data-testid="opened" data-key={key.clone()}>
            { edge(&width) }
            <header class="drawer__head">
                <div class="drawer__tools">
                    <span class="drawer__place" />
                    { tool(Glyph::Previous, "Previous", "Previous ( [ )", go(before), on_action) }
                    { tool(Glyph::Next, "Next", "Next ( ] )", go(after), on_action) }
                    { tool(Glyph::Close, "Close the details", "Close the details (Esc)", Some(Action::Open(None)), on_action) }
                </div>
                <h2 class="drawer__sentence">{ file_text(title) }</h2>
                if !subtitle.is_empty() { <p class="drawer__time">{ file_text(subtitle) }</p> }
            </header>
            <div class="drawer__body drawer__body--blocks" key={key.clone()} tabindex="0" role="region" aria-label="Details" data-testid={testid.clone()} data-id={key.clone()}>
                <ReportBlocks blocks={blocks.clone()} zone={zone.clone()} title_context={title_context.clone()} on_action={on_action.clone()} />
            </div>
        </aside>
    }
}

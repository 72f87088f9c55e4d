//! Keys of a table: arrows and pages move the active cell, Enter opens or follows the line, Space
//! unfolds it.

use crate::action::Action;
use guestlens_core::chart::Scroll;
use web_sys::Element;
use yew::prelude::*;

/// Handles the keys that the lines take; all others pass by. `foldable` is the line that Space unfolds.
#[expect(clippy::too_many_arguments, reason = "each is one thing that a key may need")]
pub fn on_key(
    (row, column): (u32, usize),
    columns: usize,
    scroll: Scroll,
    move_to: Callback<(u32, usize)>,
    unfold: Callback<u32>,
    foldable: Option<u32>,
    leads: Option<Action>,
    on_action: Callback<Action>,
) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let target = event.target_dyn_into::<Element>();
        let is_in_head = target.as_ref().is_some_and(|at| at.closest("thead").ok().flatten().is_some());
        let is_on_button = target.as_ref().is_some_and(|at| at.tag_name() == "BUTTON");
        if is_in_head || scroll.lines == 0 || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let last = scroll.lines - 1;
        let to = match event.key().as_str() {
            "ArrowDown" => ((row + 1).min(last), column),
            "ArrowUp" => (row.saturating_sub(1), column),
            "ArrowRight" => (row, (column + 1).min(columns.saturating_sub(1))),
            "ArrowLeft" => (row, column.saturating_sub(1)),
            "PageDown" => (row.saturating_add(scroll.page()).min(last), column),
            "PageUp" => (row.saturating_sub(scroll.page()), column),
            "Home" => (0, column),
            "End" => (last, column),
            "Enter" if !is_on_button => {
                event.prevent_default();
                match (&leads, foldable) {
                    (Some(action), _) => on_action.emit(action.clone()),
                    (None, Some(line)) => unfold.emit(line),
                    (None, None) => {}
                }
                return;
            }
            " " if !is_on_button => {
                event.prevent_default();
                if let Some(line) = foldable {
                    unfold.emit(line);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        move_to.emit(to);
    })
}

//! The focus is never lost: when the element that has it goes, or is moved, it comes back to the same
//! element, to the one that took its place, or to the one that had it before.

use std::{cell::RefCell, collections::VecDeque};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, FocusOptions, HtmlElement, MutationObserver, MutationObserverInit};

/// How many elements are remembered.
const REMEMBERED: usize = 12;

/// Attributes that tell what an element is for; those that say how it stands now are no help.
const NAMES: [&str; 12] = [
    "id",
    "data-testid",
    "data-field",
    "data-value",
    "data-column",
    "data-cell",
    "data-index",
    "data-place",
    "data-view",
    "data-id",
    "name",
    "aria-controls",
];

/// An element that had the focus.
struct Visit {
    element: HtmlElement,
    /// What tells it from others: its own names and those of what it lies in.
    names: String,
}

thread_local! {
    static VISITS: RefCell<VecDeque<Visit>> = const { RefCell::new(VecDeque::new()) };
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

fn own_names(element: &Element) -> String {
    let mut names = element.tag_name();
    for name in NAMES {
        if let Some(value) = element.get_attribute(name) {
            names.extend([" ", name, "=", &value]);
        }
    }
    // Buttons without a name for automation are told by their words.
    if element.tag_name() == "BUTTON"
        && !element.has_attribute("data-testid")
        && let Some(words) = element.get_attribute("aria-label").or_else(|| element.text_content())
    {
        names.extend([" ", &words]);
    }
    names
}

/// The names of an element and of the line, drawer or list that it lies in.
fn names(element: &Element) -> String {
    let mut names = own_names(element);
    let around = element.parent_element().and_then(|parent| parent.closest("[data-testid]").ok().flatten());
    if let Some(around) = around.filter(|around| !around.has_attribute("data-state")) {
        names.push_str(" in ");
        names.push_str(&own_names(&around));
    }
    names
}

/// Puts the focus on an element without scrolling; whether it took it.
fn give(element: &HtmlElement) -> bool {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
    document().and_then(|document| document.active_element()).is_some_and(|now| now == **element)
}

/// The element that stands where the other one stood.
fn successor(visit: &Visit) -> Option<HtmlElement> {
    let found = document()?.query_selector_all(&visit.element.tag_name()).ok()?;
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into::<HtmlElement>().ok())
        .find(|element| names(element) == visit.names)
}

fn is_lost() -> bool {
    document().is_some_and(|document| match document.active_element() {
        Some(now) => document.body().is_some_and(|body| now.is_same_node(Some(&body))),
        None => true,
    })
}

/// Gives the focus back if nothing has it.
fn recover() {
    let visits = VISITS.take();
    if !visits.is_empty() && is_lost() {
        let back = |visit: &Visit| {
            visit.element.is_connected() && give(&visit.element)
                || successor(visit).is_some_and(|element| give(&element))
        };
        if !visits.iter().any(back) {
            super::keys::focus("#main");
        }
    }
    // What came back was noted again by its own event.
    VISITS.with_borrow_mut(|now| {
        now.extend(visits);
        now.truncate(REMEMBERED);
    });
}

fn note(event: &Event) {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
    let names = names(&element);
    VISITS.with_borrow_mut(|visits| {
        visits.retain(|visit| visit.element.is_connected() && visit.element != element || visit.names != names);
        visits.push_front(Visit { element, names });
        visits.truncate(REMEMBERED);
    });
}

/// Keeps the focus, for as long as the page lives. A click on what takes no focus is the reader's own way to let it go.
pub fn keep() {
    let Some(document) = document() else { return };
    let on_focus = Closure::<dyn FnMut(Event)>::new(|event: Event| note(&event));
    let _ = document.add_event_listener_with_callback("focusin", on_focus.as_ref().unchecked_ref());
    on_focus.forget();
    let on_press = Closure::<dyn FnMut(Event)>::new(|_: Event| VISITS.with_borrow_mut(VecDeque::clear));
    let _ = document.add_event_listener_with_callback("pointerdown", on_press.as_ref().unchecked_ref());
    on_press.forget();
    let on_change = Closure::<dyn FnMut()>::new(recover);
    let changes = MutationObserver::new(on_change.as_ref().unchecked_ref());
    if let (Ok(changes), Some(body)) = (changes, document.body()) {
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        let _ = changes.observe_with_options(&body, &options);
    }
    on_change.forget();
}

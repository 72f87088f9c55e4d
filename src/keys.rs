//! Keys that act wherever the focus is. Which key means what is pure; the listener only gathers what
//! the page looks like when a key goes down.

use crate::{
    action::{Action, Dialog, ShareStep, View},
    state::AppState,
};
use guestlens_core::model::Field;
use wasm_bindgen::prelude::*;
use web_sys::{ClipboardEvent, Element, Event, File, FilePropertyBag, HtmlElement, KeyboardEvent};
use yew::Callback;

/// All keys, as the dialog lists them.
pub const LIST: &[(&str, &str)] = &[
    ("/", "Search"),
    ("?", "All keys"),
    ("g then o, e, g, f", "Overview, events, groups, findings"),
    ("g then u, i, n, w, d", "Guests, inactive guests, sponsors, access reviews, compare"),
    ("g then r, p, a, b", "Requests, access packages, assignments, access between"),
    ("g then t, z, l, x", "Separation of duties, organizations, application roles, B2C"),
    ("g then c, s", "Coverage, sources"),
    ("\u{2191} \u{2193} PageUp PageDown Home End", "Move in tables"),
    ("Tab, then \u{2191} \u{2193}", "Move in the values of a filter; \u{2192} leads to its exclude button"),
    ("Enter", "Show the details, follow a mark"),
    ("[ and ]", "Previous and next event, or line with details"),
    ("Esc", "Back: close what is open"),
    ("f", "Include the focused value"),
    ("x", "Exclude the focused value"),
    ("u and U", "Undo and redo"),
    ("e", "Export"),
    ("s", "Share"),
    ("Ctrl+P", "Print the view"),
];

/// The letter that leads to a view after `g`.
fn letter(view: View) -> &'static str {
    match view {
        View::Overview => "o",
        View::Events => "e",
        View::Groups => "g",
        View::Findings => "f",
        View::Guests => "u",
        View::Inactive => "i",
        View::Sponsors => "n",
        View::Reviews => "w",
        View::Compare => "d",
        View::Requests => "r",
        View::Packages => "p",
        View::Assignments => "a",
        View::AccessBetween => "b",
        View::Separation => "t",
        View::Organizations => "z",
        View::AppRoles => "l",
        View::B2c => "x",
        View::Coverage => "c",
        View::Sources => "s",
    }
}

/// A key that went down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Press {
    /// As the browser names it.
    pub key: String,
    /// Ctrl or Cmd is held.
    pub ctrl: bool,
    /// The focus is where letters are typed.
    pub typing: bool,
    /// The value that has the focus.
    pub value: Option<(Field, String)>,
}

/// What a key means.
#[derive(Debug, PartialEq)]
pub enum Meaning {
    /// Nothing.
    Nothing,
    /// The first of two keys.
    Prefix,
    /// Put the focus into the search.
    FocusSearch,
    /// Take the focus away from where letters are typed.
    Leave,
    /// Go to a view, with the focus.
    Go(View),
    /// Act.
    Act(Action),
}

/// What the key means. `after_g`: the key before was `g`.
pub fn meaning(press: &Press, after_g: bool, state: &AppState) -> Meaning {
    use Meaning::{Act, FocusSearch, Nothing, Prefix};
    let key = press.key.as_str();
    if press.ctrl {
        return if key.eq_ignore_ascii_case("p") { Act(Action::Print) } else { Nothing };
    }
    if key == "Escape" {
        return escape(press, state);
    }
    if press.typing || matches!(state.dialog, Some(Dialog::Keys | Dialog::Proof | Dialog::Share)) || !state.single_keys
    {
        return Nothing;
    }
    if after_g {
        let view = View::ALL.iter().copied().find(|view| letter(*view) == key);
        return view.map_or(Nothing, Meaning::Go);
    }
    match (key, &press.value) {
        ("?", _) => Act(Action::Dialog(Some(Dialog::Keys))),
        _ if state.files.sources.is_empty() => Nothing,
        ("/", _) => FocusSearch,
        ("g", _) => Prefix,
        ("e", _) => Act(Action::ExportMenu(true)),
        ("s", _) => Act(Action::Share(ShareStep::Open)),
        ("u", _) => Act(Action::Undo),
        ("U", _) => Act(Action::Redo),
        ("f", Some((field, value))) => Act(Action::Include { field: *field, value: value.clone() }),
        ("x", Some((field, value))) => Act(Action::Exclude { field: *field, value: value.clone() }),
        ("[", _) => step(state, -1),
        ("]", _) => step(state, 1),
        _ => Nothing,
    }
}

fn escape(press: &Press, state: &AppState) -> Meaning {
    if state.export_open {
        Meaning::Act(Action::ExportMenu(false))
    } else if state.dialog.is_some() {
        Meaning::Act(Action::Dialog(None))
    } else if press.typing {
        Meaning::Leave
    } else if state.view == View::Events && state.selected.is_some() {
        Meaning::Act(Action::Select(None))
    } else if state.view_state().open.is_some() {
        Meaning::Act(Action::Open(None))
    } else {
        Meaning::Nothing
    }
}

fn step(state: &AppState, by: i64) -> Meaning {
    if state.view != View::Events {
        return state.neighbour(by).map_or(Meaning::Nothing, |key| Meaning::Act(Action::Open(Some(key))));
    }
    let Some(line) = state.selected else { return Meaning::Nothing };
    let next = u32::try_from(i64::from(line) + by).ok().filter(|next| u64::from(*next) < state.answer.matching);
    next.map_or(Meaning::Nothing, |next| Meaning::Act(Action::Select(Some(next))))
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

fn on_window(event: &str, listener: &JsValue) {
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback(event, listener.unchecked_ref());
    }
}

/// The element that the event is about.
fn target(event: &Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn is_typing(element: &Element) -> bool {
    let typed = ["search", "text", "datetime-local", "number"];
    match element.tag_name().to_ascii_lowercase().as_str() {
        "input" => element.get_attribute("type").is_none_or(|kind| typed.contains(&kind.as_str())),
        "textarea" | "select" => true,
        _ => false,
    }
}

/// Puts the focus on the first element that the selector finds.
pub fn focus(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Listens to keys, for as long as the page lives.
pub fn listen(pressed: Callback<Press>) {
    let on_key = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        if event.alt_key() || event.default_prevented() && event.key() == "Escape" {
            return;
        }
        let at = target(&event);
        let value = at.as_ref().and_then(|at| at.closest("[data-field][data-value]").ok().flatten());
        let value = value.and_then(|element| {
            // A time of one event is no value to filter by: that is what the time window is for.
            let field = Field::from_id(&element.get_attribute("data-field")?).filter(|field| *field != Field::Time)?;
            Some((field, element.get_attribute("data-value")?))
        });
        let ctrl = event.ctrl_key() || event.meta_key();
        let press = Press { key: event.key(), ctrl, typing: at.as_ref().is_some_and(is_typing), value };
        // Else Firefox opens its quick search, and Ctrl+P prints the outer page.
        if !press.typing && press.key == "/" || press.ctrl && press.key.eq_ignore_ascii_case("p") {
            event.prevent_default();
        }
        pressed.emit(press);
    });
    on_window("keydown", on_key.as_ref());
    on_key.forget();
}

/// Listens to what is pasted outside of inputs: files, or a text that becomes one.
pub fn listen_to_paste(pasted: Callback<Vec<File>>) {
    let on_paste = Closure::<dyn FnMut(ClipboardEvent)>::new(move |event: ClipboardEvent| {
        let Some(data) = event.clipboard_data().filter(|_| !target(&event).as_ref().is_some_and(is_typing)) else {
            return;
        };
        let mut files: Vec<File> =
            data.files().map_or_else(Vec::new, |list| (0..list.length()).filter_map(|at| list.get(at)).collect());
        let text = data.get_data("text/plain").unwrap_or_default();
        if files.is_empty() && !text.trim().is_empty() {
            let options = FilePropertyBag::new();
            options.set_type("text/plain");
            let parts = js_sys::Array::of1(&text.into());
            files.extend(File::new_with_str_sequence_and_options(&parts, "pasted text", &options).ok());
        }
        if !files.is_empty() {
            event.prevent_default();
            pasted.emit(files);
        }
    });
    on_window("paste", on_paste.as_ref());
    on_paste.forget();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{action::Opened, state::reduce};

    #[track_caller]
    fn check(press: &Press, after_g: bool, expect: &Meaning) {
        let mut state = AppState::default();
        reduce(&mut state, Action::Opened(vec![Opened { name: "a.csv".into(), size: 1 }]));
        (state.view, state.selected, state.answer.matching) = (View::Events, Some(0), 2);
        assert_eq!(&meaning(press, after_g, &state), expect);
    }

    fn key(key: &str) -> Press {
        Press { key: key.into(), ..Press::default() }
    }

    #[test]
    fn keys_mean_what_the_list_says() {
        check(&key("/"), false, &Meaning::FocusSearch);
        check(&key("g"), false, &Meaning::Prefix);
        check(&key("g"), true, &Meaning::Go(View::Groups));
        check(&key("e"), true, &Meaning::Go(View::Events));
        check(&key("s"), true, &Meaning::Go(View::Sources));
        check(&key("s"), false, &Meaning::Act(Action::Share(ShareStep::Open)));
        check(&key("]"), false, &Meaning::Act(Action::Select(Some(1))));
        check(&key("["), false, &Meaning::Nothing);
        check(&key("Escape"), false, &Meaning::Act(Action::Select(None)));
        check(&Press { ctrl: true, ..key("p") }, false, &Meaning::Act(Action::Print));
        let value = Some((Field::Actor, "dana".to_owned()));
        let exclude = Action::Exclude { field: Field::Actor, value: "dana".into() };
        check(&Press { value, ..key("x") }, false, &Meaning::Act(exclude));
        check(&key("x"), false, &Meaning::Nothing);
    }

    #[test]
    fn each_view_has_a_letter_of_its_own() {
        for view in View::ALL {
            check(&key(letter(*view)), true, &Meaning::Go(*view));
        }
    }

    #[test]
    fn typing_is_left_alone() {
        check(&Press { typing: true, ..key("/") }, false, &Meaning::Nothing);
        check(&Press { typing: true, ..key("Escape") }, false, &Meaning::Leave);
    }
}

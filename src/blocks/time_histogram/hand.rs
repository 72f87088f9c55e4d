//! What pointer and keys do on the histogram.

use super::Props;
use crate::action::Action;
use guestlens_core::chart::{Brush, Part, TimeScale};
use web_sys::Element;
use yew::prelude::*;

/// How near an edge of the window the pointer has to be to take hold of it, pixels.
const GRIP: f64 = 6.0;
/// How far the pointer has to move for a press to be a drag, pixels.
const SLACK: f64 = 4.0;

/// What the hand is doing.
#[derive(Clone, Default, PartialEq)]
pub struct Hand {
    pub brush: Brush,
    /// Where the pointer went down.
    pub pressed: Option<f64>,
    /// Where the pointer is.
    pub over: Option<f64>,
    /// Whether keys moved the cursor last, so that its bin is read out.
    pub by_keys: bool,
}

impl Hand {
    /// Where the pointer is, and nothing else.
    fn pointing(brush: Brush, over: Option<f64>) -> Self {
        Self { brush, over, ..Self::default() }
    }
}

pub fn part_at(x: f64, scale: TimeScale, window: Option<(i64, i64)>) -> Part {
    let Some((from, to)) = window else { return Part::New };
    let (left, right) = (scale.x(from), scale.x(to));
    if (x - right).abs() <= GRIP && (x - right).abs() <= (x - left).abs() {
        Part::To
    } else if (x - left).abs() <= GRIP {
        Part::From
    } else if x > left && x < right && right - left < scale.width - 2.0 * GRIP {
        Part::Whole
    } else {
        Part::New
    }
}

pub fn grab_name(part: Part) -> &'static str {
    match part {
        Part::New => "new",
        Part::From | Part::To => "edge",
        Part::Whole => "whole",
    }
}

pub fn press(props: &Props, hand: &UseStateHandle<Hand>, scale: TimeScale) -> Callback<PointerEvent> {
    let (hand, window) = (hand.clone(), props.window);
    Callback::from(move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if let Some(target) = event.target_dyn_into::<Element>() {
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        let x = f64::from(event.offset_x());
        let brush = hand.brush.press(part_at(x, scale, window), scale.at(x), window);
        hand.set(Hand { pressed: Some(x), ..Hand::pointing(brush, Some(x)) });
    })
}

pub fn drag(props: &Props, hand: &UseStateHandle<Hand>, scale: TimeScale) -> Callback<PointerEvent> {
    let (hand, edges) = (hand.clone(), props.series.edges.clone());
    Callback::from(move |event: PointerEvent| {
        let x = f64::from(event.offset_x());
        let mut next = Hand { over: Some(x), ..(*hand).clone() };
        let is_drag = next.brush.draft.is_some() || next.pressed.is_some_and(|from| (from - x).abs() >= SLACK);
        if next.brush.is_dragging() && is_drag {
            next.brush = next.brush.pull(scale.at(x), &edges);
        }
        hand.set(next);
    })
}

pub fn release(props: &Props, hand: &UseStateHandle<Hand>) -> Callback<PointerEvent> {
    let (hand, edges, on_action) = (hand.clone(), props.series.edges.clone(), props.on_action.clone());
    Callback::from(move |_| {
        if !hand.brush.is_dragging() {
            return;
        }
        let (brush, window) = hand.brush.release(&edges);
        hand.set(Hand::pointing(brush, hand.over));
        if let Some(window) = window {
            on_action.emit(Action::Window(Some(window)));
        }
    })
}

pub fn cancel(hand: &UseStateHandle<Hand>) -> Callback<PointerEvent> {
    let hand = hand.clone();
    Callback::from(move |_| hand.set(Hand::default()))
}

pub fn leave(hand: &UseStateHandle<Hand>) -> Callback<PointerEvent> {
    let hand = hand.clone();
    Callback::from(move |_| hand.set(Hand { over: None, ..(*hand).clone() }))
}

/// The cursor is read out only while it has the focus.
pub fn blur(hand: &UseStateHandle<Hand>) -> Callback<FocusEvent> {
    let hand = hand.clone();
    Callback::from(move |_| hand.set(Hand { by_keys: false, ..(*hand).clone() }))
}

pub fn key(props: &Props, hand: &UseStateHandle<Hand>) -> Callback<KeyboardEvent> {
    let (hand, edges, on_action) = (hand.clone(), props.series.edges.clone(), props.on_action.clone());
    let is_narrowed = props.window.is_some();
    Callback::from(move |event: KeyboardEvent| {
        let all = edges.len() as i64;
        let walk = |by| {
            let brush = hand.brush.walk(by, event.shift_key(), &edges);
            hand.set(Hand { by_keys: true, ..Hand::pointing(brush, None) });
        };
        match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => walk(-1),
            "ArrowRight" | "ArrowUp" => walk(1),
            "PageUp" => walk(10),
            "PageDown" => walk(-10),
            "Home" => walk(-all),
            "End" => walk(all),
            "Enter" | " " => {
                if let Some(window) = hand.brush.chosen(&edges) {
                    hand.set(Hand { by_keys: true, ..Hand::pointing(hand.brush.at_rest(), None) });
                    on_action.emit(Action::Window(Some(window)));
                }
            }
            "Escape" if hand.brush.draft.is_some() => hand.set(Hand::default()),
            "Escape" if is_narrowed => on_action.emit(Action::Window(None)),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    })
}

//! What a reader can set on a view: numbers, days, choices, switches, texts. What is typed is taken
//! when the hand rests, and stays under the hand.

use super::named::with_data;
use crate::{action::Action, components::text::escape};
use gloo::timers::callback::Timeout;
use guestlens_core::report::Control;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// How long the hand has to rest, ms.
const REST: u32 = 250;

/// The controls of a view.
pub fn controls(key: String, controls: &[Control], on_action: &Callback<Action>) -> Html {
    let control = |(at, control): (usize, &Control)| {
        let on_action = on_action.clone();
        let name = name_of(control).to_owned();
        let on_value =
            Callback::from(move |value: String| on_action.emit(Action::SetParam { name: name.clone(), value }));
        match control.clone() {
            Control::Number { name, label, testid, data, value, min, max, unit } => html! {
                <Typed key={name} {label} {testid} {data} value={value.to_string()} kind="number" bounds={Some((min, max))} {unit} {on_value} />
            },
            Control::Day { name, label, testid, value } => {
                html! { <Typed key={name} {label} {testid} {value} kind="date" {on_value} /> }
            }
            Control::Text { name, label, testid, data, value, placeholder } => {
                html! { <Typed key={name} {label} {testid} {data} {value} kind="text" {placeholder} {on_value} /> }
            }
            Control::Choice { name, label, testid, value, options } => {
                choice(at, &name, &label, &testid, &value, &options, &on_value)
            }
            Control::Switch { name, label, testid, on } => {
                let onclick = on_value.reform(move |_: MouseEvent| if on { "0".into() } else { "1".into() });
                html! {
                    <button type="button" class="controls__switch" role="switch" key={name} data-testid={testid} data-value={u8::from(on).to_string()}
                        aria-checked={on.to_string()} {onclick}><span class="controls__knob" aria-hidden="true" />{ label }</button>
                }
            }
        }
    };
    html! { <div class="controls" {key} role="group" aria-label="Settings of this view">{ for controls.iter().enumerate().map(control) }</div> }
}

fn name_of(control: &Control) -> &str {
    match control {
        Control::Number { name, .. }
        | Control::Day { name, .. }
        | Control::Choice { name, .. }
        | Control::Switch { name, .. }
        | Control::Text { name, .. } => name,
    }
}

fn choice(
    at: usize,
    name: &str,
    label: &str,
    testid: &str,
    value: &str,
    options: &[(String, String)],
    on_value: &Callback<String>,
) -> Html {
    let onchange = on_value.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    let option = |(id, words): &(String, String)| html! { <option key={id.clone()} value={id.clone()} selected={id == value}>{ escape(words) }</option> };
    html! {
        <label class="controls__control" key={format!("{at}-{name}")}>
            <span class="controls__label">{ label }</span>
            <select class="controls__input" data-testid={testid.to_owned()} data-value={value.to_owned()} {onchange}>{ for options.iter().map(option) }</select>
        </label>
    }
}

#[derive(PartialEq, Properties)]
struct TypedProps {
    label: AttrValue,
    testid: AttrValue,
    value: AttrValue,
    /// The type of the input.
    kind: AttrValue,
    #[prop_or_default]
    data: Vec<(String, String)>,
    #[prop_or_default]
    bounds: Option<(i64, i64)>,
    #[prop_or_default]
    unit: AttrValue,
    #[prop_or_default]
    placeholder: AttrValue,
    on_value: Callback<String>,
}

/// An input that keeps what is typed until the hand rests.
struct Typed {
    text: String,
    rest: Option<Timeout>,
    has_focus: bool,
}

enum TypedMsg {
    Typed(String),
    Step(i64),
    Rest,
    Focus(bool),
}

impl Typed {
    /// Whether the value can be taken: a number within bounds, a whole day, any text.
    fn is_whole(&self, props: &TypedProps) -> bool {
        match (&*props.kind, props.bounds) {
            ("number", Some((min, max))) => self.text.parse().is_ok_and(|number: i64| (min..=max).contains(&number)),
            ("date", _) => self.text.is_empty() || self.text.len() == 10,
            _ => true,
        }
    }

    fn take(&mut self, ctx: &Context<Self>) {
        self.rest = None;
        if self.is_whole(ctx.props()) && *ctx.props().value != *self.text {
            ctx.props().on_value.emit(self.text.clone());
        }
    }
}

impl Component for Typed {
    type Message = TypedMsg;
    type Properties = TypedProps;

    fn create(ctx: &Context<Self>) -> Self {
        Self { text: ctx.props().value.to_string(), rest: None, has_focus: false }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &TypedProps) -> bool {
        // A value set from elsewhere is shown, but never under a hand that types.
        if ctx.props().value != old.value && self.rest.is_none() && !self.has_focus {
            self.text = ctx.props().value.to_string();
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: TypedMsg) -> bool {
        match msg {
            TypedMsg::Typed(text) => {
                self.text = text;
                let rest = ctx.link().callback(|()| TypedMsg::Rest);
                self.rest = Some(Timeout::new(REST, move || rest.emit(())));
            }
            TypedMsg::Step(by) => {
                if let Some((min, max)) = ctx.props().bounds {
                    let now: i64 = self.text.parse().or_else(|_| ctx.props().value.parse()).unwrap_or(min);
                    self.text = now.saturating_add(by).clamp(min, max).to_string();
                    self.take(ctx);
                }
            }
            TypedMsg::Rest => self.take(ctx),
            TypedMsg::Focus(true) => self.has_focus = true,
            TypedMsg::Focus(false) => {
                self.has_focus = false;
                self.take(ctx);
                if !self.is_whole(ctx.props()) {
                    self.text = ctx.props().value.to_string();
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let TypedProps { label, testid, value, kind, data, bounds, unit, placeholder, .. } = ctx.props();
        let link = ctx.link();
        let oninput = link
            .callback(|event: InputEvent| TypedMsg::Typed(event.target_unchecked_into::<HtmlInputElement>().value()));
        let onchange = link.callback(|_: Event| TypedMsg::Rest);
        let (onfocus, onblur) = (
            link.callback(|_: FocusEvent| TypedMsg::Focus(true)),
            link.callback(|_: FocusEvent| TypedMsg::Focus(false)),
        );
        let is_bad = !self.is_whole(ctx.props());
        let hint = bounds.filter(|_| is_bad).map(|(min, max)| format!("{min} to {max}"));
        let input = html! {
            <input class="controls__input" type={kind.clone()} data-testid={testid.clone()} data-value={value.clone()} value={self.text.clone()}
                min={bounds.map(|(min, _)| min.to_string())} max={bounds.map(|(_, max)| max.to_string())} placeholder={placeholder.clone()}
                aria-label={if unit.is_empty() { label.to_string() } else { format!("{label} ({unit})") }}
                aria-invalid={is_bad.to_string()} autocomplete="off" spellcheck="false" {oninput} {onchange} {onfocus} {onblur} />
        };
        let input = with_data(input, data);
        let step = |by: i64, sign: &'static str, words: &'static str| {
            let onclick = link.callback(move |_: MouseEvent| TypedMsg::Step(by));
            html! { <button type="button" class="controls__step" tabindex="-1" aria-label={format!("{words}: {label}")} {onclick}>{ sign }</button> }
        };
        html! {
            <div class={classes!("controls__control", format!("controls__control--{kind}"))}>
                <span class="controls__label" aria-hidden="true">{ label }</span>
                if bounds.is_some() {
                    <span class="controls__number">{ step(-1, "\u{2212}", "Less") }{ input }{ step(1, "+", "More") }</span>
                } else {
                    { input }
                }
                if !unit.is_empty() { <span class="controls__unit" aria-hidden="true">{ unit }</span> }
                if let Some(hint) = hint { <span class="controls__hint" role="status">{ hint }</span> }
            </div>
        }
    }
}

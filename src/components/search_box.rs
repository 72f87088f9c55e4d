//! The search: what is typed is asked for as soon as the hand rests.

use super::icon::{Glyph, icon};
use crate::action::Action;
use gloo::timers::callback::Timeout;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// How long the hand has to rest, ms.
const REST: u32 = 80;

/// Properties of [`SearchBox`].
#[derive(PartialEq, Properties)]
pub struct Props {
    /// The text asked for.
    pub text: AttrValue,
    /// What it searches, for readers of screens.
    pub label: AttrValue,
    /// What stands in it while it is empty; the label if nothing is said.
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// How it is known to automation.
    pub id: AttrValue,
    /// Takes the text.
    pub on_text: Callback<String>,
}

/// What is typed, until it is asked for.
pub struct SearchBox {
    typed: String,
    rest: Option<Timeout>,
}

/// What happens to the box.
pub enum Msg {
    /// Something was typed.
    Typed(String),
    /// The hand rests.
    Rest,
}

impl Component for SearchBox {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        Self { typed: ctx.props().text.to_string(), rest: None }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        // Undo and the like change the text from outside; an echo of what was typed does not.
        if ctx.props().text != old.text && self.rest.is_none() {
            self.typed = ctx.props().text.to_string();
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Typed(text) => {
                self.typed = text;
                let rest = ctx.link().callback(|()| Msg::Rest);
                self.rest = Some(Timeout::new(REST, move || rest.emit(())));
            }
            Msg::Rest => {
                self.rest = None;
                ctx.props().on_text.emit(self.typed.clone());
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { label, id, placeholder, .. } = ctx.props();
        let placeholder = placeholder.clone().unwrap_or_else(|| label.clone());
        let oninput = ctx
            .link()
            .callback(|event: InputEvent| Msg::Typed(event.target_unchecked_into::<HtmlInputElement>().value()));
        html! {
            <span class="search">
                { icon(Glyph::Search) }
                <input class="search__input" type="search" data-testid={id.clone()} aria-label={label.clone()} {placeholder}
                    autocomplete="off" spellcheck="false" value={self.typed.clone()} {oninput} />
            </span>
        }
    }
}

/// Emits [`Action::Search`].
pub fn searching(on_action: &Callback<Action>) -> Callback<String> {
    on_action.reform(Action::Search)
}

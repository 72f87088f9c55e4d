//! A line of figures. A figure with events behind it is a button that leads to them.

use crate::action::Action;
use guestlens_core::{chart::thousands, report::Stat};
use yew::prelude::*;

/// Most columns.
const MOST: usize = 10;

/// The figures.
pub fn stats(key: String, stats: &[Stat], on_action: &Callback<Action>) -> Html {
    let figures = stats.iter().map(|stat| figure(stat, on_action));
    html! { <ul class={format!("stats stats--{}", columns(stats))} {key}>{ for figures }</ul> }
}

/// In how many columns figures stand where there is room: as many in each row, so that none stands alone. One that is
/// words takes two.
fn columns(stats: &[Stat]) -> usize {
    let places: usize = stats.iter().map(|stat| if is_text(stat) { 2 } else { 1 }).sum();
    places.div_ceil(places.div_ceil(MOST).max(1)).max(1)
}

fn is_text(stat: &Stat) -> bool {
    stat.value.is_none() && !["", "-"].contains(&stat.text.as_str())
}

fn figure(stat: &Stat, on_action: &Callback<Action>) -> Html {
    let help_id = format!("stat-{}-help", stat.id);
    let described = (!stat.help.is_empty()).then(|| help_id.clone());
    let number = stat.value.map(thousands);
    let data = stat.value.map_or_else(|| stat.text.clone(), |value| value.to_string());
    let is_text = is_text(stat);
    let content = html! {
        <>
            <span class={classes!("stats__value", is_text.then_some("stats__value--text"))}>
                { number.clone().unwrap_or_else(|| if stat.text.is_empty() { "-".into() } else { stat.text.clone() }) }
            </span>
            <span class="stats__label">{ &stat.label }</span>
            if number.is_some() && !stat.text.is_empty() { <span class="stats__text">{ &stat.text }</span> }
        </>
    };
    let body = match stat.door.clone() {
        Some(door) => html! {
            <button type="button" class="stats__figure" data-testid="stat" data-stat={stat.id.clone()} data-value={data}
                aria-describedby={described} onclick={on_action.reform(move |_| Action::Go(door.clone()))}>{ content }</button>
        },
        None => html! {
            <div class="stats__figure" role="group" tabindex={described.as_ref().map(|_| "0")} aria-label={stat.label.clone()}
                data-testid="stat" data-stat={stat.id.clone()} data-value={data} aria-describedby={described}>{ content }</div>
        },
    };
    html! {
        <li class={classes!("stats__item", is_text.then_some("stats__item--text"))} key={stat.id.clone()}>
            { body }
            if !stat.help.is_empty() { <div class="stats__help" id={help_id} role="tooltip">{ &stat.help }</div> }
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_figure_stands_alone_in_its_row() {
        let figure = |is_text: bool| Stat {
            value: (!is_text).then_some(1),
            text: if is_text { "x".into() } else { String::new() },
            ..nothing()
        };
        let of = |numbers: usize, texts: usize| {
            let all: Vec<Stat> = (0..numbers + texts).map(|at| figure(at < texts)).collect();
            columns(&all)
        };
        assert_eq!([of(1, 0), of(9, 0), of(8, 1), of(11, 0), of(14, 0), of(21, 0)], [1, 9, 10, 6, 7, 7]);
    }

    fn nothing() -> Stat {
        Stat {
            id: String::new(),
            label: String::new(),
            value: None,
            text: String::new(),
            help: String::new(),
            door: None,
        }
    }
}

//! How large an element is, followed while it changes.

use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::prelude::*;

thread_local! {
    /// What was last measured of each name: mostly it is the same again, and nothing has to be drawn twice.
    static MEASURED: RefCell<Vec<(String, (f64, f64))>> = const { RefCell::new(Vec::new()) };
}

fn remember(name: &str, size: (f64, f64)) {
    MEASURED.with_borrow_mut(|known| match known.iter_mut().find(|(own, _)| own == name) {
        Some((_, known)) => *known = size,
        None => known.push((name.to_owned(), size)),
    });
}

/// Width and height of the element's inside in pixels. Until it is on the page those that something of the same
/// name had, else the ones given.
#[hook]
pub fn use_size(node: &NodeRef, name: &str, initial: (f64, f64)) -> (f64, f64) {
    let size = use_state_eq(|| {
        MEASURED
            .with_borrow(|known| known.iter().find(|(own, _)| own == name).map(|(_, size)| *size))
            .unwrap_or(initial)
    });
    {
        let (node, name, size) = (node.clone(), name.to_owned(), size.clone());
        use_effect_with((), move |()| {
            let watch = node.cast::<Element>().and_then(|element| {
                let seen = element.clone();
                let changed = Closure::<dyn FnMut()>::new(move || {
                    if seen.client_width() > 0 {
                        let now = (f64::from(seen.client_width()), f64::from(seen.client_height()));
                        remember(&name, now);
                        size.set(now);
                    }
                });
                let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
                observer.observe(&element);
                Some((observer, changed))
            });
            move || {
                if let Some((observer, _changed)) = watch {
                    observer.disconnect();
                }
            }
        });
    }
    *size
}

/// Sets one CSS property of an element; the policy forbids `style` attributes, not this.
pub fn set_css(node: &NodeRef, property: &str, value: &str) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.style().set_property(property, value);
    }
}

/// The `viewBox` of a drawing of that size: on paper it is scaled to the sheet.
pub fn view_box(width: f64, height: f64) -> String {
    format!("0 0 {width} {height}")
}

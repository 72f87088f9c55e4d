//! How large an element is, followed while it changes.

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::prelude::*;

/// Width and height of the element's inside in pixels; the ones given until it is on the page.
#[hook]
pub fn use_size(node: &NodeRef, initial: (f64, f64)) -> (f64, f64) {
    let size = use_state_eq(|| initial);
    {
        let (node, size) = (node.clone(), size.clone());
        use_effect_with((), move |()| {
            let watch = node.cast::<Element>().and_then(|element| {
                let seen = element.clone();
                let changed = Closure::<dyn FnMut()>::new(move || {
                    if seen.client_width() > 0 {
                        size.set((f64::from(seen.client_width()), f64::from(seen.client_height())));
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

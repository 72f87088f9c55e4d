//! Stable names that the core gives its lines and marks: `data-*` attributes by name.

use std::{cell::RefCell, collections::BTreeSet, rc::Rc};
use yew::{prelude::*, virtual_dom::VNode};

thread_local! {
    /// `data-` with each name that was ever used. The names are words of the core, so they are few.
    static NAMES: RefCell<BTreeSet<&'static str>> = const { RefCell::new(BTreeSet::new()) };
}

/// Most different names that are kept; a guard, far above what the core has.
const MOST: usize = 500;

fn attribute(name: &str) -> Option<&'static str> {
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        return None;
    }
    let name = format!("data-{name}");
    NAMES.with_borrow_mut(|names| {
        if let Some(known) = names.get(&*name) {
            return Some(*known);
        }
        if names.len() == MOST {
            return None;
        }
        let name: &'static str = Box::leak(name.into_boxed_str());
        names.insert(name);
        Some(name)
    })
}

/// The element with these `data-*` attributes, their names given without `data-`.
pub fn with_data(mut html: Html, data: &[(String, String)]) -> Html {
    if let VNode::VTag(tag) = &mut html {
        let tag = Rc::make_mut(tag);
        for (name, value) in data {
            if let Some(name) = attribute(name) {
                tag.add_attribute(name, value.clone());
            }
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        assert_eq!(attribute("last-sign-in"), Some("data-last-sign-in"));
        for bad in ["", "on click", "x=1", "Ä", "a\"b"] {
            assert_eq!(attribute(bad), None);
        }
    }
}

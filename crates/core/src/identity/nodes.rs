//! Names as numbers, and which of them are known to be one.

use super::text;
use crate::store::Dictionary;

/// No name.
pub(super) const NONE: u32 = u32::MAX;

/// What a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Sort {
    /// An object id in its usual spelling.
    Id,
    /// A user principal name or e-mail address, folded.
    Address,
    /// The id of an invitation.
    Invitation,
}

/// All distinct names.
#[derive(Default)]
pub(super) struct Nodes {
    texts: [Dictionary; 3],
    by_code: [Vec<u32>; 3],
    /// Sort and code in its dictionary.
    pub(super) all: Vec<(Sort, u32)>,
    /// Whether each is an address with `#EXT#`, and has its tenant.
    external: Vec<Option<bool>>,
}

impl Nodes {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    fn intern(&mut self, sort: Sort, text: &str, external: Option<bool>) -> u32 {
        let code = self.texts[sort as usize].intern(text.as_bytes());
        let by_code = &mut self.by_code[sort as usize];
        if by_code.len() <= code as usize {
            by_code.resize(code as usize + 1, NONE);
        }
        if by_code[code as usize] == NONE {
            by_code[code as usize] = self.all.len() as u32;
            self.all.push((sort, code));
            self.external.push(external);
        }
        by_code[code as usize]
    }

    /// The node of an object id; [`NONE`] where the text is no such id.
    pub(super) fn id(&mut self, text: &str) -> u32 {
        text::guid(text).map_or(NONE, |id| self.intern(Sort::Id, &id, None))
    }

    /// The node of an address; [`NONE`] where the text is none.
    pub(super) fn address(&mut self, text: &str) -> u32 {
        let folded = text::folded(text);
        let external = text::external_at(&folded).filter(|at| *at > 0);
        if external.is_none() && folded.split_once('@').is_none_or(|(user, _)| user.is_empty()) {
            return NONE;
        }
        self.intern(Sort::Address, &folded, external.map(|at| folded.len() > at + 5))
    }

    /// Whether it is a guest's user principal name, with `#EXT#`.
    pub(super) fn is_external(&self, node: u32) -> bool {
        self.external[node as usize].is_some()
    }

    /// Whether it is one with its tenant.
    pub(super) fn has_tenant(&self, node: u32) -> bool {
        self.external[node as usize] == Some(true)
    }

    /// The node of an invitation; [`NONE`] where the text is no id.
    pub(super) fn invitation(&mut self, text: &str) -> u32 {
        text::guid(text).map_or(NONE, |id| self.intern(Sort::Invitation, &id, None))
    }

    /// The node that a text names, if it is there.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        let node = |sort: Sort, text: &str| {
            let code = self.texts[sort as usize].find(text).filter(|code| *code != 0)?;
            self.by_code[sort as usize].get(code as usize).copied().filter(|node| *node != NONE)
        };
        let label = text::label_in_any_case(name);
        let name = label.as_deref().unwrap_or(name);
        match text::guid(name) {
            Some(id) => node(Sort::Id, &id).or_else(|| node(Sort::Invitation, &id)),
            None => node(Sort::Address, &text::folded(name)),
        }
    }

    /// The node of an address that is folded already, if it is there.
    pub(super) fn find_folded(&self, address: &str) -> Option<u32> {
        let code = self.texts[Sort::Address as usize].find(address).filter(|code| *code != 0)?;
        self.by_code[Sort::Address as usize].get(code as usize).copied().filter(|node| *node != NONE)
    }

    pub(super) fn sort(&self, node: u32) -> Sort {
        self.all[node as usize].0
    }

    pub(super) fn text(&self, node: u32) -> std::borrow::Cow<'_, str> {
        match self.all.get(node as usize) {
            Some((sort, code)) => self.texts[*sort as usize].get(*code),
            None => std::borrow::Cow::Borrowed(""),
        }
    }
}

/// Sets that grow together.
#[derive(Default)]
pub(super) struct Sets {
    parent: Vec<u32>,
}

impl Sets {
    pub(super) fn new(count: usize) -> Self {
        Self { parent: (0..count as u32).collect() }
    }

    pub(super) fn root(&mut self, node: u32) -> u32 {
        let mut at = node;
        while self.parent[at as usize] != at {
            let above = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = above;
            at = above;
        }
        at
    }

    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        // The smaller number leads: flat enough with halved paths.
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        self.parent[high as usize] = low;
    }
}

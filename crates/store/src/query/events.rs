//! A set of events to walk: all of them, or a list.

/// Events in store order.
pub enum Events {
    /// The first so many.
    All(usize),
    /// These, ascending.
    Listed(Vec<u32>),
}

impl Default for Events {
    fn default() -> Self {
        Self::All(0)
    }
}

impl Events {
    /// The events whose masks have none of the bits.
    pub fn without(masks: &[u32], bits: u32) -> Self {
        // Written whether it belongs or not, so that a random mix costs no more than an orderly one.
        let mut events = vec![0; masks.len()];
        let mut length = 0;
        for (event, mask) in (0..).zip(masks) {
            events[length] = event;
            length += usize::from(mask & bits == 0);
        }
        if length == masks.len() {
            return Self::All(length);
        }
        events.truncate(length);
        Self::Listed(events)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::All(length) => *length,
            Self::Listed(events) => events.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The event at a position of the set.
    #[inline]
    pub fn get(&self, at: usize) -> usize {
        match self {
            Self::All(_) => at,
            Self::Listed(events) => events[at] as usize,
        }
    }

    /// All of them, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Those of them that are wanted.
    pub fn filtered(&self, wanted: impl Fn(usize) -> bool) -> Self {
        Self::Listed(self.iter().filter(|event| wanted(*event)).map(|event| event as u32).collect())
    }
}

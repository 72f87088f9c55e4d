//! Undo and redo: what was, what is, what was taken back.

/// A value with its past.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History<T> {
    past: Vec<T>,
    present: T,
    future: Vec<T>,
    /// What kind of change made the present, if further changes of that kind replace it.
    open: Option<&'static str>,
}

impl<T: Clone + PartialEq> History<T> {
    /// How many steps can be taken back.
    pub const STEPS: usize = 200;

    /// What is.
    pub fn present(&self) -> &T {
        &self.present
    }

    /// A change. Changes of the same kind one after the other, say letters typed, are one step.
    /// Returns whether anything is different now.
    pub fn set(&mut self, value: T, kind: Option<&'static str>) -> bool {
        if value == self.present {
            return false;
        }
        let before = std::mem::replace(&mut self.present, value);
        if kind.is_none() || kind != self.open {
            self.past.push(before);
            if self.past.len() > Self::STEPS {
                self.past.remove(0);
            }
        }
        self.future.clear();
        self.open = kind;
        true
    }

    /// Begins anew: nothing can be taken back or made again.
    pub fn reset(&mut self, value: T) {
        *self = Self { past: Vec::new(), present: value, future: Vec::new(), open: None };
    }

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to make again.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> bool {
        let Some(value) = self.past.pop() else { return false };
        self.future.push(std::mem::replace(&mut self.present, value));
        self.open = None;
        true
    }

    /// Makes the step again that was taken back last.
    pub fn redo(&mut self) -> bool {
        let Some(value) = self.future.pop() else { return false };
        self.past.push(std::mem::replace(&mut self.present, value));
        self.open = None;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_back_and_forth() {
        let mut history = History::<u32>::default();
        assert!(!history.undo());
        assert!(history.set(1, None) && history.set(2, None) && !history.set(2, None));
        assert!(history.undo() && *history.present() == 1 && history.can_redo());
        assert!(history.redo() && *history.present() == 2);
        assert!(history.undo() && history.set(3, None) && !history.can_redo());
    }

    #[test]
    fn typing_is_one_step() {
        let mut history = History::<&str>::default();
        for text in ["a", "ab", "abc"] {
            history.set(text, Some("text"));
        }
        assert!(history.undo() && history.present().is_empty() && !history.can_undo());
    }
}

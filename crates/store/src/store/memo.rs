//! Answers already found about a dictionary's strings, kept by code: each string is looked at once.

/// One answer per code.
#[derive(Default)]
pub(super) struct Memo {
    answers: Vec<u32>,
}

impl Memo {
    const UNKNOWN: u32 = u32::MAX;

    /// The answer for a code, asked for if it is not known yet.
    #[inline]
    pub(super) fn get(&mut self, code: u32, ask: impl FnOnce() -> u32) -> u32 {
        let at = code as usize;
        if at >= self.answers.len() {
            self.answers.resize(at + 1, Self::UNKNOWN);
        }
        if self.answers[at] == Self::UNKNOWN {
            self.answers[at] = ask();
        }
        self.answers[at]
    }
}

/// What the writer asks of strings, over and over.
#[derive(Default)]
pub(super) struct Memos {
    pub(super) upn_principal: Memo,
    pub(super) name_principal: Memo,
    pub(super) id_principal: Memo,
    pub(super) upn_external: Memo,
    pub(super) guest_activity: Memo,
    pub(super) user_type_key: Memo,
    pub(super) b2b_value: Memo,
    pub(super) log: Memo,
    pub(super) b2c: Memo,
}

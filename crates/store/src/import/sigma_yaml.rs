//! Sigma rules: YAML with `logsource` and `detection`. Their text is kept as it is; the rules read it.

use super::{Format, Importer, intake::Intake, sniff::Head};
use crate::store::ProblemKind;

/// A file of Sigma rules, one or more documents.
pub(super) const FORMAT: Format =
    Format { id: "sigma-yaml", label: "Sigma rules", sniff: Head::is_sigma, begin: |_| Box::new(Sigma::default()) };

/// What is kept of a file at most.
const LARGEST: usize = 1 << 20;

#[derive(Default)]
struct Sigma {
    text: Vec<u8>,
    cut: bool,
}

impl Importer for Sigma {
    fn push(&mut self, text: &[u8], _intake: &mut Intake) {
        let room = LARGEST - self.text.len();
        self.cut |= text.len() > room;
        self.text.extend_from_slice(&text[..text.len().min(room)]);
    }

    fn finish(&mut self, intake: &mut Intake) {
        if self.cut {
            // Half a rule would be another rule.
            return intake.lost(ProblemKind::RecordTooLarge, 0);
        }
        let text = String::from_utf8_lossy(&self.text).into_owned();
        intake.rules(text);
    }
}

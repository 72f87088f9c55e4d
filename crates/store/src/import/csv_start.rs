//! Where a record of CSV text begins that is read from somewhere in its middle.

use super::csv_split::{Csv, End};

/// What is known of the records from the file's beginning.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    pub(super) columns: usize,
    pub(super) delimiter: u8,
    /// Where in the file's text the first record begins.
    pub(super) first_record: u64,
}

/// So many whole records one after another are taken for proof: a line end in a quoted cell would turn cells
/// and what is between them around.
const PROOF: usize = 4;

/// Finds the first place behind a line end from which on there are whole records. It is a guess, which only
/// whoever has read everything before it can confirm.
pub(super) fn find(text: &[u8], layout: Layout) -> Option<usize> {
    memchr::memchr_iter(b'\n', text).map(|at| at + 1).find(|at| {
        let mut csv = Csv::with(text, Vec::new(), layout.delimiter);
        csv.back(*at, usize::MAX);
        (0..PROOF).all(|_| csv.next_record() == End::Record && csv.cells().len() == layout.columns)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: Layout = Layout { columns: 3, delimiter: b',', first_record: 0 };

    #[test]
    fn finds_the_next_record_past_line_ends_in_cells() {
        let record = "1,\"two\n,and \"\"a\"\"\nhalf\",3\r\n";
        let text = record.repeat(9);
        for from in 1..record.len() {
            assert_eq!(find(&text.as_bytes()[from..], LAYOUT), Some(record.len() - from), "{from}");
        }
    }

    #[test]
    fn finds_nothing_where_nothing_is_proven() {
        assert_eq!(find("1,2,3\n".repeat(PROOF).as_bytes(), LAYOUT), None);
        assert_eq!(find("1,2\n".repeat(99).as_bytes(), LAYOUT), None);
    }
}

//! The alphabetical place of each value of a field, letter case aside.

use super::{FieldValues, fold};
use crate::arrange::Arrange as _;

/// The place of each code among all; "no value" last in either direction.
pub(super) fn ranks(values: &FieldValues, descending: bool) -> Vec<u32> {
    let texts = Texts::of(values);
    let mut codes: Vec<u32> = (0..values.len() as u32).collect();
    sort(&texts, &mut codes, 0, &|codes| {
        // The same but for letter case: by the texts as they are.
        codes.arrange_by(|a, b| values.display(*a).cmp(&values.display(*b)).then(a.cmp(b)));
    });
    if descending {
        codes.reverse();
    }
    let mut ranks = vec![0; codes.len()];
    for (rank, code) in (0..).zip(&codes) {
        ranks[*code as usize] = rank;
    }
    if values.has_no_value() {
        ranks[0] = codes.len() as u32;
    }
    ranks
}

/// All folded texts, one behind the other.
struct Texts {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Texts {
    fn of(values: &FieldValues) -> Self {
        let mut texts = Self { bytes: Vec::new(), ends: Vec::with_capacity(values.len()) };
        values.each_display(|text| {
            if text.is_ascii() {
                texts.bytes.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
            } else {
                texts.bytes.extend(fold(text).bytes());
            }
            texts.ends.push(texts.bytes.len());
        });
        texts
    }

    /// The rest of a text from a depth on.
    fn rest(&self, code: u32, depth: usize) -> &[u8] {
        let code = code as usize;
        let start = if code == 0 { 0 } else { self.ends[code - 1] };
        let text = &self.bytes[start..self.ends[code]];
        &text[depth.min(text.len())..]
    }
}

/// Bytes compared at once.
const CHUNK: usize = 16;

/// The next bytes of a text as a number, and how many there are: shorter texts come first.
fn chunk(rest: &[u8]) -> (u128, usize) {
    let length = rest.len().min(CHUNK);
    let mut bytes = [0; CHUNK];
    bytes[..length].copy_from_slice(&rest[..length]);
    (u128::from_be_bytes(bytes), length)
}

/// Sorts codes whose texts agree up to a depth, chunk by chunk.
fn sort(texts: &Texts, codes: &mut [u32], depth: usize, same: &dyn Fn(&mut [u32])) {
    let mut keyed: Vec<((u128, usize), u32)> =
        codes.iter().map(|code| (chunk(texts.rest(*code, depth)), *code)).collect();
    keyed.sort_unstable();
    for (place, (_, code)) in codes.iter_mut().zip(&keyed) {
        *place = *code;
    }
    let mut from = 0;
    for run in keyed.chunk_by(|a, b| a.0 == b.0) {
        let codes = &mut codes[from..from + run.len()];
        from += run.len();
        if run.len() > 1 && run[0].0.1 == CHUNK {
            sort_on(texts, codes, depth + CHUNK, same);
        } else if run.len() > 1 {
            same(codes);
        }
    }
}

/// As [`sort`], past what all of the texts have in common.
fn sort_on(texts: &Texts, codes: &mut [u32], depth: usize, same: &dyn Fn(&mut [u32])) {
    let first = texts.rest(codes[0], depth);
    let common = |code: &u32| texts.rest(*code, depth).iter().zip(first).take_while(|(a, b)| a == b).count();
    let skip = codes.iter().map(common).min().unwrap_or(0);
    sort(texts, codes, depth + skip, same);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Column, Field},
        store::Store,
        time::Zone,
    };

    #[test]
    fn ranks_as_comparing_folded_texts_would() {
        let mut store = Store::default();
        let long = "directory_".repeat(500);
        let mut texts: Vec<String> =
            ["", "b", "B", "a", "A\0", "a\0\0", "é", "É", "z"].map(String::from).into_iter().collect();
        for tail in ["", "x", "X", "y", "directory", "0123456789abcdef0", "0123456789abcdef1"] {
            texts.push(format!("{long}{tail}"));
            texts.push(format!("Directory_{tail}"));
        }
        for text in &texts {
            let mut writer = store.writer(0);
            writer.set(Column::Activity, text.as_bytes());
            writer.commit(1);
        }
        let values = FieldValues::new(&store, Field::Activity, &Zone::default());
        let key = |code: u32| (fold(&values.label(code)), values.label(code).into_owned());
        for descending in [false, true] {
            let ranks = ranks(&values, descending);
            for a in 1..values.len() as u32 {
                assert!(ranks[a as usize] < ranks[0]);
                for b in 1..values.len() as u32 {
                    let order = ranks[a as usize].cmp(&ranks[b as usize]);
                    assert_eq!(if descending { order.reverse() } else { order }, key(a).cmp(&key(b)));
                }
            }
        }
    }
}

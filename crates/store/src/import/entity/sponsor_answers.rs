//! Answers that a sponsor gave on a sheet of this page (`export::sponsor_sheet`): decisions of a review that
//! needs no licence. Each record says all of it, so that answers of many sponsors can stand in one file.

use super::{graph_members::reviews::answer, graph_rows::read_record};
use crate::{
    import::{
        Format,
        draft::Draft,
        json_import::{JsonImport, RecordMap},
        json_read::{Read, Reader},
        json_value::Value,
        sniff::Shape,
    },
    model::{EntityKind, Origin},
};

/// The member that a sheet's records alone have, in lower case.
const SIGN: &str = "sponsoranswer";

/// Sponsors' answers.
pub(in crate::import) const FORMAT: Format = Format {
    id: "sponsor-answers-json",
    label: "Answers of sponsors (JSON)",
    sniff: |head| head.is_json() && !head.is_tables() && head.any_record(|record| record.has(SIGN)),
    begin: |_| Box::new(JsonImport::new(Answers)),
};

struct Answers;

impl RecordMap for Answers {
    fn read(&mut self, reader: &mut Reader, draft: &mut Draft) -> Read<bool> {
        let Value::Other(text @ [b'{', ..]) = reader.value()? else { return Ok(false) };
        let (record, read) = Shape::read(text);
        read?;
        if !record.has(SIGN) {
            return Ok(false);
        }
        read_record(text, draft, EntityKind::Decision, Origin::Own, answer)
    }
}

//! A console's text with JSON records in it, such as the output of the download script in B2C's
//! documentation: `ConvertTo-Json` of each event between lines like `Fetching data using Uri: …`.

use super::{
    Format, graph_json,
    json_import::JsonImport,
    legacy_json::{self, LegacyRecords},
};

/// Records between lines of text.
pub(super) const FORMAT: Format = Format {
    id: "console-transcript",
    label: "Console text with JSON records",
    sniff: |head| head.is_transcript() && (legacy_json::is_legacy(head) || graph_json::is_audit(head)),
    begin: |head| {
        if legacy_json::is_legacy(head) {
            Box::new(JsonImport::new(LegacyRecords))
        } else {
            Box::new(graph_json::importer())
        }
    },
};

//! Sheets about guests without a sponsor: for those who invited them, and for the administrator.

use super::Answering;
use crate::arrange::Arrange as _;
use crate::{
    guests::sponsors::WITHOUT,
    identity::PersonId,
    report::blocks::{Block, Download, DownloadKind},
};
use std::{cmp::Reverse, fmt::Write};

/// Inviters that are offered a sheet, those with the most guests first.
const INVITERS: usize = 12;
/// A sheet of more guests than this nobody fills in.
const MOST: usize = 5_000;

/// The sheets, where there are guests without a sponsor.
pub(super) fn without(answering: &Answering) -> Option<Block> {
    let guests = answering.sponsors.without(|_| true);
    if guests.is_empty() {
        return None;
    }
    let mut inviters: Vec<PersonId> = guests.iter().filter_map(|guest| guest.inviter).collect();
    let unknown = guests.len() - inviters.len();
    inviters.arrange();
    let mut counted: Vec<(PersonId, usize)> =
        inviters.chunk_by(|one, other| one == other).map(|own| (own[0], own.len())).collect();
    counted.arrange_by_key(|(person, count)| (Reverse(*count), *person));
    let sheet = |key: String, label: String| Download { kind: DownloadKind::SponsorSheet, key, label };
    let mut downloads = Vec::new();
    if guests.len() <= MOST {
        let label = format!("For the administrator ({})", guests.len());
        downloads.push(sheet(WITHOUT.to_owned(), label));
    }
    downloads.extend(counted.iter().filter(|(_, count)| *count <= MOST).take(INVITERS).map(|(person, count)| {
        let who = answering.identity.person(*person);
        sheet(format!("{WITHOUT}{}", who.key), format!("For {} ({count})", who.label()))
    }));
    let mut text = "Nobody is named as their sponsor. A sheet with keep and remove for whoever invited them, or one for the administrator: one HTML file each that works offline and sends nothing. Drop the answers file that comes back on this page.".to_owned();
    if unknown > 0 {
        _ = write!(text, " Of {unknown} of them no loaded file tells who invited them.");
    }
    let large = counted.iter().filter(|(_, count)| *count > MOST).count();
    if guests.len() > MOST {
        _ = write!(
            text,
            " All {} are too many for one sheet, which takes {MOST}. The table of guests without a sponsor can be saved as CSV.",
            guests.len()
        );
    }
    if large > 0 {
        _ = write!(text, " {large} inviters invited too many for one sheet.");
    }
    let rest = (counted.len() - large).saturating_sub(INVITERS);
    if rest > 0 {
        _ = write!(text, " {rest} more inviters are not listed.");
    }
    Some(Block::Downloads { title: "Ask about guests without a sponsor".into(), text, downloads })
}

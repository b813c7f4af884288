//! Decides which day an ambiguous date is, by what else the document says.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::date::{About, Witness};
use crate::model::{Claim, PartialDate};

/// Reads `04/05/2018` as the one of its two days that something else in the document names without
/// doubt. Where neither is named, or both are, it stays doubtful.
pub(super) fn decide(witnesses: &mut [Witness]) {
    if witnesses.iter().all(|witness| witness.alternative.is_none()) {
        return;
    }
    let certain: HashSet<Date> = witnesses.iter().filter_map(certain).collect();
    for witness in witnesses {
        let (Some(day), Some(other)) = (witness.claim.date.as_day(), witness.alternative) else {
            continue;
        };
        match (certain.contains(&day), certain.contains(&other)) {
            (true, false) => {}
            (false, true) => {
                let date = PartialDate::Day(other);
                witness.claim = Claim { date, when: date.when(), ..witness.claim.clone() };
            }
            _ => continue,
        }
        witness.alternative = None;
        witness.claim.confidence = witness.kind.confidence;
    }
}

/// The day that a witness names without doubt and of the article itself.
fn certain(witness: &Witness) -> Option<Date> {
    let is_own = witness.kind.about == About::Article;
    witness.claim.date.as_day().filter(|_| is_own && witness.alternative.is_none())
}

//! The year of a date that is printed without one.

use jiff::civil::Date;

use crate::date::{Subject, Witness};
use crate::model::{Event, PartialDate};

/// A date without a year belongs to what else dates the text within this many days.
const WITHIN_DAYS: i32 = 200;

/// The year that brings a month and a day nearest to what else dates the document: its address,
/// its metadata, what was stated with it. A copy's time only bounds it from above.
pub(super) fn nearest(
    subject: &Subject<'_>,
    witnesses: &[Witness],
    month: i8,
    day: i8,
) -> Option<i16> {
    let known = witnesses
        .iter()
        .filter(|witness| witness.claim.event == Event::Published)
        .find_map(|witness| witness.claim.date.as_day());
    if let Some(known) = known {
        return beside(known, month, day);
    }
    let captured = subject.document.captured.map(PartialDate::last_day)?;
    let same = Date::new(captured.year(), month, day).ok();
    let year = if same.is_some_and(|same| same <= captured) {
        captured.year()
    } else {
        captured.year() - 1
    };
    Date::new(year, month, day).ok().map(Date::year)
}

fn beside(known: Date, month: i8, day: i8) -> Option<i16> {
    let years = [known.year() - 1, known.year(), known.year() + 1];
    let distance = |year: i16| {
        let date = Date::new(year, month, day).ok()?;
        Some((known.until(date).ok()?.get_days().abs(), year))
    };
    let (days, year) = years.into_iter().filter_map(distance).min()?;
    (days <= WITHIN_DAYS).then_some(year)
}

//! Years and days of other calendars, in the civil one.

use icu_calendar::Date as Calendric;
use icu_calendar::cal::{Hijri, Iso};
use jiff::civil::Date;

use super::names::Calendar;

/// The years that a printed date may have in the civil calendar.
const CIVIL: std::ops::RangeInclusive<u32> = 1000..=2999;

/// The civil day of a printed one. A year of the Buddhist era counts as such only beside Thai
/// words, where a civil year of that size would lie centuries ahead.
pub(crate) fn day(calendar: Calendar, year: u32, month: u32, day: u32, thai: bool) -> Option<Date> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    match calendar {
        Calendar::Gregorian => {
            let year = i16::try_from(civil_year(year, thai)?).ok()?;
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        }
        Calendar::Persian => {
            let year = persian_year(year)?;
            civil(Calendric::try_new_persian(year, month, day).ok()?.to_calendar(Iso))
        }
        Calendar::Hijri => {
            let year = i32::try_from(year).ok().filter(|year| (1300..=1500).contains(year))?;
            let rules = Hijri::new_umm_al_qura();
            let date = Calendric::try_new_hijri_with_calendar(year, month, day, rules).ok()?;
            civil(date.to_calendar(Iso))
        }
    }
}

/// The civil year of a printed one, or none where it is no year a page could bear.
pub(crate) fn civil_year(year: u32, thai: bool) -> Option<u32> {
    let year = if thai && (2400..=2700).contains(&year) { year - 543 } else { year };
    CIVIL.contains(&year).then_some(year)
}

fn persian_year(year: u32) -> Option<i32> {
    i32::try_from(year).ok().filter(|year| (1200..=1500).contains(year))
}

fn civil(date: Calendric<Iso>) -> Option<Date> {
    let (year, month, day) =
        (date.year().extended_year(), date.month().ordinal, date.day_of_month().0);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The civil year of a year of a Japanese era or of the Republic of China.
pub(crate) fn era_year(era: &str, year: u32) -> Option<u32> {
    let before = match era {
        "令和" => 2018,
        "平成" => 1988,
        "昭和" => 1925,
        "民國" | "民国" => 1911,
        _ => return None,
    };
    (1..=200).contains(&year).then_some(before + year)
}

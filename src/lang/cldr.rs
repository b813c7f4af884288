//! Writes the names of months and weekdays in `cldr.tsv` from the Unicode CLDR data that
//! `icu_datetime` ships, and holds the table to them. It ships no phrases for distances into the past:
//! those rows are kept as they are.
//!
//! To take in a new CLDR release, raise the version of `icu_datetime` and run
//! `cargo test --lib lang::cldr -- --ignored`.

use std::collections::BTreeSet;
use std::fmt::Write;

use icu_datetime::input::Date;
use icu_datetime::provider::Baked;
use icu_datetime::provider::names::{
    DatetimeNamesMonthGregorianV1, DatetimeNamesMonthHijriV1, DatetimeNamesMonthPersianV1,
    DatetimeNamesWeekdayV1, MonthNames,
};
use icu_locale_core::Locale;
use icu_provider::prelude::*;

/// The languages whose names are read. A region stands where its names differ from the language's.
const LOCALES: &[&str] = &[
    "af", "am", "ar", "ar-DZ", "ar-LB", "ar-MA", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy",
    "da", "de", "de-AT", "el", "en", "en-AU", "en-CA", "en-GB", "es", "es-MX", "et", "eu", "fa",
    "fi", "fil", "fr", "fr-CA", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it",
    "ja", "ka", "kk", "km", "kn", "ko", "ky", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "mt",
    "my", "nb", "ne", "nl", "nn", "pa", "pl", "pt", "pt-PT", "ro", "ru", "si", "sk", "sl", "sq",
    "sr", "sr-Latn", "sv", "sw", "ta", "te", "th", "tk", "tr", "uk", "ur", "uz", "vi", "zh",
];

/// Wide, abbreviated, and both again as they stand alone (nominative where the other is genitive).
const LENGTHS: &[&str] = &["5", "3", "5s", "3s"];

fn load<M>(locale: &str, length: &str) -> Option<DataPayload<M>>
where
    M: DataMarker,
    Baked: DataProvider<M>,
{
    let locale = DataLocale::from(&locale.parse::<Locale>().expect("a locale"));
    let attributes = DataMarkerAttributes::from_str_or_panic(length);
    let id = DataIdentifierBorrowed::for_marker_attributes_and_locale(attributes, &locale);
    let mut metadata = DataRequestMetadata::default();
    metadata.silent = true;
    let request = DataRequest { id, metadata };
    DataProvider::<M>::load(&Baked, request).ok().map(|response| response.payload)
}

fn months<M>(calendar: &str, locale: &str, table: &mut String)
where
    M: DataMarker<DataStruct = MonthNames<'static>>,
    Baked: DataProvider<M>,
{
    let mut names = vec![BTreeSet::new(); 12];
    for length in LENGTHS {
        let Some(payload) = load::<M>(locale, length) else { continue };
        let MonthNames::Linear(list) = payload.get() else { continue };
        for (names, name) in names.iter_mut().zip(list.iter()) {
            names.insert(name.to_owned());
        }
    }
    write_rows(calendar, locale, &names, table);
}

fn weekdays(locale: &str, table: &mut String) {
    let mut names = vec![BTreeSet::new(); 7];
    for length in ["5", "3", "6", "5s", "3s"] {
        let Some(payload) = load::<DatetimeNamesWeekdayV1>(locale, length) else { continue };
        for (names, day) in names.iter_mut().zip(1..) {
            // The first of January 2018 was a Monday.
            let weekday = Date::try_new_iso(2018, 1, day).expect("a day").weekday();
            names.extend(payload.get().get(weekday).map(str::to_owned));
        }
    }
    write_rows("weekday", locale, &names, table);
}

/// A row per number: what it names, the locale, the number from one, and the names. Names that
/// begin with a digit need no table.
fn write_rows(kind: &str, locale: &str, names: &[BTreeSet<String>], table: &mut String) {
    for (number, names) in (1..).zip(names) {
        let names: Vec<&str> = names
            .iter()
            .map(String::as_str)
            .filter(|name| !name.contains(char::is_numeric) && name.chars().count() > 1)
            .collect();
        if !names.is_empty() {
            let _ = writeln!(table, "{locale}\t{kind}.{number}\t{}", names.join("\t"));
        }
    }
}

fn table() -> String {
    let mut table = String::new();
    for locale in LOCALES {
        months::<DatetimeNamesMonthGregorianV1>("gregorian", locale, &mut table);
        weekdays(locale, &mut table);
    }
    for locale in ["fa", "en"] {
        months::<DatetimeNamesMonthPersianV1>("persian", locale, &mut table);
    }
    for locale in ["ar", "fa", "en", "id", "ms", "tr", "ur"] {
        months::<DatetimeNamesMonthHijriV1>("hijri", locale, &mut table);
    }
    table
}

/// `ago.` is August in Spanish, so that only the meaning's column tells.
fn is_phrase(row: &str) -> bool {
    row.split('\t').nth(1).is_some_and(|meaning| meaning.starts_with("ago."))
}

#[test]
fn the_checked_in_table_is_cldrs() {
    let names = super::CLDR.lines().filter(|row| !is_phrase(row));
    let names: String = names.flat_map(|row| [row, "\n"]).collect();
    assert!(table() == names, "run `cargo test --lib lang::cldr -- --ignored`");
}

#[test]
#[ignore = "writes the table; run it after a change to the locales or a new CLDR release"]
#[expect(clippy::disallowed_methods, reason = "this is the generator of a checked-in file")]
fn write_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lang/cldr.tsv");
    let phrases = super::CLDR.lines().filter(|row| is_phrase(row));
    let table = phrases.fold(table(), |table, row| table + row + "\n");
    std::fs::write(path, table).expect("the table is written");
}

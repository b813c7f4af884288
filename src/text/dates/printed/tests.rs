//! Dates in print, and what looks like one.

use super::*;
use proptest::prelude::*;

/// Shows each date as `[text=reading]`.
fn shown(text: &str, language: Option<&str>) -> String {
    let habit = Habit { language, month_first: None };
    let show = |printed: &Printed| {
        let quote = printed.span.of(text);
        match printed.reading {
            Reading::Full(date) => format!("[{quote}={date}]"),
            Reading::Yearless { month, day } => format!("[{quote}=--{month:02}-{day:02}]"),
        }
    };
    dates(text, habit).iter().map(show).collect()
}

#[track_caller]
fn assert_dates(text: &str, expected: &str) {
    assert_eq!(shown(text, None), expected, "{text}");
}

#[test]
fn days_are_read_in_any_order() {
    assert_dates("May 25,2018", "[May 25,2018=2018-05-25]");
    assert_dates("on 25 de mayo de 2018.", "[25 de mayo de 2018=2018-05-25]");
    assert_dates("25. Mai 2018", "[25. Mai 2018=2018-05-25]");
    assert_dates("2018. május 25.", "[2018. május 25=2018-05-25]");
    assert_dates("2018. gada 25. maijs", "[2018. gada 25. maijs=2018-05-25]");
    assert_dates("2018 m. gegužės 25 d.", "[2018 m. gegužės 25=2018-05-25]");
    assert_dates("25th of May, 2018", "[25th of May, 2018=2018-05-25]");
    assert_dates("Fri May 25 14:03:00 UTC 2018", "[May 25 14:03:00 UTC 2018=2018-05-25]");
    assert_dates("25-May-18", "[25-May-18=2018-05-25]");
    assert_dates("Mayıs 2018", "[Mayıs 2018=2018-05]");
    assert_dates("May 252018", "[May 252018=2018-05-25]");
    assert_dates("May 52018", "[May 52018=2018-05-05]");
    assert_dates("May 052018", "[May 052018=2018-05-05]");
    assert_dates("May 412018, May 251789", "");
    assert_dates("ngày 25 tháng 5 năm 2018", "[25 tháng 5 năm 2018=2018-05-25]");
}

#[test]
fn a_day_without_a_year_stays_without() {
    assert_dates("ST. PETERSBURG, May 24 (Reuters) —", "[May 24=--05-24]");
    assert_dates("5月25日", "[5月25日=--05-25]");
}

#[test]
fn other_scripts_and_calendars_are_read() {
    assert_dates("2018年5月25日", "[2018年5月25日=2018-05-25]");
    assert_dates("二〇一八年五月二十五日", "[二〇一八年五月二十五日=2018-05-25]");
    assert_dates("2018년 5월 25일", "[2018년 5월 25일=2018-05-25]");
    assert_dates("令和6年5月25日", "[令和6年5月25日=2024-05-25]");
    assert_dates("民國107年5月25日", "[民國107年5月25日=2018-05-25]");
    assert_dates("25 พฤษภาคม 2561", "[25 พฤษภาคม 2561=2018-05-25]");
    assert_dates("๒๕ พ.ค. ๒๕๖๑", "[๒๕ พ.ค. ๒๕๖๑=2018-05-25]");
    assert_dates("۴ خرداد ۱۳۹۷", "[۴ خرداد ۱۳۹۷=2018-05-25]");
    assert_dates("10 رمضان 1439", "[10 رمضان 1439=2018-05-25]");
    assert_dates("٢٥ مايو ٢٠١٨", "[٢٥ مايو ٢٠١٨=2018-05-25]");
    assert_dates("25 במאי 2018", "[25 במאי 2018=2018-05-25]");
}

#[test]
fn numeric_order_is_decided_by_impossibility_then_language() {
    assert_dates("25/05/2018", "[25/05/2018=2018-05-25]");
    assert_dates("05/25/2018", "[05/25/2018=2018-05-25]");
    assert_eq!(shown("04/05/2018", Some("en")), "[04/05/2018=2018-04-05]");
    assert_eq!(shown("04/05/2018", Some("fr")), "[04/05/2018=2018-05-04]");
    assert_eq!(shown("04.05.2018", Some("en")), "[04.05.2018=2018-05-04]");
    let ambiguous = dates("04/05/2018", Habit { language: Some("fr"), month_first: None });
    assert_eq!(ambiguous[0].alternative, Some(jiff::civil::date(2018, 4, 5)));
}

#[test]
fn near_misses_are_no_dates() {
    for text in [
        "Boeing 747-400",
        "1/2 cup",
        "2018 FIFA World Cup",
        "+1 555-0125-2018",
        "(555) 123-4567",
        "10.20.30.40",
        "v1.2.3",
        "May 24-25, 2018",
        "30/02/2018",
        "Windows 10.0.2018",
        "1-800-555",
        "10:30",
        "ISBN 978-3-16-148410-0",
        "3 to 5",
        "$25.05.2018",
        "in 2018",
        "may 99",
    ] {
        assert_dates(text, "");
    }
}

#[test]
fn the_weekday_beside_a_date_is_read() {
    for (text, weekday) in [
        ("Thursday, May 25, 2018", 4),
        ("Fri 25 May 2018", 5),
        ("2018年5月25日(金)", 5),
        ("2018年5月25日 星期五", 5),
        ("Freitag, 25. Mai 2018", 5),
        ("пятница, 25 мая 2018", 5),
        ("sexta-feira, 25 de maio de 2018", 5),
        ("25.05.2018 (Fr)", 5),
    ] {
        let found = dates(text, Habit::default());
        assert_eq!(found[0].weekday.map(|weekday| weekday.number), Some(weekday), "{text}");
    }
}

#[test]
fn the_weekday_decides_which_number_is_the_day() {
    let read = |text: &str| {
        let found = dates(text, Habit::default());
        (found[0].day().map(|day| day.to_string()), found[0].alternative.is_some())
    };
    let told = |day: &str, open: bool| (Some(day.to_owned()), open);
    assert_eq!(read("Friday, 05/04/2018"), told("2018-05-04", false));
    assert_eq!(read("Thursday, 05/04/2018"), told("2018-04-05", false));
    assert_eq!(read("05/04/2018 (Thu)"), told("2018-04-05", false));
    // It falls on neither, or on both, or there is none.
    assert_eq!(read("Monday, 05/04/2018"), told("2018-05-04", true));
    assert_eq!(read("Monday, 05/09/2016"), told("2016-05-09", true));
    assert_eq!(read("05/04/2018"), told("2018-05-04", true));
}

proptest! {
    #[test]
    fn no_text_panics_and_spans_fit(text in "\\PC{0,80}") {
        for printed in dates(&text, Habit::default()) {
            prop_assert!(text.get(printed.span.start..printed.span.end).is_some());
        }
    }

    #[test]
    fn what_looks_like_dates_never_panics(text in "([0-9]{1,5}|May|mai|年|月|日|[-/., :]|de|º){0,30}") {
        for printed in dates(&text, Habit::default()) {
            prop_assert!(text.get(printed.whole().start..printed.whole().end).is_some());
        }
    }
}

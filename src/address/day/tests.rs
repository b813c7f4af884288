//! What addresses say, and what only looks like it.

use super::*;
use proptest::prelude::*;

fn read(address: &str) -> Option<String> {
    let url = Url::parse(address).expect("an address");
    date_in_url(&url).map(|claim| format!("{} {}", claim.date, claim.confidence))
}

#[track_caller]
fn assert_reads(path: &str, expected: &str) {
    assert_eq!(read(&format!("https://a.example{path}")).as_deref(), Some(expected), "{path}");
}

#[test]
fn days_in_paths_are_certain() {
    for path in [
        "/2018/05/25/a-b",
        "/2018/5/25/a",
        "/2018/may/25/a",
        "/news/2018-05-25/a",
        "/2018/may/25.html",
        "/25/05/2018/a",
        "/2018-05-25-a-b",
        "/english/2018-05/25/c_139085617.htm",
        "/news/2018/05/180525_a_b",
        "/article/2018/05/25/a-b-idUSL3N0UD21W20180525",
        "/2018_05_25_a_b",
        "/web/20190101000000/https://b.example/2018/05/25/a",
    ] {
        assert_reads(path, "2018-05-25 high");
    }
}

#[test]
fn a_day_inside_an_identifier_is_when_that_was_made() {
    for address in [
        "https://doi.org/10.1101/2020.04.07.20057075",
        "https://www.biorxiv.org/content/10.1101/2023.02.07.527548v1.full",
        "https://www.medrxiv.org/content/10.64898/2025.12.01.25341234v1",
    ] {
        assert_eq!(read(address), None, "{address}");
    }
    let early = "https://www.biorxiv.org/content/early/2018/05/25/123456";
    assert_eq!(read(early).as_deref(), Some("2018-05-25 high"));
}

#[test]
fn days_among_words_and_months_are_less_so() {
    assert_reads("/a-b-20180525", "2018-05-25 low");
    assert_reads("/talk-may-25-2018", "2018-05-25 low");
    assert_reads("/mañana-25-de-mayo-de-2018/", "2018-05-25 low");
    assert_reads("/a?date=2018-05-25", "2018-05-25 low");
    assert_reads("/2018/05/a-b/", "2018-05 medium");
    // The file name may be all that Blogger's address has of a title.
    assert_reads("/2018/05/25.html", "2018-05 medium");
    assert_reads("/2018/05/25_08.html", "2018-05 medium");
    // The day disagrees with the month before it, or is another number.
    assert_reads("/news/2018/06/180525_a_b", "2018-06 medium");
    assert_reads("/news/2018/05/1805251_a_b", "2018-05 medium");
    assert_reads("/2018/05/2AbU", "2018-05 medium");
    // A number of eight digits, or of four in a year's folder, is as often another number.
    for path in [
        "/questions/20180525/a",
        "/2018/0525",
        "/201805/25/a",
        "/view/AEN20180525001500315",
        "/article/a-b-idUSKBN0MJ1QT20180525",
        "/article/a-b/c-d-idUSN0528341520180525/",
    ] {
        assert_reads(path, "2018-05-25 medium");
    }
    // A title can name a day to come.
    for path in ["/t/evaluation-for-2018-05-25-log/5185", "/pages/meetup-2018-05-25"] {
        assert_reads(path, "2018-05-25 medium");
    }
}

#[test]
fn weeks_are_those_of_iso_8601() {
    for path in ["/2018-W21/a", "/2018W21/", "/2018/w21/a", "/2018/week-21/", "/a/2018/week21"] {
        assert_reads(path, "2018-W21 medium");
    }
    for path in ["/2018/w54/", "/2018/week/", "/2018-w2100/", "/2018/w210/", "/2018/weekly-21"] {
        assert_eq!(read(&format!("https://a.example{path}")), None, "{path}");
    }
}

#[test]
fn ids_and_impossible_days_are_no_dates() {
    for path in [
        "/4711/12/34",
        "/2022/02/30/a",
        "/2018/13/05/a",
        "/12345678",
        "/99991231",
        "/a-2018",
        "/p/20189925",
        "/2018/25-years-of-a",
        "/1/2/3",
        "/tel/555-0125-2018",
        "/v/2.0.1/",
        "/web/20190101000000/https://b.example/a",
        "/3020/05/25/",
        "/report-14-20-january-2022.html",
        "/view/AEN2018052500150031",
        "/view/aen20180525001500315",
        "/a-valid20180525",
        "/2018-5/25/",
        "/blob/main/2025/2025.04%20-%20Object.propertyCount%20slides.pdf",
        "/commit/2901abe4",
        "/c/2901abe4d0f1c2e3b4a5968778695a4b3c2d1e0f",
        "/2AbU",
    ] {
        assert_eq!(read(&format!("https://a.example{path}")), None, "{path}");
    }
}

#[test]
fn impossible_days_are_told() {
    let told = |path: &str| {
        impossible_date_in_url(
            &Url::parse(&format!("https://a.example{path}")).expect("an address"),
        )
    };
    assert_eq!(told("/2022/02/30/a").as_deref(), Some("2022/02/30"));
    assert_eq!(told("/a/2023-04-31-b").as_deref(), Some("2023-04-31"));
    assert_eq!(told("/2022/02/28/a"), None);
    assert_eq!(told("/2022/02/30.html"), None, "a number of the title");
    assert_eq!(told("/4711/12/34/a"), None);
    assert_eq!(told("/2022/02/99/a"), None);
}

proptest! {
    #[test]
    fn no_address_panics(path in "[/0-9a-zé._~?=-]{0,60}") {
        let url = Url::parse(&format!("https://a.example/{path}")).expect("an address");
        let _ = (date_in_url(&url), impossible_date_in_url(&url));
    }
}

//! What archives list and say of their captures, and what of it counts.

use proptest::prelude::*;

use super::archive::{Addresses, ArchiveChoice, with_modifier};
use super::listing::{MOST_KEPT, thinned};
use super::proof::proof;
use super::timemap::{digest, mementos};
use super::*;
use crate::model::{Document, Headers, Media, PartialDate};

/// Shaped as archives write them, with an unquoted attribute and a damaged line in between.
const TIMEMAP: &str = "<http://a.example/x,y?a=1;b=2>; rel=\"original\",\n\
    <https://arc.example/timemap/link/http://a.example/x>; rel=\"self\"; \
    type=\"application/link-format\"; from=\"Wed, 23 May 2018 09:00:00 GMT\",\n\
    <https://arc.example/web/http://a.example/x>; rel=\"timegate\",\n\
    <https://arc.example/web/20180523090000/http://a.example/x,y?a=1;b=2>; \
    rel=\"first memento\"; datetime=\"Wed, 23 May 2018 09:00:00 GMT\",\n\
    <https://arc.example/web/1/http://a.example/x>; rel=\"memento\"; datetime=\"not, closed,\n\
    <https://arc.example/web/20191001000000/http://a.example/x>; rel=memento; \
    datetime=\"Mon, 01 Oct 2019 00:00:00 GMT\",\n\
    </web/20250101000000/http://a.example/x>;datetime=\"Wed, 01 Jan 2025 00:00:00 GMT\" ;\
    rel=\"last memento\"\n";

fn base() -> Url {
    Url::parse("https://arc.example/timemap/link/http://a.example/x").expect("an address")
}

fn page(text: &str, partial: bool) -> Page {
    let document = Document::new("timemap", Media::Text, text.to_owned());
    Page { partial, ..digest(base(), document) }
}

fn day(year: i16, month: i8, day: i8) -> When {
    PartialDate::day(year, month, day).expect("a day").when()
}

fn listed(page: &Page) -> Listed {
    let mut listed = Listed::default();
    let Ok(ArchiveChoice::At(archive)) = "http://arc.example/{url}".parse() else {
        panic!("an archive")
    };
    listed.add(&archive, page, &Url::parse("http://a.example/x").expect("an address"));
    listed
}

fn years(captures: Vec<&(Url, Timestamp)>) -> Vec<&str> {
    captures.into_iter().filter_map(|(capture, _)| capture.path().get(5..9)).collect()
}

#[test]
fn a_timemap_is_read_past_what_is_damaged() {
    let found = mementos(TIMEMAP, &base());
    let found: Vec<_> = found.iter().map(|(url, at)| (url.as_str(), at.to_string())).collect();
    let expected = [
        (
            "https://arc.example/web/20180523090000/http://a.example/x,y?a=1;b=2",
            "2018-05-23T09:00:00Z".to_owned(),
        ),
        (
            "https://arc.example/web/20191001000000/http://a.example/x",
            "2019-10-01T00:00:00Z".to_owned(),
        ),
        (
            "https://arc.example/web/20250101000000/http://a.example/x",
            "2025-01-01T00:00:00Z".to_owned(),
        ),
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_is_no_capture_is_left_out() {
    for line in [
        "<http://a.example/>; rel=\"memento\"",
        "<http://a.example/>; rel=\"memento\"; datetime=\"Thu, 01 Jan 1970 00:00:00 GMT\"",
        "<http://a.example/>; rel=\"mementos\"; datetime=\"Wed, 23 May 2018 09:00:00 GMT\"",
        "<file:///etc/passwd>; rel=\"memento\"; datetime=\"Wed, 23 May 2018 09:00:00 GMT\"",
        "<http://a.example/; rel=\"memento\"; datetime=\"Wed, 23 May 2018 09:00:00 GMT\"",
        "<html><body>rel=\"memento\"; datetime=\"Wed, 23 May 2018 09:00:00 GMT\"",
    ] {
        assert_eq!(mementos(line, &base()), [], "{line}");
    }
}

#[test]
fn the_nearest_capture_is_nearest_on_either_side() {
    // The capture of 2018 is of another address, which has a query.
    let whole = listed(&page(TIMEMAP, false));
    for (edited, nearest) in [
        (day(2010, 1, 1), ["2019", "2025"]),
        (day(2019, 12, 1), ["2019", "2025"]),
        (day(2026, 1, 1), ["2025", "2019"]),
    ] {
        assert_eq!(years(whole.nearest(edited)), nearest, "{edited:?}");
    }
    assert_eq!(years(whole.earliest()), ["2019", "2025"]);
    assert_eq!(listed(&page("", false)), Listed::default());
}

#[test]
fn what_a_cut_timemap_does_not_reach_is_not_known() {
    let cut = listed(&page(TIMEMAP, true));
    assert_eq!(years(cut.nearest(day(2026, 1, 1))), Vec::<&str>::new());
    assert_eq!(years(cut.nearest(day(2019, 10, 5))), ["2019", "2025"]);
}

#[test]
fn a_capture_is_asked_for_in_the_raw_form_and_named_in_the_readable_one() {
    for (readable, raw) in [
        (
            "http://b.example/web/20180523090000/http://a.example/x?20180523090000",
            "http://b.example/web/20180523090000id_/http://a.example/x?20180523090000",
        ),
        (
            "http://b.example/web/2018/http://a.example/x",
            "http://b.example/web/2018/http://a.example/x",
        ),
        ("http://b.example/AbCd1", "http://b.example/AbCd1"),
    ] {
        let url = |text: &str| Url::parse(text).expect("an address");
        assert_eq!(with_modifier(&url(readable), "id_").as_str(), raw);
        assert_eq!(with_modifier(&url(raw), "").as_str(), readable);
    }
    let framed = Url::parse("http://b.example/20180523090000mp_/http://a.example/").expect("one");
    let raw = "http://b.example/20180523090000id_/http://a.example/";
    assert_eq!(with_modifier(&framed, "id_").as_str(), raw);
}

#[test]
fn a_capture_proves_itself_by_what_its_archive_says() {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let date = field("memento-datetime", "Wed, 23 May 2018 09:00:00 GMT");
    let link =
        field("link", "<http://a.example/x>; rel=\"original\", <http://b.example/>; rel=timegate");
    let own = field("link", "<http://evil.example/>; rel=\"original\"");
    let stamped = "http://b.example/web/20180523090000id_/http://a.example/x";
    for (url, fields, original) in [
        (stamped, vec![date.clone()], Some("http://a.example/x")),
        (stamped, vec![own, date.clone()], Some("http://a.example/x")),
        ("http://b.example/AbCd1", vec![link.clone(), date.clone()], Some("http://a.example/x")),
        ("http://b.example/AbCd1", vec![date], None),
        (stamped, vec![link], None),
        (stamped, vec![field("memento-datetime", "Thu, 01 Jan 1970 00:00:00 GMT")], None),
    ] {
        let url = Url::parse(url).expect("an address");
        let claim = proof(&url, &Headers(fields.clone()));
        let seen = claim.map(|claim| claim.quote);
        assert_eq!(seen.as_deref(), original, "{url} {fields:?}");
    }
}

#[test]
fn of_very_many_captures_the_ends_and_an_even_choice_are_kept() {
    let at = |second: i64| Timestamp::from_second(1_500_000_000 + second).expect("a time");
    for count in [999, 1000, 1001, 14_321] {
        let kept = thinned((0..count).rev().map(|second| (base(), at(second))).collect());
        assert!(kept.len() <= MOST_KEPT + 1, "{count}: {}", kept.len());
        assert_eq!(kept.first().map(|(_, at)| *at), Some(at(0)));
        assert_eq!(kept.last().map(|(_, at)| *at), Some(at(count - 1)));
    }
}

#[test]
fn an_archive_is_named_by_a_template() {
    let url = Url::parse("http://me:pass@a.example/x?y=1&z#part").expect("an address");
    let asked = |choice: &str| match choice.parse() {
        Ok(ArchiveChoice::At(archive)) => archive.list(&url).map(String::from),
        _ => None,
    };
    assert!(matches!("off".parse(), Ok(ArchiveChoice::Off)));
    assert!(matches!("arquivo".parse(), Ok(ArchiveChoice::Named(name)) if name == "arquivo"));
    for (choice, expected) in [
        ("wayback", "https://web.archive.org/web/timemap/link/http://a.example/x?y=1&z"),
        ("http://b.example/{url}", "http://b.example/http://a.example/x?y=1&z"),
        ("http://b.example/?u={url}", "http://b.example/?u=http%3A%2F%2Fa.example%2Fx%3Fy%3D1%26z"),
    ] {
        assert_eq!(asked(choice).as_deref(), Some(expected), "{choice}");
    }
    for wrong in ["", "https://b.example/", "file:///{url}", "b.example/{url}"] {
        assert!(wrong.parse::<ArchiveChoice>().is_err(), "{wrong}");
    }
}

#[test]
fn a_timemap_in_pages_names_the_others() {
    let more = page(
        "<http://a.example/x>; rel=\"original\",\n\
         <https://arc.example/timemap/link/http://a.example/x>; rel=\"self timemap\",\n\
         <https://arc.example/timemap/2/link/http://a.example/x>; rel=\"timemap\",\n\
         <https://else.example/timemap/link/http://a.example/x>; rel=\"timemap\"",
        false,
    );
    assert_eq!(more.more, ["https://arc.example/timemap/2/link/http://a.example/x"]);
}

#[test]
fn an_archive_of_the_configuration_goes_by_its_name() {
    let addresses =
        |timemap, raw| Addresses { timemap: Some(timemap), raw, ..Addresses::default() };
    let raw = Some("http://b.example/raw/{time}/{url}");
    let described = Archive::described(&addresses("http://b.example/{url}", raw), Some(2));
    let described = [("mine".to_owned(), described.expect("an archive"))];
    let chosen = |name: &str| name.parse::<ArchiveChoice>().expect("a name").among(&described);
    let Ok(ArchiveChoice::At(archive)) = chosen("mine") else { panic!("it is described") };
    let url = |text: &str| Url::parse(text).expect("an address");
    let at = "2018-05-23T09:00:00Z".parse().expect("a time");
    let read = archive.raw(&url("http://b.example/c/77"), at, &url("http://a.example/x"));
    assert_eq!(read.as_str(), "http://b.example/raw/20180523090000/http://a.example/x");
    assert_eq!([archive.take(), archive.take(), archive.take()], [true, true, false]);
    let said = chosen("yours").expect_err("nobody describes it");
    assert_eq!(said, "there is no archive `yours`; there are `wayback`, `mine`");
    assert!(matches!(chosen("wayback"), Ok(ArchiveChoice::At(archive)) if archive.is_wayback()));
    for (timemap, raw) in [("b.example/{url}", None), ("http://b.example/{url}", Some("{url}"))] {
        assert!(Archive::described(&addresses(timemap, raw), None).is_err(), "{timemap} {raw:?}");
    }
}

#[test]
fn an_archive_is_asked_by_what_it_has() {
    let url = |text: &str| Url::parse(text).expect("an address");
    let page = url("http://a.example/x*?y=1");
    let when = day(2018, 5, 25);
    let addresses = Addresses {
        cdx: Some("http://b.example/cdx?url={url}"),
        timegate: Some("http://b.example/gate/{url}"),
        search: Some(
            "http://b.example/cdx?url={host}&from={from}&to={to}&filter=~urlkey:.*{slug}.*",
        ),
        raw: Some("http://b.example/{time}id_/{url}"),
        ..Addresses::default()
    };
    let archive = Archive::described(&addresses, None).expect("an archive");
    let list = archive.list(&page).expect("an index");
    let query = "url=http%3A%2F%2Fa.example%2Fx*%3Fy%3D1&matchType=exact";
    assert_eq!(list.query(), Some(query));
    let at = "2018-05-23T09:00:00Z".parse().expect("a time");
    let gate =
        |archive: &Archive| archive.timegate(&page, at).map(|(url, told)| (url.into(), told));
    let told = "http://b.example/gate/http://a.example/x%2A?y=1".to_owned();
    assert_eq!(gate(&archive), Some((told, true)));
    let stamped = Addresses { timegate: Some("http://b.example/{time}/{url}"), ..addresses };
    let stamped = Archive::described(&stamped, None).expect("an archive");
    let told = "http://b.example/20180523090000/http://a.example/x%2A?y=1".to_owned();
    assert_eq!(gate(&stamped), Some((told, false)));
    let search = archive.search("a.example", when, "a-story").expect("an address");
    assert_eq!(
        search.query(),
        Some("url=a.example&from=20180524&to=20180526&filter=~urlkey:.*a-story.*")
    );
    let capture = archive.of_row(&url("http://a.example/x"), at).expect("an address");
    assert_eq!(capture.as_str(), "http://b.example/20180523090000/http://a.example/x");
    for wrong in [
        Addresses::default(),
        Addresses { raw: None, ..addresses },
        Addresses { search: Some("http://b.example/?url={host}"), ..addresses },
        Addresses { timegate: Some("http://b.example/"), ..addresses },
    ] {
        assert!(Archive::described(&wrong, None).is_err(), "{wrong:?}");
    }
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "[<>;,=\" \nrelmntodaiZ0-9é]{0,300}|\\PC{0,300}") {
        let _ = mementos(&text, &base());
    }

    #[test]
    fn damage_costs_no_more_than_the_lines_that_it_is_in(cut in 0..TIMEMAP.len()) {
        let all = mementos(TIMEMAP, &base());
        let rest = mementos(&TIMEMAP[cut..], &base());
        prop_assert!(all.ends_with(&rest));
    }
}

//! Printed datelines of many languages, from `fixtures/datelines.tsv`, and whole texts.

use super::*;
use crate::date::date;
use crate::model::{Confidence, Document, Extract};

fn published(text: &str) -> Option<(String, Confidence)> {
    let document = Document::new("text", Media::Text, text);
    let published = date(&document, &Extract::default()).published?;
    Some((published.date.to_string(), published.confidence))
}

#[test]
fn a_dateline_alone_is_believed() {
    let text = "A Headline\n\nMay 25,2018\n\nThe council met on April 3, 2017 to talk.\n";
    assert_eq!(published(text), Some(("2018-05-25".to_owned(), Confidence::High)));
}

#[test]
fn a_time_with_a_dot_is_no_version() {
    for line in ["25.5.2018 14.30", "14.30, May 25, 2018", "May 25, 2018 (14.30)"] {
        let text = format!("A Headline\n\n{line}\n\nThe council met to talk.\n");
        assert_eq!(published(&text).map(|it| it.0).as_deref(), Some("2018-05-25"), "{line}");
    }
}

#[test]
fn a_date_in_prose_is_none() {
    let text = "A Headline\n\nOn 3 April 1917 the council met, as it had since May 1, 1900.\n";
    assert_eq!(published(text), None);
}

#[test]
fn an_update_is_a_change() {
    let document = Document::new("text", Media::Text, "Headline\nUpdated: May 27, 2018\n\nText.\n");
    let dating = date(&document, &Extract::default());
    assert_eq!(
        dating.modified.map(|modified| modified.date.to_string()).as_deref(),
        Some("2018-05-27")
    );
}

#[test]
fn the_days_of_other_things_are_none() {
    for line in [
        "- May 25, 2018",
        "* May 25, 2018",
        "1. May 25, 2018",
        "| May 25, 2018 | x |",
        "> Date: May 25, 2018",
        "On April 9th, 2024, the team disclosed a flaw in it.",
        "May 15th, 2015 was the day of the release.",
        "Einsendeschluss: 11. Dezember 2024",
        "Deadline: December 11, 2024",
        "Applications close December 11, 2024",
        "Date limite : 11 décembre 2024",
        "Fecha límite: 11 de diciembre de 2024",
        "締切: 2024年12月11日",
        "締め切り 2024年12月11日",
        "마감: 2024년 12월 11일",
        "截止日期：2024年12月11日",
        "Срок подачи: 11 декабря 2024",
        "Scadenza: 11 dicembre 2024",
        "Prazo: 11 de dezembro de 2024",
        "Benodigd vóór: 11 december 2024",
        "Place: Berlin\nDate: May 25, 2018",
        "日時: 2015年9月26日",
        "Conference: May 25, 2018, Berlin",
        "1.3b1 (2018-05-25)",
        "2.0rc2 - May 25, 2018",
        "1.0.dev3 (2018-05-25)",
        "1.3 (2018-05-25)",
        "Webinar am 25. Mai 2018",
        "From: x@y.example\nDate: Fri, 25 May 2018 10:00:00 +0200\nSubject: x",
        "Date: May 25, 2018, x\nDate: May 26, 2018, y\nDate: May 27, 2018, z",
        "For example an answer created on May 25, 2018 may contain the header",
        "v0.10.2 - May 25, 2018",
        "Version 1.2.3, 25 May 2018",
    ] {
        let text = format!("A Headline\n\nThe first words of it.\n\n{line}\n\nThe last words.\n");
        assert_eq!(published(&text), None, "{line}");
    }
}

#[test]
fn the_heading_of_a_later_section_dates_no_text() {
    let sections: String = (1..9)
        .map(|n| format!("Issue number {n}\n{}\n\nWhat it was.\n\n", "-".repeat(14)))
        .collect();
    for (media, last) in [
        (Media::Text, "January 21 2007 - CVE 2007\n--------------------------\n\nIt was a bug.\n"),
        (Media::Markdown, "## 2007-01-21\n\nIt was a bug.\n"),
    ] {
        let document = Document::new("text", media, format!("Issues\n======\n\n{sections}{last}"));
        assert_eq!(date(&document, &Extract::default()).published, None, "{last}");
        let document = Document::new("text", media, format!("{last}\nMore of it.\n"));
        assert!(date(&document, &Extract::default()).published.is_some(), "{last}");
    }
}

#[test]
fn what_stands_in_code_dates_no_text() {
    for block in [
        "    b0a35c81 (Simon   2018-05-25  61) x;",
        "\t--- a/x.pm\tFri May 25 13:35:17 2018 +0200",
        "    commit a648c439\n    Date:   2018-05-25 17:15:06 +0100",
        "```\nDate: 2018-05-25\n```",
        "~~~ text\n2018-05-25\n~~~",
        "<pre>\nFrom c42fd7d7\nDate: Fri, 25 May 2018 10:54:51 +0100\n</pre>",
    ] {
        let text = format!("# A Headline\n\nThe first words of it.\n\n{block}\n\nThe last.\n");
        let document = Document::new("text", Media::Markdown, text);
        assert_eq!(date(&document, &Extract::default()).published, None, "{block}");
    }
    let after = "# A Headline\n\n```\ncode\n```\n\nPublished: May 25, 2018\n\nThe last.\n";
    let document = Document::new("text", Media::Markdown, after);
    assert!(date(&document, &Extract::default()).published.is_some());
}

#[test]
fn a_note_of_a_change_is_no_publication() {
    for (line, expected) in [
        (
            "*Update June 2019: it moved to another place, and this is all long ago by now.*",
            "2019-06",
        ),
        ("*Update May 25, 2018*: Shortly after I moved, I stopped.", "2018-05-25"),
        ("**Update (2018-05-25):** it moved.", "2018-05-25"),
        ("Edit 2018-05-25: it moved", "2018-05-25"),
        ("(added on May 25, 2018)", "2018-05-25"),
        ("2018年5月25日更新", "2018-05-25"),
        ("May 25, 2018 (updated)", "2018-05-25"),
        ("2018.05.25 lastupdate", "2018-05-25"),
        ("最終更新日：2018年5月25日", "2018-05-25"),
    ] {
        let text = format!("A Headline\n\n{line}\n\nThe first words of it.\n");
        let document = Document::new("text", Media::Text, text);
        let dating = date(&document, &Extract::default());
        assert_eq!(
            dating.modified.map(|told| told.date.to_string()).as_deref(),
            Some(expected),
            "{line}"
        );
        assert_eq!(dating.published, None, "{line}");
    }
}

#[test]
fn a_place_and_a_day_to_come_are_an_announcement() {
    let at = |captured: &str| {
        let mut document = Document::new(
            "text",
            Media::Text,
            "Headline\n\n14 September 2026, Example City\n\nText.\n",
        );
        document.captured = captured.parse().ok();
        date(&document, &Extract::default()).published.is_some()
    };
    assert!(at("2026-09-15T00:00:00Z"));
    assert!(!at("2026-08-15T00:00:00Z"));
}

/// One row of the table: language, expected date or `-`, the line, and the text's address.
fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    let table = include_str!("../../../fixtures/datelines.tsv");
    table.lines().filter(|row| !row.starts_with('#')).map(|row| {
        let mut cells = row.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    })
}

#[test]
fn printed_datelines_of_many_languages_are_read() {
    let mut wrong = Vec::new();
    for [language, expected, line, address] in rows() {
        let text = format!("A Headline\n\n{line}\n\nThe first words of the text.\n");
        let mut document = Document::new("text", Media::Text, text);
        document.url = address.parse().ok();
        let extract = Extract { language: Some(language.to_owned()), ..Extract::default() };
        let mut witnesses = Vec::new();
        let subject = Subject::new(&document, &extract);
        (crate::date::url::EVIDENCE.collect)(&subject, &mut witnesses);
        let from = witnesses.len();
        collect(&subject, &mut witnesses);
        let read = witnesses.get(from).map_or("-".to_owned(), |found| found.claim.date.to_string());
        if read != expected {
            wrong.push(format!("{language}\t{line}: expected {expected}, read {read}"));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_table_is_as_large_as_it_should_be() {
    let languages: std::collections::HashSet<&str> =
        rows().filter(|row| row[1] != "-").map(|row| row[0]).collect();
    assert!(rows().count() >= 300 && languages.len() >= 30);
}

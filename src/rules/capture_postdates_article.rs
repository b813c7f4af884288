//! `capture-postdates-article`: a capture taken after the article's last edit.

use crate::address::archive::take_apart;
use crate::model::{Case, Checked, Finding, Level, Link, PartialDate, Tuning};

use super::support::announced::is_in_update;
use super::support::around::Around;
use super::support::article::{
    LastEdit, confidence_before, confidence_in_last_edit, last_edit, later_claim, supporting,
};
use super::support::finding::{on_link, shown};
use super::support::links::{cited, furniture};
use super::support::{phrase, target};

declare_rule! {
    /// ## What it finds
    ///
    /// A link to a web-archive capture that was taken certainly after the article's last known
    /// edit: it is not the page that the author saw.
    ///
    /// ## Why it matters
    ///
    /// The page can have changed in between. A capture nearer the article's date shows what was
    /// cited; a later one may not.
    ///
    /// ## Fires
    ///
    /// An article of May 25, 2018 that links to
    /// `https://web.archive.org/web/20210301000000/https://news.example/a-story`.
    ///
    /// ## Stays silent
    ///
    /// A capture of May 26, 2018, or one in an article that was updated after the capture.
    ///
    /// ## How to silence it
    ///
    /// Link the capture nearest the article's date, state the article's later edit, or run with
    /// `--ignore capture-postdates-article`.
    RULE {
        id: "capture-postdates-article",
        summary: "the web-archive capture was taken after the article's last known edit",
        level: Warning,
        needs: &[],
        supersedes: &[],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    let Some(edit) = last_edit(case) else { return Vec::new() };
    // In a copy from a web archive it was the archive that put its addresses into every link.
    if case.article.url.as_ref().is_some_and(|url| take_apart(url).is_some()) {
        return Vec::new();
    }
    let around = Around::new(case);
    let copied = times_of_copies(case);
    cited(case)
        .filter(|checked| captured(checked.link).is_none_or(|time| !copied.contains(&time)))
        .filter_map(|checked| finding(case, &around, edit, &checked))
        .collect()
}

/// The time that the address of a capture gives.
fn captured(link: &Link) -> Option<PartialDate> {
    link.capture.as_ref()?.captured
}

/// The times that several captures share to the second: an archive that serves a copy of an article
/// puts the copy's own time into all its links, while captures that an author picks were taken at a
/// time each.
fn times_of_copies(case: &Case) -> Vec<PartialDate> {
    const SHARED: usize = 3;
    let is_exact = |time: &PartialDate| matches!(time, PartialDate::Zoned(..));
    let mut times: Vec<PartialDate> =
        case.extract.links.iter().filter_map(captured).filter(is_exact).collect();
    times.sort_by_key(|time| time.when().earliest);
    let shared = times.chunk_by(|one, other| one == other).filter(|same| same.len() >= SHARED);
    shared.filter_map(|same| same.first().copied()).collect()
}

fn finding(
    case: &Case,
    around: &Around<'_>,
    edit: LastEdit<'_>,
    checked: &Checked<'_>,
) -> Option<Finding> {
    let capture = target::captured(checked.link)?;
    let later = capture.when.certainly_after(edit.when());
    if !later || later_claim(case, capture.when).is_some() {
        return None;
    }
    let message = format!(
        "{what} is a capture of {captured}, {distance} after this article's last known edit \
         {edited}: it need not be the page that the author saw.",
        what = shown(checked.link),
        captured = phrase::date(capture.date),
        distance = phrase::distance(edit.date(), capture.date),
        edited = phrase::on(edit.date()),
    );
    let help = nearest(checked, edit);
    let excused = furniture(case, checked.link).is_some() || is_in_update(around, checked.link);
    let level = if excused { Level::Note } else { RULE.level };
    let confidence = confidence_before(case, edit, capture.when).min(confidence_in_last_edit(case));
    let because = supporting(case, edit).into_iter().cloned().chain([capture]).collect();
    Some(Finding { level, confidence, because, ..on_link(&RULE, checked.link, message, help) })
}

fn nearest(checked: &Checked<'_>, edit: LastEdit<'_>) -> String {
    let target = checked.link.capture.as_ref().and_then(|capture| capture.target.as_deref());
    let day = edit.date().first_day().strftime("%Y%m%d").to_string();
    match target {
        Some(target) => format!(
            "link the capture nearest the article's date: https://web.archive.org/web/{day}/{target} \
             leads to it; or state the later edit (`lastmod:`, a printed “Updated …”)"
        ),
        None => "link the capture nearest the article's date".to_owned(),
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub(crate) fn fires() -> Case {
        Sample::article("2018-05-25")
            .capture("20210301000000", "https://news.example/a-story")
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2018-05-25")
            .capture("20180526000000", "https://news.example/a-story")
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn a_copy_in_an_archive_says_nothing_of_what_was_cited() {
        let levels = |times: &[&str]| {
            let article = times
                .iter()
                .enumerate()
                .fold(Sample::article("2018-05-25"), |article, (at, time)| {
                    article.capture(time, &format!("https://news.example/{at}"))
                });
            check(&article.case(), &Tuning::default()).len()
        };
        let copied = "20210301101112";
        assert_eq!(levels(&[copied, copied, copied, "20210302101112"]), 1);
        assert_eq!(levels(&[copied, "20210301101113", "20210302101112"]), 3);
    }

    #[test]
    fn a_note_that_was_put_in_later_is_excused() {
        let target = "https://news.example/a-story";
        let case = Sample::article("2018-05-25")
            .after("Update (March 2021): see ")
            .capture("20210301000000", target)
            .case();
        assert_eq!(check(&case, &Tuning::default())[0].level, Level::Note);
    }
}

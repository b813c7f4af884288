//! `capture-postdates-article`: a capture taken after the article's last edit.

use crate::address::archive::take_apart;
use crate::model::{Case, Checked, Finding, Level, Tuning};

use super::support::announced::is_in_update;
use super::support::around::Around;
use super::support::article::{LastEdit, confidence_before, last_edit, later_claim, supporting};
use super::support::draft::{on_link, shown};
use super::support::links::{cited, in_furniture};
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
    cited(case).filter_map(|checked| finding(case, &around, edit, &checked)).collect()
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
    let excused = in_furniture(checked.link) || is_in_update(around, checked.link);
    let level = if excused { Level::Note } else { RULE.level };
    let confidence = confidence_before(case, edit, capture.when);
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
pub mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub fn fires() -> Case {
        Sample::article("2018-05-25")
            .capture("20210301000000", "https://news.example/a-story")
            .case()
    }

    pub fn near_miss() -> Case {
        Sample::article("2018-05-25")
            .capture("20180526000000", "https://news.example/a-story")
            .case()
    }
}

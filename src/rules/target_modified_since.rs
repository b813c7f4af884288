//! `target-modified-since`: the target changed after the article cited it.

use crate::model::{Case, Checked, Event, Finding, Need, Tuning};

use super::support::article::{LastEdit, last_edit, supporting};
use super::support::finding::{on_link, shown};
use super::support::links::{cited, in_furniture};
use super::support::{phrase, target};

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose target says that it was changed certainly after the article's last known edit.
    ///
    /// ## Why it matters
    ///
    /// What the article cites may not be there any more, or may read differently.
    ///
    /// ## Fires
    ///
    /// An article of May 25, 2018 whose link leads to a page with `dateModified` March 2, 2021.
    ///
    /// ## Stays silent
    ///
    /// A page modified on May 26, 2018, and one that says nothing about changes.
    ///
    /// ## How to silence it
    ///
    /// It is a note and shown in profile `audit` only; or run with
    /// `--ignore target-modified-since`.
    RULE {
        id: "target-modified-since",
        summary: "the target was changed after the article cited it",
        level: Note,
        needs: &[Need::Page],
        supersedes: &[],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    let Some(edit) = last_edit(case) else { return Vec::new() };
    cited(case)
        .filter(|checked| !in_furniture(checked.link))
        .filter_map(|checked| finding(case, edit, &checked))
        .collect()
}

fn finding(case: &Case, edit: LastEdit<'_>, checked: &Checked<'_>) -> Option<Finding> {
    let dating = &target::page(checked)?.dating;
    let modified = dating.modified.as_ref()?;
    if !modified.when.certainly_after(edit.when()) {
        return None;
    }
    let claim = dating.about(Event::Modified).find(|claim| claim.when.overlaps(modified.when))?;
    let message = format!(
        "the target of {what} was changed {changed} according to {place}, {distance} after this \
         article's last known edit {edited}: it may not say any more what the article cites.",
        what = shown(checked.link),
        changed = phrase::on(modified.date),
        place = phrase::place_in_target(claim),
        distance = phrase::distance(edit.date(), modified.date),
        edited = phrase::on(edit.date()),
    );
    let help = "compare it with the web-archive capture nearest the article's date";
    let because = supporting(case, edit).into_iter().chain([claim]).cloned().collect();
    let confidence = modified.confidence.min(edit.conclusion.confidence);
    Some(Finding { confidence, because, ..on_link(&RULE, checked.link, message, help) })
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub(crate) fn fires() -> Case {
        Sample::article("2018-05-25")
            .link("https://news.example/a")
            .page()
            .page_modified("2021-03-02")
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2018-05-25")
            .link("https://news.example/a")
            .page()
            .page_modified("2018-05-26")
            .link("https://news.example/b")
            .page()
            .case()
    }
}

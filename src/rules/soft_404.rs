//! `soft-404`: the site answers 200, but the page says that it is not there.

use crate::model::{Case, Checked, Confidence, Finding, Need, Page, Tuning};
use crate::text::main_text::{NOTICE_WORDS, absence};

use super::support::draft::{on_link, shown};
use super::support::links::cited;
use super::support::{phrase, target};

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose site answers with success while the page itself says that what was asked for is
    /// not there: in its title, or in a text so short that it says little else.
    ///
    /// ## Why it matters
    ///
    /// The page is as gone as with a 404, but programs that look at the status alone call it alive.
    ///
    /// ## Fires
    ///
    /// A page with status 200 and the title "Page not found - The Paper".
    ///
    /// ## Stays silent
    ///
    /// An article titled "Why the page was not found: a history of error 404", whose own address
    /// says the same, and long texts that only mention the words.
    ///
    /// ## How to silence it
    ///
    /// Link the capture nearest the article's date, or run with `--ignore soft-404`.
    RULE {
        id: "soft-404",
        summary: "the site answers 200, but the page says that it is not there",
        level: Warning,
        needs: &[Need::Page, Need::Text],
        supersedes: &["redirect-drift", "canonical-mismatch", "label-mismatch", "content-drift"],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    cited(case).filter_map(|checked| finding(&checked)).collect()
}

fn finding(checked: &Checked<'_>) -> Option<Finding> {
    let page = target::page(checked).filter(|page| page.status == 200)?;
    // An article about missing pages says so in its address too.
    let address = checked.link.url()?.path().replace(['-', '_', '/'], " ");
    let (words, confidence) = in_title(page).or_else(|| in_text(page))?;
    if absence(&address).is_some() {
        return None;
    }
    let message = format!(
        "{} answers with success, but its page says {}: it is not there.",
        shown(checked.link),
        phrase::quoted(&words)
    );
    let help = "link the web-archive capture nearest the article's date";
    Some(Finding { confidence, ..on_link(&RULE, checked.link, message, help) })
}

fn in_title(page: &Page) -> Option<(String, Confidence)> {
    let title = page.titles.iter().find(|title| absence(&title.text).is_some())?;
    let long = page.text.as_ref().is_some_and(|text| text.words > NOTICE_WORDS);
    let confidence = if long { Confidence::Medium } else { Confidence::High };
    Some((title.text.clone(), confidence))
}

fn in_text(page: &Page) -> Option<(String, Confidence)> {
    let text = page.text.as_ref().filter(|text| text.words <= NOTICE_WORDS)?;
    text.absence.clone().map(|words| (words, Confidence::High))
}

#[cfg(test)]
pub mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub fn fires() -> Case {
        Sample::article("2020-11-27")
            .link("https://news.example/2018/a-story")
            .page()
            .page_title("Page not found - The Paper")
            .case()
    }

    pub fn near_miss() -> Case {
        let long = "A page that was not found is no tragedy. ".repeat(60);
        Sample::article("2020-11-27")
            .link("https://news.example/2018/a-history-of-error-404")
            .page()
            .page_title("Error 404: a history")
            .link("https://news.example/2018/a-story")
            .page()
            .page_title("A story")
            .page_text(&long)
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn a_short_text_tells_as_well() {
        let case = Sample::article("2020-11-27")
            .link("https://news.example/2018/a-story")
            .page()
            .page_title("The Paper")
            .page_text("Leider wurde die Seite nicht gefunden. Zur Startseite.")
            .case();
        assert_eq!(check(&case, &Tuning::default()).len(), 1);
    }
}

//! `soft-404`: the site answers 200, but the page says that it is not there.

use crate::model::{Case, Checked, Confidence, Finding, Link, Need, Page, TitleKind, Tuning};
use crate::text::main_text::{NOTICE_WORDS, absence, absence_in_title, speaks_of_absence};
use crate::text::words::Words;

use super::support::finding::{on_link, shown};
use super::support::links::cited;
use super::support::{phrase, target};

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose site answers with success while the page itself says that what was asked for is
    /// not there: title, heading or sentence are such a notice and nothing else, on a page whose
    /// text is so short that it says little more.
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
    /// Pages about it: "Why the page was not found", "Page not found (song)", "404 Media"; pages
    /// whose link or address says the same or agrees with the title, and long texts.
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
    let language = case.extract.language.as_deref();
    cited(case).filter_map(|checked| finding(&checked, language)).collect()
}

fn finding(checked: &Checked<'_>, language: Option<&str>) -> Option<Finding> {
    let page = target::page(checked).filter(|page| page.status == 200)?;
    let (words, confidence) = notice(page)?;
    if is_meant(checked.link, page, language) {
        return None;
    }
    let message = format!(
        "{} answers with success, but its page says {}: it is not there.",
        shown(checked.link),
        phrase::quoted(words)
    );
    let help = "link the web-archive capture nearest the article's date";
    Some(Finding { confidence, ..on_link(&RULE, checked.link, message, help) })
}

/// Whether the link is to a page about absence: its words or its address speak of it too, or name
/// the page by its title.
fn is_meant(link: &Link, page: &Page, language: Option<&str>) -> bool {
    let address = link.url().map(|url| url.path().replace(['-', '_', '/', '.', '+'], " "));
    let says_so = [link.words(), link.label.as_ref().map(|label| label.text.as_str())];
    let names = |words: &Words| {
        let titles = page.titles.iter().map(|title| Words::of_text(&title.text, language));
        titles.into_iter().any(|title| title.agreement(words).is_match())
    };
    let slug = link.url().and_then(|url| Words::of_slug(url, language));
    says_so.into_iter().flatten().chain(address.as_deref()).any(speaks_of_absence)
        || slug.is_some_and(|slug| names(&slug))
        || link.text.as_deref().is_some_and(|text| names(&Words::of_text(text, language)))
}

/// The words with which a page says that it is not there, and how surely it says no more.
fn notice(page: &Page) -> Option<(&str, Confidence)> {
    let is_heading = |kind| kind == TitleKind::Headline;
    let headings = || page.titles.iter().filter(|title| is_heading(title.kind));
    let heading = headings().find_map(|title| absence(&title.text));
    let title = page.titles.iter().find_map(|title| absence_in_title(&title.text));
    let text = page.text.as_ref();
    let is_short = text.is_none_or(|text| text.words <= NOTICE_WORDS);
    let sentence = text.filter(|_| is_short).and_then(|text| text.absence.as_deref());
    // Another heading than the notice names what the page is about.
    let is_headed = heading.is_some() || headings().next().is_none();
    if let Some(words) = heading.or(title) {
        let confidence = match (is_short, is_headed || sentence.is_some()) {
            (true, true) => Confidence::High,
            (true, false) | (false, true) => Confidence::Medium,
            (false, false) => Confidence::Low,
        };
        return Some((words, confidence));
    }
    let says_no_more = text.is_some_and(|text| text.words <= NOTICE_ALONE) && is_headed;
    let confidence = if says_no_more { Confidence::High } else { Confidence::Medium };
    sentence.map(|words| (words, confidence))
}

/// A text of so few words has no room for more than a notice.
const NOTICE_ALONE: usize = 60;

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub(crate) fn fires() -> Case {
        Sample::article("2020-11-27")
            .link("https://news.example/2018/a-story")
            .page()
            .page_title("Page not found - The Paper")
            .page_text("The page that you asked for is not here. Go to the home page.")
            .case()
    }

    pub(crate) fn near_miss() -> Case {
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
    use crate::model::{Span, Title};

    fn found(
        link: &str,
        words: &str,
        titles: &[(TitleKind, &str)],
        text: &str,
    ) -> Option<Confidence> {
        let sample = Sample::article("2020-11-27").link(link).text(words).page().page_text(text);
        let case = titles.iter().fold(sample, |sample, (kind, title)| {
            sample.edit_page(|page| {
                let span = Span::new(0, 0);
                page.titles.push(Title { kind: *kind, text: (*title).to_owned(), span });
            })
        });
        check(&case.case(), &Tuning::default()).first().map(|finding| finding.confidence)
    }

    #[test]
    fn what_a_missing_page_looks_like_decides() {
        use TitleKind::{Document, Headline};
        let story = "https://news.example/2018/a-story";
        let short = "The page may have been moved. Go to the home page, or search for it.";
        let long = "The council met in the evening and voted on the new budget. ".repeat(40);
        let (high, medium) = (Some(Confidence::High), Some(Confidence::Medium));
        for (link, words, titles, text, expected) in [
            (story, "a story", &[(Document, "Page not found - The Paper")][..], short, high),
            (
                story,
                "a story",
                &[(Document, "The Paper"), (Headline, "Oops! Page not found")],
                short,
                high,
            ),
            (story, "a story", &[(Document, "404"), (Headline, "404")], "", high),
            (
                story,
                "a story",
                &[(Document, "The Paper")],
                "Leider wurde die Seite nicht gefunden. Zur Startseite.",
                high,
            ),
            (
                story,
                "a story",
                &[(Document, "お探しのページは見つかりませんでした | 新聞")],
                "",
                high,
            ),
            (
                story,
                "a story",
                &[(Document, "Page not found"), (Headline, "Sign up")],
                short,
                medium,
            ),
            (story, "a story", &[(Document, "Page not found - The Paper")], &long, medium),
            (story, "a story", &[(Document, "Page not found (song)")], short, None),
            (story, "the song", &[(Document, "Page not found (song) - Wikipedia")], &long, None),
            (
                story,
                "How to fix it",
                &[(Document, "How to fix a page not found error")],
                short,
                None,
            ),
            (story, "404 Media", &[(Document, "404 Media")], short, None),
            (
                story,
                "they report",
                &[(Document, "404 Media"), (Headline, "404 Media")],
                short,
                None,
            ),
            (story, "Page not found", &[(Document, "Page not found")], short, None),
            (
                "https://m.example/songs/page-not-found",
                "the song",
                &[(Document, "Page not found")],
                short,
                None,
            ),
            (
                "https://m.example/Web/HTTP/Status/404",
                "MDN",
                &[(Document, "404 Not Found - HTTP | MDN")],
                short,
                None,
            ),
            (story, "a story", &[(Document, "A story")], &long, None),
            (
                story,
                "a story",
                &[(Headline, "The council meets")],
                "The page was not found in the book. It was burnt.",
                None,
            ),
            (story, "a story", &[(Headline, "The council meets")], "Not found.", medium),
        ] {
            assert_eq!(found(link, words, titles, text), expected, "{titles:?} {words}");
        }
    }
}

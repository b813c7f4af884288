//! `content-drift`: the live page no longer resembles what the author saw.

use crate::model::{Case, Checked, Confidence, Finding, Memento, Need, PartialDate, Tuning};
use crate::text::main_text::similarity;

use super::support::finding::{on_link, shown};
use super::support::links::{cited, in_furniture};
use super::support::{phrase, target};

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose live page has a main text that no longer resembles that of the web-archive
    /// capture nearest the article's date. The message gives the similarity: the share of
    /// four-word sequences that both have.
    ///
    /// ## Why it matters
    ///
    /// The page is there and its address is right, but it is not any more what the article cites.
    ///
    /// ## Fires
    ///
    /// A page whose capture of 2018 is a report, and which is a list of products today.
    ///
    /// ## Stays silent
    ///
    /// A page to which a paragraph was added, and one of which nothing is archived. Home pages
    /// change by their nature.
    ///
    /// ## How to silence it
    ///
    /// Link the capture, or run with `--ignore content-drift`.
    RULE {
        id: "content-drift",
        summary: "the live page's text no longer resembles the capture nearest the article's date",
        level: Warning,
        needs: &[Need::Page, Need::Text, Need::Captures],
        supersedes: &["target-modified-since"],
        check: check,
    }
}

/// Below the first share of common sequences a text is another one; below the second, a doubt.
const ANOTHER: f64 = 0.1;
const DOUBTFUL: f64 = 0.3;

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    cited(case)
        .filter(|checked| !in_furniture(checked.link))
        .filter_map(|checked| finding(&checked))
        .collect()
}

fn finding(checked: &Checked<'_>) -> Option<Finding> {
    let page = target::page(checked)?;
    if checked.link.capture.is_some() || page.url.path() == "/" {
        return None;
    }
    let nearest = checked.status.outcome()?.captures.as_ref()?.nearest.as_ref()?;
    let then = nearest.page.as_ref()?.text.as_ref()?;
    let alike = similarity(page.text.as_ref()?, then)?;
    if alike >= DOUBTFUL {
        return None;
    }
    let message = message(checked, nearest, alike);
    let help = format!("link the capture: {}", nearest.url);
    let confidence = if alike < ANOTHER { Confidence::High } else { Confidence::Medium };
    Some(Finding { confidence, ..on_link(&RULE, checked.link, message, help) })
}

fn message(checked: &Checked<'_>, nearest: &Memento, alike: f64) -> String {
    format!(
        "the text of {} is {:.0} % similar to its capture of {}, the nearest to the article's date: \
         the page says something else now.",
        shown(checked.link),
        alike * 100.0,
        phrase::date(PartialDate::utc(nearest.captured)),
    )
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    fn report(extra: &str) -> String {
        let words: Vec<String> = (0..200).map(|n| format!("word{}", n * 7 % 101 + n)).collect();
        format!("{} {extra}", words.join(" "))
    }

    fn linked(now: &str) -> Case {
        Sample::article("2018-05-25")
            .link("https://news.example/a-report")
            .page()
            .page_text(now)
            .nearest_capture("2018-05-27T00:00:00Z", &report(""))
            .case()
    }

    pub(crate) fn fires() -> Case {
        let products: Vec<String> =
            (0..150).map(|n| format!("product{n} at only {n} euros")).collect();
        linked(&products.join(" "))
    }

    pub(crate) fn near_miss() -> Case {
        linked(&report("and a paragraph that was added later on"))
    }
}

//! `broken-url`: a URL that is broken over a line end or by spaces, or cut short.

use std::fmt::Write as _;

use crate::address::secret::has_user_info;
use crate::model::{Case, Confidence, Finding, Join, Link, LinkKind, Tuning};

use super::support::finding::{on_link, shown};
use super::support::phrase;
use super::support::replacement::replacement;

declare_rule! {
    /// ## What it finds
    ///
    /// A URL in the text that is broken over a line end or by spaces, or cut short by an ellipsis.
    /// A broken one is shown rejoined, with the reasons for reading it so; the other readings are
    /// named where there are any.
    ///
    /// ## Why it matters
    ///
    /// Readers and programs that follow the first part alone get to another page or to none.
    ///
    /// ## Fires
    ///
    /// ```text
    /// https://news.example/2018/05/25/putin-and-macron-agree-i
    /// n-syria-a61572
    /// ```
    ///
    /// ## Stays silent
    ///
    /// A URL that ends where its line ends, before a sentence that is not part of it.
    ///
    /// ## How to silence it
    ///
    /// Write the URL on one line (the finding carries the replacement), put it into angle brackets,
    /// or run with `--ignore broken-url`.
    RULE {
        id: "broken-url",
        summary: "the URL is broken over a line end or by spaces, or cut short by an ellipsis",
        level: Warning,
        needs: &[],
        supersedes: &["malformed-url"],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    let text = &case.article.text;
    case.links()
        .filter_map(|checked| match &checked.link.join {
            Some(join) => Some(rejoined(case, checked.link, join)),
            None => cut_short(text, checked.link),
        })
        .collect()
}

fn rejoined(case: &Case, link: &Link, join: &Join) -> Finding {
    let reasons = if join.reasons.is_empty() {
        String::new()
    } else {
        format!(" because {}", join.reasons.join(", and "))
    };
    let breaks = match link.raw() {
        raw if raw.contains('\n') => "over a line end",
        raw if raw.contains(char::is_whitespace) => "by spaces",
        _ => "by what took it out of its page",
    };
    if link.is_doubtful() {
        return perhaps(link, join, breaks, &reasons);
    }
    let title = format!("URL broken {breaks}");
    let mut message =
        format!("this URL is broken {breaks}; rejoined it reads {}{reasons}.", shown(link));
    if let Some(other) = join.alternatives.first().filter(|_| !join.is_settled()) {
        let _ = write!(message, " It could also be {}.", phrase::quoted(other));
    }
    // A replacement shows the whole address, so there is none where it holds a secret.
    let secret = has_secret(link);
    let suggestion = (!secret)
        .then(|| replacement(case, link.span, "write the URL in one piece", link.joined()));
    let help = "put the whole URL on one line, or between angle brackets";
    Finding {
        title,
        confidence: join.confidence,
        suggestion,
        ..on_link(&RULE, link, message, help)
    }
}

/// What may be broken: the first part is taken for the address, and nothing is to be rewritten.
fn perhaps(link: &Link, join: &Join, breaks: &str, reasons: &str) -> Finding {
    let title = format!("URL perhaps broken {breaks}");
    let whole =
        if has_secret(link) { "the whole".to_owned() } else { phrase::quoted(link.joined()) };
    let message = format!(
        "this URL may be broken {breaks}: rejoined it would read {whole}{reasons}; what was looked \
         at is {}.",
        link.url().map_or_else(
            || "none".to_owned(),
            |url| crate::address::secret::without_secrets(url).to_string()
        )
    );
    let help = "put the URL between angle brackets, which tell where it ends";
    Finding { title, confidence: join.confidence, ..on_link(&RULE, link, message, help) }
}

fn has_secret(link: &Link) -> bool {
    url::Url::parse(link.joined()).is_ok_and(|url| has_user_info(&url))
}

/// A bare URL that an ellipsis ends: the rest is not there. Three full stops can also end the
/// sentence.
fn cut_short(text: &str, link: &Link) -> Option<Finding> {
    if link.kind != LinkKind::Bare {
        return None;
    }
    let after = text.get(link.span.end..).unwrap_or_default();
    let confidence = match () {
        () if link.joined().ends_with('…')
            || after.starts_with('…')
            || after.starts_with("[…]") =>
        {
            Confidence::Medium
        }
        () if link.joined().ends_with("...") || after.starts_with("...") => Confidence::Low,
        () => return None,
    };
    let message = format!(
        "this URL is cut short by an ellipsis after {}; what follows is not in the text.",
        shown(link)
    );
    let help = "write the whole URL, or take the ellipsis away if it belongs to the sentence";
    Some(Finding { confidence, ..on_link(&RULE, link, message, help) })
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::{Case, Confidence, Join};

    pub(crate) fn fires() -> Case {
        Sample::article("2018-05-25")
            .link("https://news.example/2018/05/25/putin-and-macron-agree-in-syria-a61572")
            .with(|link| {
                let raw = link.raw().replace("-in-syria", "-i\nn-syria");
                let joined = link.joined().to_owned();
                link.readdress(&raw, &joined, link.url().cloned());
                link.join = Some(Box::new(Join {
                    confidence: Confidence::High,
                    reasons: vec!["the joined slug is the article's own headline".into()],
                    alternatives: Vec::new(),
                }));
            })
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2018-05-25").link("https://news.example/2018/05/25/one-piece").case()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_suggestion_replaces_exactly_the_raw_text() {
        let case = samples::fires();
        let finding = check(&case, &Tuning::default()).remove(0);
        let suggestion = finding.suggestion.expect("a mechanical repair");
        assert_eq!(suggestion.span, case.extract.links[0].span);
        assert_eq!(suggestion.replacement, case.extract.links[0].joined());
    }

    #[test]
    fn an_ellipsis_after_a_bare_url_is_a_doubt() {
        let case = super::super::sample::Sample::article("2018-05-25")
            .link("https://news.example/2018/05/25/cut-sh…")
            .case();
        let finding = check(&case, &Tuning::default()).remove(0);
        assert_eq!(finding.confidence, Confidence::Medium);
        assert!(finding.suggestion.is_none());
    }
}

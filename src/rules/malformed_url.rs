//! `malformed-url`: something that means to be a URL and is none.

use std::fmt::Write as _;

use crate::address::typo;
use crate::model::{Case, Confidence, Finding, Link, LinkKind, Tuning};

use super::support::finding::on_link;
use super::support::links::in_furniture;
use super::support::literal::Code;
use super::support::phrase;
use super::support::replacement::replacement;

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose address means to be a URL and is none: no program can tell where it leads. The
    /// message says what is wrong with it.
    ///
    /// ## Why it matters
    ///
    /// The link works for nobody, and most checkers skip it, so that nobody is told.
    ///
    /// ## Fires
    ///
    /// `http://exa mple.com/page`, `https://example.com:port/`, `htp://example.com/`, a link to
    /// `www.example.com/page` without a scheme, which is a file of the site itself to every reader.
    ///
    /// ## Stays silent
    ///
    /// `../about.html`, `#top` and `mailto:editor@example.com`, which are valid references. What
    /// stands in code or in quotation marks, and what has named parts (`https://%s/`), is an example.
    ///
    /// ## How to silence it
    ///
    /// Correct the address, write it as code if it is only an example, or run with
    /// `--ignore malformed-url`.
    RULE {
        id: "malformed-url",
        summary: "the link's address means to be a URL and is none",
        level: Warning,
        needs: &[],
        supersedes: &[],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    let code = Code::new(case);
    case.links()
        .filter_map(|checked| judged(case, checked.link).filter(|_| !code.is_example(checked.link)))
        .collect()
}

/// What was mistyped tells what is meant; in running text only what is found as malformed is meant
/// as an address at all.
fn judged(case: &Case, link: &Link) -> Option<Finding> {
    let is_anchor = link.kind == LinkKind::Anchor;
    let slip = (is_anchor || link.malformed.is_some()).then(|| typo::of(link.joined())).flatten();
    let why = match (&link.malformed, &slip) {
        (Some(why), _) => &**why,
        (None, Some(slip)) => slip.why,
        (None, None) => return None,
    };
    let mut finding = finding(link, why, slip.is_some());
    if let Some(slip) = slip {
        let _ = write!(finding.message, " It means {}.", phrase::quoted(&slip.meant));
        let title = "write the address that is meant";
        finding.suggestion = Some(replacement(case, link.span, title, &slip.meant));
    }
    Some(finding)
}

fn finding(link: &Link, why: &str, is_slip: bool) -> Finding {
    // In running text the words may only resemble a URL; markup says that it is meant as one.
    // Templates leave their gaps empty, and scripts put placeholders where they fill in later.
    let confidence = match link.kind {
        LinkKind::Embed | LinkKind::Metadata => Confidence::Low,
        _ if in_furniture(link) || is_placeholder(link.joined()) => Confidence::Low,
        LinkKind::Anchor => Confidence::High,
        LinkKind::Bare if is_slip || link.joined().contains("://") => Confidence::High,
        LinkKind::Bare | LinkKind::Schemeless | LinkKind::Defanged => Confidence::Medium,
    };
    let message = format!(
        "{} is meant as the address of a link, but is none: {why}.",
        phrase::quoted(link.joined())
    );
    let help = "correct the address, or write it as code if it is only an example";
    Finding { confidence, ..on_link(&RULE, link, message, help) }
}

/// An address of nothing but a scheme: it was never one.
fn is_placeholder(joined: &str) -> bool {
    let rest = joined.rsplit_once("//").map_or(joined, |(_, rest)| rest);
    !rest.chars().any(char::is_alphanumeric) || matches!(rest.get(..1), Some("[" | "{" | "<"))
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    pub(crate) fn fires() -> Case {
        Sample::article("2018-05-25").link("https://example.com:port/page").case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2018-05-25")
            .link("https://example.com:8080/page")
            .link("../about.html")
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, offline};
    use super::*;
    use crate::model::Media;

    #[test]
    fn examples_are_silent() {
        for (before, url, expected) in [
            ("See ", "https://example.com:port/page", 1),
            ("See ", "file://%s", 0),
            ("See ", "https://{{ release.tag }}/", 0),
            ("printf \"", "https://example.com:port/page", 0),
            ("`", "https://example.com:port/page", 0),
            ("wget ", "https://example.com:port/page", 0),
            ("remotely as ", "http://your_apache_server/~user", 0),
        ] {
            let case = Sample::article("2018-05-25").after(before).link(url).case();
            assert_eq!(check(&case, &Tuning::default()).len(), expected, "{before}{url}");
        }
    }

    #[test]
    fn a_slip_in_running_text_is_certain() {
        let text = "See http//www.example.org/page and cache/http//www.example.org/page there.\n";
        for media in [Media::Text, Media::Markdown, Media::Rst, Media::AsciiDoc] {
            let case = offline(media, text);
            let found = check(&case, &Tuning::default());
            let [finding] = found.as_slice() else { panic!("{media}: {found:?}") };
            assert_eq!(finding.confidence, Confidence::High, "{media}");
            let meant = finding.suggestion.as_ref().map(|repair| repair.replacement.as_str());
            assert_eq!(meant, Some("http://www.example.org/page"), "{media}");
        }
    }

    #[test]
    fn what_was_mistyped_is_told_with_what_is_meant() {
        for (written, meant) in [
            ("htp://example.com/page", Some("http://example.com/page")),
            ("www.example.com/page", Some("https://www.example.com/page")),
            ("https://example.com:port/page", None),
        ] {
            let case = Sample::article("2018-05-25")
                .link(written)
                .with(|link| link.kind = LinkKind::Anchor)
                .case();
            let finding = check(&case, &Tuning::default()).remove(0);
            let replacement = finding.suggestion.as_ref().map(|repair| repair.replacement.as_str());
            assert_eq!(replacement, meant, "{written}");
        }
    }
}

//! `label-mismatch`: the words that introduce a link name another page than it leads to.

use url::{Position, Url};

use crate::model::{Case, Checked, Confidence, Finding, Link, LinkKind, Need, Role, Tuning};
use crate::text::words::Words;

use super::support::finding::{on_link, shown};
use super::support::links::{cited, quotes_a_headline};
use super::support::{phrase, target};

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose label or link text reads like a headline, while the words of its URL, and the
    /// titles of its page where that was fetched, are those of another one. Words are compared
    /// transliterated, without stop words, and by their stems.
    ///
    /// On the titles and URLs of 425 real pages, 312 pairs have words enough to be compared: 2 of
    /// them (0.6 %) would be called mismatched, while of 5,330 random pairs 24 (0.5 %) would pass
    /// for matched.
    ///
    /// ## Why it matters
    ///
    /// The reader is promised one page and led to another: the links of two entries were swapped,
    /// or the address was reused.
    ///
    /// ## Fires
    ///
    /// ```text
    /// Related article: Youngster fighting for life after being struck by lightning
    /// https://news.example/2018/11/14/what-is-rust-and-why-is-it-so-popular/
    /// ```
    ///
    /// ## Stays silent
    ///
    /// The same label before `…/lightning-strike-youngster-critical`, which shares words with it;
    /// labels of too few words to name a page (`Read more`), URLs without words, words in
    /// another script than the URL's, link text within a sentence, and the teasers of the page's
    /// menus and boxes.
    ///
    /// ## How to silence it
    ///
    /// Correct the label or the link, or run with `--ignore label-mismatch`.
    RULE {
        id: "label-mismatch",
        summary: "the words that introduce the link name another page than its URL does",
        level: Warning,
        needs: &[Need::Page],
        supersedes: &["conflicting-label"],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    cited(case).filter_map(|checked| finding(case, &checked)).collect()
}

fn finding(case: &Case, checked: &Checked<'_>) -> Option<Finding> {
    if !quotes_a_headline(checked.link) {
        return None;
    }
    let label = checked.link.words()?;
    let address = target::address(checked.link)?;
    if is_own(case, &address) || is_named_beside_slug(label, &address) {
        return None;
    }
    let language = case.extract.language.as_deref();
    let words = Words::of_text(label, language);
    let slug = Words::of_slug(address.as_ref(), language);
    let titles = target::page(checked).map(|page| page.titles.as_slice()).unwrap_or_default();
    let mut names =
        titles.iter().map(|title| Words::of_text(&title.text, language)).chain(slug).peekable();
    names.peek()?;
    let agreements: Vec<_> = names.map(|name| words.agreement(&name)).collect();
    // Every name that can be compared must be another's, and there must be one.
    let mismatched = agreements.iter().any(|agreement| agreement.is_mismatch());
    if !mismatched || agreements.iter().any(|agreement| agreement.is_related()) {
        return None;
    }
    let names = titles
        .first()
        .map_or(String::new(), |title| format!(", titled {},", phrase::quoted(&title.text)));
    let none = agreements.iter().all(|agreement| !agreement.is_partial());
    let shared = if none { "no word" } else { "hardly a word" };
    let message = format!(
        "the words {} introduce {}{names} which shares {shared} with them: they name another page.",
        phrase::quoted(label),
        shown(checked.link),
    );
    let help = "find out which of the two was meant, and correct the other";
    let confidence = confidence(checked.link);
    Some(Finding { confidence, ..on_link(&RULE, checked.link, message, help) })
}

/// Whether an address is the article's own, whatever part of it is meant: a button's, a permanent
/// link's.
fn is_own(case: &Case, address: &Url) -> bool {
    let printed = case.links().filter(|checked| checked.link.role.is_own_address());
    let mut own = case.article.url.iter().chain(printed.filter_map(|own| own.link.url()));
    let page = &address[Position::BeforeHost..Position::AfterQuery];
    own.any(|own| &own[Position::BeforeHost..Position::AfterQuery] == page)
}

/// Whether what an address names beside its slug, a section of the page or an account, has a word
/// of the label.
fn is_named_beside_slug(label: &str, address: &Url) -> bool {
    const TELLING: usize = 6;
    let account = address.path_segments().into_iter().flatten();
    let account = account.filter(|segment| segment.starts_with(['@', '~']));
    let beside = account.chain(address.fragment()).collect::<String>().to_lowercase();
    !beside.is_empty()
        && label
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() >= TELLING)
            .any(|word| beside.contains(&word.to_lowercase()))
}

/// A label that announces another article quotes its headline.
fn confidence(link: &Link) -> Confidence {
    let announced = link.role == Role::Related || link.role == Role::Archive;
    match link.kind {
        LinkKind::Anchor => Confidence::Medium,
        _ if announced && link.label.is_some() => Confidence::High,
        _ => Confidence::Medium,
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::{Case, Role};

    const LABEL: &str =
        "Related article: Youngster fighting for life after being struck by lightning";

    pub(crate) fn fires() -> Case {
        Sample::article("2020-11-27")
            .link("https://news.example/2018/11/14/what-is-rust-and-why-is-it-so-popular/")
            .label(LABEL)
            .with(|link| link.role = Role::Related)
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2020-11-27")
            .link("https://news.example/2018/11/14/lightning-strike-leaves-boy-critical")
            .label(LABEL)
            .with(|link| link.role = Role::Related)
            .link("https://news.example/2018/11/14/what-is-rust-and-why-is-it-so-popular/")
            .label("Read more")
            .link("https://news.example/123456")
            .label(LABEL)
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn a_matching_title_acquits_a_foreign_slug() {
        let sample = |title| {
            Sample::article("2020-11-27")
                .link("https://news.example/breaking-news-from-all-around-the-world-today")
                .label("Youngster fighting for life after being struck by lightning")
                .page()
                .page_title(title)
        };
        let found = |sample: Sample| check(&sample.case(), &Tuning::default()).len();
        assert_eq!(found(sample("Youngster struck by lightning fights for life")), 0);
        assert_eq!(found(sample("What is Rust and why is it so popular now?")), 1);
    }

    #[test]
    fn what_is_named_beside_the_slug_is_named() {
        for (label, url, expected) in [
            (
                "Exemple 10.13, extrait du fichier /etc/bind/db.falcot.com",
                "https://handbook.info/fr/sect.domain-name-servers.html#example.bind-db.falcot.com",
                0,
            ),
            (
                "Blog post by Mike Morearty",
                "https://medium.com/@mmorearty/how-to-create-a-persistent-worker-for-bazel-7738",
                0,
            ),
            (
                "No thanks, I do not want any of it",
                "https://news.example/2020/an-own-story-about-quite-another-thing#",
                0,
            ),
            (
                "Youngster fighting for life after being struck by lightning",
                "https://medium.com/@mmorearty/how-to-create-a-persistent-worker-for-bazel-7738",
                1,
            ),
        ] {
            let sample = Sample::article("2020-11-27")
                .url("https://news.example/2020/an-own-story-about-quite-another-thing")
                .link(url)
                .label(label);
            assert_eq!(check(&sample.case(), &Tuning::default()).len(), expected, "{label}");
        }
    }
}

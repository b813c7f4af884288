//! `missing-anchor`: a link names a place in a text that has no such place.

use std::cell::Cell;

use crate::address::fragment;
use crate::model::{
    Anchors, Case, Checked, Confidence, Finding, Found, Fragment, Link, LinkKind, Media, Need,
    Tuning,
};
use crate::text::slug;

use super::support::finding::{on_article, on_link, shown};
use super::support::links::in_furniture;
use super::support::local;
use super::support::phrase;

declare_rule! {
    /// ## What it finds
    ///
    /// A link with a fragment (`#installation`) that no heading and no identifier of its target has:
    /// in the same text, in a file beside it, or in a page that was fetched. The names that GitHub,
    /// GitLab, Docusaurus, `MkDocs`, kramdown, Hugo and Sphinx make of headings all count.
    ///
    /// ## Why it matters
    ///
    /// The reader comes to the top of a long page and does not find what the link speaks of. Headings
    /// are renamed, and tables of contents stay.
    ///
    /// ## Fires
    ///
    /// `[Install](#installing)` in a text whose heading is `Installation`.
    ///
    /// ## Stays silent
    ///
    /// `#top`, `#L10` of a code host, `#page=3`, `#t=10`, `#/route`, `#:~:text=words`, and names that
    /// differ from one that is there in signs and capital letters only. Where a text includes others
    /// or components, where a heading may be spelled in other letters (`安装`, `an-zhuang`), and where a
    /// page does not show by its own links that its places are all in its source, it is a doubt: in
    /// profile `audit` only.
    ///
    /// ## How to silence it
    ///
    /// Name a heading that is there, or run with `--ignore missing-anchor`.
    RULE {
        id: "missing-anchor",
        summary: "a link names a place in a text that has no such place",
        level: Warning,
        needs: &[Need::Page, Need::Files],
        supersedes: &[],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    let nearest = Nearest { left: Cell::new(MOST_NEAREST) };
    let own = case.local.anchors.iter().flat_map(|anchors| {
        case.extract
            .fragments
            .iter()
            .filter_map(|fragment| in_article(case, fragment, anchors, &nearest))
    });
    let elsewhere = case.links().enumerate().filter_map(|(index, checked)| {
        in_file(case, index, checked.link, &nearest).or_else(|| in_page(&checked))
    });
    own.chain(elsewhere).collect()
}

/// Whether a name is missing, and how sure that is.
fn missing(name: &str, anchors: &Anchors) -> Option<Confidence> {
    const PLACEHOLDERS: [&str; 10] =
        ["todo", "tbd", "link", "url", "anchor", "xxx", "foo", "bar", "section", "heading"];
    if !slug::is_name(name) || anchors.may_hold(name) {
        return None;
    }
    let is_respelled = anchors.transliterated && name.is_ascii();
    let sure = anchors.closed && !is_respelled && !PLACEHOLDERS.contains(&name);
    Some(if sure { Confidence::High } else { Confidence::Medium })
}

/// How sure it is if the article is a part of others or a pattern.
fn at_most(confidence: Confidence, case: &Case) -> Confidence {
    let is_template = case.local.whereabouts.as_ref().is_some_and(local::is_template);
    if is_template { confidence.min(Confidence::Medium) } else { confidence }
}

fn in_article(
    case: &Case,
    fragment: &Fragment,
    anchors: &Anchors,
    nearest: &Nearest,
) -> Option<Finding> {
    let written = fragment.span.of(&case.article.text).trim().strip_prefix('#')?;
    let decoded = html_escape::decode_html_entities(written);
    let name = fragment::place(&decoded)?;
    // What a page names to its scripts is no place in it.
    let is_script = case.article.media == Media::Html && !anchors.closed;
    let mut confidence = missing(&name, anchors).filter(|_| !is_script)?;
    confidence = at_most(confidence, case);
    if fragment.region.is_furniture() || is_contribution(&name, &case.article.text) {
        confidence = Confidence::Low;
    }
    let message = format!(
        "{} names a place in this text, and no heading and no identifier in it has that name{}.",
        phrase::quoted(&format!("#{written}")),
        nearest.of(&name, anchors),
    );
    Some(Finding { confidence, ..on_article(&RULE, Some(fragment.span), message, HELP) })
}

/// Whether a name is the kind of someone's contribution, as all-contributors links pictures that lead
/// nowhere: `#ideas-jane`.
fn is_contribution(name: &str, text: &str) -> bool {
    const KINDS: [&str; 30] = [
        "a11y",
        "audio",
        "blog",
        "bug",
        "business",
        "code",
        "content",
        "data",
        "design",
        "doc",
        "eventOrganizing",
        "example",
        "financial",
        "fundingFinding",
        "ideas",
        "infra",
        "maintenance",
        "mentoring",
        "platform",
        "plugin",
        "projectManagement",
        "promotion",
        "question",
        "research",
        "security",
        "talk",
        "tool",
        "translation",
        "userTesting",
        "video",
    ];
    let kind = name.split_once('-').map_or("", |(kind, _)| kind);
    KINDS.contains(&kind) && text.contains("ALL-CONTRIBUTORS-")
}

const HELP: &str = "name a heading or an identifier that is there";

fn in_file(case: &Case, index: usize, link: &Link, nearest: &Nearest) -> Option<Finding> {
    let file = case.local.files.get(&index).filter(|file| file.found == Found::There)?;
    let anchors = file.anchors.as_deref()?;
    let (_, fragment) = link.joined().split_once('#')?;
    let name = fragment::place(fragment)?;
    let confidence = at_most(missing(&name, anchors)?, case);
    let message = format!(
        "{} names a place in {}, and no heading and no identifier there has that name{}.",
        phrase::quoted(link.joined()),
        phrase::quoted(&file.path),
        nearest.of(&name, anchors),
    );
    Some(Finding { confidence, ..on_link(&RULE, link, message, HELP) })
}

fn in_page(checked: &Checked<'_>) -> Option<Finding> {
    let link = checked.link;
    let page = checked.status.outcome()?.result.as_ref().ok()?;
    let anchors = page.anchors.as_ref().filter(|_| page.media == Media::Html && !page.partial)?;
    let name = fragment::place(link.url()?.fragment()?)?;
    let mut confidence = missing(&name, anchors)?;
    if in_furniture(link) || link.kind != LinkKind::Anchor && link.kind != LinkKind::Bare {
        confidence = Confidence::Low;
    }
    let message = format!(
        "{} names a place in its target, and nothing there has that name, though other places are \
         named there.",
        shown(link)
    );
    Some(Finding { confidence, ..on_link(&RULE, link, message, HELP) })
}

/// So many names are compared with all others: a text can be made of names that are missing.
const MOST_NEAREST: usize = 64;

/// Looks for the name that is meant.
struct Nearest {
    left: Cell<usize>,
}

impl Nearest {
    /// The name that is most like the one that is missing, in a clause.
    fn of(&self, name: &str, anchors: &Anchors) -> String {
        /// Names less alike than this are others, and longer ones are not compared.
        const ALIKE: f64 = 0.7;
        const LONGEST: usize = 128;
        let Some(left) = self.left.get().checked_sub(1) else { return String::new() };
        self.left.set(left);
        if name.len() > LONGEST {
            return String::new();
        }
        let others = anchors.names.iter().filter(|other| other.len() <= LONGEST);
        let alike =
            others.map(|other| (strsim::normalized_damerau_levenshtein(name, other), other));
        let best =
            alike.max_by(|(a, _), (b, _)| a.total_cmp(b)).filter(|(alike, _)| *alike >= ALIKE);
        best.map_or_else(String::new, |(_, other)| {
            format!("; the nearest is {}", phrase::quoted(&format!("#{other}")))
        })
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::{Anchors, Case};
    use crate::text::slug;

    fn anchors(names: &[&str]) -> Anchors {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut anchors = Anchors::of_hashes(names.iter().map(|name| slug::hash(name)).collect());
        (anchors.closed, anchors.names) = (true, names);
        anchors
    }

    pub(crate) fn fires() -> Case {
        Sample::undated().fragment("#instalation", anchors(&["installation", "usage"])).case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::undated()
            .fragment("#Installation", anchors(&["installation", "usage"]))
            .link("other.md#the_usage")
            .text("usage")
            .file_of(anchors(&["the-usage"]))
            .link("code.rs#L10")
            .text("code")
            .file_of(anchors(&["a"]))
            .link("https://a.example/#/route")
            .page()
            .edit_page(|page| page.anchors = Some(anchors(&["a"])))
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn named(name: &str, edit: impl FnOnce(&mut Anchors)) -> Anchors {
        let mut anchors = Anchors::of_hashes(vec![slug::hash(name)]);
        anchors.closed = true;
        edit(&mut anchors);
        anchors
    }

    fn confidences(case: &Case) -> Vec<Confidence> {
        check(case, &Tuning::default()).iter().map(|finding| finding.confidence).collect()
    }

    #[test]
    fn only_a_text_that_is_all_here_convicts() {
        let of = |name, edit: fn(&mut Anchors)| {
            confidences(&Sample::undated().fragment(name, named("here", edit)).case())
        };
        assert_eq!(of("#gone", |_| {}), [Confidence::High]);
        assert_eq!(of("#gone", |anchors| anchors.closed = false), [Confidence::Medium]);
        assert_eq!(of("#gone", |anchors| anchors.transliterated = true), [Confidence::Medium]);
        assert_eq!(of("#%E5%AE%89", |anchors| anchors.transliterated = true), [Confidence::High]);
        assert_eq!(of("#todo", |_| {}), [Confidence::Medium]);
        assert_eq!(of("#Here", |_| {}), []);
        assert_eq!(of("#-", |_| {}), []);
        let contributors = Sample::undated().words("<!-- ALL-CONTRIBUTORS-LIST:START -->");
        let case = contributors.fragment("#ideas-jane", named("here", |_| {})).case();
        assert_eq!(confidences(&case), [Confidence::Low]);
        let mut page =
            Sample::undated().fragment("#gone", named("here", |a| a.closed = false)).case();
        page.article.media = Media::Html;
        assert_eq!(confidences(&page), []);
    }

    #[test]
    fn files_and_pages_are_judged_like_the_article() {
        let file =
            Sample::undated().link("b.md#gone").text("words").file_of(named("here", |_| {})).case();
        assert_eq!(confidences(&file), [Confidence::High]);
        let page = |edit: fn(&mut Anchors), partial| {
            let case = Sample::undated()
                .link("https://a.example/b#gone")
                .page()
                .edit_page(|page| {
                    page.anchors = Some(named("here", edit));
                    page.partial = partial;
                })
                .case();
            confidences(&case)
        };
        assert_eq!(page(|_| {}, false), [Confidence::High]);
        assert_eq!(page(|anchors| anchors.closed = false, false), [Confidence::Medium]);
        assert_eq!(page(|_| {}, true), []);
    }
}

//! `link-postdates-article`: a link to something that came into being after the article.

use std::collections::HashSet;
use std::fmt::Write as _;

use url::Url;

use crate::address::hosts::registrable;
use crate::address::identifier::SetBy;
use crate::model::{
    Case, Checked, Claim, Confidence, Event, Finding, Level, Link, Role, Source, Tuning,
};
use crate::text::words::Words;

use super::support::announced::{Occasion, is_in_update, occasion};
use super::support::around::Around;
use super::support::article::{
    LastEdit, confidence_before, confidence_in_last_edit, last_edit, later_claim, publication,
    supporting,
};
use super::support::finding::{on_link, shown};
use super::support::links::{cited, furniture, furniture_name};
use super::support::{phrase, target};

declare_rule! {
    /// ## What it finds
    ///
    /// A link whose target certainly came into being after the article's last known edit: nobody
    /// can have cited it then. What is known of either time are claims (a dateline, a date in a
    /// URL, metadata), each an interval as wide as its precision and the zones it could be in; the
    /// rule fires only where no reading of the intervals lets the link be the older.
    ///
    /// ## Why it matters
    ///
    /// The article was changed after the fact without saying so, or the target was moved to a new
    /// address, redated or replaced. Either way the reader is not shown what the author cited.
    ///
    /// ## Fires
    ///
    /// An article of May 25, 2018 that links to
    /// `https://news.example/2025/10/17/trump-factor-leaves-macron-scrambling`.
    ///
    /// ## Stays silent
    ///
    /// The same link in an article that says "Updated October 20, 2025", in the page's navigation
    /// or a sidebar, or of `2018/05/26`, which can be the same moment in another time zone. Nor does
    /// it fire on an address that has the day of an event, a meeting, a deadline or a magazine's
    /// issue, on a later day that the link's words, its item or its section announce, or in a
    /// passage that begins `Update:`. A document that goes on (a change log, a FAQ, what its header
    /// says was created), and a day that is only a month or little believed, make it less sure. In
    /// profile `audit` an excused link is a note that names the excuse.
    ///
    /// ## How to silence it
    ///
    /// State the article's later edit (`dateModified`, a printed "Updated …"), link a capture of
    /// what was cited, or run with `--ignore link-postdates-article`.
    RULE {
        id: "link-postdates-article",
        summary: "the link's target certainly came into being after the article's last known edit",
        level: Error,
        needs: &[crate::model::Need::Page, crate::model::Need::Captures],
        supersedes: &["capture-postdates-article", "target-modified-since"],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    let Some(published) = publication(case) else { return Vec::new() };
    let around = Around::new(case);
    let own = own_sites(case);
    cited(case)
        .filter_map(|checked| {
            let claim = target_claim(case, &own, &checked)?;
            // Measured against publication, so that what a later edit excuses is still a note.
            let suspicious = claim.when.certainly_after(published.when());
            suspicious.then(|| finding(case, &around, &checked, claim)).flatten()
        })
        .collect()
}

/// The claim about when the target came into being: that of its address or, if it was fetched, of
/// its page, whichever is the earlier, since it was there by then; and where neither says, when the
/// address was made, or what the numbers of its neighbours say. A capture from before that time acquits it, and a home page has no date of its
/// own.
fn target_claim(case: &Case, own: &HashSet<&str>, checked: &Checked<'_>) -> Option<Claim> {
    let address = target::address(checked.link)?;
    if address.path() == "/" && address.query().is_none() {
        return None;
    }
    let stated = target::page(checked).and_then(target::claimed_by_page);
    let claims = stated.into_iter().chain(target::claimed_by_address(checked.link));
    let claim = claims.min_by_key(|claim| claim.when.before);
    let claim = claim.or_else(|| address_made(case, own, checked, &address));
    let claim = claim.or_else(|| checked.link.site_clock.as_deref().cloned())?;
    let captured = [target::earliest_capture(checked), target::captured(checked.link)];
    let existed =
        captured.into_iter().flatten().any(|capture| capture.when.certainly_before(claim.when));
    (!existed).then_some(claim)
}

/// When the target's address was made. A publishing system that takes in old pieces gives them new
/// addresses, and puts these into the links of its own old pieces.
fn address_made(
    case: &Case,
    own: &HashSet<&str>,
    checked: &Checked<'_>,
    address: &Url,
) -> Option<Claim> {
    let made = target::made(checked.link, case.now)?;
    let is_of_own_site = || address.host_str().is_some_and(|host| own.contains(site(host)));
    let is_moved = made.clock.set_by == SetBy::Publisher && is_of_own_site();
    let claim = made.claim();
    let confidence = if is_moved { Confidence::Low } else { claim.confidence };
    Some(Claim { confidence, ..claim })
}

/// The sites that the article says it stands on.
fn own_sites(case: &Case) -> HashSet<&str> {
    let own = case.extract.links.iter().filter(|link| link.role.is_own_address());
    let own = own.filter_map(Link::url).chain(&case.article.url);
    own.filter_map(Url::host_str).map(site).collect()
}

/// The site of a host: its registrable domain, or the host itself where it has none.
fn site(host: &str) -> &str {
    registrable(host).unwrap_or(host)
}

/// What lets the link be right after all.
enum Excuse {
    Edited(Claim),
    Furniture(&'static str),
    Update,
    Occasion(Occasion),
}

fn excuse(
    case: &Case,
    around: &Around<'_>,
    checked: &Checked<'_>,
    claim: &Claim,
) -> Option<Excuse> {
    if let Some(later) = later_claim(case, claim.when) {
        return Some(Excuse::Edited(later.clone()));
    }
    if let Some(link) = furniture(case, checked.link) {
        return Some(Excuse::Furniture(furniture_name(link)));
    }
    if is_in_update(around, checked.link) {
        return Some(Excuse::Update);
    }
    let article = last_edit(case)?.date();
    occasion(case, around, checked.link, claim, article).map(Excuse::Occasion)
}

/// The copy's own time, if the target is certainly newer than even that: nothing excuses it then.
fn capture_of_article(case: &Case, claim: &Claim) -> Option<Claim> {
    let date = case.article.captured?;
    let source = Source::CAPTURE;
    let capture = Claim::new(Event::ExistedBy, date, source, Confidence::High, String::new());
    claim.when.certainly_after(capture.when).then_some(capture)
}

fn finding(
    case: &Case,
    around: &Around<'_>,
    checked: &Checked<'_>,
    claim: Claim,
) -> Option<Finding> {
    let capture = capture_of_article(case, &claim);
    // What is newer than the copy itself was not there for any later edit to link; but a day to
    // come is announced in a copy as it is in an article.
    let excuse = excuse(case, around, checked, &claim)
        .filter(|excuse| capture.is_none() || matches!(excuse, Excuse::Occasion(_)));
    // What a later edit excuses is later than the publication only.
    let edit = match excuse {
        Some(Excuse::Edited(_)) => publication(case)?,
        _ => last_edit(case)?,
    };
    let mut message = convict(case, edit, checked, &claim);
    if let Some(capture) = &capture {
        let taken = phrase::date(capture.date);
        let _ =
            write!(message, " It is newer even than this copy of the article, taken on {taken}.");
    }
    if let Some(excuse) = &excuse {
        message += &excused(excuse, case);
    }
    let (level, help) = match excuse {
        None => {
            let former = target::link_former_address(checked);
            (RULE.level, former.unwrap_or_else(|| remaining_readings(checked, &claim).to_owned()))
        }
        Some(_) => (Level::Note, "nothing need be done if that is so".to_owned()),
    };
    Some(Finding {
        level,
        confidence: confidence_before(case, edit, claim.when)
            .min(claim.confidence)
            .min(confidence_in_last_edit(case)),
        title: format!(
            "link to a page of {} in an article of {}",
            claim.date.to_day_precision(),
            edit.date().to_day_precision()
        ),
        because: evidence(case, edit, checked.link, claim, capture, excuse),
        ..on_link(&RULE, checked.link, message, help)
    })
}

/// The claims of both sides, each once.
fn evidence(
    case: &Case,
    edit: LastEdit<'_>,
    link: &Link,
    claim: Claim,
    capture: Option<Claim>,
    excuse: Option<Excuse>,
) -> Vec<Claim> {
    let mut because: Vec<Claim> = supporting(case, edit).into_iter().cloned().collect();
    because.extend(capture);
    if let Some(Excuse::Edited(later)) = excuse
        && !because.contains(&later)
    {
        because.push(later);
    }
    because.push(Claim { span: claim.span.or(Some(link.span)), ..claim });
    because
}

/// Both claims, where they stand, how far they lie apart, and the words that introduce the link.
fn convict(case: &Case, edit: LastEdit<'_>, checked: &Checked<'_>, claim: &Claim) -> String {
    let places: Vec<String> = supporting(case, edit)
        .into_iter()
        .map(|support| phrase::place_in_article(support, &case.extract))
        .collect();
    format!(
        "this article was {verb} {article}{by}, but it links to {what}{which}{later}{introduced}.",
        verb = if edit.event == Event::Modified { "last edited" } else { "published" },
        article = phrase::on(edit.date()),
        by = phrase::according_to(&places),
        what = shown(checked.link),
        which = if claim.event == Event::Made { "" } else { ", which" },
        later = target::later(case, checked.link, claim, edit.date()),
        introduced = introduced(case, checked.link),
    )
}

/// The words that introduce the link, and why they are its own where they stand apart from it.
fn introduced(case: &Case, link: &Link) -> String {
    if let Some(label) = &link.label {
        let between = case.article.text.get(label.span.end..link.span.start).unwrap_or_default();
        let apart = match phrase::paragraphs(between) {
            0 | 1 => String::new(),
            count => format!(", {count} paragraphs above it{}", repeated(case, link, &label.text)),
        };
        return format!(". The words {} introduce it{apart}", phrase::quoted(&label.text));
    }
    match link.text.as_deref().filter(|text| !text.trim().is_empty()) {
        Some(text) => format!(". Its link text is {}", phrase::quoted(text)),
        None => String::new(),
    }
}

fn repeated(case: &Case, link: &Link, label: &str) -> &'static str {
    let language = case.extract.language.as_deref();
    let slug = link.url().and_then(|url| Words::of_slug(url, language)).unwrap_or_default();
    let same = Words::of_text(label, language).agreement(&slug).is_match();
    if same { ", for its address repeats them" } else { "" }
}

fn excused(excuse: &Excuse, case: &Case) -> String {
    match excuse {
        Excuse::Edited(later) if later.event == Event::Published => format!(
            " It can be in order: {} says {}, which leaves room for it.",
            phrase::place_in_article(later, &case.extract),
            phrase::date(later.date),
        ),
        Excuse::Edited(later) => format!(
            " It can be in order: the article was changed {}, says {}.",
            phrase::on(later.date),
            phrase::place_in_article(later, &case.extract),
        ),
        Excuse::Furniture(name) => format!(
            " It can be in order: it stands in {name}, which belongs to the page and not to the \
             article."
        ),
        Excuse::Update => " It can be in order: it stands in a note that says that it was put in \
                           later."
            .to_owned(),
        Excuse::Occasion(occasion) => occasion.sentence().to_owned(),
    }
}

/// What can have happened, and what would decide.
fn remaining_readings(checked: &Checked<'_>, claim: &Claim) -> &'static str {
    if claim.event == Event::Made {
        "the link was put in after the article's last known edit, or its address was changed then: \
         state that edit"
    } else if target::page(checked).is_some() {
        "the article was changed after its last known edit: state that edit (`lastmod:`, a printed \
         “Updated …”), or link what was cited"
    } else if checked.link.role == Role::Archive {
        "the article was changed after its last known edit: state that edit (`lastmod:`, a printed \
         “Updated …”)"
    } else {
        "either the link was put in later, which `lastmod:` in the front matter or a printed \
         “Updated …” settles, or its target is older and was given a new address; fetching it \
         (without --offline), or a web-archive capture from before the article, would decide"
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::{Case, Region};

    const LATER: &str = "https://news.example/2025/10/17/trump-factor-leaves-macron-scrambling";

    pub(crate) fn fires() -> Case {
        Sample::article("2018-05-25")
            .link(LATER)
            .label("Related article: Trump Factor Leaves Macron Scrambling")
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2018-05-25")
            .link("https://news.example/2018/05/26/the-day-after")
            .link(LATER)
            .region(Region::Sidebar)
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::model::Region;

    const LATER: &str = "https://news.example/2025/10/17/a-story-of-that-day";

    fn levels(sample: Sample) -> Vec<(Level, Confidence)> {
        let found = check(&sample.case(), &Tuning::default());
        found.iter().map(|finding| (finding.level, finding.confidence)).collect()
    }

    const CERTAIN: (Level, Confidence) = (Level::Error, Confidence::High);
    const EXCUSED: (Level, Confidence) = (Level::Note, Confidence::High);

    #[test]
    fn the_former_address_that_an_archive_knows_is_named() {
        let url = "https://news.example/2025/10/17/a-story-of-that-day";
        let former = "https://news.example/2018/05/24/a-story-of-that-day";
        let case = Sample::article("2018-05-25").link(url).page().former(former).case();
        let [finding] = &check(&case, &Tuning::default())[..] else { panic!("one is wrong") };
        assert!(finding.help.contains(former), "{}", finding.help);
    }

    #[test]
    fn the_article_must_be_older_in_every_zone() {
        for (url, expected) in [
            ("https://news.example/2018/05/24/x", vec![]),
            ("https://news.example/2018/05/25/x", vec![]),
            ("https://news.example/2018/05/26/x", vec![]),
            ("https://news.example/2018/05/30/x", vec![CERTAIN]),
            (LATER, vec![CERTAIN]),
        ] {
            assert_eq!(levels(Sample::article("2018-05-25").link(url)), expected, "{url}");
        }
        assert_eq!(levels(Sample::article("2026-01-01").link(LATER)), vec![]);
        let minute = Sample::article("2018-05-25T00:10:00Z");
        assert_eq!(levels(minute.link("https://news.example/2018/05/26/x")), vec![]);
        assert_eq!(levels(Sample::undated().link(LATER)), vec![]);
    }

    #[test]
    fn a_later_edit_excuses_and_an_earlier_one_does_not() {
        let article = || Sample::article("2018-05-25").link(LATER);
        assert_eq!(levels(article().modified("2025-10-20")), vec![EXCUSED]);
        assert_eq!(levels(article().modified("2025")), vec![EXCUSED]);
        assert_eq!(levels(article().modified("2024-10-20")), vec![CERTAIN]);
    }

    #[test]
    fn furniture_excuses_unless_the_copy_itself_is_older() {
        let aside = || Sample::article("2018-05-25").link(LATER).region(Region::Sidebar);
        assert_eq!(levels(aside()), vec![EXCUSED]);
        assert_eq!(levels(aside().captured("2026-01-01T00:00:00Z")), vec![EXCUSED]);
        assert_eq!(levels(aside().captured("2020-01-01T00:00:00Z")), vec![CERTAIN]);
    }

    #[test]
    fn an_address_made_later_convicts_unless_the_site_was_moved() {
        const POST: &str = "https://x.com/example/status/1790637656616943991";
        const MOVED: &str = "https://www.a.example/ty-article/00000185-8233-d870-abc5-967750f90000";
        let of_2018 = || Sample::article("2018-05-25");
        assert_eq!(levels(of_2018().link(POST)), vec![CERTAIN]);
        assert_eq!(levels(Sample::article("2024-05-14").link(POST)), vec![]);
        assert_eq!(levels(of_2018().link(MOVED)), vec![CERTAIN]);
        let own_site = of_2018().url("https://a.example/2018/05/25/x").link(MOVED);
        assert_eq!(levels(own_site), vec![(Level::Error, Confidence::Low)]);
        let skewed = of_2018().link("https://bsky.app/profile/a.example/post/3kkzc3xaf5m2w");
        assert_eq!(levels(skewed), vec![(Level::Error, Confidence::Medium)]);
        let old_page = of_2018().link(MOVED).page_of("2017-05-01");
        assert_eq!(levels(old_page), vec![]);
    }

    #[test]
    fn an_address_made_later_is_told_as_what_it_is() {
        let told = |url: &str| {
            let case = Sample::article("2018-05-25").link(url).case();
            check(&case, &Tuning::default())[0].message.clone()
        };
        let message = told("https://x.com/example/status/1790637656616943991");
        assert!(
            message.contains(
                ": its number was given out by X on May 15, 2024, 06:57 UTC; the address did not \
                 exist before. That is 5 years, 11 months later."
            ),
            "{message}"
        );
        let message = told("https://news.ycombinator.com/item?id=23284278");
        assert!(message.contains("on or after April 5, 2020"), "{message}");
        assert!(message.contains("at least 1 year, 10 months later"), "{message}");
    }

    #[test]
    fn an_announced_event_is_excused() {
        let url = "https://town.example/events/2018/09/01/fair";
        assert_eq!(levels(Sample::article("2018-05-25").link(url)), vec![EXCUSED]);
    }

    #[test]
    fn a_teasers_picture_and_its_title_are_one_thing() {
        let teaser = |second: &str| {
            Sample::article("2018-05-25")
                .link(LATER)
                .text("picture")
                .link(second)
                .region(Region::Sidebar)
        };
        assert_eq!(levels(teaser(LATER)), vec![EXCUSED, EXCUSED]);
        let other = "https://news.example/2025/10/18/another-story";
        assert_eq!(levels(teaser(other)), vec![CERTAIN, EXCUSED]);
    }

    #[test]
    fn a_living_document_is_edited_at_any_time() {
        for (name, expected) in [
            ("README.md", Confidence::Medium),
            ("docs/CHANGELOG.txt", Confidence::Medium),
            ("_posts/2018-05-25-a.md", Confidence::High),
        ] {
            let mut case = Sample::article("2018-05-25").link(LATER).case();
            name.clone_into(&mut case.article.input);
            assert_eq!(check(&case, &Tuning::default())[0].confidence, expected, "{name}");
        }
        for (field, expected) in
            [("Created: 25-May-2018", Confidence::Medium), ("date: 2018-05-25", Confidence::High)]
        {
            let mut case = Sample::article("2018-05-25").link(LATER).case();
            for claim in &mut case.dating.claims {
                claim.source = Source::named("front-matter");
                field.clone_into(&mut claim.quote);
            }
            assert_eq!(check(&case, &Tuning::default())[0].confidence, expected, "{field}");
        }
    }

    #[test]
    fn a_paper_among_documentation_is_given_once() {
        for (words, expected) in [
            ("Author: J. Doe\nDate: 2018-05-25\n\nAbstract\n--------\n\n", Confidence::High),
            ("Author: J. Doe\nDate: 2018-05-25\n\nHow to do it\n\n", Confidence::Medium),
            ("Date: 2018-05-25\n\nAbstract\n--------\n\n", Confidence::Medium),
        ] {
            let mut case = Sample::article("2018-05-25").words(words).link(LATER).case();
            "Documentation/a-text.txt".clone_into(&mut case.article.input);
            for claim in &mut case.dating.claims {
                claim.source = Source::named("front-matter");
            }
            assert_eq!(check(&case, &Tuning::default())[0].confidence, expected, "{words}");
        }
    }

    #[test]
    fn a_day_that_the_article_announces_is_excused() {
        let later = "https://b.example/2018/07/10/hack-and-learn";
        let after = |words: &str| Sample::article("2018-05-25").after(words).link(later);
        assert_eq!(levels(after("* 2018-07-10 | Berlin | ")), vec![EXCUSED]);
        assert_eq!(levels(after("The next meetup: ")), vec![EXCUSED]);
        assert_eq!(levels(after("As reported: ")), vec![CERTAIN]);
    }

    #[test]
    fn a_note_that_was_put_in_later_is_excused() {
        let after = |words: &str| Sample::article("2018-05-25").after(words).link(LATER);
        for words in ["Update: see ", "Text. (_Update February 2025_: ", "Edit (2025-11-01)\n"] {
            assert_eq!(levels(after(words)), vec![EXCUSED], "{words}");
        }
        assert_eq!(levels(after("Update your tools, see ")), vec![CERTAIN]);
    }

    #[test]
    fn a_page_speaks_for_itself_once_fetched() {
        let article =
            |date| Sample::article("2018-05-25").link("https://news.example/x").page_of(date);
        assert_eq!(levels(article("2018-05-23")), vec![]);
        assert_eq!(levels(article("2025-10-17")), vec![CERTAIN]);
    }

    #[test]
    fn a_page_dated_anew_is_as_old_as_its_address() {
        let link = Sample::article("2018-05-25").link("https://news.example/2017/05/01/x");
        assert_eq!(levels(link.page_of("2025-10-17")), vec![]);
    }

    #[test]
    fn a_label_apart_is_explained() {
        let case = Sample::article("2018-05-25")
            .words("Related article: Leaders agree on a peace plan in Vienna\n\nText.\n")
            .link("https://news.example/2025/10/17/leaders-agree-on-a-peace-plan-in-vienna")
            .label("Related article: Leaders agree on a peace plan in Vienna")
            .with(|link| {
                let label = link.label.as_mut().expect("a label");
                label.span = crate::model::Span::new(23, 79);
            })
            .case();
        let message = &check(&case, &Tuning::default())[0].message;
        assert!(
            message.contains("2 paragraphs above it, for its address repeats them"),
            "{message}"
        );
    }

    #[test]
    fn an_earlier_capture_acquits() {
        let link = Sample::article("2018-05-25").link(LATER);
        assert_eq!(levels(link.page().earliest_capture("2018-05-24T00:00:00Z")), vec![]);
    }

    #[test]
    fn claims_that_disagree_but_all_lie_before_convict_all_the_same() {
        let doubted = |date| {
            Sample::article("2018-05-25")
                .doubted(Confidence::Medium)
                .claimed(crate::model::Event::Published, date, "byline")
                .link(LATER)
        };
        assert_eq!(levels(doubted("2017-01-01")), vec![CERTAIN]);
        assert_eq!(levels(doubted("2025-12-01")), vec![(Level::Note, Confidence::Medium)]);
    }

    #[test]
    fn images_metadata_and_the_own_address_are_not_citations() {
        for (kind, role) in [
            (crate::model::LinkKind::Embed, Role::Media),
            (crate::model::LinkKind::Metadata, Role::Body),
            (crate::model::LinkKind::Bare, Role::Original),
            (crate::model::LinkKind::Schemeless, Role::Credit),
        ] {
            let sample = Sample::article("2018-05-25").link(LATER).with(|link| {
                link.kind = kind;
                link.role = role;
            });
            assert_eq!(levels(sample), vec![], "{kind:?} {role}");
        }
    }
}

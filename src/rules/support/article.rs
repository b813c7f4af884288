//! When the article was last known to be edited, and what could excuse something newer in it.

use crate::model::{Case, Claim, Conclusion, Confidence, Event, PartialDate, When};

/// The article's last known edit.
#[derive(Clone, Copy, Debug)]
pub struct LastEdit<'a> {
    /// Whether it is its publication or a later change.
    pub event: Event,
    /// What all claims about it come to.
    pub conclusion: &'a Conclusion,
}

impl LastEdit<'_> {
    /// The instants that it could have happened at, its day in any zone at the least: a piece is
    /// polished for hours after it came out, and systems err about zones.
    #[must_use]
    pub fn when(&self) -> When {
        day(self.conclusion.date)
    }

    /// The date as stated.
    #[must_use]
    pub const fn date(&self) -> PartialDate {
        self.conclusion.date
    }
}

/// The day of a statement in any zone; where it is coarser than a day, all that it covers.
fn day(date: PartialDate) -> When {
    date.to_day_precision().when()
}

/// The article's publication, as far as it is known.
pub(crate) fn publication(case: &Case) -> Option<LastEdit<'_>> {
    let conclusion = case.dating.published.as_ref()?;
    Some(LastEdit { event: Event::Published, conclusion })
}

/// The later of publication and modification, as far as they are known.
#[must_use]
pub fn last_edit(case: &Case) -> Option<LastEdit<'_>> {
    let modified = case.dating.modified.as_ref();
    let modified = modified.map(|conclusion| LastEdit { event: Event::Modified, conclusion });
    match (publication(case), modified) {
        (Some(published), Some(modified)) if modified.when().before > published.when().before => {
            Some(modified)
        }
        (published, modified) => published.or(modified),
    }
}

/// The claims that a conclusion about the article rests on, best first, at most three: those whose
/// time agrees with it, one for each place.
pub(crate) fn supporting<'a>(case: &'a Case, edit: LastEdit<'_>) -> Vec<&'a Claim> {
    let mut found: Vec<&Claim> = Vec::new();
    for claim in case.dating.about(edit.event) {
        let agrees = claim.when.overlaps(edit.when());
        if agrees && !found.iter().any(|other| other.source == claim.source) {
            found.push(claim);
        }
    }
    found.truncate(3);
    found
}

/// How sure it is that the article was finished before `other`. Claims that contradict each other
/// about when, but all say "before", leave no doubt about that; so the best of those that support
/// the conclusion counts then, and else the conclusion, weakened by what contradicts it.
pub(crate) fn confidence_before(case: &Case, edit: LastEdit<'_>, other: When) -> Confidence {
    let dated = case.dating.claims.iter().filter(|claim| claim.event != Event::ExistedBy);
    let undoubted = dated.clone().all(|claim| other.certainly_after(day(claim.date)));
    let best = dated
        .filter(|claim| claim.event == edit.event && claim.when.overlaps(edit.when()))
        .map(|claim| claim.confidence)
        .max();
    match best {
        Some(best) if undoubted => best.max(edit.conclusion.confidence),
        _ => edit.conclusion.confidence,
    }
}

/// How sure it is that the article was left as it was after what is known as its last edit. Some
/// documents go on for as long as their project does, whatever day they once got; they say so by
/// their names, or by the folder of documentation in which front matter alone dates them.
pub(crate) fn confidence_in_last_edit(case: &Case) -> Confidence {
    const BEGUN: &str = "created";
    const NAMES: [&str; 14] = [
        "authors",
        "awesome",
        "changelog",
        "changes",
        "contributing",
        "faq",
        "glossary",
        "history",
        "install",
        "news",
        "readme",
        "releases",
        "roadmap",
        "todo",
    ];
    const FOLDERS: [&str; 8] =
        ["doc", "docs", "documentation", "guide", "guides", "handbook", "manual", "wiki"];
    const POSTS: [&str; 5] = ["_posts", "articles", "blog", "news", "posts"];
    // What a header says was created goes on being worked on: proposals, drafts, specifications.
    let only_begun = |claim: &Claim| {
        let key = claim.quote.get(..BEGUN.len());
        claim.source.as_str() == "front-matter"
            && key.is_some_and(|key| key.eq_ignore_ascii_case(BEGUN))
    };
    if case.dating.about(Event::Published).any(only_begun) {
        return Confidence::Medium;
    }
    if case.article.url.is_some() || case.dating.modified.is_some() {
        return Confidence::High;
    }
    let path = case.article.input.replace('\\', "/").to_ascii_lowercase();
    let mut parts: Vec<&str> = path.split('/').collect();
    let stem = parts.pop().and_then(|name| name.split('.').next()).unwrap_or_default();
    let by_front_matter = case.dating.published.as_ref().is_some_and(|published| {
        let claims = case.dating.about(Event::Published);
        claims
            .filter(|claim| claim.when.overlaps(published.when))
            .all(|claim| claim.source.as_str() == "front-matter")
    });
    let is_living = NAMES.contains(&stem)
        || by_front_matter
            && !is_paper(&case.article.text)
            && parts.iter().any(|folder| FOLDERS.contains(folder))
            && !parts.iter().any(|folder| POSTS.contains(folder));
    if is_living { Confidence::Medium } else { Confidence::High }
}

/// Whether a text is a paper, which is given once, though it lies among documentation: its header
/// names an author, and an abstract stands first.
fn is_paper(text: &str) -> bool {
    const HEAD: usize = 24;
    const ABSTRACT: [&str; 7] =
        ["abstract", "zusammenfassung", "résumé", "resumen", "riassunto", "要旨", "摘要"];
    let lines = || text.lines().take(HEAD).map(|line| line.trim_matches(['#', '=', ':', ' ']));
    let author = |line: &str| {
        line.split_once(':').is_some_and(|(key, _)| {
            ["author", "authors"].iter().any(|name| key.trim().eq_ignore_ascii_case(name))
        })
    };
    lines().any(author) && lines().any(|line| ABSTRACT.contains(&line.to_lowercase().as_str()))
}

/// A claim that the article was published or changed at a time that `other` does not certainly
/// postdate: it excuses what would otherwise be newer than the article. Claims that it merely
/// existed excuse nothing. A change needs no more than to be said; another publication date must
/// be said by something that is believed at least in part.
pub(crate) fn later_claim(case: &Case, other: When) -> Option<&Claim> {
    case.dating.claims.iter().find(|claim| {
        let counts = match claim.event {
            Event::Modified => true,
            Event::Published | Event::Made => claim.confidence >= Confidence::Medium,
            Event::ExistedBy => false,
        };
        counts && !other.certainly_after(day(claim.date))
    })
}

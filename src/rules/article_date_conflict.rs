//! `article-date-conflict`: the article's own claims about its publication disagree.

use crate::address::secret::without_secrets;
use crate::model::{Case, Claim, Confidence, Event, Finding, Level, Speaker, Standing, Tuning};

use super::support::finding::on_article;
use super::support::phrase;

declare_rule! {
    /// ## What it finds
    ///
    /// Two claims of the article about its own publication that cannot both be true: its dateline,
    /// the date in its own address (`Original url:`, canonical), its metadata. Claims are intervals
    /// as wide as their precision and the zones they could be in; the rule fires only where they
    /// share no instant.
    ///
    /// A text prints the days of other things too: of an event, a deadline, a change. So only what
    /// is there to date the page itself convicts: its own address, its metadata, the front matter,
    /// and the dateline where nothing is stated above the text. What any other printed date says
    /// against them is a note, in `audit`.
    ///
    /// ## Why it matters
    ///
    /// One of the two is wrong, so that everything that is judged by the article's date may be
    /// judged wrongly: the text was redated, or it was paired with another article's address.
    ///
    /// ## Fires
    ///
    /// The dateline says "October 29, 2023" and the printed original URL contains `/2024/12/02/`.
    ///
    /// ## Stays silent
    ///
    /// The dateline says "October 29, 2023" and the original URL contains `/2023/10/30/`: it can be
    /// the same moment in two time zones.
    ///
    /// ## How to silence it
    ///
    /// Correct the claim that is wrong, state the right date with `--article-date`, or run with
    /// `--ignore article-date-conflict`.
    RULE {
        id: "article-date-conflict",
        summary: "the article's own claims about its publication cannot all be true",
        level: Error,
        needs: &[],
        supersedes: &[],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    conflict(case).map(|(trusted, doubted)| finding(case, trusted, doubted)).into_iter().collect()
}

/// The claim that is trusted most and the strongest one that it cannot be reconciled with. What
/// the user states is no claim of the article's, and neither is what its neighbours' numbers say.
fn conflict(case: &Case) -> Option<(&Claim, &Claim)> {
    let stated = |claim: &&Claim| claim.confidence >= Confidence::Medium && !is_foreign(claim);
    let claims: Vec<&Claim> = case.dating.about(Event::Published).filter(stated).collect();
    let conclusion = case.dating.published.as_ref()?.when;
    let trusted = *claims.iter().find(|claim| claim.when.overlaps(conclusion))?;
    // Times are compared by their days: systems disagree about zones, and by minutes.
    let day = |claim: &Claim| claim.date.to_day_precision().when();
    // Two of one kind conflict only if both are sure: a text prints many dates.
    let sure = |claim: &Claim| {
        claim.source != trusted.source
            || claim.confidence.min(trusted.confidence) == Confidence::High
    };
    let apart = claims.iter().filter(|claim| sure(claim) && !day(claim).overlaps(day(trusted)));
    apart.max_by_key(|claim| claim.confidence).map(|doubted| (trusted, *doubted))
}

/// Whether a claim is one of the page's own publication and can be no other day: a printed
/// dateline counts where no author has stated the day above the text or in the file's name.
fn is_strong(claim: &Claim, case: &Case) -> bool {
    let states =
        |claim: &Claim| matches!(claim.source.standing(), Standing::Header | Standing::FileName);
    match claim.source.standing() {
        Standing::Own | Standing::Header => true,
        Standing::Dateline => !case.dating.about(Event::Published).any(states),
        Standing::FileName | Standing::Open => false,
    }
}

fn is_foreign(claim: &Claim) -> bool {
    matches!(claim.source.speaker(), Speaker::Provider | Speaker::Program)
}

fn finding(case: &Case, trusted: &Claim, doubted: &Claim) -> Finding {
    let message = format!(
        "this article claims two publication dates that cannot both be true: {one} says {first}, \
         {other} says {second}, {distance} apart.",
        one = phrase::place_in_article(trusted, &case.extract),
        first = phrase::date(trusted.date),
        other = phrase::place_in_article(doubted, &case.extract),
        second = phrase::date(doubted.date),
        distance = phrase::distance(trusted.date, doubted.date),
    );
    let help = format!(
        "{} is likelier, being better supported; correct the other, or state the date with \
         --article-date",
        phrase::date(trusted.date)
    );
    let sure =
        is_strong(trusted, case) && is_strong(doubted, case) && trusted.source != doubted.source;
    let own = case.extract.links.iter().find(|link| {
        link.role.is_own_address() && doubted.span.is_some_and(|span| link.span.contains(span))
    });
    Finding {
        title: format!(
            "the article is dated both {} and {}",
            trusted.date.to_day_precision(),
            doubted.date.to_day_precision()
        ),
        url: own.and_then(|link| link.url()).map(without_secrets),
        level: if sure { RULE.level } else { Level::Note },
        confidence: if sure { trusted.confidence.min(doubted.confidence) } else { Confidence::Low },
        because: vec![trusted.clone(), doubted.clone()],
        ..on_article(&RULE, doubted.span.or(trusted.span), message, help)
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::{Case, Event};

    pub(crate) fn fires() -> Case {
        Sample::article("2023-10-29").claimed(Event::Published, "2024-12-02", "url-path").case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::article("2023-10-29").claimed(Event::Published, "2023-10-30", "url-path").case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn a_change_is_no_conflict() {
        let case = Sample::article("2018-05-25").modified("2025-10-17").case();
        assert_eq!(check(&case, &Tuning::default()), []);
    }

    #[test]
    fn what_a_text_prints_does_not_convict_what_its_author_states() {
        let shown = |source| {
            let sample = Sample::undated().claimed(Event::Published, "2018-05-25", source);
            let mut case = sample.claimed(Event::Published, "2018-07-31", "dateline").case();
            let claim = case.dating.claims[0].clone();
            case.dating.published = Some(super::super::sample::conclusion(&claim));
            check(&case, &Tuning::default())
                .into_iter()
                .map(|found| (found.level, found.confidence))
                .collect::<Vec<_>>()
        };
        assert_eq!(shown("front-matter"), [(Level::Note, Confidence::Low)]);
        assert_eq!(shown("file-name"), [(Level::Note, Confidence::Low)]);
        assert_eq!(shown("url-path"), [(Level::Error, Confidence::High)]);
        // A draft bears the day on which it was begun.
        let case =
            Sample::article("2018-05-25").claimed(Event::Published, "2018-04-02", "file-name");
        assert_eq!(check(&case.case(), &Tuning::default())[0].level, Level::Note);
    }

    #[test]
    fn coarse_claims_that_contain_the_day_agree() {
        let case = Sample::article("2018-05-25").claimed(Event::Published, "2018", "meta").case();
        assert_eq!(check(&case, &Tuning::default()), []);
    }
}

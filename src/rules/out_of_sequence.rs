//! `out-of-sequence`: the article's day does not fit the numbers of its neighbours.

use jiff::civil::Date;

use crate::address::numbered::numbered;
use crate::address::site_clock;
use crate::model::{
    Around, Case, Claim, Confidence, Finding, Level, PartialDate, SiteClock, Tuning, When,
};

use super::support::article::{publication, supporting};
use super::support::finding::on_article;
use super::support::phrase::{self, counted};

declare_rule! {
    /// ## What it finds
    ///
    /// An article whose stated day lies far from the days of the articles that its own site numbered
    /// before and after it. It needs a file of clocks (`--clocks FILE`) that `dateline clocks learn`
    /// made from the rows of earlier audits: for each site and shape of address, how the number in
    /// the address grows with the days.
    ///
    /// ## Why it matters
    ///
    /// A publishing system counts its articles in the order in which they are made, and nobody types
    /// that number. An article that is dated years before its neighbours was backdated; one that is
    /// dated years after them was redated, or waited.
    ///
    /// ## Fires
    ///
    /// An article at `…/putin-and-macron-agree-a61572` that is dated 2015, where `a61571` and `a61573`
    /// are of May 2018. It is an error where a hundred articles on either side agree with the curve
    /// and lie within a month, and a note elsewhere; an article that is dated after its neighbours is
    /// always a note.
    ///
    /// ## Stays silent
    ///
    /// Up to two weeks before what the neighbours allow and three months after it, on sites whose
    /// numbers do not follow their days, and without clocks.
    ///
    /// ## How to silence it
    ///
    /// Learn the clocks anew where the site was moved, or run with `--ignore out-of-sequence`.
    RULE {
        id: "out-of-sequence",
        summary: "the article's day does not fit the numbers of its neighbours on its own site",
        level: Note,
        needs: &[],
        supersedes: &[],
        check: check,
    }
}

/// So many days may lie between what the neighbours allow and what is stated before: a piece is put in
/// late.
const PUT_IN_LATE: i64 = 14;
/// And after: a piece waits for its day.
const WAITED: i64 = 90;
/// So many neighbours, half of them on either side, make a curve dense where they lie within a month.
const MANY: u32 = 200;
const MONTH: i32 = 31;
/// Where more than one in so many around it breaks the order, it is one of a batch that was put in
/// again.
const FEW: u32 = 10;

fn check(case: &Case, tuning: &Tuning) -> Vec<Finding> {
    finding(case, tuning).into_iter().collect()
}

fn finding(case: &Case, tuning: &Tuning) -> Option<Finding> {
    let clocks = tuning.clocks.as_deref()?;
    let own = case.own_address()?;
    let found = numbered(own)?;
    let clock = clocks.of(&found.site, &found.shape)?;
    let around = clock.around(found.number)?;
    let claim = site_clock::claim(clocks, own)?;
    let edit = publication(case)?;
    let conclusion = edit.conclusion;
    let speaks = conclusion.confidence >= Confidence::Medium && conclusion.source != claim.source;
    let is_earlier = edit.when().certainly_before(claim.when);
    let excused = if is_earlier { PUT_IN_LATE } else { WAITED };
    if !speaks || days_apart(edit.when(), claim.when) <= excused {
        return None;
    }
    let agreeing = dense(clock, found.number, edit.when()).filter(|_| is_earlier);
    let (level, confidence) = match agreeing {
        Some(_) => (Level::Error, conclusion.confidence),
        None => (RULE.level, conclusion.confidence.min(Confidence::Medium)),
    };
    let places: Vec<String> = supporting(case, edit)
        .into_iter()
        .map(|support| phrase::place_in_article(support, &case.extract))
        .collect();
    let message = format!(
        "this article was published {stated}{by}, but the number {number} in its address is one that \
         {site} gave out {expected}: {distance}.{many}",
        stated = phrase::on(conclusion.date),
        by = phrase::according_to(&places),
        number = found.number,
        site = found.site,
        expected = days(around),
        distance = distance(conclusion.date, around, is_earlier),
        many = agreeing.map_or_else(String::new, |count| {
            format!(" {} around it agree.", counted(count, "dated number"))
        }),
    );
    let help = if is_earlier {
        "it was backdated, or is an old piece that the site put in again; a web-archive capture from \
         before those days would decide"
    } else {
        "it was redated, or waited before it came out; a web-archive capture from between would decide"
    };
    let mut because: Vec<Claim> = supporting(case, edit).into_iter().cloned().collect();
    because.push(claim);
    Some(Finding {
        level,
        confidence,
        title: "the article's day does not fit its number".to_owned(),
        because,
        ..on_article(&RULE, None, message, help)
    })
}

/// `between May 23, 2018 and May 27, 2018`
fn days(around: Around) -> String {
    let day = |day: Date| day.strftime("%B %-d, %Y").to_string();
    match around.latest {
        Some(latest) => format!("between {} and {}", day(around.earliest), day(latest)),
        None => format!("on or after {}", day(around.earliest)),
    }
}

fn distance(stated: PartialDate, around: Around, is_earlier: bool) -> String {
    let nearest = if is_earlier { Some(around.earliest) } else { around.latest };
    let day = PartialDate::Day(nearest.unwrap_or(around.earliest));
    let apart = phrase::distance(stated, day);
    format!("{apart} {}", if is_earlier { "later" } else { "earlier" })
}

/// How many whole days lie between two intervals.
fn days_apart(one: When, other: When) -> i64 {
    const DAY: i64 = 24 * 3600;
    let between = |early: When, late: When| {
        late.earliest.as_second().saturating_sub(early.before.as_second()) / DAY
    };
    between(one, other).max(between(other, one)).max(0)
}

/// How many neighbours agree, where they are many, lie close together and leave no room for what is
/// stated.
fn dense(clock: &SiteClock, number: u64, stated: When) -> Option<u32> {
    let found = clock.neighbours(number, MANY)?;
    let day = |day: Date| PartialDate::Day(day).when();
    let span = When::new(day(found.earliest).earliest, day(found.latest).before)?;
    let is_close = found.earliest.until(found.latest).is_ok_and(|span| span.get_days() <= MONTH);
    let is_many = found.count >= MANY && found.breaks.saturating_mul(FEW) <= found.count;
    (is_many && is_close && days_apart(stated, span) > PUT_IN_LATE).then_some(found.count)
}

#[cfg(test)]
pub(super) mod samples {
    use std::sync::Arc;

    use jiff::ToSpan;
    use jiff::civil::date;

    use super::super::sample::Sample;
    use crate::model::{Case, SiteClock, SiteClocks, Step, Tuning};

    /// The clock of a site that numbers so many articles a day, beside so many that break the order.
    pub(crate) fn tuning_of(articles: u32, breaks: u32) -> Tuning {
        let steps = (0..400_u32).map(|day| Step {
            first: 60_000 + 10 * u64::from(day),
            last: 60_009 + 10 * u64::from(day),
            day: date(2018, 1, 1).saturating_add(i64::from(day).days()),
            points: articles,
            breaks,
        });
        let clock = SiteClock {
            site: "counted.example".to_owned(),
            shape: "/0/0/0/-a#.".to_owned(),
            points: 400 * articles,
            breaks: 400 * breaks,
            early: 1,
            late: 1,
            steps: steps.collect(),
        };
        let clocks = SiteClocks { schema: SiteClocks::SCHEMA, clocks: vec![clock] };
        Tuning { clocks: Some(Arc::new(clocks)), ..Tuning::default() }
    }

    pub(crate) fn tuning() -> Tuning {
        tuning_of(2, 0)
    }

    pub(crate) fn article(published: &str) -> Case {
        Sample::article(published)
            .url("https://www.counted.example/2018/05/25/some-words-a61440")
            .case()
    }

    pub(crate) fn fires() -> Case {
        article("2015-05-25")
    }

    pub(crate) fn near_miss() -> Case {
        article("2018-08-20")
    }
}

#[cfg(test)]
mod tests {
    use super::samples::{article, tuning_of};
    use super::*;

    #[track_caller]
    fn assert_level(
        published: &str,
        (articles, breaks): (u32, u32),
        expected: Option<(Level, Confidence)>,
    ) {
        let found = check(&article(published), &tuning_of(articles, breaks));
        let levels: Vec<_> = found.iter().map(|found| (found.level, found.confidence)).collect();
        assert_eq!(levels, expected.into_iter().collect::<Vec<_>>(), "{published}");
    }

    #[test]
    fn only_what_lies_far_before_many_neighbours_is_an_error() {
        let (error, note) = ((Level::Error, Confidence::High), (Level::Note, Confidence::Medium));
        assert_level("2015-05-25", (10, 0), Some(error));
        // Few neighbours, and such as do not agree.
        assert_level("2015-05-25", (2, 0), Some(note));
        assert_level("2015-05-25", (10, 2), Some(note));
        // After them, and just before.
        assert_level("2019-05-25", (10, 0), Some(note));
        assert_level("2018-05-01", (10, 0), Some(note));
        assert_level("2018-05-14", (10, 0), None);
        assert_level("2018-08-20", (10, 0), None);
    }

    #[test]
    fn without_a_clock_for_the_address_nothing_is_said() {
        assert_eq!(check(&samples::fires(), &Tuning::default()), []);
        let mut case = samples::fires();
        case.article.url = "https://www.counted.example/2018/05/25/some-words".parse().ok();
        assert_eq!(check(&case, &samples::tuning()), []);
    }

    #[test]
    fn a_level_that_is_configured_holds_for_errors_too() {
        let mut tuning = tuning_of(10, 0);
        tuning.levels.insert(RULE.id.to_owned(), Level::Warning);
        let found = super::super::judge(&samples::fires(), &[&RULE], &tuning);
        assert_eq!(found[0].level, Level::Warning);
    }
}

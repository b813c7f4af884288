//! What the numbers of its neighbours say about an address, by a clock that was learnt from its site.
//!
//! It is no evidence of a document, which holds no other document's number; so it is not collected
//! but added, and decides only where nothing else says when.

use url::Url;

use crate::address::numbered::numbered;
use crate::model::{
    Claim, Conclusion, Confidence, Dating, Event, PartialDate, SiteClocks, Source, SourceInfo,
    Speaker, Standing,
};

/// The kind of evidence that a learnt clock is, as claims name it.
pub(crate) const SOURCE: Source = Source::known(&SourceInfo {
    name: "site-clock",
    label: "site clock",
    phrase: "place among its site's numbers,",
    speaker: Speaker::Program,
    standing: Standing::Open,
});

/// What the numbers of an address's neighbours say about its day, if there is a clock for it.
#[must_use]
pub(crate) fn claim(clocks: &SiteClocks, url: &Url) -> Option<Claim> {
    read(clocks, url).map(|(claim, _)| claim)
}

/// The claim, and the date that holds all of its days, if one does.
fn read(clocks: &SiteClocks, url: &Url) -> Option<(Claim, Option<PartialDate>)> {
    /// A claim wider than this many days is a doubtful one.
    const NARROW: i32 = 31;
    if clocks.clocks.is_empty() {
        return None;
    }
    let found = numbered(url)?;
    let around = clocks.of(&found.site, &found.shape)?.around(found.number)?;
    let width = around.latest.and_then(|latest| around.earliest.until(latest).ok());
    let is_narrow = width.is_some_and(|width| width.get_days() <= NARROW);
    let confidence = if is_narrow { Confidence::Medium } else { Confidence::Low };
    let quote = found.number.to_string();
    let claim = Claim::new(Event::Published, around.date(), SOURCE, confidence, quote);
    Some((Claim { when: around.when()?, ..claim }, around.covering()))
}

/// Adds what the neighbours' numbers say to what is known of an article; where nothing else says
/// when it came out, that is the conclusion.
pub(crate) fn add(dating: &mut Dating, clocks: &SiteClocks, url: &Url) {
    let Some((claim, covering)) = read(clocks, url) else { return };
    if let Some(date) = covering.filter(|_| dating.published.is_none()) {
        let reason = format!(
            "Its site gave the number {} in its address out then, between those of articles whose \
             days are known; nothing else says when.",
            claim.quote
        );
        dating.published = Some(Conclusion {
            date,
            when: claim.when,
            source: claim.source.clone(),
            confidence: claim.confidence,
            reasons: vec![reason],
        });
    }
    dating.claims.push(claim);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{SiteClock, Step};

    fn clocks(spread: u16) -> SiteClocks {
        let step = |first, last, month, day| Step {
            first,
            last,
            day: jiff::civil::date(2018, month, day),
            points: 10,
            breaks: 0,
        };
        let clock = SiteClock {
            site: "a.example".to_owned(),
            shape: "/-#.".to_owned(),
            points: 40,
            breaks: 0,
            early: spread,
            late: spread,
            steps: vec![
                step(60_000, 60_009, 5, 22),
                step(60_010, 60_019, 5, 24),
                step(60_100, 60_109, 12, 30),
            ],
        };
        SiteClocks { schema: SiteClocks::SCHEMA, clocks: vec![clock] }
    }

    fn dated(number: u32, spread: u16) -> Dating {
        let url = Url::parse(&format!("https://www.a.example/words-{number}"));
        let mut dating = Dating::default();
        add(&mut dating, &clocks(spread), &url.expect("an address"));
        dating
    }

    #[test]
    fn an_undated_article_is_dated_by_its_number() {
        for (number, spread, date, confidence) in [
            (60_015, 1, "2018-W21", Confidence::Medium),
            (60_015, 0, "2018-05-24", Confidence::Medium),
            (60_050, 1, "2018", Confidence::Low),
        ] {
            let dating = dated(number, spread);
            let published = dating.published.expect("a conclusion");
            assert_eq!(published.source, SOURCE);
            assert_eq!(published.date.to_string(), date);
            assert_eq!(published.confidence, confidence);
            assert_eq!(dating.claims.len(), 1);
        }
    }

    #[test]
    fn days_of_two_years_and_days_without_an_end_conclude_nothing() {
        let dating = dated(60_105, 5);
        assert_eq!((dating.published, dating.claims.len()), (None, 1));
        let dating = dated(60_110, 1);
        assert!(dating.claims[0].when.is_open());
        assert_eq!(dating.published, None);
        assert_eq!(dated(1_000, 1), Dating::default());
    }

    #[test]
    fn what_is_said_otherwise_stands() {
        let mut dating = dated(60_015, 1);
        let url = Url::parse("https://a.example/words-60005").expect("an address");
        add(&mut dating, &clocks(1), &url);
        assert_eq!(dating.claims.len(), 2);
        assert_eq!(dating.published.expect("a conclusion").date.to_string(), "2018-W21");
    }
}

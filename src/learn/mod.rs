//! Learns the clocks of sites from finished runs: numbers in addresses whose days are certain, and
//! the curve that never falls and lies nearest to them.

mod curve;
mod isotonic;

use std::collections::BTreeMap;

use jiff::civil::Date;
use url::Url;

use crate::address::day::date_in_url;
use crate::address::numbered::numbered;
use crate::address::site_clock;
use crate::model::{Conclusion, Confidence, Judged, SiteClocks};

/// A clock is learnt from no fewer points.
const FEWEST: usize = 30;
/// And from no more: of more a share is taken.
const MOST: usize = 20_000;
/// So many points are kept in memory at most.
const MOST_IN_ALL: usize = 8_000_000;

/// Takes dated numbers in, and makes the curves of them.
#[derive(Debug, Default)]
pub struct Learner {
    points: BTreeMap<(String, String), Points>,
    kept: usize,
    left_out: usize,
}

/// What was learnt, and of how many shapes of addresses nothing could be.
#[derive(Debug)]
pub struct Learnt {
    /// The clocks.
    pub clocks: SiteClocks,
    /// The shapes with enough points whose order does not hold.
    pub refused: usize,
    /// The shapes with too few points.
    pub scarce: usize,
    /// The points for which there was no room.
    pub left_out: usize,
}

impl Learner {
    /// The article and the links of one document whose days are certain.
    pub fn add(&mut self, judged: &Judged) {
        let case = &judged.case;
        if let (Some(url), Some(published)) = (case.own_address(), &case.dating.published) {
            self.add_dated(url, certain_day(published));
        }
        for checked in case.links() {
            let Some(url) = checked.link.url() else { continue };
            let outcome = checked.status.outcome();
            let page = outcome.and_then(|outcome| outcome.result.as_ref().ok());
            let published = page.and_then(|page| page.dating.published.as_ref());
            self.add_dated(url, published.and_then(certain_day).or_else(|| day_in_address(url)));
        }
    }

    /// A number whose day is known; the first day that is told of a number counts.
    fn add_dated(&mut self, url: &Url, day: Option<Date>) {
        let (Some(day), Some(found)) = (day.and_then(curve::count), numbered(url)) else { return };
        let key = (found.site, found.shape);
        if self.kept >= MOST_IN_ALL && !self.points.contains_key(&key) {
            self.left_out += 1;
            return;
        }
        let points = self.points.entry(key).or_default();
        let before = points.days.len();
        points.add(found.number, day);
        self.kept = self.kept + points.days.len() - before;
    }

    /// The curves.
    #[must_use]
    pub fn finish(self) -> Learnt {
        let clocks = SiteClocks { schema: SiteClocks::SCHEMA, clocks: Vec::new() };
        let mut learnt = Learnt { clocks, refused: 0, scarce: 0, left_out: self.left_out };
        for ((site, shape), points) in self.points {
            if points.days.len() < FEWEST {
                learnt.scarce += 1;
                continue;
            }
            match curve::clock(site, shape, &points.days) {
                Some(clock) => learnt.clocks.clocks.push(clock),
                None => learnt.refused += 1,
            }
        }
        learnt
    }
}

/// The dated numbers of one shape.
#[derive(Debug, Default)]
struct Points {
    days: BTreeMap<u64, i32>,
    /// Of all numbers only that share is taken: one in two to this power.
    share: u32,
}

impl Points {
    /// Where there are too many, half of them go, wherever they lie on the curve and in whatever order
    /// they come.
    fn add(&mut self, number: u64, day: i32) {
        if !is_in(number, self.share) {
            return;
        }
        self.days.entry(number).or_insert(day);
        while self.days.len() > MOST {
            self.share += 1;
            let share = self.share;
            self.days.retain(|&number, _| is_in(number, share));
        }
    }
}

fn is_in(number: u64, share: u32) -> bool {
    // The odd number nearest to the golden ratio's share of 2^64 scatters neighbours.
    const SCATTER: u64 = 0x9e37_79b9_7f4a_7c15;
    number.wrapping_mul(SCATTER).leading_zeros() >= share
}

fn certain_day(published: &Conclusion) -> Option<Date> {
    let is_certain =
        published.confidence == Confidence::High && published.source != site_clock::SOURCE;
    published.date.as_day().filter(|_| is_certain)
}

fn day_in_address(url: &Url) -> Option<Date> {
    let claim = date_in_url(url).filter(|claim| claim.confidence == Confidence::High)?;
    claim.date.as_day()
}

#[cfg(test)]
mod tests;

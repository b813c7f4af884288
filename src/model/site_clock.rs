//! Clocks that were learnt from sites: the numbers in their addresses against their days.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::{PartialDate, When};

/// The clocks of all sites, as a file holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteClocks {
    /// The version of the file's form.
    pub schema: u32,
    /// In the order of their sites and shapes, each pair once.
    pub clocks: Vec<SiteClock>,
}

/// How the numbers of one site's addresses of one shape grow with the days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteClock {
    /// The host, without `www`.
    pub site: String,
    /// The shape of the addresses, `#` for the number.
    pub shape: String,
    /// How many dated numbers it was learnt from.
    pub points: u32,
    /// How many of these break the order, and are left out of the curve.
    pub breaks: u32,
    /// How many days a number's own day lies at most before what its neighbours allow.
    pub early: u16,
    /// How many days it lies at most after that: a piece gets its number and waits.
    pub late: u16,
    /// The steps of the curve, in the order of their numbers and days.
    pub steps: Vec<Step>,
}

/// Numbers that were given out on one day, as far as the curve knows. In the file it is a list of its
/// fields, since there are many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "(u64, u64, Date, u32, u32)", from = "(u64, u64, Date, u32, u32)")]
pub struct Step {
    /// The smallest of them.
    pub first: u64,
    /// The largest.
    pub last: u64,
    /// The day.
    pub day: Date,
    /// How many points it stands for.
    pub points: u32,
    /// How many points among these, or right before them, break the order.
    pub breaks: u32,
}

impl From<Step> for (u64, u64, Date, u32, u32) {
    fn from(Step { first, last, day, points, breaks }: Step) -> Self {
        (first, last, day, points, breaks)
    }
}

impl From<(u64, u64, Date, u32, u32)> for Step {
    fn from((first, last, day, points, breaks): (u64, u64, Date, u32, u32)) -> Self {
        Self { first, last, day, points, breaks }
    }
}

/// The days that a number's neighbours allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Around {
    /// The first.
    pub earliest: Date,
    /// The last; none beyond the largest number that is known.
    pub latest: Option<Date>,
}

/// The nearest points on both sides of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbours {
    /// How many keep the order.
    pub count: u32,
    /// How many beside them break it.
    pub breaks: u32,
    /// The day of the first of them.
    pub earliest: Date,
    /// The day of the last.
    pub latest: Date,
}

impl SiteClocks {
    /// The version that this program reads and writes.
    pub const SCHEMA: u32 = 1;

    /// The clock of a site's addresses of that shape.
    #[must_use]
    pub fn of(&self, site: &str, shape: &str) -> Option<&SiteClock> {
        let at = self.clocks.binary_search_by(|clock| clock.key().cmp(&(site, shape))).ok()?;
        self.clocks.get(at)
    }

    /// What makes it no set of clocks, if anything does: whoever reads one from a file must ask, for
    /// nothing else looks again.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        if self.schema != Self::SCHEMA {
            return Some(format!(
                "its schema is {}, this version reads {}",
                self.schema,
                Self::SCHEMA
            ));
        }
        let twice = self.clocks.windows(2).find_map(|pair| match pair {
            [one, other] if one.key() >= other.key() => Some(other),
            _ => None,
        });
        if let Some(clock) = twice {
            return Some(format!("{} is not in the order of sites and shapes", clock.name()));
        }
        let broken = self.clocks.iter().find(|clock| !clock.is_in_order())?;
        Some(format!("the numbers or days of {} are not in their order", broken.name()))
    }
}

impl SiteClock {
    fn key(&self) -> (&str, &str) {
        (&self.site, &self.shape)
    }

    fn name(&self) -> String {
        format!("`{}{}`", self.site, self.shape)
    }

    fn is_in_order(&self) -> bool {
        let is_step = |step: &Step| step.first <= step.last;
        let grows = |pair: &[Step]| match pair {
            [one, other] => one.last < other.first && one.day <= other.day,
            _ => true,
        };
        !self.steps.is_empty() && self.steps.iter().all(is_step) && self.steps.windows(2).all(grows)
    }

    /// The days that the numbers on either side allow, with the clock's slack around them.
    #[must_use]
    pub fn around(&self, number: u64) -> Option<Around> {
        let at = self.steps.partition_point(|step| step.first <= number);
        let below = self.steps.get(at.checked_sub(1)?)?;
        let latest = match self.steps.get(at) {
            _ if number <= below.last => Some(below.day),
            Some(above) => Some(above.day),
            None => {
                // Far beyond what is known the number may be another thing's.
                let known = below.last.saturating_sub(self.steps.first()?.first);
                if number - below.last > known / 4 {
                    return None;
                }
                None
            }
        };
        let (early, late) = (i64::from(self.early).days(), i64::from(self.late).days());
        Some(Around {
            earliest: below.day.saturating_sub(early),
            latest: latest.map(|day| day.saturating_add(late)),
        })
    }

    /// The nearest points on either side, half of `wanted` on each if there are so many.
    #[must_use]
    pub fn neighbours(&self, number: u64, wanted: u32) -> Option<Neighbours> {
        let at = self.steps.partition_point(|step| step.first <= number);
        let (below, above) = self.steps.split_at_checked(at)?;
        let half = |steps: &mut dyn Iterator<Item = &Step>| {
            let (mut count, mut breaks, mut day) = (0_u32, 0_u32, None);
            for step in steps {
                if count >= wanted / 2 {
                    break;
                }
                count = count.saturating_add(step.points);
                breaks = breaks.saturating_add(step.breaks);
                day = Some(step.day);
            }
            Some((count, breaks, day?))
        };
        let (before, breaks_before, earliest) = half(&mut below.iter().rev())?;
        let (after, breaks_after, latest) = half(&mut above.iter())?;
        Some(Neighbours {
            count: before.saturating_add(after),
            breaks: breaks_before.saturating_add(breaks_after),
            earliest,
            latest,
        })
    }
}

impl Around {
    /// The instants of those days in any zone.
    #[must_use]
    pub fn when(self) -> Option<When> {
        let earliest = PartialDate::Day(self.earliest).when().earliest;
        let before = self.latest.map_or(Timestamp::MAX, |day| PartialDate::Day(day).when().before);
        When::new(earliest, before)
    }

    /// The day, week, month or year that holds all of them. Where two years share them there is none,
    /// and the month in which half of them are over stands for them; beyond the last number, the
    /// first day.
    #[must_use]
    pub fn date(self) -> PartialDate {
        self.covering().unwrap_or_else(|| match self.latest {
            None => PartialDate::Day(self.earliest),
            Some(last) => {
                let half = self.earliest.until(last).map_or(0, |span| span.get_days() / 2);
                let middle = self.earliest.saturating_add(i64::from(half).days());
                PartialDate::Month(middle.first_of_month())
            }
        })
    }

    /// The day, week, month or year that holds all of them, if one does.
    #[must_use]
    pub fn covering(self) -> Option<PartialDate> {
        PartialDate::covering(self.earliest, self.latest?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn step(first: u64, last: u64, day: i8) -> Step {
        Step { first, last, day: jiff::civil::date(2018, 5, day), points: 10, breaks: 1 }
    }

    fn clock(steps: Vec<Step>) -> SiteClock {
        let (site, shape) = ("a.example".to_owned(), "/-#.".to_owned());
        SiteClock { site, shape, points: 100, breaks: 0, early: 1, late: 2, steps }
    }

    fn around(number: u64) -> Option<(String, Option<String>)> {
        let clock =
            clock(vec![step(1_000, 1_009, 2), step(1_020, 1_029, 12), step(1_100, 1_100, 22)]);
        let found = clock.around(number)?;
        Some((found.earliest.to_string(), found.latest.map(|day| day.to_string())))
    }

    #[test]
    fn a_number_lies_between_the_days_of_its_neighbours() {
        let days = |first: &str, last: &str| {
            Some((format!("2018-05-{first}"), Some(format!("2018-05-{last}"))))
        };
        assert_eq!(around(1_005), days("01", "04"));
        assert_eq!(around(1_015), days("01", "14"));
        assert_eq!(around(1_060), days("11", "24"));
        assert_eq!(around(1_120), Some(("2018-05-21".to_owned(), None)));
        assert_eq!(around(1_126), None, "far beyond the last number");
        assert_eq!(around(999), None, "before the first");
    }

    #[test]
    fn neighbours_are_counted_on_either_side() {
        let clock = clock((0..20_u8).map(|n| step(u64::from(n), u64::from(n), 1)).collect());
        let found = clock.neighbours(10, 100).expect("neighbours");
        assert_eq!((found.count, found.breaks), (100, 10));
        assert_eq!(clock.neighbours(1, 100).expect("neighbours").count, 70);
        assert_eq!(clock.neighbours(30, 100), None);
    }

    #[test]
    fn what_is_no_set_of_clocks_is_said() {
        let problem = |clocks: Vec<SiteClock>| SiteClocks { schema: 1, clocks }.problem();
        let fine = clock(vec![step(1, 2, 1), step(3, 3, 1)]);
        assert_eq!(problem(vec![fine.clone()]), None);
        for (clocks, said) in [
            (vec![fine.clone(), fine], "not in the order of sites"),
            (vec![clock(Vec::new())], "not in their order"),
            (vec![clock(vec![step(2, 1, 1)])], "not in their order"),
            (vec![clock(vec![step(1, 3, 1), step(3, 4, 2)])], "not in their order"),
            (vec![clock(vec![step(1, 1, 2), step(2, 2, 1)])], "not in their order"),
        ] {
            let found = problem(clocks).expect(said);
            assert!(found.contains(said), "{found}");
        }
        let other = SiteClocks { schema: 2, clocks: Vec::new() }.problem();
        assert_eq!(other.as_deref(), Some("its schema is 2, this version reads 1"));
    }

    proptest! {
        #[test]
        fn no_clock_panics(
            steps in proptest::collection::vec((any::<u64>(), any::<u64>(), -9_999_i16..9_999, any::<u32>(), any::<u32>()), 0..6),
            (number, early, late, wanted) in (any::<u64>(), any::<u16>(), any::<u16>(), any::<u32>()),
        ) {
            let step = |(first, last, year, points, breaks)| {
                Step { first, last, day: jiff::civil::date(year, 1, 1), points, breaks }
            };
            let clock = SiteClock { early, late, ..clock(steps.into_iter().map(step).collect()) };
            let _ = clock.neighbours(number, wanted);
            if let Some(around) = clock.around(number) {
                let _ = (around.when(), around.date());
            }
        }
    }
}

//! The picture of the whole run: each article's day against the day of what it links to. What lies
//! above the diagonal is newer than its article.
//!
//! Links that fit are many; they are counted by cells that grow with their number, so that memory
//! and picture stay bounded.

use std::collections::HashMap;
use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::axis::{Axis, Tick, percent, place};
use super::gaps::Gap;
use super::sides::is_excused;
use crate::model::When;
use crate::report::words::{count, grouped};

/// How many cells of one kind are told apart.
const MOST_CELLS: usize = 5_000;
/// How many intervals are drawn as bars.
const MOST_BARS: usize = 400;
/// A bar narrower than its dot is not drawn, in thousandths.
const LEAST_BAR: f64 = 9.0;
const SIDE: f64 = super::axis::WIDTH;

/// What is gathered while documents come.
#[derive(Default)]
pub(super) struct Points {
    late: Cells,
    excused: Cells,
    fitting: Cells,
    bars: Vec<(When, When, bool)>,
}

/// Points by day of the article and day of the target, as many to a cell as it takes.
#[derive(Default)]
struct Cells {
    /// A cell is two to the power of this many days wide.
    grain: u32,
    counts: HashMap<(i32, i32), u32>,
}

/// The picture.
pub(super) struct Plot {
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) ticks: Vec<Tick>,
    pub(super) grid: String,
    /// Few, more and many links that fit in one place.
    pub(super) fitting: [String; 3],
    pub(super) excused: String,
    pub(super) excused_bars: String,
    pub(super) late: String,
    pub(super) late_bars: String,
    pub(super) widest: Option<Widest>,
    pub(super) words: String,
    /// What is drawn, for the legend: links that are newer, excused, that fit.
    pub(super) numbers: [String; 3],
}

/// The widest gap, drawn from the diagonal to its point.
pub(super) struct Widest {
    pub(super) path: String,
    pub(super) x: String,
    pub(super) y: String,
    /// Which end of its label stands at `x`, and how far beside.
    pub(super) anchor: &'static str,
    pub(super) aside: i8,
    pub(super) label: String,
    pub(super) excused: bool,
}

impl Points {
    /// Adds a link that fits.
    pub(super) fn fitting(&mut self, article: Date, target: Date) {
        self.fitting.add(article, target);
    }

    /// Adds a link that is newer than its article.
    pub(super) fn late(&mut self, gap: &Gap) {
        let excused = is_excused(gap.level);
        let cells = if excused { &mut self.excused } else { &mut self.late };
        cells.add(gap.article_day, gap.target_day);
        if self.bars.len() < MOST_BARS && !gap.target_when.is_open() {
            self.bars.push((gap.article_when, gap.target_when, excused));
        }
    }

    /// The picture, or nothing where nothing can be compared.
    pub(super) fn plot(&self, widest: Option<&Gap>, now: Timestamp) -> Option<Plot> {
        let (first, last) = self.span(now)?;
        let (first_day, last_day) = (instant(first)?, instant(last)?);
        let axis = Axis::spanning(first_day, last_day);
        let day = |at: Timestamp| Offset::UTC.to_datetime(at).date();
        let field = Field { axis };
        let numbers = [&self.late, &self.excused, &self.fitting].map(Cells::total);
        Some(Plot {
            first: day(first_day),
            last: day(last_day),
            grid: grid(&axis.ticks()),
            ticks: axis.ticks(),
            fitting: [(1, 3), (3, 12), (12, u32::MAX)].map(|held| field.dots(&self.fitting, held)),
            excused: field.dots(&self.excused, (1, u32::MAX)),
            excused_bars: field.bars(&self.bars, true),
            late: field.dots(&self.late, (1, u32::MAX)),
            late_bars: field.bars(&self.bars, false),
            widest: widest.map(|gap| field.widest(gap)),
            words: words(numbers),
            numbers: numbers.map(grouped),
        })
    }

    /// The days that the picture spans, with some room.
    fn span(&self, now: Timestamp) -> Option<(i32, i32)> {
        let now = i32::try_from(now.as_second().div_euclid(86_400)).ok()?;
        let shown = [self.late.span(0), self.excused.span(0), self.fitting.span(100)];
        let spans = || shown.into_iter().flatten();
        let first = spans().map(|(first, _)| first).min()?;
        let last = spans().map(|(_, last)| last).max()?.min(now + 1_900);
        let first = first.max(now - 60 * 366);
        let room = ((last - first) / 12).max(2);
        Some((first - room, last.max(first) + room))
    }
}

impl Cells {
    fn add(&mut self, article: Date, target: Date) {
        let (Some(x), Some(y)) = (number(article), number(target)) else { return };
        *self.counts.entry((x >> self.grain, y >> self.grain)).or_default() += 1;
        if self.counts.len() > MOST_CELLS {
            self.grain += 1;
            let finer = std::mem::take(&mut self.counts);
            for ((x, y), count) in finer {
                *self.counts.entry((x >> 1, y >> 1)).or_default() += count;
            }
        }
    }

    fn total(&self) -> usize {
        self.counts.values().map(|&count| count as usize).sum()
    }

    /// The first and last day of either kind, but for one in `outliers` at either end, which a far-off
    /// date would press the others together for.
    fn span(&self, outliers: usize) -> Option<(i32, i32)> {
        let days = self.counts.keys().flat_map(|&(x, y)| [x, y]);
        let mut days: Vec<i32> = days.map(|day| day << self.grain).collect();
        days.sort_unstable();
        let left = days.len().checked_div(outliers).unwrap_or(0);
        let last = days.len().checked_sub(1 + left)?;
        Some((*days.get(left)?, *days.get(last)?))
    }
}

/// From days to places.
#[derive(Clone, Copy)]
struct Field {
    axis: Axis,
}

impl Field {
    fn x(self, at: Timestamp) -> f64 {
        self.axis.x(at)
    }

    fn y(self, at: Timestamp) -> f64 {
        SIDE - self.axis.x(at)
    }

    /// A path of points, each a short line with round ends, for one of no length is not drawn where it
    /// is alone. What falls on one place is one.
    fn dots(self, cells: &Cells, (least, below): (u32, u32)) -> String {
        let middle = (1_i64 << cells.grain) * 43_200;
        let at = |day: i32| {
            let second = (i64::from(day) << cells.grain) * 86_400 + middle;
            Timestamp::from_second(second).ok()
        };
        let held = cells.counts.iter().filter(|&(_, &count)| (least..below).contains(&count));
        let mut places: Vec<(String, String)> = held
            .filter_map(|(&(x, y), _)| Some((place(self.x(at(x)?)), place(self.y(at(y)?)))))
            .collect();
        places.sort_unstable();
        places.dedup();
        let mut path = String::new();
        for (x, y) in places {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{x} {y}h.1");
        }
        path
    }

    /// The intervals that are wider than a dot.
    fn bars(self, bars: &[(When, When, bool)], of_excused: bool) -> String {
        let mut path = String::new();
        for (article, target, _) in bars.iter().filter(|(_, _, excused)| *excused == of_excused) {
            let [x1, x2] = [article.earliest, article.before].map(|at| self.x(at));
            let [y1, y2] = [target.earliest, target.before].map(|at| self.y(at));
            let (x, y) = (f64::midpoint(x1, x2), f64::midpoint(y1, y2));
            if x2 - x1 > LEAST_BAR {
                let _ = write!(path, "M{} {}H{}", place(x1), place(y), place(x2));
            }
            if y1 - y2 > LEAST_BAR {
                let _ = write!(path, "M{} {}V{}", place(x), place(y1), place(y2));
            }
        }
        path
    }

    fn widest(self, gap: &Gap) -> Widest {
        let at = |day: Date| number(day).and_then(instant).unwrap_or_default();
        let (x, from) = (self.x(at(gap.article_day)), self.y(at(gap.article_day)));
        let to = self.y(at(gap.target_day));
        let is_left = x < SIDE / 2.0;
        Widest {
            path: format!("M{} {}V{}", place(x), place(from), place(to)),
            x: percent(x),
            y: percent(f64::midpoint(from, to)),
            anchor: if is_left { "start" } else { "end" },
            aside: if is_left { 8 } else { -8 },
            label: gap.apart.clone(),
            excused: is_excused(gap.level),
        }
    }
}

fn grid(ticks: &[Tick]) -> String {
    let mut path = String::new();
    for tick in ticks {
        let y = tick.x.parse::<f64>().map_or(0.0, |x| SIDE - x);
        let _ = write!(path, "M{} 0V1000M0 {}H1000", tick.x, place(y));
    }
    path
}

fn words([late, excused, fitting]: [usize; 3]) -> String {
    format!(
        "Scatter plot of each article’s day against the day of what it links to: {} certainly newer \
         than the article, {} excused, {} in order",
        count(late, "link"),
        count(excused, "newer link"),
        count(fitting, "dated link"),
    )
}

/// The middle of a day.
fn instant(day: i32) -> Option<Timestamp> {
    Timestamp::from_second(i64::from(day) * 86_400 + 43_200).ok()
}

/// Days since 1970.
fn number(day: Date) -> Option<i32> {
    let instant = Offset::UTC.to_timestamp(day.into()).ok()?;
    i32::try_from(instant.as_second().div_euclid(86_400)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    #[test]
    fn memory_and_picture_stay_bounded() {
        let mut cells = Cells::default();
        for number in 0..60_000_i32 {
            cells.add(
                date(2000, 1, 1) + (number % 7_000).days(),
                date(1990, 1, 1) + (number % 9_001).days(),
            );
        }
        assert!(cells.counts.len() <= MOST_CELLS);
        assert_eq!(cells.total(), 60_000);
        let points = Points { fitting: cells, ..Points::default() };
        let plot =
            points.plot(None, "2026-01-01T00:00:00Z".parse().expect("a time")).expect("a plot");
        assert!(plot.fitting.iter().map(String::len).sum::<usize>() < 100_000);
        assert_eq!(plot.numbers, ["0", "0", "60,000"]);
    }

    #[test]
    fn what_is_newer_lies_above_the_diagonal() {
        let field = Field {
            axis: Axis::spanning(instant(0).expect("a day"), instant(1_000).expect("a day")),
        };
        let at = |day| instant(day).expect("a day");
        assert!(field.y(at(600)) < SIDE - field.x(at(300)));
        assert!(field.y(at(100)) > SIDE - field.x(at(300)));
    }

    #[test]
    fn nothing_to_compare_gives_no_picture() {
        let points = Points::default();
        assert!(points.plot(None, Timestamp::UNIX_EPOCH).is_none());
    }
}

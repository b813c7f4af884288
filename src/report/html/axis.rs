//! From instants to places on a time axis that is as long as its evidence.
//!
//! Places are thousandths of the picture's width: pictures are stretched to the room that the page
//! has, and their words stand beside them, unstretched.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

const DAY: f64 = 86_400.0;
const MONTH: f64 = 30.44 * DAY;
/// How wide a picture is.
pub(super) const WIDTH: f64 = 1000.0;
/// What the evidence gets where the axis is broken before now.
const EVIDENCE: f64 = 880.0;
/// Where a broken axis shows now.
const NOW: f64 = 970.0;

/// A linear time axis, broken before the time of judging where that is far from all evidence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    first: f64,
    last: f64,
    /// What the time from `first` to `last` gets.
    width: f64,
    now: f64,
}

/// A line across the axis, with its label where that has room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tick {
    /// Where it stands, in thousandths.
    pub(super) x: String,
    /// The same in percent, and from the other end.
    pub(super) percent: String,
    pub(super) up: String,
    /// The year, the month or the day.
    pub(super) label: Option<String>,
}

impl Axis {
    /// An axis that shows all the instants with some room around, and the time of judging.
    pub(super) fn new(instants: &[Timestamp], now: Timestamp) -> Option<Self> {
        let first = seconds(*instants.iter().min()?);
        let last = seconds(*instants.iter().max()?);
        let now = seconds(now);
        let room = ((last - first) * 0.08).max(DAY / 2.0);
        let (first, last) = (first - room, last + room);
        // The evidence keeps two thirds of the picture at the least.
        let is_near = (first..last + (last - first) * 0.5).contains(&now);
        let (last, width) = if is_near { (last.max(now + room), WIDTH) } else { (last, EVIDENCE) };
        Some(Self { first, last, width, now })
    }

    /// An axis from the first to the last instant, whatever the time of judging.
    pub(super) fn spanning(first: Timestamp, last: Timestamp) -> Self {
        let (first, last) = (seconds(first), seconds(last));
        Self { first, last, width: WIDTH, now: last }
    }

    /// Where an instant stands; what lies outside stands at the end.
    pub(super) fn x(self, instant: Timestamp) -> f64 {
        let share = (seconds(instant) - self.first) / (self.last - self.first);
        self.width * share.clamp(0.0, 1.0)
    }

    /// Where now stands.
    pub(super) fn now(self) -> f64 {
        if self.is_broken() {
            NOW
        } else {
            self.width * (self.now - self.first) / (self.last - self.first)
        }
    }

    /// Whether time is left out before now.
    pub(super) fn is_broken(self) -> bool {
        self.width < WIDTH
    }

    /// Where the evidence ends.
    pub(super) fn end(self) -> f64 {
        self.width
    }

    /// The lines to draw, at round times, few enough for their labels to stand beside each other.
    pub(super) fn ticks(self) -> Vec<Tick> {
        let length = self.last - self.first;
        let fits = |unit: f64, steps: &[i32], most: f64| {
            steps.iter().copied().find(|&step| length / (unit * f64::from(step)) <= most)
        };
        if let Some(step) = fits(DAY, &[1, 2, 5, 10], 4.0) {
            return self.gather(self.days(step));
        }
        if let Some(step) = fits(MONTH, &[1, 2, 3, 6], 5.0) {
            return self.gather(self.months(step));
        }
        let step = fits(12.0 * MONTH, &[1, 2, 5, 10, 20, 50], 11.0).unwrap_or(200);
        self.gather(self.months(12 * step))
    }

    fn gather(self, dates: impl Iterator<Item = (Date, String)>) -> Vec<Tick> {
        const MOST: usize = 12;
        dates.take(MOST).filter_map(|(date, label)| self.tick(date, label)).collect()
    }

    fn days(self, step: i32) -> impl Iterator<Item = (Date, String)> {
        let first = day_of(self.first);
        let dates = first.into_iter().flat_map(move |first| {
            (0..MOST_STEPS)
                .map_while(move |number| first.checked_add((1 + number * step).days()).ok())
        });
        dates.map(|date| (date, date.to_string()))
    }

    fn months(self, step: i32) -> impl Iterator<Item = (Date, String)> {
        let first =
            day_of(self.first).map(|day| i32::from(day.year()) * 12 + i32::from(day.month()) - 1);
        let numbers = first.into_iter().flat_map(move |first| {
            let start = first.div_euclid(step) * step + step;
            (0..MOST_STEPS).map(move |number| start + number * step)
        });
        numbers.map_while(move |month| {
            let year = i16::try_from(month.div_euclid(12)).ok()?;
            let of_year = i8::try_from(month.rem_euclid(12) + 1).ok()?;
            let date = Date::new(year, of_year, 1).ok()?;
            let label = if step < 12 { format!("{year}-{of_year:02}") } else { year.to_string() };
            Some((date, label))
        })
    }

    /// The line of a day, if it lies on the axis; its label is left out where it would stand out of
    /// the picture.
    fn tick(self, date: Date, label: String) -> Option<Tick> {
        let instant = Offset::UTC.to_timestamp(date.into()).ok()?;
        let is_on = (self.first..=self.last).contains(&seconds(instant));
        let x = self.x(instant);
        let room = if label.len() > 4 { 95.0 } else { 45.0 };
        let has_room = (room..=WIDTH - room).contains(&x);
        is_on.then(|| Tick {
            x: place(x),
            percent: percent(x),
            up: percent(WIDTH - x),
            label: has_room.then_some(label),
        })
    }
}

const MOST_STEPS: i32 = 12;

/// A place as it stands in a picture.
pub(super) fn place(x: f64) -> String {
    format!("{x:.0}")
}

/// A place in percent of the picture.
pub(super) fn percent(x: f64) -> String {
    format!("{:.1}", x / 10.0)
}

#[expect(clippy::cast_precision_loss, reason = "a second more or less is no pixel")]
fn seconds(instant: Timestamp) -> f64 {
    instant.as_second() as f64
}

#[expect(clippy::cast_possible_truncation, reason = "seconds of representable time fit")]
fn day_of(second: f64) -> Option<Date> {
    Some(Offset::UTC.to_datetime(Timestamp::from_second(second as i64).ok()?).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("{text}T00:00:00Z").parse().expect("a timestamp")
    }

    fn axis(first: &str, last: &str) -> Axis {
        Axis::new(&[at(first), at(last)], at("2026-01-01")).expect("there are instants")
    }

    fn labels(axis: Axis) -> Vec<String> {
        axis.ticks().into_iter().filter_map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(
            labels(axis("2018-05-25", "2025-10-17")),
            ["2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026"]
        );
        assert_eq!(
            labels(axis("2018-05-25", "2018-09-25")),
            ["2018-06", "2018-07", "2018-08", "2018-09", "2018-10"]
        );
        assert_eq!(
            labels(axis("2018-05-25", "2018-05-31")),
            ["2018-05-27", "2018-05-29", "2018-05-31"]
        );
        assert!(labels(axis("1960-01-01", "2030-01-01")).len() < 10);
    }

    #[test]
    fn labels_have_room_beside_each_other() {
        // Six pixels a character, on a picture of 560 pixels; half of them are hidden on one of 340.
        for days in [1, 2, 3, 5, 6, 9, 14, 30, 45, 90, 200, 400, 1_000, 2_500, 9_000, 20_000] {
            let first = at("1971-03-05");
            let last = first + (24 * days).hours();
            let ticks = Axis::new(&[first, last], at("2026-01-01")).expect("instants").ticks();
            assert!(!ticks.is_empty(), "{days} days");
            let x: Vec<f64> = ticks.iter().map(|tick| tick.x.parse().expect("a number")).collect();
            let widest = ticks.iter().filter_map(|tick| tick.label.as_ref()).map(String::len).max();
            let needed =
                6.6 * widest.map_or(0.0, |length| f64::from(u8::try_from(length).expect("short")));
            for (one, next) in x.iter().zip(x.iter().skip(1)) {
                assert!((next - one) * 0.56 > needed, "{days} days: {x:?}");
                assert!((next - one) * 0.34 * 2.0 > needed, "{days} days, narrow: {x:?}");
            }
        }
    }

    #[test]
    fn earlier_stands_further_left() {
        let axis = axis("2018-05-25", "2026-01-01");
        assert!(axis.x(at("2018-05-25")) < axis.x(at("2025-10-17")));
        assert!(axis.x(at("1990-01-01")) >= 0.0 && axis.x(at("2090-01-01")) <= WIDTH);
    }

    #[test]
    fn evidence_is_never_a_speck() {
        for (first, last) in [
            ("2018-05-25", "2018-05-31"),
            ("1999-01-01", "2003-01-01"),
            ("2025-12-30", "2025-12-31"),
        ] {
            let axis = axis(first, last);
            assert!(axis.x(at(last)) - axis.x(at(first)) > 330.0, "{first} to {last}");
            assert!(axis.now() <= WIDTH && axis.now() >= axis.x(at(last)));
        }
        assert!(axis("2018-05-25", "2018-05-31").is_broken());
        assert!(!axis("2018-05-25", "2025-10-17").is_broken());
    }
}

//! From instants to places on a time axis.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

const DAY: f64 = 86_400.0;

/// A linear time axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    first: f64,
    last: f64,
    left: f64,
    width: f64,
}

/// A labelled line across the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tick {
    /// Where it stands.
    pub(super) x: String,
    /// The year, or the year and month.
    pub(super) label: String,
}

impl Scale {
    /// An axis from `left` on, `width` wide, that shows all the instants with some room around.
    pub(super) fn new(instants: &[Timestamp], left: f64, width: f64) -> Option<Self> {
        let first = seconds(*instants.iter().min()?);
        let last = seconds(*instants.iter().max()?);
        let room = ((last - first) * 0.04).max(20.0 * DAY);
        Some(Self { first: first - room, last: last + room, left, width })
    }

    /// Where an instant stands; what lies outside stands at the end.
    pub(super) fn x(self, instant: Timestamp) -> f64 {
        let share = (seconds(instant) - self.first) / (self.last - self.first);
        self.left + self.width * share.clamp(0.0, 1.0)
    }

    /// At most nine lines at round dates.
    pub(super) fn ticks(self) -> Vec<Tick> {
        const MONTH: f64 = 30.44 * DAY;
        const STEPS: [i32; 10] = [1, 2, 3, 6, 12, 24, 60, 120, 240, 1_200];
        let months = (self.last - self.first) / MONTH;
        let step = STEPS.into_iter().find(|&step| months / f64::from(step) <= 9.0).unwrap_or(1_200);
        let Some(first) = month_of(self.first) else { return Vec::new() };
        let start = first.div_euclid(step) * step + step;
        (0..9)
            .map(|number| start + number * step)
            .map_while(|month| self.tick(month, step))
            .collect()
    }

    fn tick(self, month: i32, step: i32) -> Option<Tick> {
        let year = i16::try_from(month.div_euclid(12)).ok()?;
        let of_year = i8::try_from(month.rem_euclid(12) + 1).ok()?;
        let date = Date::new(year, of_year, 1).ok()?;
        let instant = Offset::UTC.to_timestamp(date.into()).ok()?;
        let label = if step < 12 { format!("{year}-{of_year:02}") } else { format!("{year}") };
        (seconds(instant) <= self.last)
            .then(|| Tick { x: format!("{:.2}", self.x(instant)), label })
    }
}

#[expect(clippy::cast_precision_loss, reason = "a second more or less is no pixel")]
fn seconds(instant: Timestamp) -> f64 {
    instant.as_second() as f64
}

/// Months since the year 0.
#[expect(clippy::cast_possible_truncation, reason = "seconds of representable time fit")]
fn month_of(second: f64) -> Option<i32> {
    let date = Offset::UTC.to_datetime(Timestamp::from_second(second as i64).ok()?);
    Some(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(first: &str, last: &str) -> Scale {
        let at = |text: &str| text.parse().expect("a timestamp");
        Scale::new(&[at(first), at(last)], 0.0, 100.0).expect("there are instants")
    }

    #[test]
    fn ticks_are_round_and_few() {
        let labels = |first, last| {
            let ticks = scale(first, last).ticks();
            ticks.into_iter().map(|tick| tick.label).collect::<Vec<_>>()
        };
        assert_eq!(
            labels("2018-05-25T00:00:00Z", "2026-01-01T00:00:00Z"),
            ["2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026"]
        );
        assert_eq!(labels("2018-05-25T00:00:00Z", "2018-06-25T00:00:00Z"), ["2018-06", "2018-07"]);
        assert!(labels("1960-01-01T00:00:00Z", "2030-01-01T00:00:00Z").len() < 10);
    }

    #[test]
    fn earlier_stands_further_left() {
        let scale = scale("2018-05-25T00:00:00Z", "2026-01-01T00:00:00Z");
        let x = |text: &str| scale.x(text.parse().expect("a timestamp"));
        assert!(x("2018-05-25T00:00:00Z") < x("2025-10-17T00:00:00Z"));
        assert!(x("1990-01-01T00:00:00Z") >= 0.0 && x("2090-01-01T00:00:00Z") <= 100.0);
    }
}

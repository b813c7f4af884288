//! The curve of one site's numbers against their days, and whether it is one.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::isotonic;
use crate::model::{SiteClock, Step};

/// Points that lie this many days off the curve, beyond three times what most do, break the order.
const TOLERANCE: i32 = 7;
/// The share of breaks, in hundredths, beyond which the numbers do not follow the days.
const MOST_BREAKS: usize = 5;
/// The shares of points, in hundredths, that lie within a clock's slack before and after.
const NOT_EARLIER: usize = 99;
const NOT_LATER: usize = 98;
/// In so many parts the points are held against the curve of the others.
const PARTS: usize = 5;
/// No piece waits for more than this many days: what lies farther after its neighbours is wrong.
const LONGEST_WAIT: i32 = 90;
/// A curve around which the points lie wider than this many days says nothing.
const WIDEST: i32 = 60;
/// How many times wider the days must lie apart than around the curve: numbers without any order lie
/// around a flat one, as wide as their days.
const STEEPEST: i32 = 4;
/// So many days a curve has at least.
const FEWEST_STEPS: usize = 5;

const EPOCH: Date = date(1970, 1, 1);

/// A day as a count of days.
pub(super) fn count(day: Date) -> Option<i32> {
    EPOCH.until(day).ok().map(|span| span.get_days())
}

/// A number with its day, if that keeps the order.
type Point = (u64, Option<i32>);

/// The clock, if the numbers follow the days.
pub(super) fn clock(site: String, shape: String, points: &BTreeMap<u64, i32>) -> Option<SiteClock> {
    let in_order = in_order(points);
    let days: Vec<i32> = in_order.iter().filter_map(|&(_, day)| day).collect();
    let breaks = points.len() - days.len();
    let curve = isotonic::fit(&days);
    let (early, late) = slack(points, &in_order)?;
    let steps = steps(&in_order, &curve)?;
    let is_clock = breaks * 100 <= points.len() * MOST_BREAKS
        && early.max(late) <= WIDEST
        && (early + late) * STEEPEST <= range(days)?
        && steps.len() >= FEWEST_STEPS;
    is_clock.then_some(SiteClock {
        site,
        shape,
        points: u32::try_from(points.len()).ok()?,
        breaks: u32::try_from(breaks).ok()?,
        early: u16::try_from(early).ok()?,
        late: u16::try_from(late).ok()?,
        steps,
    })
}

/// The points, without the days of those that lie far off their curve.
fn in_order(points: &BTreeMap<u64, i32>) -> Vec<Point> {
    let days: Vec<i32> = points.values().copied().collect();
    let curve = isotonic::fit(&days);
    let off: Vec<i32> = days.iter().zip(curve).map(|(day, curve)| (day - curve).abs()).collect();
    let mut sorted = off.clone();
    sorted.sort_unstable();
    let usual = sorted.get(sorted.len() * 9 / 10).copied().unwrap_or_default();
    let limit = usual.saturating_mul(3).saturating_add(TOLERANCE);
    let kept = |((&number, &day), off)| (number, Some(day).filter(|_| off <= limit));
    points.iter().zip(off).map(kept).collect()
}

/// How many days points lie before and after what their neighbours allow, but for the few that lie
/// farthest; a day at least. Each is held against a curve that was fitted without it. What breaks the
/// order counts where it may have waited.
fn slack(points: &BTreeMap<u64, i32>, in_order: &[Point]) -> Option<(i32, i32)> {
    let (mut early, mut late) = (Vec::new(), Vec::new());
    for part in 0..PARTS {
        let is_left_out = |at: usize| at % PARTS == part;
        let kept = in_order.iter().enumerate().filter(|&(at, _)| !is_left_out(at));
        let curve = isotonic::fit(&kept.filter_map(|(_, &(_, day))| day).collect::<Vec<i32>>());
        let mut before = 0_usize;
        for (at, (&day, &(_, kept))) in points.values().zip(in_order).enumerate() {
            if !is_left_out(at) {
                before += usize::from(kept.is_some());
                continue;
            }
            let low = before.checked_sub(1).and_then(|at| curve.get(at));
            let after = curve.get(before).map_or(0, |high| day - high).max(0);
            if kept.is_some() {
                early.push(low.map_or(0, |low| low - day).max(0));
                late.push(after);
            } else if (1..=LONGEST_WAIT).contains(&after) {
                late.push(after);
            }
        }
    }
    Some((farthest(early, NOT_EARLIER)?.max(1), farthest(late, NOT_LATER)?.max(1)))
}

/// The value within which such a share lies. One more is as likely to be the farthest as any that is
/// known.
fn farthest(mut days: Vec<i32>, share: usize) -> Option<i32> {
    days.sort_unstable();
    let within = ((days.len() + 1) * share).div_ceil(100).min(days.len());
    days.get(within.checked_sub(1)?).copied()
}

/// How many days lie between the days, but for the first and the last few.
fn range(mut days: Vec<i32>) -> Option<i32> {
    days.sort_unstable();
    let few = days.len() / 20;
    days.get(days.len() - 1 - few)?.checked_sub(*days.get(few)?)
}

fn steps(points: &[Point], curve: &[i32]) -> Option<Vec<Step>> {
    let mut steps: Vec<Step> = Vec::new();
    let mut breaks = 0;
    let mut curve = curve.iter();
    for &(number, day) in points {
        if day.is_none() {
            breaks += 1;
            continue;
        }
        let day = EPOCH.checked_add(i64::from(*curve.next()?).days()).ok()?;
        match steps.last_mut() {
            Some(step) if step.day == day => {
                step.last = number;
                step.points += 1;
                step.breaks += breaks;
            }
            _ => steps.push(Step { first: number, last: number, day, points: 1, breaks }),
        }
        breaks = 0;
    }
    steps.last_mut()?.breaks += breaks;
    Some(steps)
}

//! The picture of one finding: what is claimed of either side, on an axis as long as that, with an arc
//! from the one to the other.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::axis::{Axis, Tick, percent, place};
use super::sides::Sides;
use crate::model::When;

/// The picture; places are thousandths of its width.
pub(super) struct Strip {
    pub(super) ticks: Vec<Tick>,
    /// The lines of the ticks.
    pub(super) grid: String,
    pub(super) left: Bar,
    pub(super) right: Bar,
    /// From the one to the other.
    pub(super) arc: String,
    pub(super) axis: Line,
}

/// The axis itself.
pub(super) struct Line {
    /// Where the evidence ends, where that is before the picture's end: time is left out there.
    pub(super) broken: Option<String>,
    /// Where now stands, and the same in percent.
    pub(super) now: String,
    pub(super) now_percent: String,
}

/// An interval on the axis.
pub(super) struct Bar {
    pub(super) x: String,
    pub(super) width: String,
}

impl Strip {
    /// The picture of two sides.
    pub(super) fn new(sides: &Sides, now: Timestamp) -> Option<Self> {
        let (left, right) = (sides.left.when, end_of(sides.right.when));
        let axis = Axis::new(&[left.earliest, left.before, right.earliest, right.before], now)?;
        let ticks = axis.ticks();
        let (from, to) = if left.earliest <= right.earliest {
            (axis.x(left.before), axis.x(right.earliest))
        } else {
            (axis.x(left.earliest), axis.x(right.before))
        };
        Some(Self {
            grid: grid(&ticks),
            ticks,
            left: bar(left, axis),
            right: bar(right, axis),
            arc: format!(
                "M{} 58Q{} -8 {} 58",
                place(from),
                place(f64::midpoint(from, to)),
                place(to)
            ),
            axis: Line::of(axis),
        })
    }
}

impl Line {
    pub(super) fn of(axis: Axis) -> Self {
        Self {
            broken: axis.is_broken().then(|| place(axis.end() + 40.0)),
            now: place(axis.now()),
            now_percent: percent(axis.now()),
        }
    }
}

/// What is open ends where it begins: nothing says how long it went on.
pub(super) fn end_of(when: When) -> When {
    if when.is_open() { When { before: when.earliest, ..when } } else { when }
}

/// The lines of ticks, over the whole height.
pub(super) fn grid(ticks: &[Tick]) -> String {
    let mut path = String::new();
    for tick in ticks {
        // Writing to a string cannot fail.
        let _ = write!(path, "M{} 0V100", tick.x);
    }
    path
}

/// An interval, wide enough to be seen.
pub(super) fn bar(when: When, axis: Axis) -> Bar {
    const LEAST: f64 = 4.0;
    let (from, to) = (axis.x(when.earliest), axis.x(when.before));
    let width = (to - from).max(LEAST);
    Bar { x: place((from + to - width) / 2.0), width: place(width) }
}

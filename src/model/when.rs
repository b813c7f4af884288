//! *When*, as an interval: nobody knows an instant, and a printed day is wider than a day.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A half-open interval of instants, `earliest <= t < before`, in which something happened.
///
/// Two claims conflict only if their intervals share no instant: a rule fires on what no reading
/// of the intervals excuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct When {
    /// The first instant that the claim allows.
    pub earliest: Timestamp,
    /// The first instant that the claim no longer allows.
    pub before: Timestamp,
}

impl When {
    /// The interval `earliest..before`, or none where it would hold no instant.
    #[must_use]
    pub fn new(earliest: Timestamp, before: Timestamp) -> Option<Self> {
        (earliest < before).then_some(Self { earliest, before })
    }

    /// Nothing bounds it from above.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.before == Timestamp::MAX
    }

    /// Every instant of `self` lies before every instant of `other`.
    #[must_use]
    pub fn certainly_before(self, other: Self) -> bool {
        self.before <= other.earliest
    }

    /// Every instant of `self` lies after every instant of `other`.
    #[must_use]
    pub fn certainly_after(self, other: Self) -> bool {
        other.certainly_before(self)
    }

    /// Some instant lies in both, so both claims can be true.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        !self.certainly_before(other) && !other.certainly_before(self)
    }

    /// What lies in both, if anything does.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.earliest.max(other.earliest), self.before.min(other.before))
    }

    /// How far an instant lies from it, in seconds; zero inside.
    #[must_use]
    pub fn seconds_from(self, at: Timestamp) -> i64 {
        let before = self.earliest.as_second() - at.as_second();
        let after = at.as_second() - self.before.as_second();
        before.max(after).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn when() -> impl Strategy<Value = When> {
        (-1_000_i64..1_000, 1_i64..500).prop_map(|(start, length)| {
            let at = |second| Timestamp::from_second(second).expect("within range");
            When::new(at(start), at(start + length)).expect("not empty")
        })
    }

    proptest! {
        #[test]
        fn exactly_one_of_before_after_overlaps(a in when(), b in when()) {
            let held = [a.certainly_before(b), a.certainly_after(b), a.overlaps(b)];
            prop_assert_eq!(held.iter().filter(|&&is| is).count(), 1);
        }

        #[test]
        fn overlap_is_symmetric_and_means_a_shared_instant(a in when(), b in when()) {
            prop_assert_eq!(a.overlaps(b), b.overlaps(a));
            prop_assert_eq!(a.overlaps(b), a.intersection(b).is_some());
            prop_assert_eq!(a.intersection(b), b.intersection(a));
        }

        #[test]
        fn before_is_transitive(a in when(), b in when(), c in when()) {
            if a.certainly_before(b) && b.certainly_before(c) {
                prop_assert!(a.certainly_before(c));
            }
        }
    }
}

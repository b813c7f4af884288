//! Isotonic regression: the curve that never falls and lies nearest to points, by the pooling of
//! adjacent violators, in one pass. Its distance is the sum of the absolute residuals, so that a
//! pool's value is its median, which a share of wrong days does not move.

use std::collections::BinaryHeap;

/// Points that the curve gives one value.
#[derive(Debug)]
struct Pool {
    /// How many points.
    count: usize,
    /// The lower half of their values, the median on top. The upper half never matters again: pools
    /// are joined only with one whose median is no higher.
    lower: BinaryHeap<i32>,
}

impl Pool {
    fn of(value: i32) -> Self {
        Self { count: 1, lower: BinaryHeap::from([value]) }
    }

    fn median(&self) -> i32 {
        self.lower.peek().copied().unwrap_or_default()
    }

    /// Both as one; the smaller heap goes into the larger.
    fn with(mut self, mut other: Self) -> Self {
        self.count += other.count;
        self.lower.append(&mut other.lower);
        while self.lower.len() > self.count.div_ceil(2) {
            self.lower.pop();
        }
        self
    }
}

/// The curve's value at each point, in the order of the points.
pub(super) fn fit(values: &[i32]) -> Vec<i32> {
    let mut pools: Vec<Pool> = Vec::new();
    for &value in values {
        let mut pool = Pool::of(value);
        while let Some(last) = pools.pop_if(|last| last.median() > pool.median()) {
            pool = last.with(pool);
        }
        pools.push(pool);
    }
    pools.iter().flat_map(|pool| std::iter::repeat_n(pool.median(), pool.count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cost(values: &[i32], curve: &[i32]) -> i64 {
        values.iter().zip(curve).map(|(value, curve)| i64::from(value - curve).abs()).sum()
    }

    /// The least cost of a curve that never falls, by trying every value of the points at each.
    fn least(values: &[i32]) -> i64 {
        let mut levels = values.to_vec();
        levels.sort_unstable();
        let mut costs = vec![0_i64; levels.len()];
        for value in values {
            let mut best = i64::MAX;
            for (cost, level) in costs.iter_mut().zip(&levels) {
                best = best.min(*cost);
                *cost = best + i64::from(value - level).abs();
            }
        }
        costs.into_iter().min().unwrap_or(0)
    }

    #[test]
    fn what_is_in_order_stays_and_what_is_not_is_pooled() {
        assert_eq!(fit(&[1, 2, 2, 5]), [1, 2, 2, 5]);
        assert_eq!(fit(&[1, 3, 2, 5]), [1, 2, 2, 5]);
        assert!(fit(&[]).is_empty());
    }

    #[test]
    fn a_wrong_value_moves_no_neighbour_far() {
        let mut values: Vec<i32> = (0..100).collect();
        values[50] = -1_000;
        values[70] = 1_000;
        let fitted = fit(&values);
        assert!((0..100).zip(&fitted).all(|(right, found)| (right - found).abs() <= 2));
    }

    #[test]
    fn a_hundred_thousand_values_in_the_wrong_order_take_no_time() {
        let values: Vec<i32> = (0..100_000).rev().collect();
        assert_eq!(fit(&values)[0], 49_999);
    }

    proptest! {
        #[test]
        fn the_curve_never_falls_and_none_lies_nearer(
            values in proptest::collection::vec(-50..50, 0..40),
        ) {
            let fitted = fit(&values);
            prop_assert!(fitted.is_sorted());
            prop_assert_eq!(fitted.len(), values.len());
            prop_assert_eq!(cost(&values, &fitted), least(&values));
        }
    }
}

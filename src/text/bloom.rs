//! A Bloom filter, for what nearly always is not among the known.

/// A set of numbers by one bit each (Bloom, 1970, with one hash function): what it does not hold was
/// not put in, and what was not put in it seldom holds. It has 64 bits a row, and a power of two of
/// rows.
#[derive(Debug)]
pub(crate) struct Bloom<const ROWS: usize>([u64; ROWS]);

#[expect(clippy::indexing_slicing, reason = "a row is cut out of as many bits as number the rows")]
impl<const ROWS: usize> Bloom<ROWS> {
    /// One that holds nothing.
    pub(crate) const fn new() -> Self {
        assert!(ROWS.is_power_of_two(), "rows are counted in whole bits");
        Self([0; ROWS])
    }

    /// The row and the bit of a number, by multiplicative hashing (Knuth, 6.4).
    const fn place(number: u32) -> (usize, u64) {
        let bits = ROWS.trailing_zeros() + 6;
        let hash = number.wrapping_mul(0x9E37_79B9) >> (u32::BITS - bits);
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    /// Puts a number in.
    pub(crate) const fn add(&mut self, number: u32) {
        let (row, bit) = Self::place(number);
        self.0[row] |= bit;
    }

    /// Whether a number may have been put in.
    pub(crate) const fn may_hold(&self, number: u32) -> bool {
        let (row, bit) = Self::place(number);
        self.0[row] & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn all_that_was_put_in_is_held_and_little_else(numbers in proptest::collection::vec(0_u32.., 1..200)) {
            let mut filter = Bloom::<128>::new();
            proptest::prop_assert!((0..1_000).all(|number| !filter.may_hold(number)));
            for &number in &numbers {
                filter.add(number);
            }
            proptest::prop_assert!(numbers.iter().all(|&number| filter.may_hold(number)));
            let held = (0..10_000).filter(|&number| filter.may_hold(number)).count();
            proptest::prop_assert!(held < 2_000, "{held} of 10,000");
        }
    }
}

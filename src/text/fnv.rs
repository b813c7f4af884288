//! FNV-1a over characters (Fowler, Noll and Vo): stable between runs and machines, which the standard
//! library's hasher does not promise, and made character by character while a text is read.

/// The hash of nothing.
pub(crate) const OFFSET: u64 = 0xCBF2_9CE4_8422_2325;

/// The hash with one more character.
pub(crate) fn add(hash: u64, character: char) -> u64 {
    (hash ^ u64::from(character)).wrapping_mul(0x0100_0000_01B3)
}

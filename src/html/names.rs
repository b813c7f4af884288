//! Names of elements and attributes as numbers, and tables of those that matter, made when the
//! program is compiled: a name is looked up in one step or two.

/// A name in lower case, its first byte lowest; none (0) for names that are longer than any that
/// matters.
pub(crate) type Packed = u128;

/// A longer name is none that matters.
pub(super) const MAX_NAME: usize = 16;

/// Packs a name.
#[expect(clippy::indexing_slicing, reason = "the loop ends where the name does")]
pub(crate) const fn packed(name: &[u8]) -> Packed {
    if name.len() > MAX_NAME {
        return 0;
    }
    let mut packed = 0;
    let mut at = 0;
    while at < name.len() {
        packed |= (name[at] as Packed) << (8 * at);
        at += 1;
    }
    lower(packed)
}

/// Packs the name at `start..end` of a text, all at once where the text goes on far enough.
pub(super) fn packed_at(text: &[u8], start: usize, end: usize) -> Packed {
    let length = end - start;
    let chunk = text.get(start..start + MAX_NAME).and_then(|chunk| chunk.try_into().ok());
    match chunk.map(Packed::from_le_bytes) {
        Some(chunk) if length < MAX_NAME => lower(chunk & ((1 << (8 * length)) - 1)),
        _ => packed(text.get(start..end).unwrap_or_default()),
    }
}

/// Every byte at once: a capital letter becomes a small one.
const fn lower(packed: Packed) -> Packed {
    const ONES: Packed = Packed::MAX / 0xFF;
    let low = packed & (ONES * 0x7F);
    let from_a = low + ONES * (0x80 - b'A' as Packed);
    let after_z = low + ONES * (0x7F - b'Z' as Packed);
    let is_capital = (from_a ^ after_z) & !packed & (ONES * 0x80);
    packed | (is_capital >> 2)
}

/// A hash table of names, at most half full.
#[derive(Debug)]
pub(crate) struct Table<T: 'static, const SLOTS: usize> {
    slots: [(Packed, T); SLOTS],
    other: T,
}

#[expect(
    clippy::indexing_slicing,
    reason = "a slot is taken modulo their number, a name below theirs"
)]
impl<T: Copy, const SLOTS: usize> Table<T, SLOTS> {
    /// A table of these names; every other is `other`.
    pub(crate) const fn new(names: &[(&str, T)], other: T) -> Self {
        assert!(SLOTS.is_power_of_two() && names.len() * 2 <= SLOTS, "more slots are needed");
        let mut slots = [(0, other); SLOTS];
        let mut next = 0;
        while next < names.len() {
            let name = packed(names[next].0.as_bytes());
            assert!(name != 0, "the name is too long");
            let mut at = slot::<SLOTS>(name);
            while slots[at].0 != 0 {
                at = (at + 1) % SLOTS;
            }
            slots[at] = (name, names[next].1);
            next += 1;
        }
        Self { slots, other }
    }

    /// What a name stands for.
    pub(crate) fn get(&self, name: Packed) -> T {
        let mut at = slot::<SLOTS>(name);
        loop {
            match &self.slots[at] {
                (known, value) if *known == name && name != 0 => return *value,
                (0, _) => return self.other,
                _ => at = (at + 1) % SLOTS,
            }
        }
    }
}

/// Where a name's search begins.
#[expect(clippy::cast_possible_truncation, reason = "both halves are mixed in, one at a time")]
const fn slot<const SLOTS: usize>(name: Packed) -> usize {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let mixed = ((name as u64) ^ ((name >> 64) as u64).rotate_left(23)).wrapping_mul(MIX);
    (mixed >> 40) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    static COLOURS: Table<u8, 8> =
        Table::new(&[("red", 1), ("blue", 2), ("sixteen-letters-", 3)], 0);

    #[test]
    fn names_are_found_in_any_case() {
        for (name, expected) in [
            ("red", 1),
            ("BLUE", 2),
            ("Sixteen-Letters-", 3),
            ("", 0),
            ("re", 0),
            ("a-name-longer-than-any", 0),
        ] {
            assert_eq!(COLOURS.get(packed(name.as_bytes())), expected, "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn packing_lowers_ascii_only(name in "[a-zA-Z@\\[`{0-9é-]{0,8}", after in "[ >a]{0,20}") {
            let text = format!("{name}{after}");
            let expected = name.to_ascii_lowercase();
            let expected = expected.bytes().rev().fold(0, |sum, byte| sum << 8 | Packed::from(byte));
            proptest::prop_assert_eq!(packed_at(text.as_bytes(), 0, name.len()), expected);
            proptest::prop_assert_eq!(packed(name.as_bytes()), expected);
        }
    }
}

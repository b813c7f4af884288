//! Decimal digits of any script (Unicode general category Nd, the blocks in common use).

/// The zeros of the scripts whose digits dates are printed with; each is followed by its nine
/// other digits.
const ZEROS: &[char] = &[
    '\u{0660}', '\u{06F0}', '\u{0966}', '\u{09E6}', '\u{0A66}', '\u{0AE6}', '\u{0B66}', '\u{0BE6}',
    '\u{0C66}', '\u{0CE6}', '\u{0D66}', '\u{0E50}', '\u{0ED0}', '\u{0F20}', '\u{1040}', '\u{17E0}',
    '\u{1810}', '\u{FF10}',
];

/// The value of a decimal digit.
#[must_use]
pub(crate) fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let zero = *ZEROS.get(ZEROS.partition_point(|&zero| zero <= c).checked_sub(1)?)?;
    let value = u32::from(c) - u32::from(zero);
    (value < 10).then_some(value)
}

/// The value of a Han numeral from zero to nine; ten is apart.
#[must_use]
pub(crate) fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// Reads a run of Han numerals: by place (`二〇一八`) or with a ten (`二十五`).
#[must_use]
pub(crate) fn han_number(run: &str) -> Option<u32> {
    if let Some((tens, ones)) = run.split_once('十') {
        let single = |part: &str, empty| {
            let mut chars = part.chars();
            match (chars.next(), chars.next()) {
                (None, _) => Some(empty),
                (Some(c), None) => han_digit(c),
                _ => None,
            }
        };
        return Some(single(tens, 1)? * 10 + single(ones, 0)?);
    }
    let mut value = 0_u32;
    for c in run.chars() {
        value = value.checked_mul(10)?.checked_add(han_digit(c)?)?;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_many_scripts_are_read() {
        for run in ["2018", "٢٠١٨", "۲۰۱۸", "२०१८", "২০১৮", "๒๐๑๘", "２０１８", "၂၀၁၈"]
        {
            let value = run.chars().filter_map(digit).fold(0, |sum, digit| sum * 10 + digit);
            assert_eq!(value, 2018, "{run}");
        }
        assert_eq!(digit('x'), None);
        assert_eq!(digit('年'), None);
    }

    #[test]
    fn han_numerals_are_read() {
        for (run, value) in
            [("二〇一八", 2018), ("五", 5), ("十", 10), ("二十五", 25), ("十二", 12), ("三十", 30)]
        {
            assert_eq!(han_number(run), Some(value), "{run}");
        }
        assert_eq!(han_number("十十"), None);
    }
}

//! How many there are, in words.

/// `1 link`, `2 links`.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {one}s", grouped(number)) }
}

/// A number with its thousands apart: `101,268`.
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// `1 link was`, `2 links were`.
#[must_use]
pub fn were(number: usize, one: &str) -> String {
    format!("{} {}", count(number, one), if number == 1 { "was" } else { "were" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one() {
        assert_eq!([0, 1, 2].map(|number| count(number, "link")), ["0 links", "1 link", "2 links"]);
        assert_eq!(count(93_304, "link"), "93,304 links");
        assert_eq!([1, 2].map(|number| were(number, "file")), ["1 file was", "2 files were"]);
    }

    #[test]
    fn thousands_stand_apart() {
        for (number, shown) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (101_268, "101,268"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), shown);
        }
    }
}

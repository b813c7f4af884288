//! How many there are, in words.

/// `1 link`, `2 links`.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
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
        assert_eq!([1, 2].map(|number| were(number, "file")), ["1 file was", "2 files were"]);
    }
}

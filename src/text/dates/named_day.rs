//! Whether a text names a day, in whatever form.

use jiff::civil::Date;

use super::printed::{self, Habit, Reading};

/// Whether a text names that very day: with its year or without, in words or in numbers of either
/// order (`9/5`, `16.5.`).
pub(crate) fn names_day(text: &str, day: Date) -> bool {
    let habit = Habit::default();
    let is_it = |found: &printed::Printed| match found.reading {
        Reading::Full(date) => date.as_day() == Some(day) || found.alternative == Some(day),
        Reading::Yearless { month, day: number } => month == day.month() && number == day.day(),
    };
    printed::dates(text, habit).iter().any(is_it) || holds_numbers(text, day)
}

/// Whether a word of the text is the day's two numbers.
fn holds_numbers(text: &str, day: Date) -> bool {
    text.split(|c: char| c.is_whitespace() || "()[]|,;".contains(c)).any(|word| {
        let (sign, word) = if word.contains('/') { ('/', word) } else { ('.', word) };
        let word = word.trim_end_matches(':');
        let closed = sign == '/' || word.ends_with('.');
        let Some((first, second)) = word.trim_end_matches('.').split_once(sign) else {
            return false;
        };
        let numbers = (first.parse::<i8>(), second.parse::<i8>());
        let (Ok(first), Ok(second)) = numbers else { return false };
        closed
            && ((first, second) == (day.month(), day.day())
                || (first, second) == (day.day(), day.month()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_named_in_many_forms() {
        let day = jiff::civil::date(2016, 9, 5);
        for text in [
            "[9/5. Rust Cologne: Compiling",
            "5/9 Köln",
            "am 5.9. um acht",
            "September 5. Warsaw",
            "5 September",
            "on September 5, 2016",
            "2016-09-05 | Berlin",
            "Monday, 2016-09-05 at noon",
        ] {
            assert!(names_day(text, day), "{text}");
        }
        for text in ["9/6", "version 9.5", "September 6, 2016", "2017-09-05", "5 and 9", ""] {
            assert!(!names_day(text, day), "{text}");
        }
    }
}

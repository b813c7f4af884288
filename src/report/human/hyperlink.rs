//! Hyperlinks in a terminal (OSC 8): a word that leads somewhere when it is clicked.
//!
//! Foreign text passes here, so an address is one of the web, without secrets, and made of the
//! characters that RFC 3986 allows: none of them ends the sequence or begins another.

use std::fmt::Display;
use std::path::Path;

use url::Url;

use crate::report::place::uri;

/// Longer addresses are left to the terminal: several do not take them.
const LONGEST: usize = 2_000;

/// The words, leading to an address.
fn leading_to(address: &str, words: impl Display) -> String {
    format!("\u{1b}]8;;{address}\u{1b}\\{words}\u{1b}]8;;\u{1b}\\")
}

fn is_fit(address: &str) -> bool {
    address.len() <= LONGEST && address.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The name of an input, leading to the file or the page that it names.
pub(super) fn input(input: &str, name: &str) -> String {
    let address = match Url::parse(input) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => uri(input),
        _ if input == "-" => return name.to_owned(),
        _ => match std::path::absolute(Path::new(input)) {
            Ok(path) => uri(&path.to_string_lossy()),
            Err(_) => return name.to_owned(),
        },
    };
    if is_fit(&address) { leading_to(&address, name) } else { name.to_owned() }
}

/// A word of a message: an address of the web leads where it says, without the signs around it.
pub(super) fn word(word: &str) -> String {
    let start = ["https://", "http://"].iter().filter_map(|scheme| word.find(scheme)).min();
    let Some((before, rest)) = start.map(|start| word.split_at(start)) else {
        return word.to_owned();
    };
    let words = rest.trim_end_matches(['.', ',', ';', ':', '”', '"', ')', '…']);
    let after = rest.get(words.len()..).unwrap_or_default();
    match Url::parse(words) {
        // What is masked leads nowhere.
        Ok(url) if is_fit(url.as_str()) && !words.contains("***") => {
            format!("{before}{}{after}", leading_to(url.as_str(), words))
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_where_they_say_and_nothing_else_does() {
        assert_eq!(
            word("“https://a.example/x”."),
            "“\u{1b}]8;;https://a.example/x\u{1b}\\https://a.example/x\u{1b}]8;;\u{1b}\\”."
        );
        for plain in ["word", "ftp://a.example", "https://***@a.example/", "https://", "a:b"] {
            assert_eq!(word(plain), plain);
        }
    }

    #[test]
    fn an_input_leads_to_its_file() {
        let shown = input("/tmp/a b.md", "/tmp/a b.md");
        assert!(
            shown.starts_with("\u{1b}]8;;file:///tmp/a%20b.md\u{1b}\\/tmp/a b.md"),
            "{shown:?}"
        );
        assert_eq!(input("-", "standard input"), "standard input");
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_word_its_address_is_plain_ascii(foreign in "(https?://)?[^\u{0}-\u{1f}\u{7f}-\u{9f}]{0,30}") {
            let shown = word(&foreign);
            for (number, part) in shown.split('\u{1b}').enumerate() {
                let plain = part.strip_prefix("]8;;").is_none_or(str::is_ascii);
                proptest::prop_assert!(number == 0 || part.starts_with(['\\', ']']) && plain, "{:?}", shown);
            }
        }
    }
}

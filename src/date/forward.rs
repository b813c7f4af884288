//! Evidence: the date in the address to which a page without words of its own sends its reader on.
//!
//! Shields against floods of requests answer with such a page in place of the article: all that it
//! says of the article is where it is.

use url::Url;

use super::url::SLUG;
use super::witness::Witness;
use super::{Evidence, Subject};
use crate::address::day::date_in_url;
use crate::model::{Media, Source, SourceInfo, Span, Speaker, Standing};

/// The date in the address that a script sends the reader to.
pub(super) const EVIDENCE: Evidence = Evidence {
    source: Source::known(&SourceInfo {
        name: "url-forward",
        label: "URL forward",
        phrase: "url-forward",
        speaker: Speaker::Address,
        standing: Standing::Open,
    }),
    summary: "the date in the address to which a page without a title sends its reader on",
    kinds: &[],
    collect,
};

/// A longer page says something itself.
const MAX_BYTES: usize = 16 << 10;

/// How scripts send a reader on.
const SENDS: [&str; 3] = ["location.href", "location.replace", "window.location"];

fn collect(subject: &Subject<'_>, witnesses: &mut Vec<Witness>) {
    let document = subject.document;
    let says_nothing = document.media == Media::Html
        && document.text.len() <= MAX_BYTES
        && document.url.is_none()
        && subject.extract.titles.is_empty()
        && witnesses.is_empty();
    if !says_nothing {
        return;
    }
    let text = document.text.as_str();
    let mut places = SENDS.iter().filter_map(|way| Some(text.find(way)? + way.len()));
    witnesses.extend(places.find_map(|at| witness(text, at)));
}

/// The date in the address that is assigned or given at `at`.
fn witness(text: &str, at: usize) -> Option<Witness> {
    let rest = text.get(at..)?;
    let value = rest.trim_start_matches([' ', '=', '(']);
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let address = value.get(1..)?.split(quote).next()?;
    let claim = date_in_url(&Url::parse(address).ok()?)?;
    let start = at + (rest.len() - value.len()) + 1;
    let witness = Witness::new(&SLUG, claim.date, EVIDENCE.source, claim.quote);
    Some(witness.at(Some(Span::new(start, start + address.len()))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::date;
    use crate::extract::extract;
    use crate::model::{Confidence, Document};

    fn published(page: &str) -> Option<(String, Confidence)> {
        let document = Document::new("page", Media::Html, page);
        let published = date(&document, &extract(&document)).published?;
        Some((published.date.to_string(), published.confidence))
    }

    #[test]
    fn a_page_that_only_sends_on_is_dated_by_where_it_sends() {
        let page = "<p>One moment…<script>document.cookie=x;location.href=\"https://a.example/2018/05/25/b\"</script>";
        assert_eq!(published(page), Some(("2018-05-25".to_owned(), Confidence::Low)));
        let page = "<script>location.replace('https://a.example/b')</script>";
        assert_eq!(published(page), None);
    }

    #[test]
    fn a_page_with_a_title_is_not() {
        let page =
            "<title>A page</title><script>location.href='https://a.example/2018/05/25/b'</script>";
        assert_eq!(published(page), None);
    }
}

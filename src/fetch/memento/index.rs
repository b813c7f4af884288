//! Index: the list of what an archive holds of an address, as a CDX server gives it: rows of fields
//! between blanks, or of JSON.
//!
//! Only what was answered with success, or may have been, is kept: of a revisit, the status is often
//! not told.

use jiff::Timestamp;
use url::Url;

use super::archive::is_web;
use super::listing::{MOST_READ, first_web_page, listing};
use crate::decode::cdx::Row;
use crate::model::{Document, Page};

/// Keeps of an index's rows that what they name existed by the time of each capture.
#[expect(clippy::needless_pass_by_value, reason = "the fetcher lets the body go with it")]
pub(super) fn digest(url: Url, document: Document) -> Page {
    let (captures, resume) = rows(&document.text);
    let more = resume.and_then(|key| resumed(&url, &key)).into_iter().map(String::from).collect();
    listing(url, &document, captures, more)
}

/// The captures that the rows name, and the key under which the list goes on.
pub(super) fn rows(text: &str) -> (Vec<(Url, Timestamp)>, Option<String>) {
    let mut captures = Vec::new();
    let mut lines = text.lines().map(str::trim).take(MOST_READ);
    while let Some(line) = lines.next() {
        if line.is_empty() {
            // What stands alone behind a blank line is no row, but where to go on.
            let key = lines.next().filter(|key| !key.is_empty() && !key.contains([' ', '{']));
            return (captures, key.map(str::to_owned));
        }
        let row = Row::of_json(line).or_else(|| Row::of_fields(line, None));
        captures.extend(row.as_ref().and_then(capture));
    }
    (captures, None)
}

fn capture(row: &Row) -> Option<(Url, Timestamp)> {
    let may_be_page = row.status.is_none_or(|status| status == 200);
    let at = row.captured.filter(|_| may_be_page)?.when().earliest;
    let url = Url::parse(&row.url).ok().filter(is_web)?;
    (at >= first_web_page()).then_some((url, at))
}

/// The address of a list from a key on, which servers write as it is to be sent.
fn resumed(list: &Url, key: &str) -> Option<Url> {
    let query = list.query().unwrap_or_default();
    let kept = query.split('&').filter(|part| !part.starts_with("resumeKey="));
    let query = kept.collect::<Vec<_>>().join("&");
    let mut next = list.clone();
    next.set_query(Some(&format!("{query}&resumeKey={key}")));
    (next != *list).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Option<String>) {
        let (captures, key) = rows(text);
        (captures.iter().map(|(url, at)| format!("{at} {url}")).collect(), key)
    }

    #[test]
    fn rows_are_read_in_every_form_that_servers_write() {
        let found = vec!["2018-05-25T12:00:00Z http://e.com/a".to_owned()];
        for (text, key) in [
            ("com,e)/a 20180525120000 http://e.com/a text/html 200 SUM 9\n", None),
            (
                "com,e)/a 20180525120000 http://e.com/a text/html 200 SUM 9\n\ncom%2Ce%29%2Fa+2019:\n",
                Some("com%2Ce%29%2Fa+2019:"),
            ),
            ("com,e)/a 20180525120000 {\"url\": \"http://e.com/a\", \"status\": \"200\"}\n", None),
            ("{\"timestamp\": \"20180525120000\", \"url\": \"http://e.com/a\"}\n", None),
            // A revisit, whose status is not told, and what was no page.
            ("com,e)/a 20180525120000 http://e.com/a warc/revisit - SUM 9\n", None),
            (
                "com,e)/a 20180525120000 http://e.com/a text/html 200 SUM 9\n\
                 com,e)/a 20190525120000 http://e.com/a text/html 404 SUM 9\n\
                 com,e)/a 19700101000000 http://e.com/a text/html 200 SUM 9\n\
                 com,e)/a 20180500250000 http://e.com/a text/html 200 SUM 9\n",
                None,
            ),
        ] {
            assert_eq!(read(text), (found.clone(), key.map(str::to_owned)), "{text}");
        }
        assert_eq!(read("<html>[{"), (Vec::new(), None));
    }

    #[test]
    fn a_list_goes_on_where_it_ended() {
        let first =
            Url::parse("http://arc.example/cdx?url=http%3A%2F%2Fe.com%2F&limit=2").expect("one");
        let next = resumed(&first, "com%2Ce%29%2F+2019:").expect("more");
        assert_eq!(
            next.query(),
            Some("url=http%3A%2F%2Fe.com%2F&limit=2&resumeKey=com%2Ce%29%2F+2019:")
        );
        let last = resumed(&next, "x").expect("more");
        assert_eq!(last.query(), Some("url=http%3A%2F%2Fe.com%2F&limit=2&resumeKey=x"));
        assert_eq!(resumed(&last, "x"), None);
    }
}

//! Queries as browsers write them: in the encoding of the page (WHATWG HTML, "encoding-parsing a
//! URL"), so that a link is asked for as its reader's browser asks.

use std::fmt::Write as _;

use encoding_rs::Encoding;
use percent_encoding::percent_encode_byte;

use crate::model::{Link, LinkKind};

/// Writes the queries of links that the markup holds in the page's encoding, if that is not UTF-8.
pub(super) fn queries(links: &mut [Link], encoding: Option<&str>) {
    let Some(encoding) = encoding.and_then(|name| Encoding::for_label(name.as_bytes())) else {
        return;
    };
    for link in links {
        let in_markup =
            matches!(link.kind, LinkKind::Anchor | LinkKind::Embed | LinkKind::Metadata);
        if in_markup && link.is_web() {
            recode(link, encoding);
        }
    }
}

fn recode(link: &mut Link, encoding: &'static Encoding) {
    let address = link.joined().split('#').next().unwrap_or_default();
    let Some((_, query)) = address.split_once('?').filter(|(_, query)| !query.is_ascii()) else {
        return;
    };
    let Some(mut url) = link.url().cloned() else { return };
    url.set_query(Some(&escaped(query, encoding)));
    let (raw, joined) = (link.raw().to_owned(), link.joined().to_owned());
    link.readdress(&raw, &joined, Some(url));
}

/// The query with what is not ASCII escaped byte for byte, or by its number where the encoding does
/// not have it.
fn escaped(query: &str, encoding: &'static Encoding) -> String {
    let mut escaped = String::with_capacity(3 * query.len());
    for character in query.chars() {
        if character.is_ascii() {
            escaped.push(character);
            continue;
        }
        let mut buffer = [0; 4];
        let (bytes, _, is_missing) = encoding.encode(character.encode_utf8(&mut buffer));
        if is_missing {
            let _ = write!(escaped, "%26%23{}%3B", u32::from(character));
        } else {
            for byte in bytes.iter() {
                escaped.push_str(percent_encode_byte(*byte));
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use crate::model::{Document, Media};

    #[test]
    fn a_query_is_written_in_the_encoding_of_its_page() {
        let asked = |href: &str, encoding: Option<&str>| {
            let page = format!("<a href=\"{href}\">x</a>");
            let mut document = Document::new("a", Media::Html, page);
            document.url = "http://a.example/".parse().ok();
            document.encoding = encoding.map(str::to_owned);
            let links = crate::extract::extract(&document).links;
            links.first().and_then(|link| link.url()).map(ToString::to_string).unwrap_or_default()
        };
        let latin = Some("windows-1252");
        for (href, encoding, address) in [
            ("/ä?q=ä&x=é#ä", latin, "http://a.example/%C3%A4?q=%E4&x=%E9#%C3%A4"),
            ("/?q=%E4 ä", latin, "http://a.example/?q=%E4%20%E4"),
            ("/?q=ж", latin, "http://a.example/?q=%26%231078%3B"),
            ("/?q=ж", Some("windows-1251"), "http://a.example/?q=%E6"),
            ("/?q=日本", Some("Shift_JIS"), "http://a.example/?q=%93%FA%96%7B"),
            ("/?q=ä", None, "http://a.example/?q=%C3%A4"),
        ] {
            assert_eq!(asked(href, encoding), address, "{href} {encoding:?}");
        }
    }
}

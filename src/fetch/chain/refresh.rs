//! Refresh: a page that is only a sign to another page (`<meta http-equiv=refresh>`).

use url::Url;

use crate::html::{Attribute, Packed, Scanner, Sink, Token, packed};

/// How far into a page the sign may stand, in bytes.
const HEAD_BYTES: usize = 16 * 1024;

/// The longest delay that still means "the page is elsewhere", in seconds. A page that reloads
/// itself after minutes is a live page.
const MAX_DELAY: u32 = 10;

/// Where a page sends its reader at once, if it does; the names and addresses of the sign are ASCII
/// in every encoding of the web but UTF-16.
#[must_use]
pub(super) fn target(html: &[u8], base: &Url) -> Option<Url> {
    let head = html.get(..HEAD_BYTES).unwrap_or(html);
    if !mentions_refresh(head) {
        return None;
    }
    let head = String::from_utf8_lossy(head);
    // The value is read first, then what it says: a quote may be written as a reference.
    let content = html_escape::decode_html_entities(meta_refresh(&head)?);
    base.join(destination(&content)?).ok()
}

/// A quick look that spares nearly every page the closer one: it goes from one q to the next, of
/// which there are few.
fn mentions_refresh(head: &[u8]) -> bool {
    const NAME: &[u8] = b"http-equiv";
    const BEFORE_Q: usize = 6;
    memchr::memchr2_iter(b'q', b'Q', head).any(|at| {
        let name = at.checked_sub(BEFORE_Q).and_then(|start| head.get(start..start + NAME.len()));
        name.is_some_and(|name| name.eq_ignore_ascii_case(NAME))
    }) && memchr::memmem::find(&head.to_ascii_lowercase(), b"refresh").is_some()
}

/// The `content` of the first refresh that is not inside `noscript`, comments or scripts.
fn meta_refresh(head: &str) -> Option<&str> {
    const META: Packed = packed(b"meta");
    let mut scanner = Scanner::new(head);
    let mut meta = Meta::default();
    while let Some(token) = scanner.next(&mut meta) {
        let is_meta = matches!(token, Token::Start(tag) if tag.packed == META);
        let content = meta.content.filter(|_| is_meta && meta.is_refresh());
        if content.is_some() {
            return content;
        }
    }
    None
}

/// The two attributes that make a sign.
#[derive(Default)]
struct Meta<'t> {
    equivalent: Option<&'t str>,
    content: Option<&'t str>,
}

impl Meta<'_> {
    fn is_refresh(&self) -> bool {
        self.equivalent.is_some_and(|name| name.trim().eq_ignore_ascii_case("refresh"))
    }
}

impl<'t> Sink<'t> for Meta<'t> {
    fn clear(&mut self) {
        *self = Self::default();
    }

    fn take(&mut self, attribute: Attribute<'t>) {
        const EQUIVALENT: Packed = packed(b"http-equiv");
        const CONTENT: Packed = packed(b"content");
        let slot = match attribute.packed {
            EQUIVALENT => &mut self.equivalent,
            CONTENT => &mut self.content,
            _ => return,
        };
        slot.get_or_insert(attribute.value().raw);
    }
}

/// Reads `0; url='…'` as browsers do (HTML, "shared declarative refresh steps").
fn destination(content: &str) -> Option<&str> {
    let content = content.trim_start();
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    let delay: u32 = content.get(..digits)?.parse().ok()?;
    let rest = content.get(digits..)?.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let rest = rest.trim_start().trim_start_matches([';', ',']).trim_start();
    let named = rest
        .get(..3)
        .filter(|name| name.eq_ignore_ascii_case("url"))
        .and_then(|_| rest.get(3..)?.trim_start().strip_prefix('='));
    let address = named.unwrap_or(rest).trim();
    let address = match address.chars().next()? {
        quote @ ('"' | '\'') => address.get(1..)?.split(quote).next()?,
        _ => address,
    };
    (delay <= MAX_DELAY && !address.is_empty()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(html: &str) -> Option<String> {
        let base = "http://e.com/a/b".parse().expect("a URL");
        target(html.as_bytes(), &base).map(Into::into)
    }

    #[test]
    fn a_sign_to_another_page_is_followed() {
        for html in [
            "<meta http-equiv=refresh content='0;url=/c'>",
            "<META HTTP-EQUIV=\"Refresh\" CONTENT=\"5; URL='/c'\">",
            "<head><meta content=\"0.5 , /c\" http-equiv=\"refresh\">",
            "<meta http-equiv=refresh content=\"0;URL=&#39;/c&#39;\">",
            "<meta http-equiv=refresh content='0; url=&quot;/c&quot; '>",
            "<meta http-equiv=refresh content='0&semi;url&equals;&sol;c'>",
        ] {
            assert_eq!(led(html).as_deref(), Some("http://e.com/c"), "{html}");
        }
    }

    #[test]
    fn a_live_page_and_what_only_looks_like_a_sign_are_not() {
        for html in [
            "<meta http-equiv=refresh content='300'>",
            "<meta http-equiv=refresh content='300;url=/c'>",
            "<!-- <meta http-equiv=refresh content='0;url=/c'> -->",
            "<script>'<meta http-equiv=refresh content=\"0;url=/c\">'</script>",
            "<noscript><meta http-equiv=refresh content='0;url=/c'></noscript>",
            "<meta http-equiv=content-type content='refresh'>",
            "<meta http-equiv=refresh content=''>",
        ] {
            assert_eq!(led(html), None, "{html}");
        }
    }
}

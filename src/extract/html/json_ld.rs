//! The links and the headline of JSON-LD: those of the article's own object.
//!
//! Scripts are read as far as they go: pages cut them short, forget commas, and leave line breaks
//! in strings. Every string keeps its place in the source.

use crate::html::Value;
use crate::model::{LinkKind, Role, Span};

use super::links::{Found, More, leads_somewhere};

/// Objects nested deeper are not looked into.
const MAX_DEPTH: usize = 32;

/// A JSON value, as far as it matters here.
#[derive(Debug)]
enum Json<'t> {
    /// A string without its quotes, escapes and all.
    Text(Value<'t>),
    List(Vec<Json<'t>>),
    Object(Vec<(&'t str, Json<'t>)>),
    Other,
}

/// What a script says about the article that it stands in.
#[derive(Debug, Default)]
pub(super) struct Statement<'t> {
    pub(super) links: Vec<Found<'t>>,
    pub(super) headline: Option<(String, Span)>,
}

/// Reads a script whose text begins at `offset` in the document.
pub(super) fn read(text: &str, offset: usize) -> Statement<'_> {
    let value = Reader { text, at: beginning(text), offset }.value(0);
    let mut statement = Statement::default();
    let Some(article) = value.article() else { return statement };
    statement.headline = article.get("headline").and_then(|headline| match headline {
        Json::Text(value) => Some((super::words::folded(&unescaped(value.raw)), value.span)),
        _ => None,
    });
    for (key, role) in [
        ("url", Role::Canonical),
        ("mainEntityOfPage", Role::Canonical),
        ("isBasedOn", Role::Reference),
        ("citation", Role::Reference),
    ] {
        let addresses = article.get(key).into_iter().flat_map(Json::addresses);
        let links = addresses.filter(|value| leads_somewhere(value.raw) && is_address(value.raw));
        statement.links.extend(links.map(|value| Found {
            more: Some(Box::new(More { unescaped: Some(unescaped(value.raw)), ..More::default() })),
            ..Found::new(LinkKind::Metadata, value, Some(role))
        }));
    }
    statement
}

/// Where the first value begins, after the comment or CDATA section that old pages wrap scripts in.
fn beginning(text: &str) -> usize {
    const SECTION: &str = "CDATA[";
    let first = |from: usize| {
        let rest = text.as_bytes().get(from..)?;
        memchr::memchr2(b'{', b'[', rest).map(|at| from + at)
    };
    let start = first(0).unwrap_or(0);
    let is_section = text.get(start + 1..).is_some_and(|rest| rest.starts_with(SECTION));
    if is_section { first(start + 1 + SECTION.len()).unwrap_or(start) } else { start }
}

/// Whether it is an address: citations are often given in words.
fn is_address(raw: &str) -> bool {
    let begins = ["http:", "https:", "//", "/", "\\/"];
    !raw.contains(char::is_whitespace) && begins.iter().any(|beginning| raw.starts_with(beginning))
}

impl<'t> Json<'t> {
    fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => {
                members.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// The object of the article itself: on top, in a list on top, in the graph, or what the object
    /// of the page is about.
    fn article(&self) -> Option<&Self> {
        let on_top = self.objects();
        on_top.iter().find(|object| object.is_article()).or_else(|| {
            let inside = |name| on_top.iter().filter_map(move |object| object.get(name));
            let inside = inside("@graph").chain(inside("mainEntity")).flat_map(Self::objects);
            inside.into_iter().find(|object| object.is_article())
        })
    }

    /// The objects of a list, or the object itself.
    fn objects(&self) -> &[Self] {
        match self {
            Self::List(list) => list.as_slice(),
            Self::Object(_) => std::slice::from_ref(self),
            Self::Text(_) | Self::Other => &[],
        }
    }

    fn is_article(&self) -> bool {
        let names_article = |kind: &Self| match kind {
            Self::Text(value) => ["Article", "Posting", "Report", "Review", "OpinionPiece"]
                .iter()
                .any(|ending| value.raw.ends_with(ending)),
            _ => false,
        };
        match self.get("@type") {
            Some(Self::List(kinds)) => kinds.iter().any(names_article),
            Some(kind) => names_article(kind),
            None => false,
        }
    }

    /// The addresses that a property names: a string, an object's `@id` or `url`, or several.
    fn addresses(&self) -> Vec<Value<'t>> {
        match self {
            Self::Text(value) => vec![*value],
            Self::List(list) => list.iter().filter_map(Self::address).collect(),
            Self::Object(_) | Self::Other => self.address().into_iter().collect(),
        }
    }

    fn address(&self) -> Option<Value<'t>> {
        match self {
            Self::Text(value) => Some(*value),
            Self::Object(_) => self.get("@id").or_else(|| self.get("url"))?.address(),
            Self::List(_) | Self::Other => None,
        }
    }
}

/// A reader that takes what comes: a fault ends the value it is in, not the script.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    offset: usize,
}

impl<'t> Reader<'t> {
    /// The next byte that is no white space nor separator.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let skipped = rest
            .iter()
            .position(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b',' | b':' | b';'));
        self.at += skipped.unwrap_or(rest.len());
        self.text.as_bytes().get(self.at).copied()
    }

    fn value(&mut self, depth: usize) -> Json<'t> {
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Json::Text(self.text()),
            Some(b'}' | b']') | None => Json::Other,
            Some(_) => self.word(),
        }
    }

    /// A number, `true`, `null` or something that should not be there.
    fn word(&mut self) -> Json<'t> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b'{' | b'[' | b'"' | b':');
        self.at += rest.iter().skip(1).position(ends).map_or(rest.len(), |at| at + 1);
        Json::Other
    }

    fn object(&mut self, depth: usize) -> Json<'t> {
        self.at += 1;
        let mut members = Vec::new();
        loop {
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(b'"') if depth < MAX_DEPTH => {
                    let name = self.text().raw;
                    members.push((name, self.value(depth + 1)));
                }
                None => break,
                Some(_) => self.at += 1,
            }
        }
        Json::Object(members)
    }

    fn list(&mut self, depth: usize) -> Json<'t> {
        self.at += 1;
        let mut list = Vec::new();
        loop {
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                // The list was not closed, but what it stands in was.
                Some(b'}') | None => break,
                Some(_) if depth < MAX_DEPTH => list.push(self.value(depth + 1)),
                Some(_) => self.at += 1,
            }
        }
        Json::List(list)
    }

    /// The string that begins here.
    fn text(&mut self) -> Value<'t> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut end = start;
        while let Some(found) = bytes.get(end..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest))
        {
            end += found;
            if bytes.get(end) == Some(&b'"') {
                break;
            }
            end += 2;
        }
        let end = if bytes.get(end) == Some(&b'"') { end } else { bytes.len() };
        self.at = (end + 1).min(bytes.len());
        let span = Span::new(start.min(end), end);
        Value {
            raw: span.of(self.text),
            span: Span::new(self.offset + span.start, self.offset + span.end),
        }
    }
}

/// A string's text with its escapes taken out; what is no escape stays as it is.
pub(super) fn unescaped(raw: &str) -> String {
    let quoted = || format!("\"{raw}\"");
    if raw.contains('\\') {
        serde_json::from_str(&quoted()).unwrap_or_else(|_| raw.replace("\\/", "/"))
    } else {
        raw.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<(Role, String)> {
        let found = read(text, 0).links;
        for link in &found {
            assert_eq!(link.value.span.of(text), link.value.raw);
        }
        found.iter().map(|link| (link.role.expect("a role"), unescaped(link.value.raw))).collect()
    }

    #[test]
    fn the_articles_own_object_names_its_address_and_its_sources() {
        let text = r#"{"@context": "https://schema.org", "@graph": [
            {"@type": "Organization", "url": "https://o.example/"},
            {"@type": ["NewsArticle"], "url": "https:\/\/a.example\/1", "author": {"url": "https://x.example"},
             "mainEntityOfPage": {"@type": "WebPage", "@id": "https://a.example/1"}, "headline": "A \u0026 B",
             "isBasedOn": ["https://b.example/s", {"url": "https://c.example"}], "citation": "Smith, 2018"}]}"#;
        let expected = [
            (Role::Canonical, "https://a.example/1".to_owned()),
            (Role::Canonical, "https://a.example/1".to_owned()),
            (Role::Reference, "https://b.example/s".to_owned()),
            (Role::Reference, "https://c.example".to_owned()),
        ];
        assert_eq!(links(text), expected);
        assert_eq!(read(text, 0).headline.expect("a headline").0, "A & B");
    }

    #[test]
    fn the_article_is_found_where_pages_put_it() {
        const ARTICLE: &str = r#"{"@type": "Article", "url": "https://a.example/1"}"#;
        for text in [
            "<!-- ARTICLE -->",
            "\n//<![CDATA[\nARTICLE\n//]]>",
            "/*<![CDATA[*/[ARTICLE]/*]]>*/",
            r#"{"@type": "WebPage", "url": "https://p.example/", "mainEntity": ARTICLE}"#,
            r#"[{"@type": "WebSite"}, {"@graph": [{"@type": "WebPage"}, ARTICLE]}]"#,
        ] {
            let text = text.replace("ARTICLE", ARTICLE);
            assert_eq!(
                links(&text),
                [(Role::Canonical, "https://a.example/1".to_owned())],
                "{text}"
            );
        }
        let list =
            r#"{"@type": "WebPage", "mainEntity": {"@type": "ItemList", "itemListElement": []}}"#;
        assert_eq!(links(list), []);
    }

    #[test]
    fn broken_scripts_are_read_as_far_as_they_go() {
        let text = "{\"@type\": \"Article\" \"url\": \"https://a.example/1\", \"x\": [1, {}, \"cut";
        assert_eq!(links(text), [(Role::Canonical, "https://a.example/1".to_owned())]);
        for text in ["", "{", "[", "\"", "\"\\", "{\"a\"", "]]]", "{{{{", "[}", "{]", "nul"] {
            assert_eq!(links(text), []);
        }
        let deep = "[".repeat(100_000) + &"{\"a\":".repeat(100_000);
        assert_eq!(links(&deep), []);
    }
}

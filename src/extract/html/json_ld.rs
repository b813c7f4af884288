//! The links and the headline of JSON-LD: those of the article's own object.

use crate::html::Value;
use crate::model::{LinkKind, Role, Span};
use crate::text::json::{self, Json, Text};

use super::links::{Found, More, leads_somewhere};

/// What a script says about the article that it stands in.
#[derive(Debug, Default)]
pub(super) struct Statement<'t> {
    pub(super) links: Vec<Found<'t>>,
    pub(super) headline: Option<(String, Span)>,
}

/// Reads a script whose text begins at `offset` in the document.
pub(super) fn read(text: &str, offset: usize) -> Statement<'_> {
    let script = json::read(text).value;
    let mut statement = Statement::default();
    let Some(article) = article(&script) else { return statement };
    let placed = |text: Text<'_>| {
        let start = offset + text.start;
        Span::new(start, start + text.raw.len())
    };
    let headline = article.get("headline").and_then(Json::as_text);
    statement.headline =
        headline.map(|text| (super::words::folded(&text.unescaped()), placed(text)));
    for (key, role) in [
        ("url", Role::Canonical),
        ("mainEntityOfPage", Role::Canonical),
        ("isBasedOn", Role::Reference),
        ("citation", Role::Reference),
    ] {
        let addresses = article.get(key).into_iter().flat_map(addresses);
        let links = addresses.filter(|text| leads_somewhere(text.raw) && is_address(text.raw));
        statement.links.extend(links.map(|text| Found {
            more: Some(Box::new(More {
                unescaped: Some(text.unescaped().into_owned()),
                ..More::default()
            })),
            ..Found::new(
                LinkKind::Metadata,
                Value { raw: text.raw, span: placed(text) },
                Some(role),
            )
        }));
    }
    statement
}

/// Whether it is an address: citations are often given in words.
fn is_address(raw: &str) -> bool {
    let begins = ["http:", "https:", "//", "/", "\\/"];
    !raw.contains(char::is_whitespace) && begins.iter().any(|beginning| raw.starts_with(beginning))
}

/// The object of the article itself: on top, in a list on top, in the graph, or what the object of
/// the page is about.
fn article<'j, 't>(script: &'j Json<'t>) -> Option<&'j Json<'t>> {
    let on_top = objects(script);
    on_top.iter().find(|object| is_article(object)).or_else(|| {
        let inside = |name| on_top.iter().filter_map(move |object| object.get(name));
        let mut inside = inside("@graph").chain(inside("mainEntity")).flat_map(objects);
        inside.find(|object| is_article(object))
    })
}

/// The objects of a list, or the object itself.
fn objects<'j, 't>(value: &'j Json<'t>) -> &'j [Json<'t>] {
    if matches!(value, Json::Text(_) | Json::Other) { &[] } else { value.each() }
}

fn is_article(object: &Json<'_>) -> bool {
    const ENDINGS: [&str; 5] = ["Article", "Posting", "Report", "Review", "OpinionPiece"];
    let kinds = object.get("@type").map(Json::each).unwrap_or_default();
    let mut names = kinds.iter().filter_map(Json::as_text);
    names.any(|name| ENDINGS.iter().any(|ending| name.raw.ends_with(ending)))
}

/// The addresses that a property names: a string, an object's `@id` or `url`, or several.
fn addresses<'j, 't>(value: &'j Json<'t>) -> impl Iterator<Item = Text<'t>> + use<'j, 't> {
    value.each().iter().filter_map(address)
}

fn address<'t>(value: &Json<'t>) -> Option<Text<'t>> {
    value.as_text().or_else(|| address(value.get("@id").or_else(|| value.get("url"))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<(Role, String)> {
        let found = read(text, 0).links;
        for link in &found {
            assert_eq!(link.value.span.of(text), link.value.raw);
        }
        let address = |link: &Found<'_>| link.more.as_ref().and_then(|more| more.unescaped.clone());
        let links = found.iter().filter_map(|link| Some((link.role?, address(link)?)));
        links.collect()
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
    }
}

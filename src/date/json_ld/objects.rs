//! Finds the objects of a JSON-LD script and tells which one is the article.

use super::super::Subject;
use super::super::url::own_addresses;
use super::text_of;
use crate::model::Mark;
use crate::text::json::Json;

/// An object with dates.
#[derive(Debug)]
pub(super) struct Object<'a> {
    pub mark: &'a Mark,
    /// How much its type speaks for its being the article; none at 0.
    pub rank: u8,
    /// Whether it is the page around the article.
    pub is_page: bool,
    pub headline: String,
    pub addresses: Vec<String>,
    /// The property's name and its value.
    pub dates: Vec<(&'static str, String)>,
}

const DATES: [&str; 4] = ["datePublished", "dateModified", "dateCreated", "uploadDate"];

/// Properties that hold what others said of a thing at some later time.
const OTHERS: [&str; 5] = ["review", "reviews", "comment", "suggestedAnswer", "acceptedAnswer"];

/// Objects beyond this count are left out.
const MAX_OBJECTS: usize = 512;

/// Gathers all objects with dates, outermost first.
pub(super) fn gather<'a>(value: &Json<'_>, mark: &'a Mark, objects: &mut Vec<Object<'a>>) {
    if objects.len() >= MAX_OBJECTS {
        return;
    }
    match value {
        Json::List(values) => values.iter().for_each(|value| gather(value, mark, objects)),
        Json::Object(members) => {
            objects.extend(object(value, mark));
            let own = members.iter().filter(|(name, _)| !OTHERS.contains(name));
            own.for_each(|(_, value)| gather(value, mark, objects));
        }
        Json::Text(_) | Json::Other => {}
    }
}

fn object<'a>(map: &Json<'_>, mark: &'a Mark) -> Option<Object<'a>> {
    let dates: Vec<_> =
        DATES.iter().filter_map(|&name| Some((name, map.get(name).and_then(text_of)?))).collect();
    if dates.is_empty() {
        return None;
    }
    let (rank, is_page) = types(map.get("@type").unwrap_or(&Json::Other));
    let text = |name: &str| map.get(name).and_then(text_of).unwrap_or_default();
    let headline =
        Some(text("headline")).filter(|text| !text.is_empty()).unwrap_or_else(|| text("name"));
    Some(Object { mark, rank, is_page, headline, addresses: addresses(map), dates })
}

/// The addresses by which an object names itself.
fn addresses(map: &Json<'_>) -> Vec<String> {
    let main = map.get("mainEntityOfPage");
    let nested = main.and_then(|page| page.get("@id").or(page.get("url")));
    [map.get("url"), map.get("@id"), main, nested]
        .into_iter()
        .flatten()
        .filter_map(Json::as_text)
        .map(|text| bare(&text.unescaped()))
        .collect()
}

/// An address without what does not tell pages apart: scheme, `www.`, fragment, last slash.
fn bare(address: &str) -> String {
    let address = address.split('#').next().unwrap_or(address);
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.trim_start_matches("www.").trim_end_matches('/').to_owned()
}

fn types(value: &Json<'_>) -> (u8, bool) {
    let names = || value.each().iter().filter_map(Json::as_text).map(|name| name.raw);
    (names().map(rank_of).max().unwrap_or(0), names().any(|name| name.ends_with("Page")))
}

/// How much a schema.org type speaks for an object's being the article of a page.
fn rank_of(name: &str) -> u8 {
    let name = name.rsplit(['/', ':']).next().unwrap_or(name);
    match name {
        "LiveBlogPosting"
        | "BlogPosting"
        | "Report"
        | "DiscussionForumPosting"
        | "SocialMediaPosting" => 3,
        _ if name.ends_with("Article") => 3,
        "Recipe" | "HowTo" | "Review" | "CreativeWork" | "Book" | "TechArticle"
        | "PodcastEpisode" | "JobPosting" | "QAPage" => 2,
        "VideoObject" | "Product" | "Course" | "SoftwareApplication" | "Movie" | "TVEpisode" => 1,
        _ => 0,
    }
}

/// Which object is the article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Article {
    /// Its place among the objects.
    pub at: usize,
    /// Whether it bears the page's headline.
    pub is_titled: bool,
}

/// The object that is the article: by its type first, then by its address or headline being the
/// document's, then by its coming first.
pub(super) fn article(objects: &[Object<'_>], subject: &Subject<'_>) -> Option<Article> {
    let own: Vec<String> = own_addresses(subject).map(|(url, _)| bare(url.as_str())).collect();
    let titles: Vec<String> =
        subject.extract.titles.iter().take(4).map(|title| letters(&title.text)).collect();
    let score = |object: &Object<'_>| {
        let address = object.addresses.iter().any(|address| own.contains(address));
        let headline = is_headline(&letters(&object.headline), &titles);
        let says_published = object.dates.iter().any(|(name, _)| *name == "datePublished");
        (object.rank, headline, address, says_published)
    };
    let best = objects.iter().enumerate().filter(|(_, object)| object.rank > 0);
    // The first of several equals is the outermost.
    let (at, best) = best.rev().max_by_key(|(_, object)| score(object))?;
    Some(Article { at, is_titled: is_headline(&letters(&best.headline), &titles) })
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(300).collect()
}

/// Whether a headline is one of the document's titles, up to a site's name around it.
fn is_headline(headline: &str, titles: &[String]) -> bool {
    const TELLING: usize = 12;
    headline.len() >= TELLING
        && titles.iter().any(|title| {
            title.contains(headline)
                || (title.len() >= TELLING && headline.contains(title.as_str()))
        })
}

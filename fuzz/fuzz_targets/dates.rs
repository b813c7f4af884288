//! Any text where dates stand: in an address, in markup, in header fields, in words, seen at any
//! time. Every claim allows some instant, of the years that there are.

#![no_main]

use dateline::model::{Document, Headers, Media};
use dateline::{date, extract};
use jiff::{SignedDuration, Timestamp};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (i64, &str)| {
    let (seconds, text) = input;
    let now = Timestamp::from_second(seconds % 253_402_207_200).unwrap_or_default();
    let html = format!(
        "<title>A page</title><meta property=\"article:published_time\" content=\"{text}\">\
         <script type=\"application/ld+json\">{{\"@type\":\"Article\",\"datePublished\":\"{text}\"}}\
         </script><time datetime=\"{text}\">{text}</time><h1>A page</h1><p>By A. Writer, {text}</p>"
    );
    let url = format!("http://e.com/{text}/a").parse().ok();
    let headers = ["last-modified", "date", "memento-datetime"]
        .map(|name| (name.to_owned(), text.to_owned()));
    let mail = format!("{text}\n\nMOSCOW, {text} — It is so.\n\nRelated article: {text}");
    for (media, text) in [(Media::Html, html), (Media::Text, mail)] {
        let document = Document {
            url: url.clone(),
            captured: Some(dateline::model::PartialDate::utc(now)),
            headers: Headers(headers.to_vec()),
            ..Document::new("fuzz", media, text)
        };
        let dating = date::date(&document, &extract::extract(&document));
        dateline_fuzz::possible(&document, &dating);
        for claim in &dating.claims {
            let (first, last) = (claim.when.earliest, claim.when.before);
            assert!(first > Timestamp::MIN + SignedDuration::from_hours(1), "{claim:?}");
            assert!(last <= Timestamp::MAX, "{claim:?}");
        }
    }
});

//! Any text as an article, up to the first NUL, and as what its links lead to: whatever stands in
//! it, no report acts on a terminal, a runner, a browser or a spreadsheet.

#![no_main]

use dateline::model::{Document, Media};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (article, page) = text.split_once('\0').unwrap_or((text, text));
    for media in [Media::Text, Media::Markdown, Media::Html] {
        let document = Document::new(article.get(..20).unwrap_or("fuzz"), media, article);
        let judged = dateline_fuzz::judged(document, |url| dateline_fuzz::page_of(url, page));
        dateline_fuzz::reports::check(&judged);
    }
});

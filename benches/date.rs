//! Throughput of dating, alone and with the pass over the HTML before it, on pages like those of
//! news sites.

use dateline::date::date;
use dateline::extract::extract;
use dateline::model::{Document, Media};
use divan::counter::BytesCount;

/// The allocator of the program, for its peers as well.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// An article with metadata, a byline, paragraphs, and boxes of other articles with their dates.
fn page(paragraphs: usize, teasers: usize) -> Document {
    let body = "<p>On May 3 the council met with <a href=\"/2018/05/03/a\">others</a>, 12 of them, \
                and spoke of the year 2017 at length, as it had in years before.</p>\n";
    let teaser = "<article class=\"teaser\"><h3><a href=\"/2018/05/24/b\">Another one</a></h3>\
                  <time datetime=\"2018-05-24T10:00:00Z\">24 May 2018</time></article>\n";
    let text = format!(
        "<!doctype html><html lang=\"en\"><head><title>A headline of some length</title>\
         <link rel=\"canonical\" href=\"https://news.example/2018/05/25/a-headline\">\
         <meta property=\"article:published_time\" content=\"2018-05-25T14:03:00+03:00\">\
         <script type=\"application/ld+json\">{{\"@graph\": [{{\"@type\": \"NewsArticle\", \
         \"headline\": \"A headline of some length\", \"datePublished\": \"2018-05-25T14:03:00Z\", \
         \"dateModified\": \"2018-05-26T10:00:00Z\"}}]}}</script></head><body><main><article>\
         <h1>A headline of some length</h1><p class=\"byline\">By Jane Doe, May 25, 2018</p>\n{}\
         </article></main><aside class=\"related\">{}</aside></body></html>",
        body.repeat(paragraphs),
        teaser.repeat(teasers)
    );
    Document::new("page", Media::Html, text)
}

#[divan::bench(args = [(30, 10), (300, 100), (3_000, 1_000)])]
fn dating(bencher: divan::Bencher<'_, '_>, (paragraphs, teasers): (usize, usize)) {
    let document = page(paragraphs, teasers);
    let extracted = extract(&document);
    let bytes = BytesCount::of_str(&document.text);
    bencher.counter(bytes).bench_local(|| date(&document, &extracted));
}

#[divan::bench(args = [(30, 10), (300, 100), (3_000, 1_000)])]
fn pass_and_dating(bencher: divan::Bencher<'_, '_>, (paragraphs, teasers): (usize, usize)) {
    let document = page(paragraphs, teasers);
    let bytes = BytesCount::of_str(&document.text);
    bencher.counter(bytes).bench_local(|| date(&document, &extract(&document)));
}

#[divan::bench]
fn plain_text_of_one_long_line(bencher: divan::Bencher<'_, '_>) {
    let text = "The council met on May 25, 2018, and 747-400 others did. ".repeat(100_000);
    let document = Document::new("text", Media::Text, text);
    bencher
        .counter(BytesCount::of_str(&document.text))
        .bench_local(|| date(&document, &dateline::model::Extract::default()));
}

//! Links, labels, roles, titles and the weighed dates of an HTML page, beside a bare `lol_html` pass
//! that only counts links, in one run: `cargo bench --bench extract_html`. Beside the whole way of
//! an article stands that of a link's target, of which only its own addresses are kept; and hostile
//! pages, whose figures must not fall as they grow.

use dateline::date::date;
use dateline::extract::{extract, extract_target};
use dateline::model::{Document, Media};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use lol_html::{HtmlRewriter, Settings, element};

/// The allocator of the program, for its peers as well.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// A news page of about 200 KB as they are today: scripts and styles, menus, an article, boxes that
/// recommend others, comments, a footer.
fn page() -> String {
    let mut page = String::from(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Title - Site</title>\
         <link rel=canonical href=\"https://news.example/2018/05/25/title-of-it\">\
         <meta property=\"og:title\" content=\"Title of it\">\
         <meta property=\"article:published_time\" content=\"2018-05-25T14:03:00Z\">\n",
    );
    for n in 0..30 {
        page += &format!("<script>window.settings_{n} = {{a: {n}, b: '");
        page += &"x9f8e7d6c5b4a".repeat(90);
        page += "'};</script>\n<style>.c { color: #123 }</style>\n";
    }
    page += "<script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"url\": \"https://news.example/1\",\
             \"datePublished\": \"2018-05-25\"}</script></head><body class=\"single has-sidebar\"><nav class=\"main-nav\"><ul>";
    for n in 0..60 {
        page += &format!(
            "<li id=\"menu-item-{n}\" class=\"menu-item menu-item-type-taxonomy\"><a class=\"menu-link\" \
             href=\"https://news.example/section/{n}\"><span>Section {n}</span></a></li>\n"
        );
    }
    page += "</ul></nav><main class=\"content\"><article class=\"post type-post\"><h1 class=\"entry-title\">Title of it</h1>\
             <p class=\"byline\">By A. Writer <time datetime=\"2018-05-25\">May 25, 2018</time></p><div class=\"entry-content\">";
    for n in 0..80 {
        page += "<p>The committee met again on Thursday and spoke at length about what had been agreed, said one of \
                 those present, who asked not to be named because the talks are not public. ";
        page += &format!(
            "<a href=\"https://other.example/2018/04/{n}/report\" target=\"_blank\" rel=\"noopener\">A report</a> \
                 from last year found as much &mdash; in <em>nine</em> of ten cases.</p>\n"
        );
        if n % 10 == 0 {
            page += &format!(
                "<figure class=\"wp-block-image size-large\"><img loading=\"lazy\" width=\"1024\" height=\"683\" \
                 src=\"https://cdn.example/{n}.jpg\" srcset=\"https://cdn.example/{n}-300.jpg 300w, \
                 https://cdn.example/{n}-768.jpg 768w\" alt=\"\"><figcaption>Photo {n}</figcaption></figure>\n"
            );
        }
    }
    page += "</div></article><section class=\"related-posts\">";
    for n in 0..120 {
        page += &format!(
            "<div class=\"card card--small\" data-id=\"{n}\"><a class=\"card__image\" href=\"/2020/01/{n}/story\"><img \
             src=\"/img/{n}.jpg\" alt=\"Story {n}\"></a><div class=\"card__body\"><h3 class=\"card__title\"><a \
             href=\"/2020/01/{n}/story\">Another story that happened later {n}</a></h3><span class=\"card__date\">Jan {n}, \
             2020</span></div></div>\n"
        );
    }
    page += "</section></main><aside class=\"sidebar\"><ol class=\"comment-list\">";
    for n in 0..60 {
        page += &format!(
            "<li class=\"comment even depth-1\" id=\"comment-{n}\"><div class=\"comment-meta\"><a \
             href=\"#comment-{n}\"><time datetime=\"2018-06-01T10:00:00+00:00\">1 June 2018</time></a></div><p>I do \
             not think so, and said it before.</p></li>\n"
        );
    }
    page +=
        "</ol></aside><footer class=\"site-footer\"><p>&copy; 2020 Site</p></footer></body></html>";
    page
}

/// A page of about 20 KB with little but text: paragraphs of a few hundred letters, a link in each.
fn plain_page() -> String {
    let mut page = String::from(
        "<!doctype html><html><head><meta charset=utf-8><title>Plain page</title>\
         <meta property=\"article:published_time\" content=\"2018-05-25\"></head><body><article>",
    );
    for n in 0..55 {
        page += "<p>";
        page += &format!("Words of a sentence that goes on to the number {n} ").repeat(7);
        page += &format!("<a href=\"/p/{n}.html\">x</a></p>");
    }
    page += "</article></body></html>";
    page
}

fn document(name: &str) -> Document {
    let page = if name == "plain" { plain_page() } else { page() };
    Document::new("page.html", Media::Html, page)
}

#[divan::bench(args = ["news", "plain"])]
fn article_extracted_and_dated(bencher: Bencher, name: &str) {
    let document = document(name);
    let read = || {
        let extracted = extract(black_box(&document));
        date(&document, &extracted).claims.len() + extracted.links.len()
    };
    bencher.counter(BytesCount::of_str(&document.text)).bench(read);
}

#[divan::bench(args = ["news", "plain"])]
fn target_extracted_and_dated(bencher: Bencher, name: &str) {
    let document = document(name);
    let read = || date(&document, &extract_target(black_box(&document))).claims.len();
    bencher.counter(BytesCount::of_str(&document.text)).bench(read);
}

/// What hostile pages are made of, over and over.
const HOSTILE: [&str; 12] = [
    "<div>",
    "<b>",
    "</b>",
    "<!--",
    "<a href=\"",
    "<a href='x",
    "<script>",
    "<script><!--<script>",
    "<svg><![CDATA[",
    "<",
    "May 25, 2018 ",
    "<p>25/05/2018</p>",
];

#[divan::bench(args = HOSTILE, consts = [10_000, 100_000], sample_count = 5)]
fn hostile<const COUNT: usize>(bencher: Bencher, piece: &str) {
    let document = Document::new("page.html", Media::Html, piece.repeat(COUNT));
    let read = || date(&document, &extract(black_box(&document))).claims.len();
    bencher.counter(BytesCount::of_str(&document.text)).bench(read);
}

#[divan::bench(args = ["news", "plain"])]
fn bare_lol_html(bencher: Bencher, name: &str) {
    let page = document(name).text;
    bencher.counter(BytesCount::of_str(&page)).bench(|| count_links(black_box(&page)));
}

fn count_links(page: &str) -> usize {
    let mut links = 0;
    let count = element!("a[href]", |_| {
        links += 1;
        Ok(())
    });
    let settings = Settings::new().with_strict(false).append_element_content_handler(count);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    let _ = rewriter.write(page.as_bytes()).and_then(|()| rewriter.end());
    links
}

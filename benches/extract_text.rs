//! Extraction of plain text beside linkify (a scheme required), in bytes a second over the same
//! texts: a real article, its paragraphs without a link, as most of any article is, prose with few
//! links, bibliographies with many broken ones, and input that punishes whatever is not linear. In
//! `dots` linkify has nothing to stop at, since it looks for colons only.

use dateline::extract::extract;
use dateline::model::{Document, Media};
use divan::{Bencher, counter::BytesCount};

/// The allocator of the program, for its peers as well.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

const SIZE: usize = 4 << 20;

const PROSE: &str = "France and Russia want to create a coordination mechanism between world powers \
to push\nahead with finding a political solution in Syria, the president said on Thursday. He met\n\
the others at 10.30 a.m. in St. Petersburg: \"We need to be talking about the situation,\" he\n\
said (see https://www.example.org/2018/05/25/a-long-slug-of-many-words-a61572). The key is,\nof \
course, to build a stable country. Previous groups have failed to find a solution to the\n\
seven-year war. Nothing more was said, e.g. about the U.S. or the U.K., at that meeting.\n\n";

const BIBLIOGRAPHY: &str = "[4] Oberdiek, Heiko: hyphsubst. Substitute patterns. https://ctan.org/\n\
pkg/hyphsubst.\n[5] Partl, Hubert: German TeX, TUGboat 9/1 (1988), p. 70.\n\
[6] Raichle, Bernd: German. http://www.ctan.org/pkg/german.\n[7] Vomiero, F.: Comporre la \
bibliografia in LaTeX, https://www.\nguitex.org/home/images/doc/GuideGuIT/bibliografia.pdf\n\n";

/// A real article, with a link every thousand bytes, one of them broken.
const ARTICLE: &str = include_str!("../fixtures/moscow-times-2018-05-25.txt");

/// The texts, each with its name.
const TEXTS: &[&str] =
    &["prose", "article", "no-links", "bibliography", "brackets", "http", "dots", "one-line"];

/// The article's paragraphs that are sentences and hold no link.
fn paragraphs() -> String {
    let is_plain = |paragraph: &&str| paragraph.len() > 100 && !paragraph.contains("://");
    let plain: Vec<&str> = ARTICLE.split("\n\n").filter(is_plain).collect();
    plain.join("\n\n") + "\n\n"
}

fn text(name: &str) -> String {
    let piece = match name {
        "prose" => PROSE.to_owned(),
        "article" => ARTICLE.to_owned(),
        "no-links" => paragraphs(),
        "bibliography" => BIBLIOGRAPHY.to_owned(),
        "brackets" => format!("http://a.example/{}\n", "(".repeat(100_000)),
        "http" => "http://".to_owned(),
        "dots" => "a.".to_owned(),
        _ => PROSE.replace('\n', " "),
    };
    piece.repeat(SIZE / piece.len() + 1)
}

#[divan::bench(args = TEXTS)]
fn dateline(bencher: Bencher, name: &str) {
    let document = Document::new("bench.txt", Media::Text, text(name));
    bencher.counter(BytesCount::of_str(&document.text)).bench(|| extract(&document).links.len());
}

#[divan::bench(args = TEXTS)]
fn linkify(bencher: Bencher, name: &str) {
    let text = text(name);
    let mut finder = linkify::LinkFinder::new();
    finder.kinds(&[linkify::LinkKind::Url]).url_must_have_scheme(true);
    bencher.counter(BytesCount::of_str(&text)).bench(|| finder.links(&text).count());
}

//! Builds literal cases for the tests of rules.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use crate::extract::extract;
use crate::model::{
    Anchors, Capture, Captures, Case, Claim, Conclusion, Confidence, Dating, Document, Event,
    Extract, Failure, FailureKind, Former, Found, Fragment, Hop, Label, Link, LinkKind, Local,
    LocalFile, Media, Memento, Outcome, Page, PartialDate, Region, Role, Source, Span, Status,
    Title, TitleKind, Whereabouts,
};
use crate::text::main_text::{Purpose, main_text_of_words};

/// A text and its links, of which nothing was fetched and nothing is dated.
pub(crate) fn offline(media: Media, text: &str) -> Case {
    let article = Document::new("a", media, text);
    let extract = extract(&article);
    let statuses = extract.links.iter().map(|_| Status::Offline).collect();
    let now = at("2026-11-23T00:00:00Z");
    Case { article, extract, dating: Dating::default(), statuses, local: Local::default(), now }
}

/// A case under construction; what edits a link edits the last one.
pub(crate) struct Sample {
    case: Case,
}

impl Sample {
    /// An article of a day that its dateline states.
    pub(crate) fn article(published: &str) -> Self {
        let mut sample = Self::undated();
        let claim = sample.claim(Event::Published, published, "dateline", published);
        sample.case.dating.published = Some(conclusion(&claim));
        sample
    }

    /// An article that states no date.
    pub(crate) fn undated() -> Self {
        let article = Document::new("article.txt", Media::Text, "A headline of our own\n\n");
        let title = Title {
            kind: TitleKind::Headline,
            text: "A headline of our own".to_owned(),
            span: Span::new(0, 21),
        };
        let extract = Extract { titles: vec![title], ..Extract::default() };
        let now = at("2026-11-23T00:00:00Z");
        let local = Local {
            whereabouts: Some(Whereabouts {
                path: "article.txt".to_owned(),
                in_repository: true,
                ..Whereabouts::default()
            }),
            ..Local::default()
        };
        let dating = Dating::default();
        let case = Case { article, extract, dating, statuses: Vec::new(), local, now };
        Self { case }
    }

    /// Another claim about the article, by words that are put into its text.
    pub(crate) fn claimed(mut self, event: Event, date: &str, source: &'static str) -> Self {
        self.claim(event, date, source, date);
        self
    }

    /// The conclusion about the article's publication is believed only so far.
    pub(crate) fn doubted(mut self, confidence: Confidence) -> Self {
        let published = self.case.dating.published.as_mut().expect("a dated article");
        published.confidence = confidence;
        self
    }

    /// A claim that the article was modified.
    pub(crate) fn modified(mut self, date: &str) -> Self {
        let claim = self.claim(Event::Modified, date, "json-ld", date);
        self.case.dating.modified = Some(conclusion(&claim));
        self
    }

    fn claim(&mut self, event: Event, date: &str, source: &'static str, quote: &str) -> Claim {
        let span = self.write(quote);
        let source = Source::named(source);
        let claim = Claim::new(event, read(date), source, Confidence::High, quote).at(span);
        self.case.dating.claims.push(claim.clone());
        claim
    }

    fn write(&mut self, words: &str) -> Span {
        let start = self.case.article.text.len();
        let _ = writeln!(self.case.article.text, "{words}");
        Span::new(start, start + words.len())
    }

    /// Words of the article's text, on a line of their own.
    pub(crate) fn words(mut self, words: &str) -> Self {
        self.write(words);
        self
    }

    /// Words of the article's text that the next link follows on its line.
    pub(crate) fn after(mut self, words: &str) -> Self {
        self.case.article.text.push_str(words);
        self
    }

    /// The article's own address.
    pub(crate) fn url(mut self, url: &str) -> Self {
        self.case.article.url = Some(address(url));
        self
    }

    /// When the copy of the article was taken.
    pub(crate) fn captured(mut self, time: &str) -> Self {
        self.case.article.captured = Some(PartialDate::utc(at(time)));
        self
    }

    /// A bare link in the running text, not followed.
    pub(crate) fn link(mut self, url: &str) -> Self {
        let span = self.write(url);
        self.case.extract.links.push(Link::new(LinkKind::Bare, span, url, url, None));
        self.case.statuses.push(Status::Offline);
        self
    }

    /// Edits the last link.
    pub(crate) fn with(mut self, edit: impl FnOnce(&mut Link)) -> Self {
        edit(self.case.extract.links.last_mut().expect("a link was added"));
        self
    }

    /// Words that introduce the last link.
    pub(crate) fn label(self, words: &str) -> Self {
        self.with(|link| {
            link.label = Some(Box::new(Label { text: words.to_owned(), span: Span::new(0, 0) }));
        })
    }

    /// Makes the last link one of markup, with anchor text.
    pub(crate) fn text(self, words: &str) -> Self {
        self.with(|link| {
            link.kind = LinkKind::Anchor;
            link.text = Some(words.into());
        })
    }

    /// A link to a web-archive capture.
    pub(crate) fn capture(self, time: &str, target: &str) -> Self {
        let url = format!("https://web.archive.org/web/{time}/{target}");
        let stamp = format!(
            "{}-{}-{}T{}:{}:{}Z",
            &time[..4],
            &time[4..6],
            &time[6..8],
            &time[8..10],
            &time[10..12],
            &time[12..14]
        );
        self.link(&url).with(|link| {
            link.role = Role::Archive;
            link.capture = Some(Box::new(Capture {
                archive: "Wayback Machine".to_owned(),
                target: Some(target.to_owned()),
                captured: Some(read(&stamp)),
            }));
        })
    }

    /// What the disk says of the file that the last link leads to.
    pub(crate) fn file(mut self, found: Found) -> Self {
        let index = self.case.extract.links.len() - 1;
        let link = self.case.extract.links.last().expect("a link was added");
        let path = link.joined().split(['?', '#']).next().unwrap_or_default();
        let path = path.trim_start_matches(['.', '/']).to_owned();
        self.case.local.files.insert(index, LocalFile { path, found, anchors: None });
        self
    }

    /// The places inside the file that the last link leads to.
    pub(crate) fn file_of(self, anchors: Anchors) -> Self {
        let mut sample = self.file(Found::There);
        let last = sample.case.extract.links.len() - 1;
        let file = sample.case.local.files.get_mut(&last).expect("it was looked up");
        file.anchors = Some(Arc::new(anchors));
        sample
    }

    /// A link to a place inside the article, which has these.
    pub(crate) fn fragment(mut self, fragment: &str, anchors: Anchors) -> Self {
        let span = self.write(fragment);
        self.case.extract.fragments.push(Fragment { span, region: Region::Body });
        self.case.local.anchors = Some(anchors);
        self
    }

    /// The part of the page that the last link stands in.
    pub(crate) fn region(self, region: Region) -> Self {
        self.with(|link| link.region = region)
    }

    /// The last link was followed to a page about which nothing else is known.
    pub(crate) fn page(self) -> Self {
        let url = self.last_url();
        self.outcome(Ok(Page {
            url,
            status: 200,
            media: Media::Html,
            titles: Vec::new(),
            canonical: None,
            dating: Dating::default(),
            partial: false,
            text: None,
            anchors: None,
            more: Vec::new(),
        }))
    }

    /// The last link was followed to a page that states its publication in its metadata.
    pub(crate) fn page_of(self, published: &str) -> Self {
        self.page().edit_page(|page| {
            let source = Source::named("json-ld");
            let date = read(published);
            let claim = Claim::new(Event::Published, date, source, Confidence::High, published);
            page.dating.published = Some(conclusion(&claim));
            page.dating.claims = vec![claim];
        })
    }

    /// The page says when it was changed.
    pub(crate) fn page_modified(self, date: &str) -> Self {
        self.edit_page(|page| {
            let source = Source::named("json-ld");
            let claim = Claim::new(Event::Modified, read(date), source, Confidence::High, date);
            page.dating.modified = Some(conclusion(&claim));
            page.dating.claims.push(claim);
        })
    }

    /// The page's title.
    pub(crate) fn page_title(self, words: &str) -> Self {
        self.edit_page(|page| {
            let span = Span::new(0, 0);
            page.titles.push(Title { kind: TitleKind::Headline, text: words.to_owned(), span });
        })
    }

    /// The page's main text.
    pub(crate) fn page_text(self, text: &str) -> Self {
        self.edit_page(|page| page.text = Some(main_text_of_words(text, Purpose::Comparison)))
    }

    /// The main text of the capture nearest the article's date.
    pub(crate) fn nearest_capture(self, time: &str, text: &str) -> Self {
        let url = address(&format!("https://web.archive.org/web/{}", self.last_url()));
        self.edit_outcome(|outcome| {
            let text = Some(main_text_of_words(text, Purpose::Comparison));
            let page = outcome.result.clone().ok().map(|page| Box::new(Page { text, ..page }));
            let nearest = Memento { url, captured: at(time), page };
            outcome.captures = Some(Captures { nearest: Some(nearest), ..Captures::default() });
        })
    }

    /// Edits the page that the last link was followed to.
    pub(crate) fn edit_page(self, edit: impl FnOnce(&mut Page)) -> Self {
        self.edit_outcome(|outcome| edit(outcome.result.as_mut().expect("a page")))
    }

    /// Edits what came of following the last link.
    pub(crate) fn edit_outcome(mut self, edit: impl FnOnce(&mut Outcome)) -> Self {
        let Some(Status::Followed(outcome)) = self.case.statuses.last_mut() else {
            panic!("the last link was not followed");
        };
        edit(Arc::get_mut(outcome).expect("not shared yet"));
        self
    }

    /// The last link was followed in vain.
    pub(crate) fn failed(self, kind: FailureKind, detail: &str) -> Self {
        self.outcome(Err(Failure::new(kind, detail)))
    }

    /// Redirects of the last link, in order; the page is the last of them.
    pub(crate) fn redirected(self, urls: &[&str]) -> Self {
        let last = urls.last().map(|url| address(url));
        self.edit_outcome(|outcome| {
            for hop in &mut outcome.chain {
                hop.status = Some(301);
            }
            outcome
                .chain
                .extend(urls.iter().map(|url| Hop { url: address(url), status: Some(301) }));
            outcome.chain.last_mut().expect("a hop").status = Some(200);
            if let (Ok(page), Some(last)) = (&mut outcome.result, last) {
                page.url = last;
            }
        })
    }

    /// The address that the last link's target had, by a capture of the day before.
    pub(crate) fn former(self, address: &str) -> Self {
        self.edit_outcome(|outcome| {
            let capture = format!("https://archive.example/web/20180524000000/{address}");
            let url = self::address(&capture);
            let capture = Memento { url, captured: at("2018-05-24T00:00:00Z"), page: None };
            let url = self::address(address);
            let former = Some(Former { url, capture });
            outcome.captures = Some(Captures { former, ..Captures::default() });
        })
    }

    /// The earliest capture of the last link's target.
    pub(crate) fn earliest_capture(self, time: &str) -> Self {
        let url = address(&format!("https://web.archive.org/web/{}", self.last_url()));
        self.edit_outcome(|outcome| {
            let earliest = Memento { url, captured: at(time), page: None };
            outcome.captures = Some(Captures { earliest: Some(earliest), ..Captures::default() });
        })
    }

    fn last_url(&self) -> Url {
        let link = self.case.extract.links.last().expect("a link was added");
        link.url().cloned().expect("a valid address")
    }

    fn outcome(mut self, result: Result<Page, Failure>) -> Self {
        let status = result.as_ref().ok().map(|page| page.status);
        let chain = vec![Hop { url: self.last_url(), status }];
        let fetched = Some(self.case.now);
        let outcome = Outcome { chain, result, fetched, captures: None };
        *self.case.statuses.last_mut().expect("a link was added") =
            Status::Followed(Arc::new(outcome));
        self
    }

    /// The case.
    pub(crate) fn case(self) -> Case {
        self.case
    }
}

pub(crate) fn conclusion(claim: &Claim) -> Conclusion {
    Conclusion {
        date: claim.date,
        when: claim.when,
        source: claim.source.clone(),
        confidence: claim.confidence,
        reasons: Vec::new(),
    }
}

fn read(date: &str) -> PartialDate {
    date.parse().expect("a date")
}

fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}

/// A valid address.
pub(crate) fn address(url: &str) -> Url {
    Url::parse(url).expect("a URL")
}

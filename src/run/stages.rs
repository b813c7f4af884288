//! The stages between reading and reporting, one document at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use url::Url;

use super::Observer;
use super::concluded::Concluded;
use super::link_budget::Share;
use super::local;
use super::source::Source;
use crate::address::site_clock;
use crate::config::Settings;

use crate::error::Error;
use crate::fetch::{ArchiveChoice, Cores, Fetcher};
use crate::model::{Case, Dating, Document, Extract, Judged, Local, Media, Need};
use crate::read::{Entry, ReadError, Unread};
use crate::report::{Renderer, View, unfetched_remark};
use crate::suppress::ByDocument;
use crate::suppress::changed::Changes;
use crate::text::{grouped, were};
use crate::{date, extract, rules};

/// The stages between reading and reporting, with what they share.
pub(super) struct Stages {
    pub(super) settings: Settings,
    pub(super) fetcher: Option<Fetcher>,
    pub(super) changes: Option<Arc<Changes>>,
    /// Looks at the disk, where a rule asks what it says.
    lookup: Option<local::Lookup>,
    suppressions: Arc<ByDocument>,
    /// Renders a document's part of the report, where that can be done away from it.
    renderer: Option<Renderer>,
    /// The work that keeps a core busy.
    cores: Arc<Cores>,
    /// How many links were not followed because the run holds too many.
    pub(super) beyond: AtomicUsize,
}

impl Stages {
    /// There is a fetcher only where something may be fetched: it opens the cache.
    pub(super) fn new(
        settings: Settings,
        suppressions: Arc<ByDocument>,
        renderer: Option<Renderer>,
        reads_web: bool,
    ) -> Result<Self, Error> {
        let wants = |need| wants(&settings, need);
        let lookup = wants(Need::Files).then(|| local::Lookup::new(&settings.read));
        let fetcher = if !settings.offline && (reads_web || wants(Need::Page)) {
            let mut fetch = settings.fetch.clone();
            // A page remembered without its text must not pass for one read with it.
            fetch.reading += match (wants(Need::Text), compares(&settings)) {
                (_, true) => " for comparison",
                (true, false) => " with text",
                (false, false) => "",
            };
            Some(Fetcher::new(fetch).map_err(Error::Fetch)?)
        } else {
            None
        };
        let cores = match &fetcher {
            Some(fetcher) => fetcher.cores(),
            None => Arc::new(Cores::new().map_err(Error::Start)?),
        };
        let (changes, beyond) = (settings.suppress.changes.clone(), AtomicUsize::new(0));
        Ok(Self { settings, fetcher, changes, lookup, suppressions, renderer, cores, beyond })
    }

    /// Takes one document from reading to its part of the report.
    pub(super) async fn one(
        self: Arc<Self>,
        entry: Result<Entry, ReadError>,
        share: Share,
    ) -> Result<Concluded, ReadError> {
        let article = match entry {
            Ok(Entry::Document(document)) => Ok(*document),
            Ok(Entry::Unread(unread)) => {
                let input = unread.input.clone();
                let is_unlimited = share.is_unlimited();
                let work = move |stages: &Self| stages.made(unread, is_unlimited);
                match self.on_a_core(work).await {
                    Some(Ok(Made::Concluded(concluded))) => return Ok(*concluded),
                    Some(Ok(Made::Article(article))) => Ok(*article),
                    Some(Err(error)) => Err(error),
                    None => Err(broken(input)),
                }
            }
            Ok(Entry::Web(url)) => self.article(&url).await,
            Err(error) => Err(error),
        };
        let article = match article {
            Ok(article) => article,
            Err(error) => {
                share.take(|| 0).await;
                return Err(error);
            }
        };
        let name = article.name();
        let concluded = if self.asks_nobody(&article, share.is_unlimited()) {
            self.on_a_core(move |stages| stages.unasked(article)).await
        } else {
            Arc::clone(&self).asked(article, share).await
        };
        concluded.ok_or_else(|| broken(name))
    }

    /// Makes an article of its bytes, and all that follows where nothing is waited for.
    fn made(&self, unread: Unread, is_unlimited: bool) -> Result<Made, ReadError> {
        let article = unread.document()?;
        if self.asks_nobody(&article, is_unlimited) {
            return Ok(Made::Concluded(Box::new(self.unasked(article))));
        }
        Ok(Made::Article(Box::new(article)))
    }

    /// Whether nothing is waited for between an article's extraction and its judgement.
    fn asks_nobody(&self, article: &Document, is_unlimited: bool) -> bool {
        self.fetcher.is_none() && article.outcomes.is_none() && is_unlimited
    }

    /// All of an article's way at once, where nobody is asked anything.
    fn unasked(&self, article: Document) -> Concluded {
        let mut case = self.case(article);
        case.statuses = self.offline(&case, usize::MAX);
        self.mark_excluded(&mut case);
        self.conclude(case)
    }

    /// An article's way with what its links lead to; nothing where the work on it panicked.
    async fn asked(self: Arc<Self>, article: Document, share: Share) -> Option<Concluded> {
        let mut case = self.on_a_core(move |stages| stages.case(article)).await?;
        let mut room = share.take(|| self.wanted(&case)).await;
        let given = Source::given(&mut case.article);
        let fetched = || self.fetcher.as_ref().map(Source::Fetcher);
        let source = given.or_else(fetched).filter(|_| self.wants(Need::Page));
        self.settle(source.as_ref(), &mut case, &mut room).await;
        case.statuses = match &source {
            Some(source) => self.statuses(source, &case, room).await,
            None => self.offline(&case, room),
        };
        self.mark_excluded(&mut case);
        self.captures(&mut case).await;
        self.on_a_core(move |stages| stages.conclude(case)).await
    }

    /// Works away from the threads that serve the network; gives nothing where the work panicked.
    async fn on_a_core<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> T + Send + 'static,
    ) -> Option<T> {
        let stages = Arc::clone(self);
        self.cores.run(move || work(&stages)).await
    }

    /// An article that stands on the web.
    async fn article(&self, url: &Url) -> Result<Document, ReadError> {
        let is_dated = self.settings.view == View::Dates;
        let Some(fetcher) = &self.fetcher else {
            if is_dated {
                return Ok(unfetched(url, "--offline was given".to_owned()));
            }
            let help = "leave out --offline, or save the page and check the file";
            return Err(ReadError::new(url.as_str(), "it cannot be fetched offline", help));
        };
        let (_, document) = fetcher.document(url).await;
        document.or_else(|failure| {
            let why = format!("{} ({})", failure.kind, failure.detail);
            if is_dated {
                let document = unfetched(url, why.clone());
                let dating = self.dating(&document, &Extract::default());
                if !dating.claims.is_empty() {
                    return Ok(document);
                }
            }
            Err(ReadError::new(
                url.as_str(),
                format!("it cannot be fetched: {why}"),
                "check the address, or save the page and check the file",
            ))
        })
    }

    fn case(&self, article: Document) -> Case {
        // Dates ask of the links only for those that name the document's own address.
        let mut extract = match self.settings.view {
            View::Dates => extract::extract_target(&article),
            View::Check | View::Links => extract::extract(&article),
        };
        self.mark_furniture(&article, &mut extract);
        self.mark_numbers(&mut extract);
        let dating = match self.settings.view {
            View::Links => Dating::default(),
            View::Check | View::Dates => self.dating(&article, &extract),
        };
        let local = match &self.lookup {
            Some(lookup) => lookup.of(&article, &extract),
            None => Local::default(),
        };
        let now = self.settings.now;
        Case { article, extract, dating, statuses: Vec::new(), local, now }
    }

    /// Everything that is known of a document's dates.
    fn dating(&self, article: &Document, extract: &Extract) -> Dating {
        let mut dating = date::date(article, extract);
        if let Some(clocks) = &self.settings.tuning.clocks {
            let own = article.url.as_ref().or_else(|| extract.own_address());
            own.inspect(|url| site_clock::add(&mut dating, clocks, url));
        }
        dating
    }

    /// Notes what the clocks that the user gives say of the links' numbers.
    fn mark_numbers(&self, extract: &mut Extract) {
        let Some(clocks) = &self.settings.tuning.clocks else { return };
        for link in &mut extract.links {
            let address = rules::address_of_target(link);
            let claim = address.and_then(|address| site_clock::claim(clocks, &address));
            link.site_clock = claim.map(Box::new);
        }
    }

    /// Heeds what the configuration says of such pages' furniture.
    fn mark_furniture(&self, article: &Document, extract: &mut Extract) {
        let about = self.settings.furniture.iter().filter(|f| f.scope.covers_article(article));
        let selectors: Vec<&str> = about.flat_map(|f| &f.select).map(String::as_str).collect();
        if article.media == Media::Html && !selectors.is_empty() {
            extract::furniture::mark(extract, &article.text, &selectors);
        }
    }

    pub(super) fn wants(&self, need: Need) -> bool {
        wants(&self.settings, need)
    }

    /// Judges a case, and does of its report what takes nothing of the documents before it.
    fn conclude(&self, case: Case) -> Concluded {
        let (findings, unshown) =
            rules::judge_all(&case, &self.settings.rules, &self.settings.tuning);
        let mut judged = Judged { unshown, ..Judged::new(case, findings) };
        let remarks = self.suppressions.apply(&mut judged);
        Concluded::new(judged, remarks, self.renderer.as_ref())
    }

    /// What the reader should know about links beyond the limit of the run.
    pub(super) fn remark_beyond(&self) -> Option<String> {
        let beyond = self.beyond.load(Ordering::Relaxed);
        let limit = self.settings.max_links?;
        (beyond > 0).then(|| {
            let links = were(beyond, "link");
            format!("{links} not followed: at most {} of one run are (--untrusted)", grouped(limit))
        })
    }

    /// What the reader should know about links that were not fetched.
    pub(super) fn remark(&self, unfetched: usize) -> Option<String> {
        if unfetched == 0 || self.settings.view != View::Check {
            return None;
        }
        let why = match () {
            () if self.settings.offline => "--offline was given",
            () if !self.wants(Need::Page) => "no selected rule needs them",
            () => "this machine has no network: no name resolves",
        };
        Some(unfetched_remark(unfetched, Some(why)))
    }

    /// Asks for nothing more: whatever is not fetched yet counts as not tried.
    pub(super) fn stop(&self) {
        if let Some(fetcher) = &self.fetcher {
            fetcher.stop();
        }
    }

    pub(super) fn is_cut_off(&self) -> bool {
        self.fetcher.as_ref().is_some_and(Fetcher::is_cut_off)
    }

    pub(super) fn tell_progress(&self, observer: &dyn Observer) {
        if let Some(fetcher) = &self.fetcher {
            observer.fetching(&fetcher.progress());
        }
    }

    pub(super) fn finish(&self, observer: &dyn Observer) -> Result<(), Error> {
        self.fetcher.as_ref().map_or(Ok(()), |fetcher| finish(fetcher, observer))
    }
}

/// Ends the fetching of a run, and tells what is to be known of it.
pub(super) fn finish(fetcher: &Fetcher, observer: &dyn Observer) -> Result<(), Error> {
    let finished = fetcher.finish().map_err(Error::Fetch);
    for notice in fetcher.notices() {
        observer.notice(&notice);
    }
    observer.hosts(&fetcher.host_table());
    finished
}

/// What came of the bytes of an article.
enum Made {
    Article(Box<Document>),
    Concluded(Box<Concluded>),
}

/// A page of which nothing but the address is known.
fn unfetched(url: &Url, why: String) -> Document {
    let page = Document::new(url.as_str(), Media::Html, "");
    Document { url: Some(url.clone()), unfetched: Some(why), ..page }
}

pub(super) fn broken(name: String) -> ReadError {
    ReadError::new(
        name,
        "it could not be judged: this is a bug in dateline",
        "please report it with the file; the other inputs are judged",
    )
}

fn wants(settings: &Settings, need: Need) -> bool {
    settings.rules.iter().any(|rule| rule.needs.contains(&need))
}

/// Whether a rule compares the texts of pages and their captures, and an archive has those.
pub(super) fn compares(settings: &Settings) -> bool {
    let of_captures =
        |needs: &[Need]| needs.contains(&Need::Captures) && needs.contains(&Need::Text);
    matches!(settings.fetch.archive, ArchiveChoice::At(_))
        && settings.rules.iter().any(|rule| of_captures(rule.needs))
}

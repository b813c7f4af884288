//! The pipeline: read → extract → fetch → date → judge → report. The only orchestration there is.
//!
//! Documents flow through one by one, a few at a time, and come out in the order they went in, so
//! that memory is bounded by the documents in flight and the report is the same every time.

mod captures;
mod digest;
mod fetching;
mod link_budget;
mod local;
mod reading;
mod settling;
mod source;

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;
use std::time::Duration;

use futures::{StreamExt, future, stream};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task;
use url::Url;

use self::captures::Asking;
pub use self::fetching::{Once, addresses, fetch};
use self::link_budget::{LinkBudget, Share};
use self::source::Source;
use crate::config::Settings;
use crate::config::cli::FailOn;
use crate::error::{Error, Exit};
use crate::fetch::{ArchiveChoice, Digest, Fetcher, HostReport, Progress};
use crate::model::{
    Case, Dating, Document, Extract, Failure, FailureKind, Judged, Link, Local, Media, Need,
    Outcome, PartialDate, Status, When,
};
use crate::read::{self, Entry, ReadError};
use crate::report::{Failed, Report, Summary, View, unfetched_remark};
use crate::suppress::Suppressions;
use crate::suppress::changed::{Changes, Touched};
use crate::text::{grouped, were};
use crate::{date, extract, rules};

/// What is said where a run was ended from outside.
const INTERRUPTED: &str = "the run was interrupted: this is what was found until then";

/// What is said at once when a run is ended from outside.
const ENDING: &str =
    "interrupted: what is known until now is still told; a second time ends at once";

/// What is said as soon as it is known that nothing can be fetched.
const CUT_OFF: &str = "no name resolves, so that this machine seems to have no network: nothing is \
                       fetched, and links are judged by what the articles and the addresses say";

/// How many documents are under way at once: many, so that a slow host's links hold up only the
/// documents that they stand in.
const IN_FLIGHT: usize = 256;

/// How often progress is told, and what is written handed on.
const TICK: Duration = Duration::from_millis(250);

/// Is told what happens while a run goes on.
pub trait Observer {
    /// An input or a row of one could not be read.
    fn unreadable(&self, error: &ReadError);
    /// A document has been judged.
    fn judged(&self, judged: &Judged);
    /// Links are being fetched; told a few times a second.
    fn fetching(&self, _progress: &Progress) {}
    /// So many of the bytes that all inputs hold have come out judged.
    fn advanced(&self, _read: u64, _of: u64) {}
    /// Something about the run that the user should know, though nothing failed.
    fn notice(&self, _notice: &str) {}
    /// What each host was asked, at the end.
    fn hosts(&self, _table: &[HostReport]) {}
}

/// Runs the pipeline over all inputs and writes the report.
///
/// # Errors
///
/// Only what ends a run: the report cannot be written, or the machine gives no threads. What goes
/// wrong with one input is told to the observer and counted.
pub fn run(
    settings: Settings,
    report: &mut dyn Report,
    observer: &dyn Observer,
) -> Result<Summary, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::Start(error.to_string()))?;
    let summary = runtime.block_on(pipeline(settings, report, observer));
    // What is still being read or judged after an interruption is nobody's concern any more.
    runtime.shutdown_background();
    summary
}

/// The exit code that a finished run deserves.
#[must_use]
pub fn exit(fail_on: &[FailOn], summary: &Summary) -> Exit {
    let fails = |fail_on: &FailOn| match fail_on {
        FailOn::Unfetched => summary.not_fetched() > 0,
        fail_on => fail_on.level().is_some_and(|level| summary.at_least(level) > 0),
    };
    let failing = fail_on.iter().any(fails);
    if summary.interrupted {
        return Exit::Interrupted;
    }
    match (summary.unreadable, failing) {
        (0, false) => Exit::Clean,
        (0, true) => Exit::Findings,
        _ => Exit::Failed,
    }
}

#[expect(clippy::disallowed_methods, reason = "progress is told every now and then")]
async fn pipeline(
    mut settings: Settings,
    report: &mut dyn Report,
    observer: &dyn Observer,
) -> Result<Summary, Error> {
    let inputs = std::mem::take(&mut settings.inputs);
    let size = read::size(&inputs);
    let reads_web = inputs.iter().any(|input| read::web_address(input).is_some());
    let tally = Arc::clone(&settings.read.tally);
    let suppress_settings = std::mem::take(&mut settings.suppress);
    let changes = suppress_settings.changes.clone();
    let mut suppressions =
        Suppressions::new(suppress_settings, settings.rules.clone(), settings.now);
    let entries = reading::begin(inputs, settings.read.clone(), changes.clone());
    let mut budget = LinkBudget::new(settings.max_links);
    let stages = Arc::new(Stages::new(settings, changes, reads_web)?);
    let (stop, stopped) = oneshot::channel::<()>();
    let mut stop = Some(stop);
    let mut judged = stream::unfold(entries, async |mut entries| {
        entries.recv().await.map(|entry| (entry, entries))
    })
    .take_until(stopped)
    .map(|reading::Read { entry, room, at }| {
        let stages = Arc::clone(&stages);
        let share = budget.next();
        task::spawn(async move {
            let judged = stages.one(entry, share).await;
            // It holds memory until it is written, in its turn.
            (judged, at, room)
        })
    })
    .buffered(IN_FLIGHT)
    .boxed_local();
    let mut summary = Summary::default();
    let mut tick = tokio::time::interval(TICK);
    // One listener for the whole run, so that no signal falls between two documents.
    let mut interruptions = interruptions();
    let mut told = false;
    loop {
        let judged = tokio::select! {
            next = judged.next() => next,
            () = interrupted(&mut interruptions) => {
                summary.interrupted = true;
                // The first time, what is known of the documents under way is still told.
                let Some(stop) = stop.take() else { break };
                drop(stop);
                observer.notice(ENDING);
                stages.stop();
                continue;
            }
            _ = tick.tick() => {
                stages.tell_progress(observer);
                report.flush().map_err(unwritable)?;
                if !std::mem::replace(&mut told, stages.is_cut_off()) && told {
                    observer.notice(CUT_OFF);
                }
                continue;
            }
        };
        let Some(judged) = judged else { break };
        let (judged, at, _room) =
            judged.unwrap_or_else(|_| (Err(broken("a document".into())), 0, None));
        if let Some(size) = size {
            observer.advanced(at, size);
        }
        match judged {
            Ok(mut judged) => {
                suppressions.apply(&mut judged);
                summary.add(&judged);
                observer.judged(&judged);
                let pages = judged.case.article.pages.as_ref();
                for unread in pages.into_iter().flat_map(|pages| &pages.unread) {
                    observer.notice(&format!("{}: {unread}", judged.case.article.name()));
                }
                // An entry of a sitemap has no words, but says when.
                let says_nothing = judged.case.dating.claims.is_empty();
                let is_read = judged.case.article.unfetched.is_none();
                if says_nothing && is_read && judged.case.article.text.trim().is_empty() {
                    let name = judged.case.article.name();
                    observer.notice(&format!("{name} is empty: there is nothing in it to check"));
                }
                report.document(&judged).map_err(unwritable)?;
            }
            Err(error) => {
                summary.unreadable += 1;
                observer.unreadable(&error);
                report.failed(&failed(error)).map_err(unwritable)?;
            }
        }
    }
    if summary.interrupted {
        summary.remarks.push(INTERRUPTED.to_owned());
    }
    summary.remarks.extend(stages.remark(summary.unfetched));
    summary.remarks.extend(stages.remark_beyond());
    summary.tell_silences();
    summary.remarks.extend(tally.remarks());
    if !summary.interrupted {
        let applied = suppressions.finish(summary.unreadable);
        summary.remarks.extend(applied.remarks);
        summary.baseline = applied.baseline;
    }
    report.finish(&summary).map_err(unwritable)?;
    stages.finish(observer)?;
    Ok(summary)
}

/// Hears of each time that the user wants the run to end (Ctrl-C).
fn interruptions() -> mpsc::Receiver<()> {
    let (heard, interruptions) = mpsc::channel(1);
    tokio::spawn(async move {
        // Where signals cannot be had, nobody can interrupt this way.
        while tokio::signal::ctrl_c().await.is_ok() {
            if heard.send(()).await.is_err() {
                break;
            }
        }
    });
    interruptions
}

/// Ends when the user wants the run to end.
async fn interrupted(interruptions: &mut mpsc::Receiver<()>) {
    if interruptions.recv().await.is_none() {
        future::pending::<()>().await;
    }
}

/// The stages between reading and reporting, with what they share.
struct Stages {
    settings: Settings,
    fetcher: Option<Fetcher>,
    changes: Option<Arc<Changes>>,
    /// Looks at the disk, where a rule asks what it says.
    lookup: Option<local::Lookup>,
    /// The work that keeps a core busy, shared out.
    cores: Semaphore,
    /// How many links were not followed because the run holds too many.
    beyond: AtomicUsize,
}

impl Stages {
    /// There is a fetcher only where something may be fetched: it opens the cache.
    fn new(
        settings: Settings,
        changes: Option<Arc<Changes>>,
        reads_web: bool,
    ) -> Result<Self, Error> {
        let cores = Semaphore::new(available_parallelism().map_or(2, NonZero::get));
        let beyond = AtomicUsize::new(0);
        let mut stages = Self { settings, fetcher: None, changes, lookup: None, cores, beyond };
        if stages.wants(Need::Files) {
            stages.lookup = Some(local::Lookup::new(&stages.settings.read));
        }
        if !stages.settings.offline && (reads_web || stages.wants(Need::Page)) {
            let mut settings = stages.settings.fetch.clone();
            // A page remembered without its text must not pass for one read with it.
            settings.reading += match (stages.wants(Need::Text), stages.compares()) {
                (_, true) => " for comparison",
                (true, false) => " with text",
                (false, false) => "",
            };
            let fetcher = Fetcher::new(settings).map_err(Error::Fetch)?;
            stages.fetcher = Some(fetcher);
        }
        Ok(stages)
    }

    /// Takes one document from reading to judgement.
    async fn one(
        self: Arc<Self>,
        entry: Result<Entry, ReadError>,
        share: Share,
    ) -> Result<Judged, ReadError> {
        let mut case = match Arc::clone(&self).read(entry).await {
            Ok(case) => case,
            Err(error) => {
                share.take(|| 0).await;
                return Err(error);
            }
        };
        let name = case.article.name();
        let mut room = share.take(|| self.wanted(&case)).await;
        let given = Source::given(&mut case.article);
        let fetched = || self.fetcher.as_ref().map(Source::Fetcher);
        let source = given.or_else(fetched).filter(|_| self.wants(Need::Page));
        self.settle(source.as_ref(), &mut case, &mut room).await;
        case.statuses = self.statuses(source.as_ref(), &case, room).await;
        self.mark_excluded(&mut case);
        self.captures(&mut case).await;
        let stages = Arc::clone(&self);
        let judged = self.on_a_core(move || stages.judge(case)).await;
        judged.ok_or_else(|| broken(name))
    }

    /// Takes one document from reading to a case, with nothing followed yet.
    async fn read(self: Arc<Self>, entry: Result<Entry, ReadError>) -> Result<Case, ReadError> {
        let article = match entry? {
            Entry::Document(document) => *document,
            Entry::Web(url) => self.article(&url).await?,
        };
        let name = article.name();
        let stages = Arc::clone(&self);
        self.on_a_core(move || stages.case(article)).await.ok_or_else(|| broken(name))
    }

    /// Works away from the threads that serve the network, on no more threads than there are
    /// cores; gives nothing where the work panicked.
    async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let _core = self.cores.acquire().await.ok()?;
        task::spawn_blocking(work).await.ok()
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
        let mut extract = extract::extract(&article);
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
            own.inspect(|url| date::site_clock::add(&mut dating, clocks, url));
        }
        dating
    }

    /// Notes what the clocks that the user gives say of the links' numbers.
    fn mark_numbers(&self, extract: &mut Extract) {
        let Some(clocks) = &self.settings.tuning.clocks else { return };
        for link in &mut extract.links {
            let address = rules::address_of_target(link);
            let claim = address.and_then(|address| date::site_clock::claim(clocks, &address));
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

    /// What each link leads to, in the order of the links. All are under way at once: the fetcher
    /// bounds what it asks, and a slow host holds up only its own links.
    async fn statuses(&self, source: Option<&Source<'_>>, case: &Case, room: usize) -> Vec<Status> {
        let links = self.followed(case, room);
        let Some(source) = source else {
            let status = |url: Option<&Url>| url.map_or(Status::NotFollowed, |_| Status::Offline);
            return links.into_iter().map(status).collect();
        };
        let (digest, near) = (self.digest(), written(case));
        let status = async |url: Option<&Url>| match url {
            Some(url) => status_of(source.visit(url, near, digest).await),
            None => Status::NotFollowed,
        };
        future::join_all(links.into_iter().map(status)).await
    }

    /// Tells the links that are not followed because the user does not want it from the others.
    fn mark_excluded(&self, case: &mut Case) {
        for (link, status) in case.extract.links.iter().zip(&mut case.statuses) {
            let excluded = link.url().is_some_and(|url| {
                link.is_followed_to(url) && self.settings.addresses.leave_out(url)
            });
            if excluded {
                *status = Status::Excluded;
            }
        }
    }

    /// Asks for every reading of each broken URL that the change touched, the article's own address
    /// among them, and lets the one that answers win.
    async fn settle(&self, source: Option<&Source<'_>>, case: &mut Case, room: &mut usize) {
        let Some(source) = source else { return };
        let (near, mut asked) = (written(case), Vec::new());
        let Case { article, extract, .. } = case;
        let touched = self.touched(article);
        for link in &mut extract.links {
            if touched.as_ref().is_some_and(|touched| !touched.span(link.span)) {
                continue;
            }
            let mut readings = link.readings();
            if readings.iter().any(|url| self.settings.addresses.leave_out(url)) {
                readings.clear();
            }
            if let Some(left) = room.checked_sub(readings.len()).filter(|_| !readings.is_empty()) {
                *room = left;
                asked.push((readings, link));
            }
        }
        let settled = asked.into_iter().map(async |(readings, link)| {
            let visits = readings.iter().map(|url| source.visit(url, near, self.digest()));
            let outcomes = future::join_all(visits).await;
            settling::settle(link, &readings, &outcomes);
        });
        future::join_all(settled).await;
    }

    /// Asks the archive, where the user names one, what it holds of the links' targets.
    async fn captures(&self, case: &mut Case) {
        let ArchiveChoice::At(archive) = &self.settings.fetch.archive else { return };
        let Some(fetcher) = self.fetcher.as_ref().filter(|_| self.wants(Need::Captures)) else {
            return;
        };
        let compares = self.compares();
        let digest = digest::of_capture(compares);
        Asking { fetcher, archive, digest, compares }.attach(case).await;
    }

    /// What is kept of a fetched page: its text too where a rule asks for that.
    fn digest(&self) -> Digest {
        digest::of(self.wants(Need::Text), self.compares())
    }

    /// Whether a rule compares the texts of pages and their captures, and an archive has those.
    fn compares(&self) -> bool {
        let of_captures =
            |needs: &[Need]| needs.contains(&Need::Captures) && needs.contains(&Need::Text);
        matches!(self.settings.fetch.archive, ArchiveChoice::At(_))
            && self.settings.rules.iter().any(|rule| of_captures(rule.needs))
    }

    /// How many addresses are asked for a document at most: those of its links, and every reading
    /// of its broken ones.
    fn wanted(&self, case: &Case) -> usize {
        let links = self.to_follow(case).into_iter().flatten().count();
        links + case.extract.links.iter().map(|link| link.readings().len()).sum::<usize>()
    }

    /// The address of each link that is to be followed: of those to fetch, the ones that the change
    /// touched.
    fn to_follow<'c>(&self, case: &'c Case) -> Vec<Option<&'c Url>> {
        let touched = self.touched(&case.article);
        let to_follow = |link: &'c Link| {
            let url = link.url().filter(|url| link.is_followed_to(url))?;
            if self.settings.addresses.leave_out(url) {
                return None;
            }
            touched.as_ref().is_none_or(|touched| touched.span(link.span)).then_some(url)
        };
        case.extract.links.iter().map(to_follow).collect()
    }

    /// What the change touched of an article, where only that is judged.
    fn touched<'a>(&'a self, article: &'a Document) -> Option<Touched<'a>> {
        let lines = self.changes.as_ref()?.of(&article.input)?;
        Some(Touched::new(lines, article))
    }

    /// The same as far as there is room.
    fn followed<'c>(&self, case: &'c Case, mut room: usize) -> Vec<Option<&'c Url>> {
        let followed = |url: Option<&'c Url>| {
            let url = url?;
            let Some(left) = room.checked_sub(1) else {
                self.beyond.fetch_add(1, Ordering::Relaxed);
                return None;
            };
            room = left;
            Some(url)
        };
        self.to_follow(case).into_iter().map(followed).collect()
    }

    fn wants(&self, need: Need) -> bool {
        self.settings.rules.iter().any(|rule| rule.needs.contains(&need))
    }

    fn judge(&self, case: Case) -> Judged {
        let (findings, unshown) =
            rules::judge_all(&case, &self.settings.rules, &self.settings.tuning);
        Judged { unshown, ..Judged::new(case, findings) }
    }

    /// What the reader should know about links beyond the limit of the run.
    fn remark_beyond(&self) -> Option<String> {
        let beyond = self.beyond.load(Ordering::Relaxed);
        let limit = self.settings.max_links?;
        (beyond > 0).then(|| {
            let links = were(beyond, "link");
            format!("{links} not followed: at most {} of one run are (--untrusted)", grouped(limit))
        })
    }

    /// What the reader should know about links that were not fetched.
    fn remark(&self, unfetched: usize) -> Option<String> {
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
    fn stop(&self) {
        if let Some(fetcher) = &self.fetcher {
            fetcher.stop();
        }
    }

    fn is_cut_off(&self) -> bool {
        self.fetcher.as_ref().is_some_and(Fetcher::is_cut_off)
    }

    fn tell_progress(&self, observer: &dyn Observer) {
        if let Some(fetcher) = &self.fetcher {
            observer.fetching(&fetcher.progress());
        }
    }

    fn finish(&self, observer: &dyn Observer) -> Result<(), Error> {
        self.fetcher.as_ref().map_or(Ok(()), |fetcher| finish(fetcher, observer))
    }
}

/// Ends the fetching of a run, and tells what is to be known of it.
fn finish(fetcher: &Fetcher, observer: &dyn Observer) -> Result<(), Error> {
    let finished = fetcher.finish().map_err(Error::Fetch);
    for notice in fetcher.notices() {
        observer.notice(&notice);
    }
    observer.hosts(&fetcher.host_table());
    finished
}

/// A page of which nothing but the address is known.
fn unfetched(url: &Url, why: String) -> Document {
    let page = Document::new(url.as_str(), Media::Html, "");
    Document { url: Some(url.clone()), unfetched: Some(why), ..page }
}

/// The report's own writers name the file.
fn unwritable(error: std::io::Error) -> Error {
    Error::Output { to: "the report".into(), error }
}

/// When the article was last edited, or else when the copy of it was taken.
fn written(case: &Case) -> Option<When> {
    let edited = rules::last_edit(case).map(|edit| edit.when());
    edited.or_else(|| case.article.captured.map(PartialDate::when))
}

fn status_of(outcome: Arc<Outcome>) -> Status {
    match &outcome.result {
        Err(Failure { kind: FailureKind::NoNetwork, .. }) => Status::Offline,
        _ => Status::Followed(outcome),
    }
}

fn failed(ReadError { input, line, id, problem, help }: ReadError) -> Failed {
    Failed { input, line, id, problem, help }
}

fn broken(name: String) -> ReadError {
    ReadError::new(
        name,
        "it could not be judged: this is a bug in dateline",
        "please report it with the file; the other inputs are judged",
    )
}

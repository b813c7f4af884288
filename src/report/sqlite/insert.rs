//! One document into the tables.

use std::collections::HashMap;

use rusqlite::{Connection, Result, params};

use crate::fingerprint::numbered;
use crate::model::{Claim, Conclusion, Finding, Judged, LineIndex, Link, Outcome, Span, Status};
use crate::secret::masked;

/// Writes one document with all its parts.
pub(super) fn document(connection: &Connection, run: i64, judged: &Judged) -> Result<()> {
    let inserter =
        Inserter { connection, run, judged, lines: LineIndex::new(&judged.case.article.text) };
    let document = inserter.document()?;
    let by_span = inserter.links(document)?;
    inserter.findings(document, &by_span)
}

struct Inserter<'a> {
    connection: &'a Connection,
    run: i64,
    judged: &'a Judged,
    lines: LineIndex,
}

/// What a claim is about.
#[derive(Clone, Copy)]
enum About {
    Document(i64),
    Fetch(i64),
    Finding(i64),
}

impl Inserter<'_> {
    fn document(&self) -> Result<i64> {
        let case = &self.judged.case;
        let now = case.now.to_string();
        self.connection
            .prepare_cached("UPDATE runs SET judged_at = ?2 WHERE id = ?1 AND judged_at IS NULL")?
            .execute(params![self.run, now])?;
        let published = case.dating.published.as_ref();
        self.connection
            .prepare_cached(
                "INSERT INTO documents (run_id, name, input, url, media, title, published, \
                 published_confidence, modified) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                self.run,
                masked(&case.article.name()),
                masked(&case.article.input),
                case.article.url.as_ref().map(|url| masked(url.as_str())),
                case.article.media.to_string(),
                case.extract.title().map(masked),
                published.map(day),
                published.map(|published| published.confidence.to_string()),
                case.dating.modified.as_ref().map(day),
            ])?;
        let document = self.connection.last_insert_rowid();
        self.claims(About::Document(document), &case.dating.claims)?;
        Ok(document)
    }

    /// All links, by their places.
    fn links(&self, document: i64) -> Result<HashMap<Span, i64>> {
        let mut by_span = HashMap::new();
        let mut fetches: HashMap<&str, i64> = HashMap::new();
        for checked in self.judged.case.links() {
            let url = checked.link.url.as_ref().map(url::Url::as_str);
            let fetch = match (checked.status, url) {
                (Status::Followed(outcome), Some(url)) => {
                    Some(if let Some(&fetch) = fetches.get(url) {
                        fetch
                    } else {
                        let fetch = self.fetch(document, url, outcome)?;
                        fetches.insert(url, fetch);
                        fetch
                    })
                }
                _ => None,
            };
            by_span.insert(checked.link.span, self.link(document, checked.link, fetch)?);
        }
        Ok(by_span)
    }

    fn link(&self, document: i64, link: &Link, fetch: Option<i64>) -> Result<i64> {
        let at = self.lines.position(&self.judged.case.article.text, link.span.start);
        self.connection
            .prepare_cached(
                "INSERT INTO links (document_id, fetch_id, url, host, raw, words, role, region, \
                 line, column, span_start, span_end) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                document,
                fetch,
                link.url.as_ref().map(|url| masked(url.as_str())),
                link.url.as_ref().and_then(url::Url::host_str),
                masked(&link.raw),
                link.words().map(masked),
                link.role.as_str(),
                name(link.region),
                at.line,
                at.column,
                link.span.start,
                link.span.end,
            ])?;
        Ok(self.connection.last_insert_rowid())
    }

    fn fetch(&self, document: i64, url: &str, outcome: &Outcome) -> Result<i64> {
        let page = outcome.result.as_ref().ok();
        let failure = outcome.result.as_ref().err();
        let captures = outcome.captures.as_ref();
        let taken = |memento: &crate::model::Memento| memento.captured.to_string();
        self.connection
            .prepare_cached(
                "INSERT INTO fetches (run_id, document_id, url, final_url, fetched_at, outcome, \
                 is_dead, status_code, detail, redirects, title, published, modified, \
                 first_capture, nearest_capture) VALUES \
                 (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute(params![
                self.run,
                document,
                masked(url),
                page.map(|page| masked(page.url.as_str())),
                outcome.fetched.to_string(),
                failure.map_or("ok", |failure| failure.kind.as_str()),
                failure.is_some_and(|failure| failure.kind.is_dead()),
                outcome.chain.last().and_then(|hop| hop.status),
                failure.map(|failure| masked(&failure.detail)),
                outcome.chain.len().saturating_sub(1),
                page.and_then(|page| page.titles.first()).map(|title| masked(&title.text)),
                page.and_then(|page| page.dating.published.as_ref()).map(day),
                page.and_then(|page| page.dating.modified.as_ref()).map(day),
                captures.and_then(|captures| captures.earliest.as_ref()).map(taken),
                captures.and_then(|captures| captures.nearest.as_ref()).map(taken),
            ])?;
        let fetch = self.connection.last_insert_rowid();
        self.claims(About::Fetch(fetch), page.map_or(&[], |page| &page.dating.claims))?;
        Ok(fetch)
    }

    fn findings(&self, document: i64, by_span: &HashMap<Span, i64>) -> Result<()> {
        let Self { judged, .. } = self;
        let known = judged.suppressed.iter().map(|known| (&known.finding, Some(name(known.by))));
        let all: Vec<(&Finding, Option<String>)> =
            judged.findings.iter().map(|finding| (finding, None)).chain(known).collect();
        let prints = numbered(all.iter().map(|(finding, _)| *finding), &judged.case);
        for ((finding, suppressed), (print, number)) in all.into_iter().zip(prints) {
            let link = finding.span.and_then(|span| by_span.get(&span));
            let at =
                finding.span.map(|span| self.lines.position(&judged.case.article.text, span.start));
            self.connection
                .prepare_cached(
                    "INSERT INTO findings (document_id, link_id, fingerprint, number, rule, level, \
                     confidence, title, message, help, url, host, line, column, replacement, \
                     suppressed) VALUES \
                     (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
                )?
                .execute(params![
                    document,
                    link,
                    print,
                    number,
                    finding.rule,
                    finding.level.as_str(),
                    finding.confidence.to_string(),
                    masked(&finding.title),
                    masked(&finding.message),
                    masked(&finding.help),
                    finding.url.as_ref().map(|url| masked(url.as_str())),
                    finding.url.as_ref().and_then(url::Url::host_str),
                    at.map(|at| at.line),
                    at.map(|at| at.column),
                    finding.suggestion.as_ref().map(|repair| masked(&repair.replacement)),
                    suppressed,
                ])?;
            let id = self.connection.last_insert_rowid();
            self.claims(About::Finding(id), &finding.because)?;
        }
        Ok(())
    }

    fn claims(&self, about: About, claims: &[Claim]) -> Result<()> {
        let (document, fetch, finding) = match about {
            About::Document(id) => (Some(id), None, None),
            About::Fetch(id) => (None, Some(id), None),
            About::Finding(id) => (None, None, Some(id)),
        };
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO claims (document_id, fetch_id, finding_id, event, date, earliest, before, \
             source, confidence, quote) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        for claim in claims {
            statement.execute(params![
                document,
                fetch,
                finding,
                name(claim.event),
                claim.date.to_string(),
                claim.when.earliest.to_string(),
                claim.when.before.to_string(),
                claim.source.as_str(),
                claim.confidence.to_string(),
                masked(&claim.quote),
            ])?;
        }
        Ok(())
    }
}

fn day(conclusion: &Conclusion) -> String {
    conclusion.date.to_day_precision().to_string()
}

/// The name that a value has in rows.
fn name(value: impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().map_or_else(String::new, str::to_owned)
}

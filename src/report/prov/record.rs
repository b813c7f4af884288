//! What a document's bundle states.

use std::collections::HashMap;

use serde_json::{Value, json};
use url::Url;

use super::bundle::{Attributes, Bundle, address, instant, name, reference};
use crate::address::secret::masked;
use crate::model::{
    Checked, Claim, Conclusion, Event, Judged, LineIndex, Link, Outcome, Page, PartialDate, Role,
    Span, Speaker,
};
use crate::suppress::fingerprint::digest;

pub(super) const ARTICLE: &str = "a:article";
const DATING: &str = "a:dating";
pub(super) const JUDGING: &str = "a:judging";
const PROGRAM: &str = "dateline:program";

/// The bundle of one document.
pub(super) fn of(judged: &Judged) -> Bundle {
    let lines = LineIndex::new(&judged.case.article.text);
    let mut recorder = Recorder {
        judged,
        lines,
        bundle: Bundle::default(),
        fetched: HashMap::new(),
        links: HashMap::new(),
        claims: HashMap::new(),
        claimed: 0,
    };
    recorder.program();
    recorder.article();
    for (checked, number) in judged.case.links().zip(1..) {
        recorder.link(checked, number);
    }
    recorder.findings();
    recorder.bundle
}

/// What makes two claims the same: the entity that makes them, and what they say.
pub(super) type Said<'a> = (String, Event, PartialDate, &'a str, &'a str, Option<Span>);

pub(super) struct Recorder<'a> {
    pub(super) judged: &'a Judged,
    pub(super) lines: LineIndex,
    pub(super) bundle: Bundle,
    /// What was fetched, by the address asked for.
    pub(super) fetched: HashMap<&'a str, String>,
    /// The links by their places, each with what was fetched of it.
    pub(super) links: HashMap<Span, (String, Option<String>)>,
    pub(super) claims: HashMap<Said<'a>, String>,
    pub(super) claimed: usize,
}

impl<'a> Recorder<'a> {
    fn program(&mut self) {
        let version = env!("CARGO_PKG_VERSION");
        let attributes = vec![
            ("prov:type", reference("prov:SoftwareAgent")),
            ("prov:label", format!("dateline {version}").into()),
            ("dateline:version", version.into()),
        ];
        self.bundle.state("agent", PROGRAM, attributes);
        let now = self.judged.case.now;
        let times = || {
            vec![
                ("prov:startTime", now.to_string().into()),
                ("prov:endTime", now.to_string().into()),
            ]
        };
        self.activity(DATING, "Dating", Vec::new());
        self.activity(JUDGING, "Judging", times());
    }

    fn activity(&mut self, id: &str, kind: &str, mut attributes: Attributes) {
        attributes.push(("prov:type", name(kind)));
        self.bundle.state("activity", id, attributes);
        self.bundle.relate("wasAssociatedWith", &[("prov:activity", id), ("prov:agent", PROGRAM)]);
    }

    fn article(&mut self) {
        let case = &self.judged.case;
        let article = &case.article;
        let attributes = vec![
            ("prov:type", name("Article")),
            ("prov:label", case.extract.title().map_or(Value::Null, text)),
            ("prov:location", article.url.as_ref().map_or(Value::Null, location)),
            ("dateline:name", text(&article.name())),
            ("dateline:media", article.media.to_string().into()),
        ];
        self.bundle.state("entity", ARTICLE, attributes);
        if let Some(url) = &article.url {
            let resource = self.resource(url);
            self.specialize(ARTICLE, &resource);
        }
        self.dated(ARTICLE, article.url.as_ref(), &case.dating.claims);
        let published = case.dating.published.as_ref();
        self.conclude(ARTICLE, "published", Event::Published, published, &case.dating.claims);
        let modified = case.dating.modified.as_ref();
        self.conclude(ARTICLE, "modified", Event::Modified, modified, &case.dating.claims);
    }

    /// A page of the web as such, whatever it says at one time or another.
    fn resource(&mut self, url: &Url) -> String {
        let id = format!("resource:{}", digest(&[&masked(url.as_str())]));
        let attributes = vec![("prov:type", name("Resource")), ("prov:location", location(url))];
        self.bundle.state("entity", &id, attributes);
        id
    }

    fn specialize(&mut self, specific: &str, general: &str) {
        let roles = [("prov:specificEntity", specific), ("prov:generalEntity", general)];
        self.bundle.relate("specializationOf", &roles);
    }

    pub(super) fn derive(&mut self, generated: &str, used: &str) {
        let roles = [("prov:generatedEntity", generated), ("prov:usedEntity", used)];
        self.bundle.relate("wasDerivedFrom", &roles);
    }

    pub(super) fn generate(&mut self, entity: &str, activity: &str) {
        let roles = [("prov:entity", entity), ("prov:activity", activity)];
        self.bundle.relate("wasGeneratedBy", &roles);
    }

    fn link(&mut self, checked: Checked<'a>, number: usize) {
        let link = checked.link;
        let id = format!("a:link{number}");
        let target = link.url().map(|url| self.resource(url));
        let at = self.lines.position(&self.judged.case.article.text, link.span.start);
        let attributes = vec![
            ("prov:type", name("Link")),
            ("prov:label", link.words().map_or(Value::Null, text)),
            ("prov:value", text(link.raw())),
            ("dateline:role", link.role.as_str().into()),
            ("dateline:line", at.line.into()),
            ("dateline:column", at.column.into()),
            ("dateline:target", target.as_deref().map_or(Value::Null, reference)),
        ];
        self.bundle.state("entity", &id, attributes);
        self.derive(&id, ARTICLE);
        if let Some(target) = &target {
            self.cite(&id, link, target);
        }
        let fetched = match (checked.status.outcome(), link.url()) {
            (Some(outcome), Some(url)) => Some(self.fetch(url, outcome)),
            _ => None,
        };
        self.links.insert(link.span, (id, fetched));
    }

    /// What the link has of what it leads to: the article is what its own address names, it goes back to
    /// what it names as its original or as its source, and any other link has its words and its address
    /// from what it points to.
    fn cite(&mut self, id: &str, link: &Link, target: &str) {
        match link.role {
            Role::Canonical => self.specialize(ARTICLE, target),
            Role::Original | Role::Credit => {
                let roles = [("prov:generatedEntity", ARTICLE), ("prov:usedEntity", target)];
                let primary = vec![("prov:type", reference("prov:PrimarySource"))];
                self.bundle.relate_with("wasDerivedFrom", &roles, primary);
            }
            _ => self.derive(id, target),
        }
    }

    /// What was fetched of an address; each is fetched once a document.
    fn fetch(&mut self, url: &'a Url, outcome: &'a Outcome) -> String {
        if let Some(known) = self.fetched.get(url.as_str()) {
            return known.clone();
        }
        let number = self.fetched.len() + 1;
        let (activity, response) = (format!("a:fetch{number}"), format!("a:response{number}"));
        self.fetched.insert(url.as_str(), response.clone());
        let at = outcome.fetched.map(|at| at.to_string());
        let end = vec![("prov:endTime", at.as_deref().into())];
        self.activity(&activity, "Fetching", end);
        let page = outcome.result.as_ref().ok();
        let failure = outcome.result.as_ref().err();
        let attributes = vec![
            ("prov:type", name(if page.is_some() { "Page" } else { "Failure" })),
            (
                "prov:label",
                page.and_then(|page| page.titles.first())
                    .map_or(Value::Null, |title| text(&title.text)),
            ),
            ("dateline:outcome", failure.map_or("ok", |failure| failure.kind.as_str()).into()),
            ("dateline:status", outcome.chain.last().and_then(|hop| hop.status).into()),
            ("dateline:detail", failure.map_or(Value::Null, |failure| text(&failure.detail))),
        ];
        self.bundle.state("entity", &response, attributes);
        self.asked(&activity, url, outcome);
        let roles = [("prov:entity", response.as_str()), ("prov:activity", &activity)];
        let time = vec![("prov:time", at.as_deref().into())];
        self.bundle.relate_with("wasGeneratedBy", &roles, time);
        if let Some(page) = page {
            self.page(&response, page);
        }
        self.captures(&response, url, outcome);
        response
    }

    /// The addresses that a fetch asked, in the order of its redirects.
    fn asked(&mut self, activity: &str, url: &Url, outcome: &Outcome) {
        let first = std::iter::once(url);
        let hops = outcome.chain.iter().skip(1).map(|hop| &hop.url);
        for asked in first.chain(hops) {
            let resource = self.resource(asked);
            let roles = [("prov:activity", activity), ("prov:entity", resource.as_str())];
            self.bundle.relate("used", &roles);
        }
    }

    fn page(&mut self, response: &str, page: &'a Page) {
        let resource = self.resource(&page.url);
        self.specialize(response, &resource);
        self.dated(response, Some(&page.url), &page.dating.claims);
        let Page { dating, .. } = page;
        let published = dating.published.as_ref();
        self.conclude(response, "published", Event::Published, published, &dating.claims);
        let modified = dating.modified.as_ref();
        self.conclude(response, "modified", Event::Modified, modified, &dating.claims);
    }

    /// The captures that an archive holds: each is the page as it was at one time.
    fn captures(&mut self, response: &str, url: &Url, outcome: &Outcome) {
        let Some(captures) = &outcome.captures else { return };
        let former = captures.former.as_ref();
        let mementos = [
            ("earliest", url, captures.earliest.as_ref()),
            ("nearest", url, captures.nearest.as_ref()),
            (
                "former",
                former.map_or(url, |former| &former.url),
                former.map(|former| &former.capture),
            ),
        ];
        for (which, url, memento) in mementos {
            let Some(memento) = memento else { continue };
            let id = format!("{response}-{which}");
            let attributes =
                vec![("prov:type", name("Capture")), ("prov:location", location(&memento.url))];
            self.bundle.state("entity", &id, attributes);
            let time = vec![("prov:time", memento.captured.to_string().into())];
            self.bundle.relate_with("wasGeneratedBy", &[("prov:entity", &id)], time);
            let page = self.resource(url);
            self.specialize(&id, &page);
            let archive = self.site(Some(&memento.url));
            self.attribute(&id, &archive);
        }
    }

    /// The claims that a page makes about itself, or that are made about it.
    fn dated(&mut self, page: &str, url: Option<&Url>, claims: &'a [Claim]) {
        if !claims.is_empty() {
            let roles = [("prov:activity", DATING), ("prov:entity", page)];
            self.bundle.relate("used", &roles);
        }
        for claim in claims {
            self.claim(page, url, claim);
        }
    }

    /// A claim about a page; one that has been stated already is only named.
    pub(super) fn claim(&mut self, page: &str, url: Option<&Url>, claim: &'a Claim) -> String {
        let said = said(page, claim);
        if let Some(known) = self.claims.get(&said) {
            return known.clone();
        }
        self.claimed += 1;
        let id = format!("a:claim{}", self.claimed);
        self.claims.insert(said, id.clone());
        let attributes = vec![
            ("prov:type", name("Claim")),
            ("prov:value", text(&claim.quote)),
            ("dateline:event", json!(claim.event)),
            ("dateline:date", claim.date.to_string().into()),
            ("dateline:earliest", instant(claim.when.earliest)),
            ("dateline:before", instant(claim.when.before)),
            ("dateline:evidence", claim.source.as_str().into()),
            ("dateline:confidence", claim.confidence.to_string().into()),
        ];
        self.bundle.state("entity", &id, attributes);
        self.generate(&id, DATING);
        self.derive(&id, page);
        let who = self.who_claims(claim, url);
        self.attribute(&id, &who);
        id
    }

    fn attribute(&mut self, entity: &str, agent: &str) {
        let roles = [("prov:entity", entity), ("prov:agent", agent)];
        self.bundle.relate("wasAttributedTo", &roles);
    }

    /// Who says so: whoever gave the document, an archive, or the site that the page is of.
    fn who_claims(&mut self, claim: &Claim, url: Option<&Url>) -> String {
        match claim.source.speaker() {
            Speaker::Provider => {
                self.agent("dateline:provider", "Provider", "who gave the document")
            }
            Speaker::Program => PROGRAM.to_owned(),
            Speaker::Archive => self.agent("dateline:archive", "Archive", "a web archive"),
            Speaker::Address | Speaker::Page => self.site(url),
        }
    }

    /// The site that an address is of; a text without an address has only its author.
    fn site(&mut self, url: Option<&Url>) -> String {
        let Some(host) = url.and_then(Url::host_str) else {
            return self.agent("a:author", "Author", "the author of the document");
        };
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
        let local = if host.bytes().all(is_plain) { host.to_owned() } else { digest(&[host]) };
        self.agent(&format!("site:{local}"), "Site", host)
    }

    fn agent(&mut self, id: &str, kind: &str, label: &str) -> String {
        let attributes = vec![("prov:type", name(kind)), ("prov:label", text(label))];
        self.bundle.state("agent", id, attributes);
        id.to_owned()
    }

    /// What the claims about one event come to.
    fn conclude(
        &mut self,
        page: &str,
        word: &str,
        event: Event,
        conclusion: Option<&Conclusion>,
        claims: &'a [Claim],
    ) {
        let Some(conclusion) = conclusion else { return };
        let id = format!("{page}-{word}");
        let reasons = conclusion.reasons.iter().map(|reason| text(reason)).collect();
        let attributes = vec![
            ("prov:type", name("Conclusion")),
            ("dateline:event", json!(event)),
            ("dateline:date", conclusion.date.to_day_precision().to_string().into()),
            ("dateline:earliest", instant(conclusion.when.earliest)),
            ("dateline:before", instant(conclusion.when.before)),
            ("dateline:confidence", conclusion.confidence.to_string().into()),
            ("dateline:reason", Value::Array(reasons)),
        ];
        self.bundle.state("entity", &id, attributes);
        self.generate(&id, DATING);
        for claim in claims.iter().filter(|claim| claim.event == event) {
            let claim = self.claim(page, None, claim);
            self.derive(&id, &claim);
        }
    }
}

pub(super) fn said<'c>(page: &str, claim: &'c Claim) -> Said<'c> {
    let Claim { event, date, source, quote, span, .. } = claim;
    (page.to_owned(), *event, *date, source.as_str(), quote, *span)
}

pub(super) fn text(text: &str) -> Value {
    masked(text).into()
}

fn location(url: &Url) -> Value {
    address(&masked(url.as_str()))
}

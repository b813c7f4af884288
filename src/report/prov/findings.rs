//! What was found, as activities that used what convicts.

use serde_json::{Value, json};
use url::Url;

use super::bundle::name;
use super::record::{ARTICLE, JUDGING, Recorder, said, text};
use crate::model::{Claim, Finding, Judged, Suppressed};

impl<'a> Recorder<'a> {
    pub(super) fn findings(&mut self) {
        let Judged { findings, suppressed, .. } = self.judged;
        let known = suppressed.iter().map(|known| (&known.finding, Some(known)));
        let all = findings.iter().map(|finding| (finding, None)).chain(known);
        for ((finding, known), number) in all.zip(1..) {
            self.finding(finding, known, &format!("a:finding{number}"));
        }
    }

    pub(super) fn finding(&mut self, finding: &'a Finding, known: Option<&Suppressed>, id: &str) {
        let attributes = vec![
            ("prov:type", name("Finding")),
            ("prov:label", text(&finding.title)),
            ("prov:value", text(&finding.message)),
            ("dateline:rule", finding.rule.as_str().into()),
            ("dateline:level", finding.level.as_str().into()),
            ("dateline:confidence", finding.confidence.to_string().into()),
            ("dateline:suppressed", known.map_or(Value::Null, |known| json!(known.by))),
        ];
        self.bundle.state("entity", id, attributes);
        self.generate(id, JUDGING);
        let link = finding.span.and_then(|span| self.links.get(&span)).cloned();
        let (about, fetched) = link.unwrap_or_else(|| (ARTICLE.to_owned(), None));
        self.derive(id, &about);
        if let Some(fetched) = &fetched {
            self.derive(id, fetched);
        }
        for claim in &finding.because {
            let claim = self.convicting(claim, &about, fetched.as_deref(), finding.url.as_ref());
            self.derive(id, &claim);
        }
    }

    /// A claim that convicts: one of the article's, one of the fetched page's, or what the link
    /// itself says of its target.
    pub(super) fn convicting(
        &mut self,
        claim: &'a Claim,
        link: &str,
        fetched: Option<&str>,
        url: Option<&Url>,
    ) -> String {
        let stated = [Some(ARTICLE), fetched];
        let mut known =
            stated.into_iter().flatten().map(|page| self.claims.get(&said(page, claim)));
        match known.find_map(Option::<&String>::cloned) {
            Some(known) => known,
            None => self.claim(link, url, claim),
        }
    }
}

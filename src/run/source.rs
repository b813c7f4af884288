//! Where it is known from what links lead to: the network, or outcomes that came with the document.

use std::collections::HashMap;
use std::sync::Arc;

use url::Url;

use crate::fetch::{Digest, Fetcher, bare};
use crate::model::{Document, Failure, FailureKind, Outcome, When};

/// What tells where links lead.
pub(super) enum Source<'a> {
    /// The network, or what is remembered of it.
    Fetcher(&'a Fetcher),
    /// What another run has fetched.
    Given(HashMap<String, Arc<Outcome>>),
}

impl Source<'_> {
    /// The outcomes that came with a document, if some did.
    pub(super) fn given(document: &mut Document) -> Option<Self> {
        let outcomes = document.outcomes.take()?.into_iter();
        let by_address =
            outcomes.map(|it| (bare(&it.url).as_str().to_owned(), Arc::new(it.outcome)));
        Some(Self::Given(by_address.collect()))
    }

    pub(super) async fn visit(
        &self,
        url: &Url,
        near: Option<When>,
        digest: Digest,
    ) -> Arc<Outcome> {
        match self {
            Self::Fetcher(fetcher) => fetcher.visit_near(url, near, digest).await,
            Self::Given(outcomes) => outcomes
                .get(bare(url).as_str())
                .cloned()
                .unwrap_or_else(|| Arc::new(not_given(url))),
        }
    }
}

/// What nobody fetched, the same as where there is no network.
fn not_given(url: &Url) -> Outcome {
    let result = Err(Failure::new(FailureKind::NoNetwork, format!("no outcome of {url} is given")));
    Outcome { chain: Vec::new(), result, fetched: None, captures: None }
}

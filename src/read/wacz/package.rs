//! Package: what a collection says of its files and of its pages.

use std::collections::{BTreeMap, HashSet};

use data_encoding::HEXLOWER;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::text::count;

/// How much is read of each of these files, in bytes.
pub(super) const MOST: u64 = 32 << 20;

/// How many pages of the lists are kept.
const MOST_PAGES: usize = 1 << 18;

/// What is said of a collection.
#[derive(Debug, Default)]
pub(super) struct Package {
    digests: BTreeMap<String, String>,
    /// The pages that it lists and that were not read yet.
    missing: HashSet<String>,
    listed: usize,
}

/// `datapackage.json`; other members are let pass.
#[derive(Deserialize)]
struct Stated {
    #[serde(default)]
    resources: Vec<Resource>,
    #[serde(default, alias = "mainPageUrl", rename = "mainPageURL")]
    main_page: Option<String>,
}

#[derive(Deserialize)]
struct Resource {
    path: Option<String>,
    hash: Option<String>,
}

/// `datapackage-digest.json`.
#[derive(Deserialize)]
struct Seal {
    hash: String,
}

/// A row of a list of pages. Its time is not asked for: the record's own decides.
#[derive(Deserialize)]
struct Page {
    url: Option<String>,
}

impl Package {
    /// What its files say together, and what is wrong with them.
    pub(crate) fn new(
        stated: Option<&[u8]>,
        seal: Option<&[u8]>,
        lists: &[Vec<u8>],
    ) -> (Self, Vec<String>) {
        let mut package = Self::default();
        let mut problems = Vec::new();
        match stated.map(serde_json::from_slice::<Stated>) {
            None => {
                problems.push("it has no datapackage.json: its files cannot be checked".to_owned());
            }
            Some(Err(error)) => problems.push(format!("datapackage.json cannot be read: {error}")),
            Some(Ok(stated)) => {
                for Resource { path, hash } in stated.resources {
                    let digest = hash.as_deref().and_then(|hash| hash.strip_prefix("sha256:"));
                    if let (Some(path), Some(digest)) = (path, digest) {
                        package.digests.insert(path, digest.to_owned());
                    }
                }
                package.missing.extend(stated.main_page.iter().filter_map(|url| address(url)));
            }
        }
        if let (Some(stated), Some(seal)) = (stated, seal) {
            let found = HEXLOWER.encode(&Sha256::digest(stated));
            let sealed = serde_json::from_slice::<Seal>(seal).ok().map(|seal| seal.hash);
            if sealed.as_deref().and_then(|hash| hash.strip_prefix("sha256:")) != Some(&*found) {
                let problem = "datapackage.json is not what datapackage-digest.json says";
                problems.push(problem.to_owned());
            }
        }
        for line in lists.iter().flat_map(|list| list.split(|&byte| byte == b'\n')) {
            let page = serde_json::from_slice::<Page>(line).ok().and_then(|page| page.url);
            if package.missing.len() < MOST_PAGES {
                package.missing.extend(page.and_then(|url| address(&url)));
            }
        }
        package.listed = package.missing.len();
        (package, problems)
    }

    /// The SHA-256 that a file of that name should have.
    pub(crate) fn digest_of(&self, name: &str) -> Option<String> {
        self.digests.get(name).cloned()
    }

    /// Notes that a page was read.
    pub(crate) fn hold(&mut self, url: &str) {
        self.missing.remove(url);
    }

    /// What is to be said of the pages that are listed and are not there.
    pub(crate) fn missing(&self, input: &str) -> Option<String> {
        let (missing, listed) = (self.missing.len(), self.listed);
        (missing > 0).then(|| {
            let listed = count(listed, "page");
            format!("{input} lists {listed}, of which its archives do not hold {missing} as pages")
        })
    }
}

/// An address as documents have it.
fn address(url: &str) -> Option<String> {
    url::Url::parse(url).ok().map(String::from)
}

//! Local: what links lead to that stay within the article's own site. What stands on the disk comes
//! in from the edge; what is inside of a file is read here, as an article's text is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use percent_encoding::percent_decode_str;

use crate::address::fragment;
use crate::extract;
use crate::model::{Anchors, Document, Extract, Found, Link, LinkKind, Local, LocalFile};
use crate::read::beside::{Beside, Place};

/// Files beyond this count are forgotten, and read again where they are asked for again.
const MAX_FILES: usize = 1024;

/// Looks up what stays within articles' own sites.
pub(super) struct Lookup {
    beside: Beside,
    /// The places inside files that were read.
    anchors: Mutex<HashMap<String, Option<Arc<Anchors>>>>,
}

impl Lookup {
    pub(super) fn new(options: &crate::read::Options) -> Self {
        Self { beside: Beside::new(options), anchors: Mutex::default() }
    }

    /// Looks up what an article's links lead to within its own site.
    pub(super) fn of(&self, article: &Document, found: &Extract) -> Local {
        let mut local = Local::default();
        if !found.fragments.is_empty() {
            local.anchors = Some(extract::anchors::of_own_links(article, found));
        }
        if !found.links.iter().any(|link| path(link).is_some()) {
            local.whereabouts = self.beside.place(article).map(|place| place.whereabouts);
            return local;
        }
        let Some(place) = self.beside.place(article) else { return local };
        let files = found.links.iter().enumerate().filter_map(|(index, link)| {
            let (path, place_in_it) = path(link)?;
            Some((index, self.file(&place, &path, place_in_it)?))
        });
        local.files = files.collect();
        local.whereabouts = Some(place.whereabouts);
        local
    }

    fn file(&self, place: &Place, path: &str, names_place: bool) -> Option<LocalFile> {
        let look = self.beside.look(place, path)?;
        let read = names_place && look.found == Found::There;
        let anchors = read.then(|| self.anchors_of(place, &look.path)).flatten();
        Some(LocalFile { path: look.path, found: look.found, anchors })
    }

    fn anchors_of(&self, place: &Place, path: &str) -> Option<Arc<Anchors>> {
        let key = format!("{}\0{path}", place.root().display());
        if let Some(known) = self.anchors.lock().ok()?.get(&key) {
            return known.clone();
        }
        let anchors = Beside::read(place, path).map(|document| {
            let found = extract::extract(&document);
            Arc::new(extract::anchors::of(&document, &found))
        });
        let mut known = self.anchors.lock().ok()?;
        if known.len() >= MAX_FILES {
            known.clear();
        }
        known.insert(key, anchors.clone());
        anchors
    }
}

/// The path that a link leads to where it is one of the disk, decoded, and whether it names a place
/// inside of the file.
fn path(link: &Link) -> Option<(String, bool)> {
    let is_reference = matches!(link.kind, LinkKind::Anchor | LinkKind::Embed);
    let address = link.joined().trim();
    if !is_reference || link.url().is_some() || link.malformed.is_some() {
        return None;
    }
    let (address, after) = address.split_once('#').unwrap_or((address, ""));
    let path = address.split('?').next().unwrap_or_default();
    let has_scheme = path.split('/').next().unwrap_or_default().contains(':');
    if path.is_empty() || path.starts_with("//") || has_scheme {
        return None;
    }
    let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    Some((path, fragment::place(after).is_some()))
}

//! WACZ: a ZIP file of web archives, with a list of its pages, an index, and digests of all. Each
//! page in its archives is a document, as in the archives by themselves.
//!
//! Nothing is unpacked to the disk: a name inside is only a name. What the package says of its files
//! is checked while they are read.

mod checked;
mod package;
mod zip;

use std::collections::VecDeque;
use std::io::{BufReader, Read};

use self::checked::Checked;
use self::package::Package;
use self::zip::{Contents, Part};
use super::warc::{self, Making};
use super::{Documents, InputFormat, Options, ReadError, Source, local};
use crate::model::Document;

/// Collections of web archives.
pub(super) const FORMAT: InputFormat = InputFormat {
    name: "wacz",
    help: "a collection of web archives (WACZ), a document a page",
    endings: &["wacz"],
    open: |source, options| {
        let options = options.clone();
        Box::new(std::iter::once_with(move || documents(source, &options)).flatten())
    },
    unread: None,
};

const HELP: &str = "check that the file is whole; `wacz create` makes one anew from its archives";

fn documents(source: Source, options: &Options) -> Documents {
    match Collection::open(source, options) {
        Ok(collection) => Box::new(collection),
        Err(error) => Box::new(std::iter::once(Err(error))),
    }
}

/// The documents of all archives of a collection.
struct Collection {
    input: String,
    options: Options,
    package: Package,
    archives: VecDeque<Part>,
    /// The archive that is being read.
    current: Option<(Documents, Checked)>,
    ready: VecDeque<ReadError>,
}

impl Collection {
    fn open(source: Source, options: &Options) -> Result<Self, ReadError> {
        let input = source.name;
        let bad = |problem: String| ReadError::new(&input, problem, HELP);
        let file = local::open_at(&input, 0, options).ok_or_else(|| {
            ReadError::new(
                &input,
                "a WACZ can be read only where it can be sought in: its table stands at its end",
                "save it to a file, and name that",
            )
        })?;
        let Contents { archives, pages, package, digest, problems } = zip::contents(file)
            .map_err(|problem| bad(format!("it is no good ZIP file: {problem}")))?;
        let mut ready: VecDeque<ReadError> = problems.into_iter().map(bad).collect();
        let mut text = |part: Option<Part>| {
            let part = part?;
            let name = part.name.clone();
            let read = zip::open(&input, &part, options).and_then(|reader| {
                let mut text = Vec::new();
                let read = reader.take(package::MOST).read_to_end(&mut text);
                read.map(|_| text).map_err(|error| error.to_string())
            });
            read.map_err(|problem| ready.push_back(bad(format!("{name}: {problem}")))).ok()
        };
        let (package, digest) = (text(package), text(digest));
        let lists: Vec<Vec<u8>> = pages.into_iter().filter_map(|part| text(Some(part))).collect();
        let (package, problems) = Package::new(package.as_deref(), digest.as_deref(), &lists);
        ready.extend(problems.into_iter().map(bad));
        if archives.is_empty() {
            ready.push_back(bad("it holds no web archive under archive/".to_owned()));
        }
        let options = options.clone();
        Ok(Self { input, options, package, archives: archives.into(), current: None, ready })
    }

    /// Begins with the next archive; says whether there is one.
    fn begin(&mut self) -> bool {
        let Some(part) = self.archives.pop_front() else { return false };
        match zip::open(&self.input, &part, &self.options) {
            Ok(reader) => {
                let checked = Checked::new(self.package.digest_of(&part.name), part.crc);
                let reader = BufReader::new(checked.reading(reader));
                let making = Making::new(self.input.clone(), &self.options)
                    .of_member(part.name.clone(), part.is_stored.then_some(part.start));
                self.current = Some((warc::pages(Box::new(reader), making), checked));
            }
            Err(problem) => {
                let problem = format!("{}: {problem}", part.name);
                self.ready.push_back(ReadError::new(&self.input, problem, HELP));
            }
        }
        true
    }
}

impl Iterator for Collection {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(error) = self.ready.pop_front() {
                return Some(Err(error));
            }
            let Some((documents, checked)) = &mut self.current else {
                if self.begin() {
                    continue;
                }
                if let Some(remark) = self.package.missing(&self.input) {
                    self.options.tally.tell(remark);
                }
                return None;
            };
            if let Some(document) = documents.next() {
                if let Ok(Document { url: Some(url), .. }) = &document {
                    self.package.hold(url.as_str());
                }
                return Some(document);
            }
            if let Some(problem) = checked.problem() {
                self.ready.push_back(ReadError::new(&self.input, problem, HELP));
            }
            self.current = None;
        }
    }
}

#[cfg(test)]
mod tests;

//! Read: inputs become documents.
//!
//! An input is a file, a directory, a glob, `-` for standard input, or an http(s) address. What is
//! inside is read by one file per input format, listed in [`FORMATS`]. To add a format, copy a
//! file and add its line; the option `--input-format` and the walk over directories know it then.
//!
//! Encodings are settled here: every document that leaves is UTF-8.

pub(crate) mod beside;
mod cdx;
mod email;
mod feed;
mod headline;
mod home;
mod jsonl;
mod known;
mod local;
mod office;
mod records;
mod rst;
mod selection;
mod shard;
mod single;
mod unread;
mod wacz;
mod warc;

use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use url::Url;

use crate::address;
use crate::decode;
use crate::decode::media::{self, Beginning};
use crate::model::{Document, PartialDate, plain_path};

pub use crate::decode::pdf::silence_panics;
pub use decode::packed::unpacked;
pub use home::Home;
pub use known::Known;
pub use local::size;
pub use records::RecordFilter;
pub use selection::{PathGlob, Selection, Tally};
use shard::Part;
pub use shard::Shard;
pub use unread::Unread;

/// What is read out of a file or stream, one document after the other.
pub type Documents = Box<dyn Iterator<Item = Result<Document, ReadError>> + Send>;

/// What is found in a file or stream, each of which is still to be made a document.
pub type Unreads = Box<dyn Iterator<Item = Result<Unread, ReadError>> + Send>;

/// The documents of these, each made as it is come to.
fn each(unreads: Unreads) -> Documents {
    Box::new(unreads.map(|unread| unread.and_then(Unread::document)))
}

/// One format that inputs come in.
#[derive(Debug)]
pub struct InputFormat {
    /// Its name for `--input-format`.
    pub name: &'static str,
    /// What it is, one line.
    pub help: &'static str,
    /// The file name endings that it is recognised by, in lower case, without the dot.
    pub endings: &'static [&'static str],
    /// Reads the documents; memory does not grow with the number of documents.
    pub open: fn(Source, &Options) -> Documents,
    /// The same, where each can be made of its own bytes, on any thread.
    pub unread: Option<fn(Source) -> Unreads>,
}

/// Every input format.
pub static FORMATS: &[InputFormat] = &[
    single::TEXT,
    single::MARKDOWN,
    single::RST,
    single::ASCIIDOC,
    single::HTML,
    single::PDF,
    office::EPUB,
    office::DOCX,
    office::ODT,
    jsonl::FORMAT,
    feed::FORMAT,
    email::FORMAT,
    warc::FORMAT,
    wacz::FORMAT,
    cdx::FORMAT,
];

/// Something to read from, with the name that the user knows it by.
pub struct Source {
    /// The path, or `-`.
    pub name: String,
    /// The bytes.
    pub reader: Box<dyn BufRead + Send>,
}

/// How inputs are to be read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format of every input; guessed from the name and the first bytes where not given.
    pub format: Option<&'static InputFormat>,
    /// What relative links resolve against.
    pub base: Option<Url>,
    /// The publication date of every article, stated by the user.
    pub article_date: Option<PartialDate>,
    /// The folder that no file may stand outside of, where the inputs come from a stranger.
    pub root: Option<PathBuf>,
    /// Where files are told to stand; none where they are only called as they were named.
    pub home: Option<Home>,
    /// Files that are not read though they stand in a folder that is.
    pub leave_out: Vec<PathBuf>,
    /// Which files are read of all that is named.
    pub selection: Selection,
    /// What was read, and what was not.
    pub tally: Arc<Tally>,
    /// Which captures are read of web archives.
    pub records: RecordFilter,
    /// The part of all documents that is read; all where there is none.
    pub shard: Option<Shard>,
    /// What has been judged already and is not read again.
    pub known: Option<Arc<Known>>,
    /// What web archives were read that others refer to.
    pub(crate) originals: Arc<warc::Originals>,
}

/// An input, or a row of one, that could not be read. The others go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The input as the user named it.
    pub input: String,
    /// The line in it, from one, where one line is at fault.
    pub line: Option<usize>,
    /// What that line calls its document, as far as it can be told.
    pub id: Option<String>,
    /// What happened.
    pub problem: String,
    /// What to do next.
    pub help: String,
}

impl ReadError {
    /// An error about a whole input.
    #[must_use]
    pub fn new(
        input: impl Into<String>,
        problem: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            input: input.into(),
            line: None,
            id: None,
            problem: problem.into(),
            help: help.into(),
        }
    }

    /// The same error, about one line.
    #[must_use]
    pub fn on_line(self, line: usize) -> Self {
        Self { line: Some(line), ..self }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.input, self.problem),
            None => write!(f, "{}: {}", self.input, self.problem),
        }
    }
}

/// What an input yields: a document, or an address that is still to be fetched.
#[derive(Debug)]
pub enum Entry {
    /// A document that has been read.
    Document(Box<Document>),
    /// The bytes of one.
    Unread(Unread),
    /// An article that stands on the web.
    Web(Url),
}

/// Reads all inputs in order, lazily. Blocks on files and standard input.
pub fn entries(
    inputs: Vec<String>,
    options: Options,
) -> impl Iterator<Item = Result<Entry, ReadError>> + Send {
    inputs.into_iter().flat_map(move |input| entries_of(input, &options))
}

type Entries = Box<dyn Iterator<Item = Result<Entry, ReadError>> + Send>;

fn entries_of(input: String, options: &Options) -> Entries {
    if let Some(url) = address::web_address(&input) {
        let part = part(url.as_str(), options);
        return taken(std::iter::once(Ok(Entry::Web(url))), part, options);
    }
    if input == "-" {
        let part = part(&input, options);
        let stdin = Source { name: input, reader: Box::new(BufReader::new(std::io::stdin())) };
        return taken(read_all(stdin, options.clone()), part, options);
    }
    let options = options.clone();
    let kept = options.clone();
    let folder = local::folder_of(&input);
    let files = local::files(&input, &options.tally);
    let files = files.filter(move |file| file.as_ref().map_or(true, |file| is_taken(file, &kept)));
    Box::new(files.flat_map(move |file| {
        let name = |file: &Path| shard::name(file, &folder);
        let part = part(
            &file.as_ref().map_or_else(|error| error.input.clone(), |file| name(file)),
            &options,
        );
        if part == Part::None || file.as_ref().is_ok_and(|file| is_known(file, &options)) {
            return Box::new(std::iter::empty()) as Entries;
        }
        let entries = match file.and_then(|path| local::open(&path, &options)) {
            Ok(source) => read_all(source, options.clone()),
            Err(error) => Box::new(std::iter::once(Err(error))),
        };
        taken(entries, part, &options)
    }))
}

/// What of a file or an address of that name is read.
fn part(name: &str, options: &Options) -> Part {
    options.shard.map_or(Part::All, |shard| shard.part(name, options.format))
}

/// Those entries of one input that belong to the part that is read and are not known already.
fn taken(
    entries: impl Iterator<Item = Result<Entry, ReadError>> + Send + 'static,
    part: Part,
    options: &Options,
) -> Entries {
    let known = options.known.clone();
    let of_part = entries.zip(0..).filter(move |(_, n)| part.takes(*n)).map(|(entry, _)| entry);
    Box::new(of_part.filter(move |entry| known.as_ref().is_none_or(|known| !known.has(entry))))
}

/// Whether every document of a file has been judged already. Records of web archives that come later
/// may refer to it all the same.
fn is_known(file: &Path, options: &Options) -> bool {
    let name = file.to_string_lossy();
    let is_known = options.known.as_ref().is_some_and(|known| known.is_whole(&name));
    if is_known {
        options.originals.pass_over(&name);
        options.tally.read(local::size_of(file));
    }
    is_known
}

/// The files that an input on this machine stands for and that are read.
pub fn files<'a>(
    input: &str,
    options: &'a Options,
) -> impl Iterator<Item = Result<PathBuf, ReadError>> + use<'a> {
    let files = local::files(input, &Arc::default());
    files.filter(|file| file.as_ref().map_or(true, |file| options.selection.takes(file)))
}

/// Whether a file is read; counts it if it is not.
fn is_taken(file: &Path, options: &Options) -> bool {
    let is = |other: &PathBuf| same_file::is_same_file(file, other).unwrap_or(false);
    if options.leave_out.iter().any(is) {
        return false;
    }
    let taken = options.selection.takes(file);
    if !taken {
        options.tally.exclude();
    }
    taken
}

fn read_all(mut source: Source, options: Options) -> Entries {
    let format = match options.format {
        Some(format) => format,
        None => match guess(&mut source) {
            Ok(format) => format,
            Err(error) => return Box::new(std::iter::once(Err(error))),
        },
    };
    let path = options.home.as_ref().and_then(|home| home.path(&source.name));
    let path = path.filter(|path| *path != plain_path(&source.name) && source.name != "-");
    // Whether a document is known already can only be told of the document itself.
    let Some(unread) = format.unread.filter(|_| options.known.is_none()) else {
        let documents = (format.open)(source, &options);
        return Box::new(documents.map(move |document| {
            let document = with_options(document?, path.as_ref(), &options);
            Ok(Entry::Document(Box::new(document)))
        }));
    };
    let given = Arc::new((path, options));
    Box::new(unread(source).map(move |unread| {
        let given = Arc::clone(&given);
        let unread =
            unread?.then(move |document| with_options(document, given.0.as_ref(), &given.1));
        Ok(Entry::Unread(unread))
    }))
}

/// What the user states about every article goes before what a row says of itself.
fn with_options(mut document: Document, path: Option<&String>, options: &Options) -> Document {
    document.path = path.cloned();
    if options.base.is_some() {
        document.base.clone_from(&options.base);
    }
    if options.article_date.is_some() {
        document.stated_date = options.article_date;
    }
    document
}

/// Whether a name of two formats says that a file is the source of one for people to read as text, as
/// Sphinx puts it beside its pages (`intro.rst.txt`).
fn is_copy(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, _)| by_ending(stem).is_some())
}

/// The format of a name with that ending, of two such the one with the longer.
fn by_ending(name: &str) -> Option<&'static InputFormat> {
    let name = name.to_ascii_lowercase();
    let mut endings =
        name.match_indices('.').map(|(dot, _)| name.get(dot + 1..).unwrap_or_default());
    endings.find_map(|ending| FORMATS.iter().find(|format| format.endings.contains(&ending)))
}

/// The format by the name, or else by the first bytes; plain text where nothing tells. A PDF is one
/// under any name.
fn guess(source: &mut Source) -> Result<&'static InputFormat, ReadError> {
    let head = source.reader.fill_buf().map_err(|error| local::unreadable(&source.name, &error))?;
    if media::beginning(head) == Beginning::Pdf {
        return Ok(&single::PDF);
    }
    if decode::warc::begins(head) {
        return Ok(&warc::FORMAT);
    }
    if cdx::begins(head) {
        return Ok(&cdx::FORMAT);
    }
    if let Some(format) = office::begins(head) {
        return Ok(format);
    }
    if let Some(format) = by_ending(&source.name) {
        let is_rst = format.name == single::TEXT.name && !is_copy(&source.name);
        return Ok(if is_rst && rst::begins(head) { &single::RST } else { format });
    }
    // A ZIP file without a name is that of a collection or of no use.
    if source.name == "-" && head.starts_with(b"PK\x03\x04") {
        return Ok(&wacz::FORMAT);
    }
    if decode::packed::beginning(head).is_some_and(|head| head.trim_ascii_start().starts_with(b"{"))
    {
        return Ok(&jsonl::FORMAT);
    }
    if source.name == "-" && jsonl::begins(head) {
        return Ok(&jsonl::FORMAT);
    }
    Ok(by_beginning(head).unwrap_or(&single::TEXT))
}

/// The format that bytes begin as, where they show it.
fn by_beginning(head: &[u8]) -> Option<&'static InputFormat> {
    if feed::begins(head) {
        return Some(&feed::FORMAT);
    }
    (media::beginning(head) == Beginning::Html).then_some(&single::HTML)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_have_names_endings_and_help_of_their_own() {
        let mut endings = std::collections::HashSet::new();
        let mut names = std::collections::HashSet::new();
        for format in FORMATS {
            assert!(names.insert(format.name), "{} is there twice", format.name);
            assert!(!format.help.is_empty());
            for ending in format.endings {
                assert!(endings.insert(ending), "two formats claim .{ending}");
                assert_eq!(*ending, ending.to_ascii_lowercase());
            }
        }
    }

    #[test]
    fn a_text_is_what_its_beginning_says_unless_its_name_says_more() {
        let guess = |name: &str, text: &'static str| {
            let mut source = Source { name: name.into(), reader: Box::new(text.as_bytes()) };
            guess(&mut source).expect("memory can be read").name
        };
        let rst = "Title\n=====\n\n.. note:: Words\n";
        assert_eq!(guess("docs/intro.txt", rst), "rst");
        assert_eq!(guess("docs/intro.2.txt", rst), "rst");
        assert_eq!(guess("_sources/intro.rst.txt", rst), "text");
        assert_eq!(guess("docs/intro.md", rst), "markdown");
        assert_eq!(guess("docs/intro.txt", "Title\n=====\n\nWords\n"), "text");
    }

    #[test]
    fn a_stream_without_a_name_is_known_by_its_first_bytes() {
        let guess = |text: &'static str| {
            let mut source = Source { name: "-".into(), reader: Box::new(text.as_bytes()) };
            guess(&mut source).expect("memory can be read").name
        };
        assert_eq!(guess("\n<!DOCTYPE html><title>x"), "html");
        assert_eq!(guess("<?xml version='1.0'?><!-- x --><rss version='2.0'><channel>"), "feed");
        assert_eq!(guess("<feed xmlns='http://www.w3.org/2005/Atom'>"), "feed");
        assert_eq!(guess("<?xml version='1.0'?><html>"), "html");
        assert_eq!(guess("May 25, 2018"), "text");
        assert_eq!(guess("{\"id\": 7, \"html\": \"<p>x\"}\n{\"html\": \"\"}\n"), "jsonl");
        assert_eq!(guess("{\"site\": \"x\", \"text\": \"May 25\"}"), "jsonl");
        // The head may end within the first row.
        assert_eq!(guess("{\"html\":\"<!doctype html><title>"), "jsonl");
        assert_eq!(guess("{\"id\": \"7\", \"html\": \"<p>"), "jsonl");
        // What is JSON but no row of a document, or no JSON at all, is text.
        assert_eq!(guess("{\"text\": 1, \"x\": [2]}\nMay 25"), "text");
        assert_eq!(guess("{\n  \"id\": 7,\n  \"text\": \"x\"\n}\n"), "text");
        assert_eq!(guess("{\"name\": \"a package\", \"version\""), "text");
        assert_eq!(guess("{{ text }} and {\"text\"}"), "text");
        assert_eq!(guess("%PDF-1.7\n"), "pdf");
        assert_eq!(guess(""), "text");
    }
}

//! Files, directories and globs.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;
use ignore::overrides::OverrideBuilder;

use super::{FORMATS, Options, ReadError, Source, Tally, by_ending, feed};
use crate::decode::media::{self, Beginning};

type Paths = Box<dyn Iterator<Item = Result<PathBuf, ReadError>> + Send>;

/// The files that an input names, in the order of their names: itself, or those in a directory
/// with a known ending, or those that a glob matches.
///
/// Directories are walked as git sees them: hidden and ignored files are left out.
#[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
pub(super) fn files(input: &str, tally: &Arc<Tally>) -> Paths {
    let path = Path::new(input);
    if path.is_dir() {
        return walk(input, WalkBuilder::new(path), Some(Arc::clone(tally)));
    }
    if !path.exists() && input.contains(['*', '?', '[', '{']) {
        let base = Path::new(base_of(input));
        if !base.is_dir() {
            return Box::new(std::iter::once(Err(ReadError::new(
                input,
                format!("there is no folder {}", base.display()),
                "check the spelling and the folder that you are in",
            ))));
        }
        return match glob(input) {
            Ok(walker) => walk(input, walker, None),
            Err(problem) => Box::new(std::iter::once(Err(ReadError::new(
                input,
                format!("not a glob: {problem}"),
                "write `*` for any name, `**` for any depth, and `[*]` for a real asterisk",
            )))),
        };
    }
    Box::new(std::iter::once(Ok(path.to_owned())))
}

/// A walk over what a glob can match, from the longest prefix that holds no wild card.
fn glob(pattern: &str) -> Result<WalkBuilder, ignore::Error> {
    let base = base_of(pattern);
    let rest = pattern.strip_prefix(base).unwrap_or(pattern);
    let mut overrides = OverrideBuilder::new(base);
    overrides.add(&format!("/{rest}"))?;
    let mut walker = WalkBuilder::new(base);
    walker.overrides(overrides.build()?);
    Ok(walker)
}

/// The folder that a glob names before its first wild card, with its slash.
fn base_of(pattern: &str) -> &str {
    let wild = pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len());
    let slash = pattern.get(..wild).and_then(|plain| plain.rfind('/'));
    slash.and_then(|slash| pattern.get(..=slash)).unwrap_or(".")
}

/// The files of a folder that are of a known format, the rest counted; or all that a glob matches.
fn walk(input: &str, mut walker: WalkBuilder, tally: Option<Arc<Tally>>) -> Paths {
    let only_known = tally.is_some();
    walker.sort_by_file_name(Ord::cmp);
    let name = input.to_owned();
    let mut found = walker
        .build()
        .filter_map(move |entry| match entry {
            Ok(entry) if !entry.file_type().is_some_and(|kind| kind.is_file()) => None,
            Ok(entry) => {
                let known = tally.as_ref().is_none_or(|tally| {
                    let known = is_article(entry.path());
                    if !known {
                        tally.skip(entry.path());
                    }
                    known
                });
                known.then(|| Ok(without_dot(entry.into_path())))
            }
            Err(error) => Some(Err(ReadError::new(
                name.clone(),
                error.to_string(),
                "check the permissions, or name the files themselves",
            ))),
        })
        .peekable();
    if found.peek().is_none() {
        return Box::new(std::iter::once(Err(nothing_found(input, only_known))));
    }
    Box::new(found)
}

/// Whether a file of a directory is one to read: by its ending, or a page that was saved under its
/// address (`example.org`, `page?id=3`, `about`) and begins as HTML does, or XML that begins as a
/// feed does: most other XML is no article, and the sitemap of a site holds none.
fn is_article(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    by_ending(&name).is_some()
        || (is_address(&name) && begins(path, |head| media::beginning(head) == Beginning::Html))
        || (is_xml(&name) && begins(path, feed::holds_articles))
}

fn is_xml(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("xml"))
}

fn is_address(name: &str) -> bool {
    let is_host = || psl::suffix(name.as_bytes()).is_some_and(|suffix| suffix.is_known());
    !name.contains('.') || name.contains('?') || is_host()
}

/// How much of a file is looked at: a feed's root can stand below a licence and hold many
/// namespaces.
const HEAD_BYTES: u64 = 4096;

#[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
fn begins(path: &Path, as_format: fn(&[u8]) -> bool) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut head));
    read.is_ok() && as_format(&head)
}

/// `./a.md` is called `a.md`, as the user would.
fn without_dot(path: PathBuf) -> PathBuf {
    path.strip_prefix("./").map(Path::to_path_buf).unwrap_or(path)
}

fn nothing_found(input: &str, directory: bool) -> ReadError {
    if !directory {
        return ReadError::new(
            input,
            "no file matches",
            "check the pattern; hidden and git-ignored files are left out",
        );
    }
    let endings: Vec<String> = FORMATS
        .iter()
        .flat_map(|format| format.endings)
        .map(|ending| format!(".{ending}"))
        .collect();
    ReadError::new(
        input,
        "no articles in this directory",
        format!(
            "name files themselves, with --input-format; of a directory those are read that end in {}",
            endings.join(", ")
        ),
    )
}

/// Opens a file for reading.
///
/// With a root, a file that stands outside of it is refused, however it is reached.
#[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
pub(super) fn open(
    path: &Path,
    Options { root, tally, .. }: &Options,
) -> Result<Source, ReadError> {
    let name = path.to_string_lossy().into_owned();
    if root.as_ref().is_some_and(|root| !stands_in(path, root)) {
        let help = "leave out --untrusted, if you trust the inputs, or name files of this folder";
        return Err(ReadError::new(name, "it stands outside of this folder", help));
    }
    match File::open(path) {
        Ok(file) => {
            let counted = Counted { inner: file, tally: Arc::clone(tally) };
            Ok(Source { name, reader: Box::new(BufReader::with_capacity(64 * 1024, counted)) })
        }
        Err(error) => Err(unreadable(&name, &error)),
    }
}

/// A file from a place on, where it can be opened a second time.
#[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
pub(super) fn open_at(
    name: &str,
    offset: u64,
    Options { root, .. }: &Options,
) -> Option<BufReader<File>> {
    let path = Path::new(name);
    if root.as_ref().is_some_and(|root| !stands_in(path, root)) {
        return None;
    }
    let mut file =
        File::open(path).ok().filter(|file| file.metadata().is_ok_and(|found| found.is_file()))?;
    file.seek(SeekFrom::Start(offset)).ok()?;
    Some(BufReader::with_capacity(64 * 1024, file))
}

/// A file whose bytes are counted as they are read.
struct Counted {
    inner: File,
    tally: Arc<Tally>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.tally.read(read);
        Ok(read)
    }

    /// Without this, memory is filled with zeros first, and grows without knowing the file's size.
    fn read_to_end(&mut self, buffer: &mut Vec<u8>) -> io::Result<usize> {
        let read = self.inner.read_to_end(buffer)?;
        self.tally.read(read);
        Ok(read)
    }
}

/// The folder that the files of an input are told from: itself, or what a glob begins with.
#[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
pub(super) fn folder_of(input: &str) -> PathBuf {
    let path = Path::new(input);
    let is_glob = !path.exists() && input.contains(['*', '?', '[', '{']);
    if is_glob { PathBuf::from(base_of(input)) } else { path.to_owned() }
}

/// How many bytes a file holds.
#[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
pub(super) fn size_of(path: &Path) -> usize {
    let size = fs::metadata(path).map_or(0, |found| found.len());
    usize::try_from(size).unwrap_or(usize::MAX)
}

/// How many bytes inputs hold together, where all are files that are named.
#[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
#[must_use]
pub fn size(inputs: &[String]) -> Option<u64> {
    let size = |input: &String| fs::metadata(input).ok().filter(fs::Metadata::is_file);
    inputs.iter().map(|input| size(input).map(|found| found.len())).sum()
}

/// Whether a file, all symbolic links followed, stands in a folder. What cannot be found does: it
/// is for the opening to say so.
#[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
fn stands_in(path: &Path, root: &Path) -> bool {
    match (path.canonicalize(), root.canonicalize()) {
        (Ok(path), Ok(root)) => path.starts_with(root),
        (Err(_), _) => true,
        (Ok(_), Err(_)) => false,
    }
}

/// Everything that a source holds.
pub(super) fn bytes(source: &mut Source) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    match source.reader.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(unreadable(&source.name, &error)),
    }
}

/// Says what an operating-system error means for the one who named the file.
pub(super) fn unreadable(name: &str, error: &io::Error) -> ReadError {
    let help = match error.kind() {
        io::ErrorKind::NotFound => "check the spelling and the folder that you are in",
        io::ErrorKind::PermissionDenied => "check the file's permissions",
        _ => "check that the file is whole and readable",
    };
    let problem = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => format!("it cannot be read: {error}"),
    };
    ReadError::new(name, problem, help)
}

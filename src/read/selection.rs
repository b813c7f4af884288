//! Which files are read: globs as `.gitignore` has them, each told from the folder that it was
//! written in. What they leave out is counted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::warc::Other;
use crate::text::were;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// A glob of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathGlob {
    folder: PathBuf,
    glob: String,
}

impl PathGlob {
    /// What stands between the folder and the glob where a configuration file says both: no
    /// argument that a person types can hold it.
    pub const MARK: char = '\0';

    fn matcher(&self, here: &Path) -> Option<Gitignore> {
        let mut builder = GitignoreBuilder::new(here.join(&self.folder));
        builder.add_line(None, &self.glob).ok()?;
        builder.build().ok()
    }
}

impl FromStr for PathGlob {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (folder, glob) = text.split_once(Self::MARK).unwrap_or(("", text));
        let mut builder = GitignoreBuilder::new("/");
        builder.add_line(None, glob).map_err(|error| error.to_string())?;
        match builder.build() {
            Ok(built) if !built.is_empty() => Ok(Self { folder: folder.into(), glob: glob.into() }),
            Ok(_) => Err("write a glob, such as drafts/ or *.draft.md".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// What is read of all that is named.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    here: PathBuf,
    exclude: Vec<Gitignore>,
    include: Vec<Gitignore>,
}

impl Selection {
    /// For a run that starts in a folder: all but `exclude`, and of that only `include`, if there
    /// is any.
    #[must_use]
    pub fn new(exclude: &[PathGlob], include: &[PathGlob], here: &Path) -> Self {
        let all = |globs: &[PathGlob]| globs.iter().filter_map(|glob| glob.matcher(here)).collect();
        Self { here: here.to_owned(), exclude: all(exclude), include: all(include) }
    }

    /// Whether a file is read.
    #[must_use]
    pub fn takes(&self, path: &Path) -> bool {
        let full = plain(&self.here.join(path));
        // Of those from one folder on, the last that says something about the file speaks.
        let listed = |globs: &[Gitignore]| {
            let inside = globs.iter().filter(|glob| full.starts_with(glob.path()));
            let said = inside.map(|glob| glob.matched_path_or_any_parents(&full, false));
            said.rev().find(|said| !said.is_none()).is_some_and(|said| said.is_ignore())
        };
        !listed(&self.exclude) && (self.include.is_empty() || listed(&self.include))
    }
}

/// The path without `.` and `..`, as it is spelled.
fn plain(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

/// What was not read, counted while files are looked for.
#[derive(Debug, Default)]
pub struct Tally {
    counts: Mutex<Counts>,
    bytes: AtomicU64,
}

#[derive(Debug, Default)]
struct Counts {
    excluded: usize,
    endings: BTreeMap<String, usize>,
    others: BTreeMap<Other, usize>,
    remarks: Vec<String>,
}

/// The endings of files that hold articles, or may, and are of no format that is read.
const ARTICLES: [&str; 26] = [
    "bz2",
    "doc",
    "docx",
    "epub",
    "gz",
    "ipynb",
    "latex",
    "mbox",
    "mediawiki",
    "mht",
    "mhtml",
    "odt",
    "org",
    "pages",
    "pdf",
    "pod",
    "rtf",
    "sgml",
    "tar",
    "tex",
    "textile",
    "wiki",
    "wikitext",
    "xz",
    "zip",
    "zst",
];

impl Tally {
    pub(super) fn read(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// How many bytes of files have been read.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(super) fn exclude(&self) {
        self.count(|counts| counts.excluded += 1);
    }

    /// Counts a file of a folder that is of no known format.
    pub(super) fn skip(&self, path: &Path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let mut parts = name.rsplit('.');
        let Some(ending) = parts.next().filter(|ending| ARTICLES.contains(ending)) else { return };
        let packed = matches!(ending, "gz" | "bz2" | "xz" | "zst");
        let inner = parts.next().filter(|inner| packed && *inner != name);
        let ending = match inner.filter(|_| name.matches('.').count() > 1) {
            Some(inner) => format!(".{inner}.{ending}"),
            None => format!(".{ending}"),
        };
        self.count(|counts| *counts.endings.entry(ending).or_default() += 1);
    }

    /// Notes something else that the reader should know.
    pub(super) fn tell(&self, remark: String) {
        const MOST: usize = 20;
        self.count(|counts| {
            if counts.remarks.len() < MOST {
                counts.remarks.push(remark);
            }
        });
    }

    /// Counts a record of a web archive that holds no page.
    pub(super) fn pass_over(&self, why: Other) {
        self.count(|counts| *counts.others.entry(why).or_default() += 1);
    }

    fn count(&self, add: impl FnOnce(&mut Counts)) {
        if let Ok(mut counts) = self.counts.lock() {
            add(&mut counts);
        }
    }

    /// What the reader should know of it, a sentence each.
    #[must_use]
    pub fn remarks(&self) -> Vec<String> {
        const NAMED: usize = 6;
        let Ok(counts) = self.counts.lock() else { return Vec::new() };
        let files = |number: usize| were(number, "file");
        let mut remarks = Vec::new();
        if counts.excluded > 0 {
            let files = files(counts.excluded);
            remarks.push(format!("{files} left out, as --exclude or --include asks for"));
        }
        let mut endings: Vec<_> = counts.endings.iter().collect();
        endings.sort_by_key(|(ending, number)| (std::cmp::Reverse(**number), (*ending).clone()));
        if !endings.is_empty() {
            let all = files(endings.iter().map(|(_, number)| **number).sum());
            let named = endings.iter().take(NAMED).map(|(ending, n)| format!("{n} {ending}"));
            let more = if endings.len() > NAMED { ", …" } else { "" };
            remarks.push(format!(
                "{all} passed over in folders, being of formats that are not read there: {}{more}",
                named.collect::<Vec<_>>().join(", ")
            ));
        }
        remarks.extend(counts.remarks.iter().cloned());
        if !counts.others.is_empty() {
            let all: usize = counts.others.values().sum();
            let named = counts.others.iter().map(|(why, &number)| {
                let [one, more] = why.told();
                if number == 1 { one.to_owned() } else { format!("{number} {more}") }
            });
            let records = were(all, "record");
            let named = named.collect::<Vec<_>>().join(", ");
            remarks.push(format!("{records} passed over in web archives, being no pages: {named}"));
        }
        remarks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_mean_what_gitignore_means() {
        let here = Path::new("/srv/site");
        let glob = |text: &str| text.parse::<PathGlob>().expect("a glob");
        for (exclude, include, path, taken) in [
            ("drafts/", "", "drafts/a.md", false),
            ("drafts/", "", "x/drafts/deep/a.md", false),
            ("/drafts", "", "x/drafts/a.md", true),
            ("*.draft.md", "", "./x/a.draft.md", false),
            ("x/**/b.md", "", "x/y/z/b.md", false),
            ("x", "", "/srv/site/x/a.md", false),
            ("x", "", "/srv/other/x/a.md", true),
            ("", "docs/**", "docs/a.md", true),
            ("", "docs/**", "news/a.md", false),
            ("docs/old", "docs", "docs/old/a.md", false),
            ("conf\0old", "", "conf/deep/old/a.md", false),
            ("conf\0old", "", "old/a.md", true),
            ("conf\0/old", "", "conf/old/a.md", false),
            ("../site/old", "", "a.md", true),
        ] {
            let globs = |text: &str| (!text.is_empty()).then(|| glob(text)).into_iter().collect();
            let (exclude, include): (Vec<_>, Vec<_>) = (globs(exclude), globs(include));
            let selection = Selection::new(&exclude, &include, here);
            assert_eq!(selection.takes(Path::new(path)), taken, "{exclude:?} {include:?} {path}");
        }
        let but = [glob("*.md"), glob("!a.md")];
        let selection = Selection::new(&but, &[], here);
        assert!(selection.takes(Path::new("a.md")) && !selection.takes(Path::new("b.md")));
        for text in ["", "# x", "  "] {
            assert!(text.parse::<PathGlob>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_may_hold_articles_is_told_when_it_is_passed_over() {
        let tally = Tally::default();
        for name in ["a.tar.gz", "b.TAR.GZ", "c.org", "d.png", "e.rs", "f", "g.gz", "v1.2.zip"] {
            tally.skip(Path::new(name));
        }
        let said = tally.remarks().join(" ");
        assert!(
            said.contains("5 files were") && said.ends_with("2 .tar.gz, 1 .gz, 1 .org, 1 .zip"),
            "{said}"
        );
        assert!(Tally::default().remarks().is_empty());
    }
}

//! Beside: what stands on the disk around an article, for the links that lead to files.
//!
//! Nothing outside of the article's repository is looked at, or of the folder that it was given in:
//! what a link says can be a stranger's, and neither the content of other files nor whether there
//! are such is anyone's business. Folders are listed instead of paths opened, so that capital letters
//! count on systems that overlook them, too.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::gitignore::GitignoreBuilder;

use super::{Home, Options, by_ending, local};
use crate::model::{Document, Found, Media, Missing, Whereabouts};

/// Larger files are not read for the places inside them, in bytes.
const MAX_BYTES: u64 = 4 << 20;

/// Folders beyond this count are forgotten.
const MAX_FOLDERS: usize = 1024;

/// Larger folders are not held, in names.
const MAX_NAMES: usize = 1 << 16;

/// The configuration files by which generators of sites are known.
const SITES: [&str; 36] = [
    "_config.yml",
    "_config.yaml",
    "_config.toml",
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "mkdocs.yml",
    "mkdocs.yaml",
    "book.toml",
    "astro.config.mjs",
    "astro.config.ts",
    "astro.config.js",
    ".eleventy.js",
    "eleventy.config.js",
    "eleventy.config.mjs",
    "gatsby-config.js",
    "gatsby-config.ts",
    "next.config.js",
    "next.config.mjs",
    "next.config.ts",
    "nuxt.config.js",
    "nuxt.config.ts",
    "svelte.config.js",
    "pelicanconf.py",
    "conf.py",
    ".vitepress",
    ".vuepress",
    "antora.yml",
    "_quarto.yml",
    "sidebars.js",
    "mint.json",
    "docs.json",
];

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// The path from the root, with `/`.
    pub path: String,
    /// Whether it is there.
    pub found: Found,
}

/// An article's place on the disk.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    root: PathBuf,
    /// The names of the folders from the root to the article.
    folders: Vec<String>,
    /// What is known of it.
    pub whereabouts: Whereabouts,
}

/// Looks at what stands around articles; folders that were listed are remembered.
#[derive(Debug)]
pub(crate) struct Beside {
    home: Option<Home>,
    /// The folder that nothing may be looked at outside of.
    bound: Option<PathBuf>,
    folders: Mutex<HashMap<PathBuf, Names>>,
}

/// The names in a folder; none where it cannot be listed.
type Names = Option<Arc<Listed>>;

/// The names in a folder, by all that they are asked for: each missing file of a large folder asks.
#[derive(Debug, Default)]
struct Listed {
    names: HashSet<String>,
    /// The name that a spelling in lower case is of; none where it is of several.
    by_lower: HashMap<String, Option<String>>,
    /// The endings, in lower case.
    endings: HashSet<String>,
    /// The endings of the names that begin so, in lower case.
    by_stem: HashMap<String, HashSet<String>>,
}

impl Listed {
    fn of(names: HashSet<String>) -> Self {
        let mut listed = Self::default();
        for name in &names {
            let alike = listed.by_lower.entry(name.to_lowercase());
            alike.and_modify(|one| *one = None).or_insert_with(|| Some(name.clone()));
            if let Some((stem, ending)) = name.rsplit_once('.') {
                listed.endings.insert(ending.to_ascii_lowercase());
                let endings = listed.by_stem.entry(stem.to_ascii_lowercase()).or_default();
                endings.insert(ending.to_owned());
            }
        }
        Self { names, ..listed }
    }

    /// The name that is spelled so, or alone is so but for its capital letters.
    fn find(&self, name: &str) -> Option<&str> {
        let alike = || self.by_lower.get(&name.to_lowercase())?.as_ref();
        self.names.get(name).or_else(alike).map(String::as_str)
    }
}

impl Place {
    /// The folder that nothing is looked at outside of.
    #[must_use]
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }
}

impl Beside {
    /// For articles that are read so.
    #[must_use]
    pub(crate) fn new(options: &Options) -> Self {
        let bound = options.root.as_deref().and_then(real);
        Self { home: options.home.clone(), bound, folders: Mutex::default() }
    }

    /// Where an article stands, if it is a file of its own.
    #[must_use]
    pub(crate) fn place(&self, document: &Document) -> Option<Place> {
        if document.id.is_some() || document.input == "-" {
            return None;
        }
        let here = self.home.as_ref().map_or(Path::new(""), Home::here);
        let file = here.join(&document.input);
        let name = file.file_name()?.to_string_lossy().into_owned();
        let folder = real(file.parent()?)?;
        if !self.names(&folder)?.names.contains(&name) {
            return None;
        }
        let (root, in_repository) = self.root(&folder)?;
        let below = folder.strip_prefix(&root).ok()?;
        let folders: Vec<String> =
            below.iter().map(|name| name.to_string_lossy().into_owned()).collect();
        let whereabouts = Whereabouts {
            path: joined(&folders, &name),
            in_repository,
            site: self.site(&root, &folders),
            is_link: is_link(&file),
        };
        Some(Place { root, folders, whereabouts })
    }

    /// The folder that nothing is looked at outside of, and whether it is a whole repository.
    #[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
    fn root(&self, folder: &Path) -> Option<(PathBuf, bool)> {
        if self.bound.as_ref().is_some_and(|bound| !folder.starts_with(bound)) {
            return None;
        }
        let within = |root: &Path| self.bound.as_ref().is_none_or(|bound| root.starts_with(bound));
        let repository = folder.ancestors().find(|above| above.join(".git").exists());
        if let Some(root) = repository.filter(|root| within(root)) {
            let is_sparse = root.join(".git/info/sparse-checkout").exists();
            return Some((root.to_owned(), !is_sparse));
        }
        let home = self.home.as_ref().and_then(|home| real(home.root()));
        let home = self.bound.clone().or(home).filter(|home| folder.starts_with(home));
        Some((home.unwrap_or_else(|| folder.to_owned()), false))
    }

    /// The configuration file of a generator in a folder from the root to the article.
    fn site(&self, root: &Path, folders: &[String]) -> Option<String> {
        (0..=folders.len()).rev().find_map(|depth| {
            let names = self.names(&at(root, folders.get(..depth)?))?;
            SITES.iter().find(|site| names.names.contains(**site)).map(|site| (*site).to_owned())
        })
    }

    /// What stands where a path leads from an article; none where that is outside of its root. A
    /// path that begins with `/` is taken from the root.
    #[must_use]
    pub(crate) fn look(&self, place: &Place, path: &str) -> Option<Look> {
        let from: &[String] = if path.starts_with('/') { &[] } else { &place.folders };
        let parts = parts_of(from, path)?;
        let look = |found| Some(Look { path: parts.join("/"), found });
        match self.walk(&place.root, &parts)? {
            Walked::There => look(Found::There),
            Walked::OtherCase(spelled) => look(Found::OtherCase(spelled.join("/"))),
            Walked::Missing { folder } => {
                look(Found::Missing(self.missing(place, path, &parts, folder.as_deref())))
            }
        }
    }

    /// Goes down from the root by names, as they are spelled or in other capital letters.
    fn walk(&self, root: &Path, parts: &[String]) -> Option<Walked> {
        let (mut folder, mut spelled) = (root.to_owned(), Vec::with_capacity(parts.len()));
        for (depth, part) in parts.iter().enumerate() {
            let is_last = depth + 1 == parts.len();
            let Some(names) = self.names(&inside(root, &folder)?) else {
                return Some(Walked::Missing { folder: None });
            };
            let Some(name) = names.find(part) else {
                return Some(Walked::Missing { folder: is_last.then_some(folder) });
            };
            folder.push(name);
            spelled.push(name.to_owned());
        }
        Some(if spelled == parts { Walked::There } else { Walked::OtherCase(spelled) })
    }

    fn missing(
        &self,
        place: &Place,
        path: &str,
        parts: &[String],
        folder: Option<&Path>,
    ) -> Missing {
        let name = parts.last().map(String::as_str).unwrap_or_default();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let names = folder.and_then(|folder| self.names(folder)).unwrap_or_default();
        let of_stem = names.by_stem.get(&stem.to_ascii_lowercase());
        let from_above = (0..place.folders.len()).any(|depth| {
            let parts = parts_of(place.folders.get(..depth).unwrap_or_default(), path);
            let walked = parts.and_then(|parts| self.walk(&place.root, &parts));
            matches!(walked, Some(Walked::There))
        });
        Missing {
            among_alike: names.endings.contains(&ending.to_ascii_lowercase()),
            made: of_stem.is_some_and(|endings| endings.iter().any(|other| other != ending))
                || ignored(&place.root, parts),
            from_above,
        }
    }

    /// The names in a folder; none where it cannot be listed.
    #[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
    fn names(&self, folder: &Path) -> Names {
        let mut folders = self.folders.lock().ok()?;
        if let Some(known) = folders.get(folder) {
            return known.clone();
        }
        let names = std::fs::read_dir(folder).ok().map(|entries| {
            let names = entries.take(MAX_NAMES).filter_map(Result::ok);
            let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
            Arc::new(Listed::of(names.collect()))
        });
        if folders.len() >= MAX_FOLDERS {
            folders.clear();
        }
        folders.insert(folder.to_owned(), names.clone());
        names
    }

    /// Reads a file that was found, for the places inside it: a text of a known format within the
    /// root, and not too large.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
    pub(crate) fn read(place: &Place, path: &str) -> Option<Document> {
        let file = real(&place.root.join(path)).filter(|file| file.starts_with(&place.root))?;
        let about = std::fs::metadata(&file).ok()?;
        let format = by_ending(path).filter(|_| about.is_file() && about.len() <= MAX_BYTES)?;
        let options = Options { root: Some(place.root.clone()), ..Options::default() };
        let source = local::open(&file, &options).ok()?;
        let document = (format.open)(source, &options).next()?.ok()?;
        let has_places =
            document.id.is_none() && !matches!(document.media, Media::Text | Media::Other);
        has_places.then_some(document)
    }
}

/// The folder with all links followed, if it is still inside.
fn inside(root: &Path, folder: &Path) -> Option<PathBuf> {
    match real(folder) {
        Some(real) => real.starts_with(root).then_some(real),
        None => Some(folder.to_owned()),
    }
}

enum Walked {
    There,
    OtherCase(Vec<String>),
    /// With the folder that it is not in, where that is there.
    Missing {
        folder: Option<PathBuf>,
    },
}

fn at(root: &Path, folders: &[String]) -> PathBuf {
    folders.iter().fold(root.to_owned(), |path, name| path.join(name))
}

fn joined(folders: &[String], name: &str) -> String {
    folders.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join("/")
}

/// The names on the way from the root, dots resolved; none where it leads out of it.
fn parts_of(from: &[String], path: &str) -> Option<Vec<String>> {
    let mut parts = from.to_vec();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part if part.contains(['\\', '\0']) => return None,
            part => parts.push(part.to_owned()),
        }
    }
    Some(parts)
}

/// Whether git ignores a path, by the files that say so from the root to its folder.
fn ignored(root: &Path, parts: &[String]) -> bool {
    let Some((_, folders)) = parts.split_last() else { return false };
    let is_ignored = |depth: usize| {
        let folder = at(root, folders.get(..depth).unwrap_or_default());
        let mut builder = GitignoreBuilder::new(&folder);
        builder.add(folder.join(".gitignore"));
        if depth == 0 {
            builder.add(root.join(".git/info/exclude"));
        }
        let path = at(root, parts);
        builder
            .build()
            .is_ok_and(|ignore| ignore.matched_path_or_any_parents(&path, false).is_ignore())
    };
    (0..=folders.len()).any(is_ignored)
}

#[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
fn real(path: &Path) -> Option<PathBuf> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    path.canonicalize().ok()
}

#[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
fn is_link(path: &Path) -> bool {
    path.is_symlink()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test makes files")]
mod tests {
    use super::*;

    /// A folder with files, each empty but for those with words.
    fn tree(files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there");
        for (path, words) in files {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
            std::fs::write(path, words).expect("a file");
        }
        (folder, root)
    }

    fn beside(here: &Path, bound: Option<&Path>) -> Beside {
        let home = Some(Home::around(here.to_owned(), &[]));
        Beside::new(&Options { home, root: bound.map(Path::to_owned), ..Options::default() })
    }

    fn article(input: &str) -> Document {
        Document::new(input, Media::Markdown, "")
    }

    fn missing(found: Option<Look>) -> Missing {
        match found.map(|look| look.found) {
            Some(Found::Missing(missing)) => missing,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_the_disk_says_is_told_from_the_root_of_the_repository() {
        let (_folder, root) = tree(&[
            ("repo/.git/HEAD", ""),
            ("repo/.gitignore", "out/\n"),
            ("repo/README.md", "# Read me\n"),
            ("repo/mkdocs.yml", ""),
            ("repo/docs/a.md", ""),
            ("repo/docs/b c.md", ""),
            ("repo/docs/page.rst", ""),
            ("secret.md", ""),
        ]);
        let beside = beside(&root.join("repo/docs"), None);
        let place = beside.place(&article("a.md")).expect("it is a file");
        let whereabouts = &place.whereabouts;
        assert_eq!((whereabouts.path.as_str(), whereabouts.in_repository), ("docs/a.md", true));
        assert_eq!(whereabouts.site.as_deref(), Some("mkdocs.yml"));
        let look = |path: &str| beside.look(&place, path);
        let found = |path: &str| look(path).map(|look| look.found);
        for path in ["b c.md", "../README.md", "./../docs/a.md", "/README.md", "../docs/"] {
            assert_eq!(found(path), Some(Found::There), "{path}");
        }
        assert_eq!(found("../readme.md"), Some(Found::OtherCase("README.md".to_owned())));
        assert_eq!(found("../DOCS/a.md"), Some(Found::OtherCase("docs/a.md".to_owned())));
        for path in ["../../secret.md", "../../../../../../../../etc/passwd", "..\\..\\secret.md"] {
            assert_eq!(look(path), None, "{path}");
        }
        assert!(missing(look("gone.md")).among_alike);
        assert_eq!(missing(look("gone.png")), Missing::default());
        assert!(missing(look("page.html")).made);
        assert!(missing(look("../out/made.md")).made);
        assert!(missing(look("README.md")).from_above);
        assert_eq!(missing(look("gone/deep/x.md")), Missing::default());
        let read = Beside::read(&place, "README.md").expect("a text");
        assert_eq!(read.text, "# Read me\n");
        assert_eq!(Beside::read(&place, "mkdocs.yml"), None);
        assert!(beside.place(&article("-")).is_none() && beside.place(&article("x.md")).is_none());
    }

    #[test]
    fn without_a_repository_only_the_folder_is_looked_at() {
        let (_folder, root) = tree(&[("a/b/c.md", ""), ("a/d.md", ""), ("e.md", "")]);
        let beside = beside(&root.join("a"), None);
        let place = beside.place(&article("b/c.md")).expect("it is a file");
        assert!(!place.whereabouts.in_repository);
        assert!(beside.look(&place, "../d.md").is_some());
        assert_eq!(beside.look(&place, "../../e.md"), None);
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_out() {
        use std::os::unix::fs::symlink;
        let (_folder, root) = tree(&[
            ("repo/.git/HEAD", ""),
            ("repo/a.md", ""),
            ("repo/in/b.md", ""),
            ("out/c.md", "# Secret\n"),
        ]);
        symlink(root.join("out"), root.join("repo/way")).expect("a link");
        symlink(root.join("out/c.md"), root.join("repo/c.md")).expect("a link");
        let beside = beside(&root.join("repo"), Some(&root.join("repo/in")));
        assert!(beside.place(&article("a.md")).is_none(), "outside of the bound");
        let place = beside.place(&article("in/b.md")).expect("it is a file");
        assert_eq!(place.root(), root.join("repo/in"));
        assert_eq!(beside.look(&place, "../a.md"), None);
        let beside = super::tests::beside(&root.join("repo"), None);
        let place = beside.place(&article("a.md")).expect("it is a file");
        assert_eq!(beside.look(&place, "way/c.md"), None);
        assert_eq!(beside.look(&place, "c.md").map(|look| look.found), Some(Found::There));
        assert_eq!(Beside::read(&place, "c.md"), None);
    }
}

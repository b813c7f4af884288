//! Where files stand: from the root of the repository, so that one file has one name, however it is
//! named and wherever a run starts.

use std::path::{Component, Path, PathBuf};

/// The folder that paths are told from, and the folder that relative inputs start in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    root: PathBuf,
    here: PathBuf,
}

impl Home {
    /// The root of the repository around `here`; without a repository the first of `others` that
    /// `here` stands in, or else `here` itself.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
    pub fn around(here: PathBuf, others: &[PathBuf]) -> Self {
        let repository = here.ancestors().find(|folder| folder.join(".git").exists());
        let other = || {
            let others = others.iter().filter_map(|folder| here.join(folder).canonicalize().ok());
            others.into_iter().find(|folder| here.starts_with(folder))
        };
        let root = repository.map(Path::to_owned).or_else(other).unwrap_or_else(|| here.clone());
        Self { root, here }
    }

    /// The folder that relative inputs start in.
    #[must_use]
    pub fn here(&self) -> &Path {
        &self.here
    }

    /// The folder that paths are told from.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path of a file or folder from the root, with `/`; empty for the root itself. None for
    /// what does not stand below it.
    #[must_use]
    pub fn path(&self, input: &str) -> Option<String> {
        let full = self.here.join(input);
        let plain = !full.components().any(|part| part == Component::ParentDir);
        let below = |full: &Path| Some(slashed(full.strip_prefix(&self.root).ok()?));
        // Links within the tree keep their own names; the way up, and the way in from elsewhere,
        // is for the system to tell.
        plain.then(|| below(&full)).flatten().or_else(|| below(&resolved(&full)?))
    }

    /// Whether there is a file or folder of that path.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
    pub fn holds(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }
}

/// The path with all links of its folder followed; its own name stays.
#[expect(clippy::disallowed_methods, reason = "this stage is the edge to the file system")]
fn resolved(path: &Path) -> Option<PathBuf> {
    match (path.file_name(), path.parent()) {
        (Some(name), Some(folder)) => Some(folder.canonicalize().ok()?.join(name)),
        _ => path.canonicalize().ok(),
    }
}

fn slashed(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test makes files")]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_path_however_it_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there");
        std::fs::create_dir_all(root.join("docs/sub")).expect("folders");
        let full = root.join("docs/a.md");
        let home = |others: &[PathBuf]| Home::around(root.join("docs"), others);
        let above = [PathBuf::from("..")];
        for input in ["a.md", "./a.md", "sub/../a.md", "../docs/a.md", &full.to_string_lossy()] {
            assert_eq!(home(&above).path(input).as_deref(), Some("docs/a.md"), "{input}");
            assert_eq!(home(&[]).path(input).as_deref(), Some("a.md"), "{input}");
        }
        assert_eq!(home(&[]).path("../b.md"), None);
        assert_eq!(home(&above).path("..").as_deref(), Some(""));
        std::fs::create_dir(root.join(".git")).expect("a folder");
        assert_eq!(home(&[]).path("a.md").as_deref(), Some("docs/a.md"));
        assert!(home(&[]).holds("docs/sub") && !home(&[]).holds("a.md"));
    }

    #[cfg(unix)]
    #[test]
    fn a_way_in_through_a_link_is_seen_through() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there");
        std::fs::create_dir(root.join("site")).expect("a folder");
        std::os::unix::fs::symlink(root.join("site"), root.join("other")).expect("a link");
        let home = Home::around(root.join("site"), &[]);
        let input = root.join("other/a.md");
        assert_eq!(home.path(&input.to_string_lossy()).as_deref(), Some("a.md"));
    }
}

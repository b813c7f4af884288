//! What the layout promises: a file beside a registry is in the registry, and every room names only
//! those that `docs/architecture.md` lets it.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Files of a stage that are no entries of its registry but serve those that are.
const HELPERS: &[(&str, &[&str])] = &[
    ("src/read", &["beside", "headline", "home", "local"]),
    ("src/extract", &["anchors", "furniture", "in_markup", "lightweight", "labels", "rejoin"]),
    ("src/date", &["label", "rank", "sources"]),
    (
        "src/rules",
        &["invariant_tests", "pair_tests", "profile", "registry_tests", "sample", "support"],
    ),
    (
        "src/report",
        &[
            "baseline",
            "fan_out",
            "figures",
            "fresh",
            "outline",
            "place",
            "restore",
            "registry_tests",
            "row",
            "safe_json",
            "samples",
            "tables",
            "words",
        ],
    ),
];

fn stem(path: &Path) -> String {
    path.file_stem().expect("a file has a name").to_string_lossy().into_owned()
}

#[test]
fn every_file_beside_a_registry_is_registered() {
    let root = Path::new(ROOT);
    for (stage, helpers) in HELPERS {
        let folder = root.join(stage);
        let registry = fs::read_to_string(folder.join("mod.rs")).expect("the stage has a mod.rs");
        for entry in fs::read_dir(&folder).expect("the stage is a folder") {
            let name = stem(&entry.expect("the folder can be listed").path());
            if name == "mod"
                || matches!(name.as_str(), "snapshots" | "tests")
                || helpers.contains(&name.as_str())
            {
                continue;
            }
            assert!(
                registry.contains(&format!("{name}::")),
                "{stage}/{name} is not in the registry of {stage}/mod.rs"
            );
        }
    }
}

/// The room that a file of `src` is in.
fn room_of(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(ROOT).join("src")).expect("it is a file of src");
    stem(Path::new(inside.components().next().expect("it has a name").as_os_str()))
}

/// Every Rust file below a folder but those that a `#[cfg(test)]` declares.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    let mut only_tests = HashSet::new();
    for text in entries.iter().filter(|path| path.is_file()).flat_map(fs::read_to_string) {
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]") {
            let name = pair[1].strip_suffix(';').and_then(|line| line.split("mod ").nth(1));
            only_tests.extend(name.map(str::to_owned));
        }
    }
    for path in entries {
        if only_tests.contains(&stem(&path)) {
            continue;
        }
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file without its comments and its tests, which stand at its end.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source file");
    let mut code = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line == "#[cfg(test)]" {
            if lines.find(|next| !next.starts_with("#[")).is_some_and(|next| next.ends_with(';')) {
                continue;
            }
            break;
        }
        if !line.trim_start().starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

/// The rooms that a text names after `crate::`.
fn named(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    let word = |text: &str| {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    for rest in code.split("crate::").skip(1) {
        let Some(list) = rest.strip_prefix('{') else {
            rooms.insert(word(rest));
            continue;
        };
        let mut depth = 0;
        let mut expected = true;
        for (at, character) in list.char_indices() {
            match character {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => expected = true,
                _ if expected && !character.is_whitespace() => {
                    rooms.insert(word(&list[at..]));
                    expected = false;
                }
                _ => {}
            }
        }
    }
    rooms
}

/// The table of `docs/architecture.md`: each room with those that it may name.
fn rooms() -> BTreeMap<String, BTreeSet<String>> {
    let page = fs::read_to_string(Path::new(ROOT).join("docs/architecture.md")).expect("the page");
    let quoted = |cell: &str| -> Vec<String> {
        cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.split(" | ").collect())
        .collect();
    let all: Vec<String> = rows.iter().flat_map(|row| quoted(row[0])).collect();
    rows.iter()
        .map(|row| {
            let room = quoted(row[0]).swap_remove(0);
            let may = if row[2].starts_with("all") { all.clone() } else { quoted(row[2]) };
            (room, may.into_iter().collect())
        })
        .collect()
}

#[test]
fn every_room_names_those_that_the_page_on_architecture_lets_it() {
    let rooms = rooms();
    let mut files = Vec::new();
    sources(&Path::new(ROOT).join("src"), &mut files);
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files.iter().filter(|path| room_of(path) != "lib") {
        let room = room_of(path);
        let may = rooms.get(&room).unwrap_or_else(|| panic!("`{room}` is not on the page"));
        let found = uses.entry(room.clone()).or_default();
        for other in named(&code(path)).into_iter().filter(|other| *other != room) {
            // The program's own modules are no rooms of the library.
            assert!(
                room == "bin" || may.contains(&other),
                "{} names `{other}`, which `{room}` may not",
                path.display()
            );
            found.insert(other);
        }
    }
    assert_eq!(uses.keys().collect::<Vec<_>>(), rooms.keys().collect::<Vec<_>>());
    assert!(rooms.len() <= 20, "too many rooms at the top of src");
    for (room, may) in rooms.iter().filter(|(room, _)| !matches!(room.as_str(), "run" | "bin")) {
        assert_eq!(*may, uses[room], "what the page lets `{room}` name, and what it names");
        let stages = ["read", "extract", "fetch", "date", "rules", "report"];
        assert!(!stages.iter().all(|stage| may.contains(*stage)), "`{room}` names all six stages");
    }
    let middle = ["read", "extract", "fetch", "date", "rules"];
    for (room, may) in middle.into_iter().filter_map(|room| rooms.get_key_value(room)) {
        let other = middle.into_iter().find(|other| may.contains(*other));
        assert_eq!(other, None, "`{room}` is a stage and names another one");
    }
}

/// The paths that follow a prefix such as `super::` in a text, each of a list apart.
fn paths_after(code: &str, prefix: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':')) {
            continue;
        }
        let mut rest = &code[at + prefix.len()..];
        let mut path = Vec::new();
        loop {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            let (word, after) = rest.split_at(length.unwrap_or(rest.len()));
            if word.is_empty() {
                break;
            }
            path.push(word.to_owned());
            let Some(next) = after.strip_prefix("::") else { break };
            rest = next;
        }
        match rest.strip_prefix('{').and_then(|list| list.split('}').next()) {
            None => paths.push(path),
            Some(list) => paths.extend(list.split(',').map(|item| {
                let item = item.trim().split("::").next().unwrap_or_default();
                [path.clone(), vec![item.to_owned()]].concat()
            })),
        }
    }
    paths
}

#[test]
fn no_circle_of_files_in_fetch() {
    let root = Path::new(ROOT).join("src/fetch");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let module = |path: &Path| -> Vec<String> {
        let inside = path.strip_prefix(&root).expect("a file of fetch").with_extension("");
        let parts = inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        parts.filter(|part| part != "mod").collect()
    };
    let modules: BTreeSet<Vec<String>> = files.iter().map(|path| module(path)).collect();
    let mut uses: BTreeMap<Vec<String>, BTreeSet<Vec<String>>> = BTreeMap::new();
    for path in files {
        let (own, code) = (module(&path), code(&path));
        let parent = own.split_last().map_or(Vec::new(), |(_, parent)| parent.to_vec());
        let from_parent = paths_after(&code, "super::").into_iter();
        let from_parent = from_parent.map(|path| [parent.clone(), path].concat());
        let named = from_parent.chain(paths_after(&code, "crate::fetch::")).filter_map(|path| {
            let longest = (1..=path.len()).rev().map(|length| path[..length].to_vec());
            longest.into_iter().find(|path| modules.contains(path))
        });
        let children =
            modules.iter().filter(|other| other.split_last().is_some_and(|(_, of)| of == own));
        let all = named.chain(children.cloned()).filter(|other| *other != own);
        uses.insert(own.clone(), all.collect());
    }
    // Takes away the files that name nobody who is left, until nobody does.
    while let Some(free) = uses.iter().find(|(_, names)| names.is_empty()) {
        let free = free.0.clone();
        uses.remove(&free);
        for names in uses.values_mut() {
            names.remove(&free);
        }
    }
    assert!(uses.is_empty(), "these name each other in a circle: {uses:#?}");
}

#[test]
fn modules_are_laid_out_in_one_way() {
    let mut files = Vec::new();
    sources(&Path::new(ROOT).join("src"), &mut files);
    for path in files {
        assert!(!path.with_extension("").is_dir(), "{} belongs in its folder", path.display());
    }
}

#[test]
fn names_are_found_in_lists_too() {
    let found =
        named("use crate::{date, extract::{self, labels}, rules};\nlet x = crate::fetch::bare(u);");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["date", "extract", "fetch", "rules"]);
}

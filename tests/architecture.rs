//! What the layout promises: a file beside a registry is in the registry.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

use std::fs;
use std::path::Path;

/// Files of a stage that are no entries of its registry but serve those that are.
const HELPERS: &[(&str, &[&str])] = &[
    ("src/read", &["headline", "home", "local"]),
    ("src/extract", &["furniture", "in_markup", "labels", "rejoin"]),
    ("src/date", &["label", "parse", "rank", "sources"]),
    ("src/rules", &["pair_tests", "profile", "registry_tests", "sample", "support"]),
    (
        "src/report",
        &[
            "baseline",
            "fan_out",
            "fresh",
            "place",
            "restore",
            "registry_tests",
            "row",
            "safe_json",
            "samples",
            "shown",
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
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

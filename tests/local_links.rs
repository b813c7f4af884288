//! Links that stay within the repository: files beside an article, and places in texts.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

#[allow(dead_code, reason = "every test takes its part of the project")]
mod project;

use project::Project;

const README: &str = "# The Tool\n\nSee [how](docs/install.md#on-linux), [why](docs/why.md),\n\
    [it](docs/Install.md), [all](docs/install.md#on-windows), [below](#usagee),\n\
    [issues](../../issues), [secret](../../../../../../etc/passwd), [page](docs/install.html),\n\
    [made](out/made.md), [top](#top).\n\n## Usage\n\nIt is used.\n";

/// The words that each finding begins with.
fn told(project: &Project, arguments: &[&str]) -> Vec<String> {
    let (_, output) =
        project.run(&[&["check", "--offline", "--format", "json"], arguments].concat());
    let report: serde_json::Value = serde_json::from_str(&output).expect("JSON");
    let documents = report["documents"].as_array().expect("documents");
    let findings = documents.iter().filter_map(|document| document["findings"].as_array());
    let told = |finding: &serde_json::Value| {
        let message = finding["message"].as_str().expect("words");
        let quoted = message.split('”').next().expect("a first part").trim_start_matches('“');
        format!("{}: {quoted}", finding["rule"].as_str().expect("a rule"))
    };
    findings.flatten().map(told).collect()
}

#[test]
fn what_is_not_there_is_told_and_nothing_outside_is_looked_at() {
    let project = Project::new();
    project.write("README.md", README);
    project.write("docs/install.md", "# Install\n\n## On Linux\n\nWith the package.\n");
    project.write(".gitignore", "out/\n");
    let expected = [
        "missing-file: docs/why.md",
        "missing-file: docs/Install.md",
        "missing-anchor: docs/install.md#on-windows",
        "missing-anchor: #usagee",
    ];
    assert_eq!(told(&project, &["README.md"]), expected);
    assert_eq!(told(&project, &["."]), expected);
    assert_eq!(told(&project, &["README.md", "--untrusted"]), expected);
    let off = ["README.md", "--ignore", "missing-file,missing-anchor"];
    assert_eq!(told(&project, &off), Vec::<String>::new());
    let (status, _) = project.run(&["fix", "--offline", "README.md"]);
    assert_eq!(status, 0);
    assert!(project.read("README.md").contains("[it](docs/install.md), [all]"));
}

//! What excuses a link within the article's own site.

use crate::model::{Case, Whereabouts};

/// Whether an address is no path but what a template or a reader is to fill in.
pub(crate) fn is_placeholder(address: &str) -> bool {
    const SIGNS: [&str; 14] =
        ["{", "}", "<", ">", "$", "%s", "…", "...", "[", "]", "@site", "@/", "~/", "*"];
    const WORDS: [&str; 7] =
        ["path/to/", "path_to_", "your-", "your_", "/your", "example/", "placeholder"];
    let lower = address.to_ascii_lowercase();
    SIGNS.iter().any(|sign| lower.contains(sign))
        || WORDS.iter().any(|word| lower.contains(word))
        || matches!(lower.as_str(), "link" | "url" | "path" | "file" | "todo" | "tbd" | "here")
}

/// Whether an article may be a part of others, a pattern for them, or one that tests are made with:
/// then its links lead from wherever it is put.
pub(crate) fn is_template(whereabouts: &Whereabouts) -> bool {
    const FOLDERS: [&str; 24] = [
        ".github",
        ".gitlab",
        "test",
        "tests",
        "__tests__",
        "testing",
        "fixtures",
        "fixture",
        "testdata",
        "test-data",
        "test_data",
        "snapshots",
        "__snapshots__",
        "templates",
        "template",
        "_includes",
        "_layouts",
        "includes",
        "partials",
        "snippets",
        "node_modules",
        "vendor",
        "third_party",
        "samples",
    ];
    let lower = whereabouts.path.to_ascii_lowercase();
    let (folders, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    folders.split('/').any(|folder| FOLDERS.contains(&folder) || folder.starts_with("template"))
        || name.starts_with('_')
        || name.contains("template")
}

/// Whether an article stands in a folder of one language: a text that is not translated yet is taken
/// from another by many generators.
pub(crate) fn is_translation(whereabouts: &Whereabouts) -> bool {
    let folders = whereabouts.path.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders.split('/').any(|folder| {
        let (language, rest) = folder.split_once(['-', '_']).unwrap_or((folder, ""));
        let is_code = language.len() == 2 && language.bytes().all(|b| b.is_ascii_lowercase());
        is_code && (rest.is_empty() || (2..=4).contains(&rest.len()))
            || matches!(folder, "i18n" | "locales" | "locale" | "translations" | "lang" | "l10n")
    })
}

/// Whether the article begins with front matter, as what a generator makes pages of does.
pub(crate) fn has_front_matter(case: &Case) -> bool {
    let text = case.article.text.trim_start_matches('\u{FEFF}');
    text.starts_with("---\n") || text.starts_with("---\r\n") || text.starts_with("+++\n")
}

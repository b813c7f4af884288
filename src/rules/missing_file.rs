//! `missing-file`: a link leads to a file beside the article that is not there.

use crate::model::{
    Case, Confidence, Finding, Found, Link, LinkKind, LocalFile, Media, Missing, Need, Tuning,
    Whereabouts,
};

use super::support::finding::on_link;
use super::support::literal::Code;
use super::support::local;
use super::support::phrase;
use super::support::replacement::replacement;

declare_rule! {
    /// ## What it finds
    ///
    /// A relative link to a file that is not there, or only under a name with other capital letters,
    /// which a system that heeds them does not find.
    ///
    /// ## Why it matters
    ///
    /// Files are renamed and moved, and the links to them stay. Readers of the repository or of the
    /// site meet an error; who writes on a system that overlooks capital letters does not.
    ///
    /// ## Fires
    ///
    /// `[how to](guides/instal.md)` beside a file `guides/install.md`; `[read me](Readme.md)` where the
    /// file is `README.md`.
    ///
    /// ## Stays silent
    ///
    /// A link that leads out of the repository, or out of the folder that was given: nothing is looked
    /// at there. A file that git ignores, as what a build makes is, and `page.html` beside a
    /// `page.md`. What a template fills in. Where a generator makes addresses that are not those of
    /// its files, where a link has no file's ending or begins with `/`, where the folder holds no
    /// other file of the kind, in a page of HTML, and outside of a repository, where files may be left out, it is a doubt:
    /// in profile `audit` only. A page that was saved for itself, without what it links to, is not
    /// judged.
    ///
    /// ## How to silence it
    ///
    /// Correct the path, or run with `--ignore missing-file`.
    RULE {
        id: "missing-file",
        summary: "a link leads to a file that is not there, or is spelled otherwise",
        level: Error,
        needs: &[Need::Files],
        supersedes: &[],
        check: check,
    }
}

/// Endings of what people keep in a repository, and nothing makes that is not kept.
const KEPT: [&str; 45] = [
    "md", "mdx", "markdown", "rst", "adoc", "txt", "png", "jpg", "jpeg", "gif", "svg", "webp",
    "ico", "mp4", "webm", "drawio", "puml", "py", "rs", "go", "js", "mjs", "ts", "tsx", "jsx",
    "java", "kt", "rb", "c", "cc", "cpp", "h", "hpp", "cs", "swift", "sh", "ps1", "json", "yml",
    "yaml", "toml", "ini", "cfg", "sql", "ipynb",
];

/// Endings of texts, which generators look for by their paths.
const TEXTS: [&str; 5] = ["md", "mdx", "markdown", "rst", "adoc"];

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    let Some(whereabouts) = &case.local.whereabouts else { return Vec::new() };
    if case.article.media == Media::Html && !is_whole_site(case) {
        return Vec::new();
    }
    let code = Code::new(case);
    let judged = case.links().enumerate().filter_map(|(index, checked)| {
        let file = case.local.files.get(&index)?;
        let link = checked.link;
        (!local::is_placeholder(link.joined()) && !code.is_example(link))
            .then(|| judged(case, whereabouts, link, file))
            .flatten()
    });
    judged.collect()
}

/// Whether most of what a page leads to is there: a page that was saved for itself stands alone.
fn is_whole_site(case: &Case) -> bool {
    let files = &case.local.files;
    let there = files.values().filter(|file| file.found == Found::There).count();
    there >= 3 && there * 5 >= files.len() * 4
}

fn judged(
    case: &Case,
    whereabouts: &Whereabouts,
    link: &Link,
    file: &LocalFile,
) -> Option<Finding> {
    match &file.found {
        Found::There => None,
        Found::OtherCase(spelled) => Some(misspelt(case, whereabouts, link, file, spelled)),
        Found::Missing(missing) => absent(case, whereabouts, link, file, *missing),
    }
}

fn misspelt(
    case: &Case,
    whereabouts: &Whereabouts,
    link: &Link,
    file: &LocalFile,
    spelled: &str,
) -> Finding {
    let message = format!(
        "{} leads to the file {}, and that is spelled {}: where capital letters count, it is not found.",
        phrase::quoted(link.joined()),
        phrase::quoted(&file.path),
        phrase::quoted(spelled),
    );
    let help = "write the name as the file has it";
    let sure = !local::is_template(whereabouts) && !whereabouts.is_link;
    let confidence = if sure { Confidence::High } else { Confidence::Medium };
    let suggestion = respelt(link.raw(), &file.path, spelled)
        .map(|address| replacement(case, link.span, "write the name as the file has it", &address));
    Finding { confidence, suggestion, ..on_link(&RULE, link, message, help) }
}

/// The address with the names that it ends in as the disk spells them, where it writes them plainly.
fn respelt(raw: &str, path: &str, spelled: &str) -> Option<String> {
    let length = raw.find(['?', '#']).unwrap_or(raw.len());
    let (written, rest) = raw.split_at(length);
    let kept = written.trim_start_matches(['.', '/']);
    let before = written.len() - kept.len();
    let plain = path.ends_with(kept) && path.len() == spelled.len() && !kept.contains("/../");
    let named = spelled.get(spelled.len().checked_sub(kept.len())?..).filter(|_| plain)?;
    Some([written.get(..before)?, named, rest].concat())
}

fn absent(
    case: &Case,
    whereabouts: &Whereabouts,
    link: &Link,
    file: &LocalFile,
    missing: Missing,
) -> Option<Finding> {
    let ending = ending(&file.path);
    if missing.made || ending.is_none() && whereabouts.site.is_some() {
        return None;
    }
    let confidence = confidence(case, whereabouts, link, ending.as_deref(), missing);
    let message = format!(
        "{} leads to the file {}, and there is none.",
        phrase::quoted(link.joined()),
        phrase::quoted(&file.path)
    );
    let help = "correct the path, or put the file there";
    Some(Finding { confidence, ..on_link(&RULE, link, message, help) })
}

/// The ending of a file's name in lower case.
fn ending(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.')?;
    let plain =
        (1..=8).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    (plain && !stem.is_empty()).then(|| ending.to_ascii_lowercase())
}

/// That a file is missing is certain where everything else of the repository is there, others of its
/// kind stand where it should, and nothing but the file's own path can be meant.
fn confidence(
    case: &Case,
    whereabouts: &Whereabouts,
    link: &Link,
    ending: Option<&str>,
    missing: Missing,
) -> Confidence {
    let Some(ending) = ending else { return Confidence::Low };
    let is_text = TEXTS.contains(&ending);
    let by_path = is_text || whereabouts.site.is_none() && !local::has_front_matter(case);
    let is_plain = matches!(link.kind, LinkKind::Anchor | LinkKind::Embed)
        && !link.joined().trim_start().starts_with('/')
        && KEPT.contains(&ending)
        && case.article.media != Media::Html;
    let is_whole =
        whereabouts.in_repository && !whereabouts.is_link && !local::is_template(whereabouts);
    let is_elsewhere = missing.from_above || local::is_translation(whereabouts);
    if is_plain && by_path && is_whole && missing.among_alike && !is_elsewhere {
        Confidence::High
    } else {
        Confidence::Medium
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::{Case, Found, Missing};

    pub(crate) fn fires() -> Case {
        Sample::undated()
            .link("guides/instal.md")
            .text("how to")
            .file(Found::Missing(Missing { among_alike: true, ..Missing::default() }))
            .case()
    }

    pub(crate) fn near_miss() -> Case {
        Sample::undated()
            .link("guides/install.md")
            .text("how to")
            .file(Found::There)
            .link("guides/api.html")
            .text("made")
            .file(Found::Missing(Missing { made: true, ..Missing::default() }))
            .link("out/made.md")
            .text("ignored")
            .file(Found::Missing(Missing { among_alike: true, made: true, ..Missing::default() }))
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    const ALIKE: Missing = Missing { among_alike: true, made: false, from_above: false };

    fn confidence_of(
        link: &str,
        missing: Missing,
        edit: impl FnOnce(&mut Case),
    ) -> Option<Confidence> {
        let mut case =
            Sample::undated().link(link).text("words").file(Found::Missing(missing)).case();
        edit(&mut case);
        check(&case, &Tuning::default()).first().map(|finding| finding.confidence)
    }

    fn whereabouts(case: &mut Case) -> &mut Whereabouts {
        case.local.whereabouts.as_mut().expect("it stands somewhere")
    }

    #[test]
    fn only_what_nothing_excuses_is_certain() {
        let certain = Some(Confidence::High);
        let doubt = Some(Confidence::Medium);
        let plain = |link| confidence_of(link, ALIKE, |_| {});
        assert_eq!(plain("a.md"), certain);
        assert_eq!(plain("../b/a.png?raw=true"), certain);
        assert_eq!(plain("a.html"), doubt);
        assert_eq!(plain("/a.md"), doubt);
        assert_eq!(plain("a"), Some(Confidence::Low));
        assert_eq!(plain("{{ site.url }}/a.md"), None);
        assert_eq!(plain("path/to/your.md"), None);
        for missing in
            [Missing { from_above: true, ..ALIKE }, Missing { among_alike: false, ..ALIKE }]
        {
            assert_eq!(confidence_of("a.md", missing, |_| {}), doubt);
        }
        let in_path = |path: &'static str| {
            confidence_of("a.md", ALIKE, |case| whereabouts(case).path = path.to_owned())
        };
        assert_eq!(in_path("docs/guide.md"), certain);
        for path in ["tests/a.md", "docs/fr/a.md", ".github/a.md", "docs/_part.md", "x/template.md"]
        {
            assert_eq!(in_path(path), doubt, "{path}");
        }
        let on_site = |link| {
            confidence_of(link, ALIKE, |case| whereabouts(case).site = Some("hugo.toml".to_owned()))
        };
        assert_eq!((on_site("a.md"), on_site("a.png"), on_site("a")), (certain, doubt, None));
        let partly = |case: &mut Case| whereabouts(case).in_repository = false;
        assert_eq!(confidence_of("a.md", ALIKE, partly), doubt);
        let page = |there: usize| {
            let mut sample =
                Sample::undated().link("gone.png").text("x").file(Found::Missing(ALIKE));
            for _ in 0..there {
                sample = sample.link("a.png").text("x").file(Found::There);
            }
            let mut case = sample.case();
            case.article.media = Media::Html;
            check(&case, &Tuning::default()).first().map(|finding| finding.confidence)
        };
        assert_eq!((page(1), page(4)), (None, doubt));
        let with_front_matter =
            |case: &mut Case| case.article.text.insert_str(0, "---\ntitle: x\n---\n");
        assert_eq!(confidence_of("a.md", ALIKE, with_front_matter), certain);
    }

    #[test]
    fn a_name_in_other_letters_is_repaired() {
        for (link, path, spelled, repaired) in [
            ("Readme.md", "Readme.md", "README.md", Some("README.md")),
            ("../docs/A.md#x", "docs/A.md", "docs/a.md", Some("../docs/a.md#x")),
            ("./Docs/a.md?raw=1", "x/Docs/a.md", "x/docs/a.md", Some("./docs/a.md?raw=1")),
            ("A%20b.md", "A b.md", "a b.md", None),
        ] {
            let mut case = Sample::undated()
                .link(link)
                .text("words")
                .file(Found::OtherCase(spelled.to_owned()))
                .case();
            for file in case.local.files.values_mut() {
                file.path = path.to_owned();
            }
            let finding = check(&case, &Tuning::default()).remove(0);
            assert_eq!(finding.confidence, Confidence::High);
            let replacement = finding.suggestion.as_ref().map(|s| s.replacement.as_str());
            assert_eq!(replacement, repaired, "{link}");
        }
    }
}

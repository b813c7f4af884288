//! Which addresses are examples of addresses: those in code, in a program's output, in quotation
//! marks and in data, and patterns whose parts are named and not given.

use std::cell::OnceCell;
use std::ops::Range;

use url::{Host, Url};

use crate::address::hosts::is_within;
use crate::model::{Case, Link, LinkKind, Media};

/// Longer lines are looked at around the address only, in bytes.
const REACH: usize = 2_048;

/// The code in an article, read when it is first asked for.
pub(crate) struct Code<'a> {
    text: &'a str,
    media: Media,
    elements: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Code<'a> {
    /// The code in the article of a case.
    pub(crate) const fn new(case: &'a Case) -> Self {
        let article = &case.article;
        Self { text: article.text.as_str(), media: article.media, elements: OnceCell::new() }
    }

    /// Whether a link is an example: it stands in code or in data, or is a pattern.
    pub(crate) fn is_example(&self, link: &Link) -> bool {
        is_pattern(link.joined()) || self.holds(link) || self.goes_on_as_pattern(link)
    }

    fn holds(&self, link: &Link) -> bool {
        if matches!(link.kind, LinkKind::Metadata | LinkKind::Embed) {
            return false;
        }
        let at = link.span.start;
        if self.is_in_element(at) {
            return true;
        }
        // What is written as a link is meant as one.
        if link.kind == LinkKind::Anchor {
            return false;
        }
        let (words, offset) = self.line(at);
        is_quoted(words.get(..offset).unwrap_or_default())
            || self.media != Media::Html && is_of_program(words, offset)
    }

    /// Whether the address is cut short by the name of what belongs there: `https://a-<NUMBER>.b`.
    fn goes_on_as_pattern(&self, link: &Link) -> bool {
        let rest = self.text.get(link.span.end..).unwrap_or_default();
        link.kind != LinkKind::Anchor
            && (rest.starts_with(['{', '$', '%']) || self.media != Media::Html && opens_name(rest))
    }

    /// Whether HTML's elements for code hold a place.
    fn is_in_element(&self, at: usize) -> bool {
        if !matches!(self.media, Media::Html | Media::Markdown) {
            return false;
        }
        let ranges = self.elements.get_or_init(|| elements(self.text));
        let next = ranges.partition_point(|range| range.end <= at);
        ranges.get(next).is_some_and(|range| range.start <= at)
    }

    /// The line that holds a place, and where in it the place is.
    fn line(&self, at: usize) -> (&'a str, usize) {
        let from = self.text.ceil_char_boundary(at.saturating_sub(REACH));
        let to = self.text.floor_char_boundary((at + REACH).min(self.text.len()));
        let before = self.text.get(from..at).unwrap_or_default();
        let after = self.text.get(at..to).unwrap_or_default();
        let start = before.rfind('\n').map_or(from, |feed| from + feed + 1);
        let end = after.find('\n').map_or(to, |feed| at + feed);
        (self.text.get(start..end).unwrap_or_default(), at - start)
    }
}

/// The ranges of HTML's elements for code, from their start tags to their end tags, in order.
fn elements(text: &str) -> Vec<Range<usize>> {
    const NAMES: [&str; 8] = ["pre", "code", "samp", "kbd", "tt", "xmp", "textarea", "listing"];
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let tag = text.get(at + 1..).unwrap_or_default();
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = name.get(..length).unwrap_or_default();
        if !NAMES.iter().any(|code| name.eq_ignore_ascii_case(code)) {
            continue;
        }
        if !tag.starts_with('/') {
            if depth == 0 {
                start = at;
            }
            depth += 1;
        } else if depth > 0 {
            depth -= 1;
            if depth == 0 {
                ranges.push(start..at);
            }
        }
    }
    ranges
}

/// Whether a quotation mark stands right before an address, or a backtick is open on its line. In
/// reStructuredText backticks hold a link with its words, too: `` `words <address>`_ ``.
fn is_quoted(before: &str) -> bool {
    let ticks = before.bytes().filter(|byte| *byte == b'`').count();
    before.ends_with(['"', '\'']) || ticks % 2 == 1 && !before.ends_with('<')
}

/// Whether a line is one of a program or of data, given where the address begins in it.
fn is_of_program(line: &str, at: usize) -> bool {
    const PROMPTS: [&str; 6] = ["$ ", "% ", ">>> ", "... ", "# ", "C:\\>"];
    const COMMANDS: [&str; 33] = [
        "apt", "apt-get", "aws", "brew", "cargo", "cd", "composer", "conda", "curl", "docker",
        "env", "export", "gem", "git", "go", "hg", "kubectl", "make", "mvn", "nc", "npm", "npx",
        "pip", "pip3", "psql", "python", "rsync", "set", "ssh", "sudo", "svn", "wget", "yarn",
    ];
    let before = line.get(..at).unwrap_or_default();
    let trimmed = line.trim();
    let rest = trimmed.trim_start_matches(['*', '-', ' ', '`', '"']);
    let first = rest.split_whitespace().next().unwrap_or_default();
    let indented = line.starts_with("    ") || line.starts_with('\t');
    let is_assigned = before.ends_with(['=', '(', '{']) || before.ends_with("\": ");
    let has_flag = before.contains(" --") || before.contains(" -e ");
    let is_data = trimmed.ends_with(['{', '}', ';', '\\']) || trimmed.ends_with("\",");
    indented
        || is_assigned
        || has_flag
        || is_data
        || PROMPTS.iter().any(|prompt| trimmed.starts_with(prompt))
        || COMMANDS.contains(&first) && rest.len() > first.len()
}

/// Whether a name in angle brackets begins a text: `<PR-NUMBER>`.
fn opens_name(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else { return false };
    let length =
        rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_ ".contains(byte));
    let length = length.count();
    (1..=40).contains(&length) && rest.get(length..).is_some_and(|rest| rest.starts_with('>'))
}

/// Whether an address is a pattern for addresses: its parts are named, not given.
pub(crate) fn is_pattern(joined: &str) -> bool {
    const SIGNS: [&str; 9] = ["%s", "%7b", "{", "}", "$", "...", "\u{2026}", "path/to/", "/path/"];
    const HOSTS: [&str; 12] = [
        "your", "username", "user", "host", "hostname", "myhost", "domain", "server", "project",
        "repo", "name", "foo",
    ];
    let lower = joined.to_ascii_lowercase();
    if SIGNS.iter().any(|sign| lower.contains(sign)) || lower.contains(['<', '`', '*']) {
        return true;
    }
    let rest = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let is_name = !host.contains('.') && host.contains('_');
    is_name || HOSTS.contains(&host) || host.starts_with("your-") || host.starts_with("my-")
}

/// Whether a host is no site of the web: one of those that are reserved for examples, a name
/// without a dot, an address by numbers.
pub(crate) fn is_example_host(url: &Url) -> bool {
    let Some(Host::Domain(name)) = url.host() else { return true };
    let name = name.trim_end_matches('.');
    !name.contains('.')
        || ["example.com", "example.org", "example.net", "test", "invalid", "localhost", "local"]
            .into_iter()
            .any(|of| is_within(name, of))
}

/// Whether a password or a user name is named and not given: `pass`, `your-token`, `xxxx`.
pub(crate) fn is_named_secret(word: &str) -> bool {
    const WORDS: [&str; 30] = [
        "abc",
        "abc123",
        "admin",
        "anonymous",
        "bar",
        "baz",
        "changeme",
        "demo",
        "foo",
        "foobar",
        "guest",
        "key",
        "login",
        "mypass",
        "name",
        "none",
        "null",
        "pass",
        "pw",
        "pwd",
        "root",
        "secret",
        "test",
        "token",
        "user",
        "username",
        "xyz",
        "1234",
        "12345",
        "123456",
    ];
    const PARTS: [&str; 8] =
        ["passw", "passwd", "your", "example", "token", "secret", "redacted", "placeholder"];
    let decoded = percent_encoding::percent_decode_str(word).decode_utf8_lossy().to_lowercase();
    let plain: String = decoded.chars().filter(|c| c.is_alphanumeric()).collect();
    let first = decoded.chars().next();
    plain.chars().count() <= 3
        || first.is_some_and(|first| decoded.chars().all(|c| c == first))
        || WORDS.contains(&plain.as_str())
        || PARTS.iter().any(|part| plain.contains(part))
        || decoded.contains(['<', '{', '$', '%', '['])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::offline;

    #[test]
    fn code_is_told_from_prose() {
        for (text, media, expected) in [
            ("See http://10.0.0.1/x there.", Media::Text, false),
            ("See <http://10.0.0.1/x> there.", Media::Markdown, false),
            ("    pip @ file:///builds/x.zip", Media::Text, true),
            ("It is `git clone file:///srv/x` then", Media::Text, true),
            ("See `the server <http://10.0.0.1/x>`__ then", Media::Text, false),
            ("Use \"http://10.0.0.1/x\" for it", Media::Text, true),
            ("$ curl http://10.0.0.1/x", Media::Text, true),
            ("curl http://10.0.0.1/x", Media::Text, true),
            ("aws x --cli-input-json file://x.json", Media::Text, true),
            ("export HTTPS_PROXY=http://10.10.1.10:1080", Media::Text, true),
            ("see https://pip--<PR-NUMBER>.readthedocs.build/", Media::Text, true),
            ("<p>See http://10.0.0.1/x</p>", Media::Html, false),
            ("<p>See <a href=\"http://10.0.0.1/x\">x</a></p>", Media::Html, false),
            ("<pre><code>Compiling (file:///x)</code></pre>", Media::Html, true),
            ("<code>a</code> <p>http://10.0.0.1/x</p>", Media::Html, false),
        ] {
            let case = offline(media, text);
            let link = case.extract.links.first().expect(text);
            assert_eq!(Code::new(&case).is_example(link), expected, "{text}");
        }
    }

    #[test]
    fn patterns_name_their_parts() {
        for (address, expected) in [
            ("file:///path/to/repo", true),
            ("https://%s/x", true),
            ("https://host/repo", true),
            ("https://{{ release.tag }}/", true),
            ("https://your-domain.com/", true),
            ("https://ru.example/%D0%B4", false),
            ("https://news.example/a", false),
            ("file:///home/me/notes.html", false),
        ] {
            assert_eq!(is_pattern(address), expected, "{address}");
        }
    }

    #[test]
    fn secrets_are_named_or_given() {
        for (word, expected) in [
            ("pass", true),
            ("passwd-on-proxy", true),
            ("YOUR_TOKEN", true),
            ("xyz", true),
            ("xxxxxx", true),
            ("%3Cpassword%3E", true),
            ("hunter2", false),
            ("S3cr3t-9f", false),
        ] {
            assert_eq!(is_named_secret(word), expected, "{word}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(https?://a.example/x|[a-z*#\\[\\]():<>=`\"\n -]|<code>|</code>|é){0,60}") {
            for media in [Media::Text, Media::Markdown, Media::Html] {
                let case = offline(media, &text);
                let code = Code::new(&case);
                for link in &case.extract.links {
                    let _ = code.is_example(link);
                }
            }
        }
    }
}

//! Robots: what a site asks visitors without hands to leave alone (RFC 9309).

use std::time::Duration;

use data_encoding::HEXLOWER_PERMISSIVE;
use percent_encoding::percent_encode_byte;
use url::{Position, Url};

/// How much of a robots.txt is read, in bytes (RFC 9309, section 2.5).
pub(crate) const MAX_BYTES: usize = 500 * 1024;

/// The longest `Crawl-delay` that is kept to. It is in no standard, but many sites state it.
const MAX_DELAY: Duration = Duration::from_secs(10);

/// The name that rules are looked for under.
const PRODUCT: &str = "dateline";

/// The rules of one site that are meant for us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Robots {
    rules: Vec<Rule>,
    delay: Option<Duration>,
    /// Why nothing may be asked, where the rules themselves could not be.
    closed: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allow: bool,
    pattern: String,
}

impl Robots {
    /// Everything is forbidden: the site's rules could not be asked for (section 2.3.1.4).
    #[must_use]
    pub(crate) fn closed(why: String) -> Self {
        Self { closed: Some(why), ..Self::default() }
    }

    /// Why the rules could not be asked for, so that nothing may be.
    #[must_use]
    pub(crate) fn fault(&self) -> Option<&str> {
        self.closed.as_deref()
    }

    /// Reads a robots.txt. What is no rule is passed over.
    #[must_use]
    pub(crate) fn parse(text: &str) -> Self {
        let (mut ours, mut everyones) = (None, Self::default());
        let (mut for_us, mut for_all, mut in_agents) = (false, false, false);
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // A line ends with CR, LF or both (section 2.2); the empty line between both is no rule.
        for line in text.split(['\r', '\n']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((field, value)) = line.split_once(':') else { continue };
            let (field, value) = (field.trim().to_ascii_lowercase(), value.trim());
            if field == "user-agent" {
                if !in_agents {
                    (for_us, for_all) = (false, false);
                }
                in_agents = true;
                for_us |= names_us(value);
                for_all |= value == "*";
                if for_us {
                    ours.get_or_insert_with(Self::default);
                }
                continue;
            }
            in_agents &= !matches!(field.as_str(), "allow" | "disallow" | "crawl-delay");
            if let Some(group) = ours.as_mut().filter(|_| for_us) {
                group.add(&field, value);
            }
            if for_all {
                everyones.add(&field, value);
            }
        }
        ours.unwrap_or(everyones)
    }

    fn add(&mut self, field: &str, value: &str) {
        match field {
            "allow" | "disallow" if !value.is_empty() => {
                let pattern = normal_pattern(value);
                self.rules.push(Rule { allow: field == "allow", pattern });
            }
            "crawl-delay" => {
                let seconds = value.parse::<f64>().ok().filter(|seconds| *seconds > 0.0);
                self.delay = seconds
                    .map(|s| Duration::try_from_secs_f64(s).unwrap_or(MAX_DELAY).min(MAX_DELAY));
            }
            _ => {}
        }
    }

    /// Whether an address may be asked for: the longest rule that matches says so, and `Allow`
    /// where two are as long.
    #[must_use]
    pub(crate) fn allow(&self, url: &Url) -> bool {
        let path = normal(&url[Position::BeforePath..Position::AfterQuery]);
        let matching = self.rules.iter().filter(|rule| matches(&rule.pattern, &path));
        let best = matching.max_by_key(|rule| (rule.pattern.len(), rule.allow));
        self.closed.is_none() && best.is_none_or(|rule| rule.allow)
    }

    /// The time that the site wants from one request to the next.
    #[must_use]
    pub(crate) const fn delay(&self) -> Option<Duration> {
        self.delay
    }
}

fn names_us(agent: &str) -> bool {
    let end = agent.find(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_'));
    agent.get(..end.unwrap_or(agent.len())).is_some_and(|name| name.eq_ignore_ascii_case(PRODUCT))
}

/// One spelling for each path (section 2.2.2): what is unreserved stands as itself, a reserved
/// character as it was written, and all else percent-encoded in upper case. A star and a dollar
/// sign, which patterns give a meaning, are encoded (section 2.2.3).
fn normal(path: &str) -> String {
    let mut normal = String::with_capacity(path.len());
    spell(path.as_bytes(), &mut normal);
    normal
}

/// A pattern in the spelling of paths, its stars and its last dollar sign left as they are.
fn normal_pattern(pattern: &str) -> String {
    let (body, end) = match pattern.strip_suffix('$') {
        Some(body) => (body, "$"),
        None => (pattern, ""),
    };
    let mut normal = String::with_capacity(pattern.len());
    for (at, part) in body.split('*').enumerate() {
        if at > 0 {
            normal.push('*');
        }
        spell(part.as_bytes(), &mut normal);
    }
    normal + end
}

fn spell(mut bytes: &[u8], normal: &mut String) {
    while let [byte, rest @ ..] = bytes {
        let escaped =
            rest.first_chunk::<2>().filter(|_| *byte == b'%').and_then(|digits| hex(*digits));
        let byte = escaped.unwrap_or(*byte);
        let plain = match byte {
            b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => true,
            b'/' | b'?' | b':' | b'@' | b'!' | b'&' | b'\'' | b'(' | b')' | b'+' | b',' | b';'
            | b'=' | b'#' | b'[' | b']' => escaped.is_none(),
            _ => false,
        };
        if plain {
            normal.push(char::from(byte));
        } else {
            normal.push_str(percent_encode_byte(byte));
        }
        bytes = if escaped.is_some() { rest.get(2..).unwrap_or_default() } else { rest };
    }
}

/// The byte that two hexadecimal digits name.
fn hex(digits: [u8; 2]) -> Option<u8> {
    let mut byte = [0];
    HEXLOWER_PERMISSIVE.decode_mut(&digits, &mut byte).ok().map(|_| byte[0])
}

/// Whether a pattern matches the beginning of a path. `*` stands for anything and a last `$` for
/// the end. Each star is taken as short as it can be, which is enough, so that no pattern costs
/// more than one walk along the path for each of its parts.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !anchored || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() && anchored {
            return rest.ends_with(part);
        }
        match memchr::memmem::find(rest.as_bytes(), part.as_bytes()) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn allows(robots: &str, path: &str) -> bool {
        Robots::parse(robots).allow(&format!("http://e.com{path}").parse().expect("a URL"))
    }

    #[test]
    fn the_longest_rule_decides() {
        let robots = "User-agent: *\nDisallow: /a/\nAllow: /a/public\nDisallow: /*.pdf$\n";
        assert!(allows(robots, "/"));
        assert!(!allows(robots, "/a/b"));
        assert!(allows(robots, "/a/public/b"));
        assert!(!allows(robots, "/x/y.pdf"));
        assert!(allows(robots, "/x/y.pdf?download"));
    }

    #[test]
    fn our_own_group_stands_against_everyones() {
        let robots = "user-agent: *\ndisallow: /\n\nUSER-AGENT: other\nUser-Agent: Dateline/2.0\n\
                      Crawl-delay: 31536000\nDisallow: /p # private\n";
        assert!(allows(robots, "/a"));
        assert!(!allows(robots, "/p"));
        assert_eq!(Robots::parse(robots).delay(), Some(MAX_DELAY));
    }

    #[test]
    fn an_empty_rule_forbids_nothing_and_no_rules_forbid_nothing() {
        assert!(allows("User-agent: *\nDisallow:\n", "/a"));
        assert!(allows("", "/a"));
        assert!(allows("<!doctype html><p>Disallow: /", "/a"));
    }

    #[test]
    fn addresses_are_compared_in_one_spelling() {
        for (rule, path, allowed) in [
            ("/é", "/%c3%a9/a", false),
            ("/%c3%a9", "/é", false),
            ("/~joe/", "/%7Ejoe/", false),
            ("/%7ejoe/", "/~joe/", false),
            ("/%7Ejoe/", "/~joe/", false),
            ("/My Docs/", "/My%20Docs/", false),
            ("/My%20Docs/", "/My Docs/", false),
            ("/a%24", "/a$", false),
            ("/a%24", "/a%24b", false),
            ("/a%24", "/ab", true),
            ("/a$", "/a", false),
            ("/a$", "/a$", true),
            ("/a$b", "/a$b", false),
            ("/a$b", "/a%24b", false),
            ("/a%2a", "/a*", false),
            ("/a%2A", "/ab", true),
            ("/a*c", "/a*bc", false),
            ("/%61%62", "/ab", false),
            ("/a%2Fb", "/a/b", true),
            ("/a/b", "/a%2fb", true),
            ("/a%2fb", "/a%2Fb", false),
            ("/a%3Fb", "/a?b", true),
            ("/100%", "/100%", false),
            ("/a|b", "/a%7Cb", false),
            ("/?q=\"a\"", "/?q=%22a%22", false),
        ] {
            assert_eq!(
                allows(&format!("User-agent: *\nDisallow: {rule}\n"), path),
                allowed,
                "{rule} {path}"
            );
        }
    }

    #[test]
    fn a_mark_before_the_first_line_and_any_line_end_are_read() {
        for end in ["\n", "\r\n", "\r"] {
            let rules =
                ["\u{feff}User-agent: *", "Disallow: /a", "", "Disallow: /b # c", ""].join(end);
            assert!(
                !allows(&rules, "/a") && !allows(&rules, "/b") && allows(&rules, "/c"),
                "{end:?}"
            );
        }
    }

    #[test]
    fn of_two_rules_as_long_the_one_that_allows_holds() {
        for rules in ["Allow: /~a\nDisallow: /%7Ea", "Disallow: /%7Ea\nAllow: /~a"] {
            assert!(allows(&format!("User-agent: *\n{rules}\n"), "/~a"), "{rules}");
        }
        assert!(!allows("User-agent: *\nAllow: /a\nDisallow: /a*b\n", "/axb"));
    }

    #[test]
    fn groups_of_one_name_are_one() {
        let rules = "User-agent: dateline\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\n\
                     User-agent: dateline\nUser-agent: y\nDisallow: /b\n";
        assert!(!allows(rules, "/a") && !allows(rules, "/b") && allows(rules, "/c"));
    }

    #[test]
    fn stars_cost_no_more_than_a_walk() {
        let robots = format!("User-agent: *\nDisallow: /{}$\n", "*a".repeat(2000));
        assert!(allows(&robots, &format!("/{}b", "a".repeat(8000))));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(?s).{0,200}", path in "/[a-z*$%?é]{0,20}") {
            let _ = allows(&text, &path);
        }

        #[test]
        fn a_star_pattern_matches_what_a_regex_matches(
            pattern in "/[ab*]{0,8}[$]?", path in "/[ab]{0,10}",
        ) {
            let anchored = pattern.ends_with('$');
            let body = regex::escape(pattern.trim_end_matches('$')).replace("\\*", ".*");
            let end = if anchored { "$" } else { "" };
            let regex = regex::Regex::new(&format!("^{body}{end}")).expect("a pattern");
            prop_assert_eq!(matches(&pattern, &path), regex.is_match(&path));
        }
    }
}

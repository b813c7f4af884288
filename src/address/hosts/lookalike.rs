//! Whether one host passes for another.
//!
//! The strongest sign is that two hosts have one skeleton (Unicode UTS #39, section 4). The others
//! are what people who register such names do to one: an accent or a digit for a letter, an edit, a
//! hyphen, a word, another ending, the whole name as a subdomain. They are weaker, since honest
//! neighbours lie as near.

use std::borrow::Cow;
use std::sync::LazyLock;

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

use super::owners::{is_known, same_owner};
use super::{registrable, shown};
use crate::text::edit::is_one_edit;

/// How a host passes for another, the surest way first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lookalike {
    /// Its letters look the same (UTS #39).
    Confusable,
    /// At a glance its letters look the same: accents, digits for letters, `vv` for `w`.
    Similar,
    /// The other's whole name stands in it as a subdomain.
    Subdomain,
    /// Hyphens or dots are added or left out.
    Divided,
    /// One letter within is added, left out, replaced, or swapped with its neighbour.
    OneEdit,
    /// One letter at either end, a digit, or one letter of a short name differs.
    NearEdit,
    /// A word that lures is put before or after the name.
    AddedWord,
    /// The name has another ending.
    OtherEnding,
}

/// A host with what it looks like, so that one can be compared with many.
#[derive(Clone, Debug)]
pub(crate) struct Appearance<'a> {
    host: &'a str,
    skeleton: String,
    /// The registrable domain, empty where it has none.
    domain: &'a str,
    /// Its name and its ending.
    name: &'a str,
    ending: &'a str,
    /// The name as it looks at a glance.
    glance: String,
}

/// Names of fewer letters lie a single edit apart by chance.
const SHORTEST: usize = 7;

/// Names of fewer letters lie apart by any sign by chance.
const TELLING: usize = 5;

/// No host name is longer (RFC 1035); what is, is no name to be taken for another.
const LONGEST: usize = 253;

impl<'a> Appearance<'a> {
    /// The appearance of a host in the form that URLs hold it in (lower case, Punycode).
    #[must_use]
    pub(crate) fn of(host: &'a str) -> Self {
        let domain = registrable(host).filter(|_| host.len() <= LONGEST).unwrap_or_default();
        let (name, ending) = domain.split_once('.').unwrap_or((domain, ""));
        Self {
            host,
            skeleton: letters(&shown(host)),
            domain,
            name,
            ending,
            glance: glance(&shown(name)),
        }
    }

    /// The host.
    #[must_use]
    pub(crate) const fn host(&self) -> &'a str {
        self.host
    }

    /// Whether a host is this one or stands below it.
    #[must_use]
    pub(crate) fn holds(&self, host: &str) -> bool {
        host == self.host || under(host, self.host)
    }

    /// Whether this host passes for `known`, a registrable domain to which it does not belong.
    #[must_use]
    pub(crate) fn passes_for(&self, known: &Self) -> Option<Lookalike> {
        if known.holds(self.host) {
            return None;
        }
        // Compared from the right, since a look-alike's subdomains are its own.
        let confusable = self.skeleton == known.skeleton || under(&self.skeleton, &known.skeleton);
        if confusable && self.is_told_by_letters(known) {
            return Some(Lookalike::Confusable);
        }
        if self.domain.is_empty() || known.name.len() < TELLING {
            return None;
        }
        let found = self.by_name(known).or_else(|| self.by_place(known));
        found.filter(|_| !same_owner(self.domain, known.host))
    }

    /// Whether equal skeletons are no accident: `modern` and `modem` are two words.
    fn is_told_by_letters(&self, known: &Self) -> bool {
        let has_digit = self.name.bytes().any(|byte| byte.is_ascii_digit());
        let least = if has_digit { TELLING } else { SHORTEST };
        self.host.contains("xn--") || known.name.len() >= least
    }

    /// What the names under one ending, or their endings, have in common.
    fn by_name(&self, known: &Self) -> Option<Lookalike> {
        if self.ending != known.ending {
            let is_same = self.name == known.name && lures(self.ending, known.ending);
            return is_same.then_some(Lookalike::OtherEnding);
        }
        // A site that is known by its own name passes for no other.
        self.by_spelling(known).filter(|_| !is_known(self.name))
    }

    /// What the names have in common as they are spelt, and as they look at a glance.
    fn by_spelling(&self, known: &Self) -> Option<Lookalike> {
        if self.glance == known.glance {
            let hyphens = self.name.replace('-', "") == known.name.replace('-', "");
            return Some(if hyphens { Lookalike::Divided } else { Lookalike::Similar });
        }
        if is_one_edit(&self.glance, &known.glance) && !is_one_edit(self.name, known.name) {
            return Some(Lookalike::NearEdit);
        }
        // What Punycode hides is no edit that a reader would see.
        let plain = !self.name.starts_with("xn--") && !known.name.starts_with("xn--");
        if plain && is_one_edit(self.name, known.name) {
            let near = is_at_the_edge(self.name, known.name)
                || self.name.len().min(known.name.len()) < SHORTEST;
            return Some(if near { Lookalike::NearEdit } else { Lookalike::OneEdit });
        }
        (plain && has_added_word(self.name, known)).then_some(Lookalike::AddedWord)
    }

    /// Whether the other's whole name stands in this host's subdomains, or is cut by dots.
    fn by_place(&self, known: &Self) -> Option<Lookalike> {
        let below = self.host.strip_suffix(self.ending)?.strip_suffix('.')?;
        // Neither stands in what is shorter; most hosts are that.
        if below.len() <= known.name.len() {
            return None;
        }
        let mut padded = String::with_capacity(self.host.len() + 2);
        padded.extend([".", below, "."]);
        let whole = [".", known.host, "."].concat();
        let hyphenated = [".", &known.host.replace('.', "-"), "."].concat();
        if padded.contains(&whole) || padded.contains(&hyphenated) {
            return Some(Lookalike::Subdomain);
        }
        let is_cut = self.ending == known.ending
            && below.contains('.')
            && below.replace('.', "") == known.name;
        is_cut.then_some(Lookalike::Divided)
    }
}

fn under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

/// The skeleton of a text. What is ASCII, as nearly every host is, needs no normalizing: the skeletons
/// of its letters follow each other.
fn letters(text: &str) -> String {
    static OF_ASCII: LazyLock<Vec<String>> = LazyLock::new(|| {
        let letters = (0..128_u8).map(char::from);
        letters.map(|letter| skeleton(letter.encode_utf8(&mut [0; 4])).collect()).collect()
    });
    if !text.is_ascii() {
        return skeleton(text).collect();
    }
    let of = |byte: u8| OF_ASCII.get(usize::from(byte)).map_or("", String::as_str);
    let mut seen = String::with_capacity(text.len() + 8);
    text.bytes().for_each(|byte| seen.push_str(of(byte)));
    seen
}

/// A text without accents.
fn unaccented(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfd().filter(|c| !is_combining_mark(*c)).collect())
}

/// A name as it looks at a glance: without accents and hyphens, and letters that are easily taken
/// for each other made one.
fn glance(name: &str) -> String {
    let plain = letters(&unaccented(name)).to_lowercase();
    let plain = unaccented(&plain).replace('-', "");
    let mut seen = String::with_capacity(plain.len());
    let mut letters = plain.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let one = match (letter, next) {
            ('v', Some('v')) | ('u', Some('u')) => 'w',
            ('r' | 'n', Some('n')) => 'm',
            ('c', Some('l' | 'i' | '1' | 'j')) => 'd',
            _ => {
                let latin = deunicode_char(letter).filter(|_| !letter.is_ascii());
                let latin = latin.filter(|latin| latin.len() == 1);
                let latin = latin.and_then(|latin| latin.chars().next()).unwrap_or(letter);
                seen.push(at_a_glance(latin.to_ascii_lowercase()));
                continue;
            }
        };
        seen.push(one);
        letters.next();
    }
    seen
}

const fn at_a_glance(letter: char) -> char {
    match letter {
        '0' => 'o',
        '1' | 'i' | 'j' | '|' => 'l',
        '2' => 'z',
        '3' | 'e' => 'c',
        '4' => 'a',
        '5' => 's',
        '6' | '8' => 'b',
        '7' => 't',
        '9' | 'q' => 'g',
        other => other,
    }
}

/// Whether another ending lures: not that of a country, under which honest houses have branches,
/// unless it is what a slip makes of the known one, and not the common one beside a country's.
fn lures(ending: &str, known: &str) -> bool {
    let is_country = |ending: &str| {
        let last = ending.rsplit('.').next().unwrap_or_default();
        last.len() == 2 && ending.split('.').all(|part| part.len() <= 3)
    };
    let is_generic =
        |ending: &str| matches!(ending, "com" | "org" | "net" | "edu" | "gov" | "int" | "mil");
    let is_plain = !ending.contains('.') && !known.contains('.');
    let is_slip = is_plain && is_generic(known) && ending.len() > 1 && is_one_edit(ending, known);
    is_slip || !is_country(ending) && (!is_generic(ending) || is_generic(known))
}

/// Words that are put to a name to lure, alphabetically.
const LURES: &[&str] = &[
    "access",
    "account",
    "accounts",
    "alert",
    "alerts",
    "app",
    "auth",
    "com",
    "corp",
    "customer",
    "download",
    "email",
    "gift",
    "help",
    "helpdesk",
    "home",
    "id",
    "info",
    "live",
    "login",
    "mail",
    "members",
    "my",
    "net",
    "news",
    "office",
    "official",
    "offers",
    "online",
    "org",
    "pay",
    "payment",
    "portal",
    "press",
    "secure",
    "security",
    "service",
    "services",
    "shop",
    "signin",
    "site",
    "store",
    "subscribe",
    "support",
    "team",
    "the",
    "today",
    "update",
    "updates",
    "user",
    "verification",
    "verify",
    "web",
    "webmail",
    "wwww",
    "www",
    "ww",
];

/// Whether a name is the known one with a word that lures, or its own ending, before or after it.
fn has_added_word(name: &str, known: &Appearance<'_>) -> bool {
    let rest = name.strip_prefix(known.name).or_else(|| name.strip_suffix(known.name));
    let ending = known.ending.replace('.', "");
    rest.map(|rest| rest.trim_matches('-'))
        .is_some_and(|word| LURES.contains(&word) || word == ending)
}

/// Whether what tells two names apart is the first letter, the last one, a digit or a hyphen: that
/// makes a sibling as often as an impostor.
fn is_at_the_edge(one: &str, other: &str) -> bool {
    let shared = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let (Some(rest), Some(other_rest)) = (one.get(shared..), other.get(shared..)) else {
        return true;
    };
    let starts_so =
        |text: &str| text.bytes().next().is_some_and(|byte| byte.is_ascii_digit() || byte == b'-');
    shared == 0
        || rest.is_empty()
        || other_rest.is_empty()
        || starts_so(rest)
        || starts_so(other_rest)
}

#[cfg(test)]
mod tests {
    use super::Lookalike::{
        AddedWord, Confusable, Divided, NearEdit, OneEdit, OtherEnding, Similar, Subdomain,
    };
    use super::*;

    fn lookalike(host: &str, known: &str) -> Option<Lookalike> {
        let known = registrable(known).expect("a registrable domain");
        Appearance::of(host).passes_for(&Appearance::of(known))
    }

    fn host(text: &str) -> String {
        idna::domain_to_ascii(text).expect("a host name")
    }

    #[test]
    fn impostors_are_told_from_siblings() {
        for (one, known, expected) in [
            ("www.salоn.com", "www.salon.com", Some(Confusable)),
            ("www.japantimes.cо.jp", "www.japantimes.co.jp", Some(Confusable)),
            ("news.salоn.com", "salon.com", Some(Confusable)),
            ("paypa1.com", "paypal.com", Some(Confusable)),
            ("rnicrosoft.com", "microsoft.com", Some(Confusable)),
            ("theguardain.com", "www.theguardian.com", Some(OneEdit)),
            ("washingtonpst.com", "washingtonpost.com", Some(OneEdit)),
            ("nytímes.com", "nytimes.com", Some(Similar)),
            ("themoscowtímes.com", "themoscowtimes.com", Some(Similar)),
            ("micros0ft.com", "microsoft.com", Some(Similar)),
            ("nyt1mes.com", "nytimes.com", Some(Similar)),
            ("vvashingtonpost.com", "washingtonpost.com", Some(Similar)),
            ("themoscowtimes.com.evil.org", "themoscowtimes.com", Some(Subdomain)),
            ("www.themoscowtimes.com.evil.org", "themoscowtimes.com", Some(Subdomain)),
            ("themoscowtimes-com.evil.org", "themoscowtimes.com", Some(Subdomain)),
            ("washingtonpost-login.com", "washingtonpost.com", Some(AddedWord)),
            ("secure-washingtonpost.com", "washingtonpost.com", Some(AddedWord)),
            ("wwwwashingtonpost.com", "washingtonpost.com", Some(AddedWord)),
            ("washington-post.com", "washingtonpost.com", Some(Divided)),
            ("washington.post.com", "washingtonpost.com", Some(Divided)),
            ("ashingtonpost.com", "washingtonpost.com", Some(NearEdit)),
            ("washingtonpos.com", "washingtonpost.com", Some(NearEdit)),
            ("washingtonpost.co", "washingtonpost.com", Some(OtherEnding)),
            ("washingtonpost.xyz", "washingtonpost.com", Some(OtherEnding)),
            ("washingtonpost.net", "washingtonpost.com", Some(OtherEnding)),
            ("surfgaurd.wordpress.com", "surfguard.wordpress.com", Some(OneEdit)),
            ("surfgaurd.github.io", "surfguard.github.io", Some(OneEdit)),
            ("surfguard.wordpress.com", "surfguard.com", Some(OtherEnding)),
            ("news.salon.com", "www.salon.com", None),
            ("salon.com", "salon.com", None),
            ("salon.de", "salon.com", None),
            ("greenpeace.dk", "greenpeace.de", None),
            ("abc.com", "bbc.com", None),
            ("kn-online.com", "ln-online.com", Some(NearEdit)),
            ("sciencenews.com", "sciencenew.com", None),
            ("müller.example", "muller.com", None),
        ] {
            assert_eq!(lookalike(&host(one), &host(known)), expected, "{one} {known}");
        }
    }

    #[test]
    fn honest_neighbours_never_pass_for_each_other_for_sure() {
        for (one, other) in [
            ("wikimedia.org", "wikipedia.org"),
            ("bbc.com", "bbc.co.uk"),
            ("nytimes.com", "nyti.ms"),
            ("gitlab.com", "github.com"),
            ("cnn.com", "cnbc.com"),
            ("msn.com", "nbc.com"),
            ("abc.net", "cbc.net"),
            ("abc.com", "nbc.com"),
            ("time.com", "times.com"),
            ("wired.com", "tired.com"),
            ("wikisource.org", "wikipedia.org"),
            ("skynews.com", "sky.com"),
            ("nature.com", "mature.com"),
            ("spiegel.de", "spiegel.com"),
            ("modern.com", "modem.com"),
            ("slate.com", "state.com"),
            ("reuters.com", "reuters.de"),
        ] {
            for (one, other) in [(one, other), (other, one)] {
                assert_ne!(lookalike(one, other), Some(Confusable), "{one} {other}");
            }
        }
        for (one, other) in [("wikimedia.org", "wikipedia.org"), ("gitlab.com", "github.com")] {
            assert_eq!(lookalike(one, other), None, "{one} {other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_host_is_its_own_lookalike(host in "[a-z]{3,12}(\\.[a-z]{2,8}){1,2}") {
            let own = Appearance::of(&host);
            proptest::prop_assert_eq!(own.passes_for(&own), None);
        }

        #[test]
        fn any_two_hosts_are_compared_without_panic(one in ".{0,40}", other in "[a-z0-9.-]{0,40}") {
            let _ = Appearance::of(&one).passes_for(&Appearance::of(&other));
        }
    }
}

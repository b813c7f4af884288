//! Link-format (RFC 6690, RFC 8288): links with their attributes, as `TimeMap`s and the header field
//! `Link` hold them.

/// One link of a link-format document, with the attributes that matter here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Linked<'t> {
    /// Its target, as it stands between the angle brackets.
    pub target: &'t str,
    /// Its relations, with blanks between.
    pub rel: Option<&'t str>,
    /// The time of a memento.
    pub datetime: Option<&'t str>,
}

/// The links of a text in link-format: `<target>;name=value;name="value", <…`.
pub(super) fn links(text: &str) -> impl Iterator<Item = Linked<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (target, mut after) = target(rest)?;
        let mut link = Linked { target, ..Linked::default() };
        while let Some((name, value, left)) = attribute(after) {
            after = left;
            // RFC 6690, section 2.2: of several `rel`, the first holds.
            match name {
                name if name.eq_ignore_ascii_case("rel") => link.rel = link.rel.or(Some(value)),
                name if name.eq_ignore_ascii_case("datetime") => {
                    link.datetime = link.datetime.or(Some(value));
                }
                _ => {}
            }
        }
        rest = after;
        Some(link)
    })
}

/// The next `<target>`, and what comes after it. One that is not closed ends with its line.
fn target(mut text: &str) -> Option<(&str, &str)> {
    loop {
        let (_, opened) = text.split_once('<')?;
        let (target, rest) = opened.split_at_checked(opened.find(['<', '>', '\n'])?)?;
        match rest.strip_prefix('>') {
            Some(after) => return Some((target, after)),
            None => text = rest,
        }
    }
}

/// The attribute at the beginning of a text, with its value and what comes after it.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let text = text.trim_ascii_start().strip_prefix(';')?.trim_ascii_start();
    let end = text.find(['=', ';', ',', '<', '\n']).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    let name = name.trim_ascii_end();
    let Some(value) = rest.strip_prefix('=') else { return Some((name, "", rest)) };
    let value = value.trim_ascii_start();
    if let Some(quoted) = value.strip_prefix('"') {
        // A value that is not closed ends with its line, so that it does not take the rest along.
        let end = quoted.find(['"', '\n']).unwrap_or(quoted.len());
        let (value, rest) = quoted.split_at_checked(end)?;
        return Some((name, value, rest.strip_prefix('"').unwrap_or(rest)));
    }
    let end = value.find([';', ',', '\n']).unwrap_or(value.len());
    let (value, rest) = value.split_at_checked(end)?;
    Some((name, value.trim_ascii_end(), rest))
}

/// Whether a link has a relation, in whatever case.
#[must_use]
pub(super) fn has_relation(link: &Linked<'_>, relation: &str) -> bool {
    let mut words = link.rel.unwrap_or_default().split_ascii_whitespace();
    words.any(|word| word.eq_ignore_ascii_case(relation))
}

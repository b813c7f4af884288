//! Directives of reStructuredText and its generators: what in them is words, and what is not.

pub(super) use crate::text::directive::named;

/// What a directive holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Code, data, the names of other files: nothing that a reader follows.
    Literal,
    /// A picture: its address, with `:target:` and `:alt:`.
    Picture,
    /// Text in another format.
    Raw,
    /// Words, from its own line on.
    Words,
    /// Words below its line and its options.
    Body,
    /// An address on its line.
    Button,
}

/// Directives with words on their own line.
const WORDS: [&str; 35] = [
    "admonition",
    "attention",
    "caution",
    "centered",
    "csv-table",
    "danger",
    "deprecated",
    "dropdown",
    "epigraph",
    "error",
    "grid-item-card",
    "card",
    "highlights",
    "hint",
    "hlist",
    "important",
    "list-table",
    "note",
    "pull-quote",
    "replace",
    "rubric",
    "seealso",
    "sidebar",
    "table",
    "tip",
    "todo",
    "topic",
    "versionadded",
    "versionchanged",
    "versionremoved",
    "warning",
    "tab-item",
    "tab",
    "figure-caption",
    "line-block",
];

/// Directives that hold code, data or the names of files.
const LITERAL: [&str; 57] = [
    "actdiag",
    "asciinema",
    "bash",
    "blockdiag",
    "calendar",
    "command-output",
    "console",
    "contents",
    "currentmodule",
    "date",
    "default-role",
    "digraph",
    "doctest",
    "ditaa",
    "exec",
    "graph",
    "graphviz",
    "highlight",
    "include",
    "index",
    "inheritance-diagram",
    "ipython",
    "jinja",
    "jupyter-execute",
    "kernel-doc",
    "kernel-include",
    "kernel-render",
    "literal",
    "literalinclude",
    "math",
    "mermaid",
    "meta",
    "module",
    "nwdiag",
    "openapi",
    "packetdiag",
    "plantuml",
    "plot",
    "post",
    "productionlist",
    "program-output",
    "prompt",
    "raw-html",
    "role",
    "seqdiag",
    "sectnum",
    "swagger",
    "tabularcolumns",
    "testcleanup",
    "testcode",
    "testoutput",
    "testsetup",
    "title",
    "toctree",
    "uml",
    "unicode",
    "youtube",
];

/// What the directive of that name holds.
pub(super) fn kind(name: &str) -> Kind {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "image" | "figure" | "kernel-image" | "kernel-figure" | "thumbnail" => Kind::Picture,
        "raw" => Kind::Raw,
        "button-link" => Kind::Button,
        name if name.contains("code") || LITERAL.contains(&name) => Kind::Literal,
        name if WORDS.contains(&name) => Kind::Words,
        _ => Kind::Body,
    }
}

/// Whether a directive may be the description of something, which is a place with a name.
pub(super) fn describes(name: &str) -> bool {
    const PLAIN: [&str; 8] =
        ["class", "container", "compound", "parsed-literal", "only", "hlist", "rst-class", "post"];
    kind(name) == Kind::Body && !PLAIN.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_are_told_from_comments() {
        assert_eq!(named("note:: a"), Some(("note", 6)));
        assert_eq!(named("py:function:: f(x)"), Some(("py:function", 13)));
        assert_eq!(named("image:: a.png"), Some(("image", 7)));
        assert_eq!(named("note ::"), Some(("note", 7)));
        for text in ["a comment", "note: a", "date: 2018-05-25 10::12", "::", "note::a"] {
            assert_eq!(named(text), None, "{text}");
        }
        assert_eq!(kind("code-block"), Kind::Literal);
        assert_eq!(kind("py:function"), Kind::Body);
        assert!(describes("py:function") && !describes("note") && !describes("code-block"));
    }
}

//! What is found in whole texts, shown with its spans, and that nothing makes it fail.

use proptest::prelude::*;

use crate::extract::{extract, marked};
use crate::model::{Document, Extract, Link, LinkKind, MarkKind, Media, Region, Role};

fn read(text: &str) -> Extract {
    extract(&Document::new("a.rst", Media::Rst, text))
}

/// The text with every link's address marked.
fn marked(text: &str) -> String {
    marked::links(text, &read(text))
}

#[test]
fn every_way_to_write_a_link_is_found_where_its_address_stands() {
    for expected in [
        "See `a <‹https://a.example/b›>`_ and `c <‹d.html›>`__, `e <f@g.example>`_.",
        "See `the docs\n<‹https://a.example/long/\npath›>`_.",
        "`<‹https://a.example/›>`_ and (‹https://b.example/c_d›), ‹www.example.org›.",
        "name_ and `A  Phrase`_.\n\n.. _name: ‹https://a.example/b\n   c›\n.. _a phrase: ‹https://b.example/›\n",
        ".. _`with: colon`: ‹https://a.example/›\n.. _a\\:b: ‹https://b.example/›\n",
        ".. _one:\n.. _two: ‹https://a.example/›\n\nSee one_.",
        ".. _unused: ‹https://a.example/›",
        "x__ and `y z`__\n\n__ ‹https://a.example/›\n.. __: ‹https://b.example/›\n",
        ".. image:: ‹a.png›\n   :alt: An A\n   :target: ‹https://a.example/›\n\n.. figure:: ‹b.png›\n\n   See ‹https://b.example/›.",
        ".. |logo| image:: ‹https://a.example/l.png›\n.. |x| replace:: `y <‹https://b.example/›>`_\n",
        ".. image:: ‹a.png›\n   :target: home_\n\n.. _home: ‹https://a.example/›\n",
        "* item ‹https://a.example/›\n  `b\n  <‹https://b.example/›>`_\n\n1. ‹https://c.example/›\n",
        ":Home: ‹https://a.example/›\n:Two: `b\n   <‹https://b.example/›>`_\n",
        ".. note:: See `a\n   <‹https://a.example/›>`_.\n\n   More at ‹https://b.example/›.\n",
        ".. py:function:: f(x=\"http://no.example/\")\n\n   See ‹https://a.example/›.\n",
        ".. [1] ‹https://a.example/›\n.. [Knu84] See\n   ‹https://b.example/›.\n",
        "+-----+-----------------+\n| a   | `t <‹https://    |\n|     | g.example/x›>`_  |\n+-----+-----------------+\n",
        "=====  =======\na      b\n=====  =======\nx      ‹https://s.example/›\ny      `z\n       <‹https://t.example/›>`_\n=====  =======\n",
        ".. raw:: html\n\n   <a href=\"‹https://a.example/›\">x</a>\n\n.. raw:: latex\n\n   \\url{https://no.example/}\n",
        "\\ *‹https://a.example/›* and **‹https://b.example/›**",
        "Term\n   See ‹https://a.example/›.\n\n   | Line ‹https://b.example/›\n",
        ".. button-link:: ‹https://a.example/›\n\n.. grid-item-card:: T\n   :link: ‹https://b.example/›\n",
    ] {
        let text = expected.replace(['‹', '›'], "");
        assert_eq!(marked(&text), expected);
    }
}

#[test]
fn what_is_code_a_comment_or_no_link_is_left_out() {
    for text in [
        "``https://a.example/`` and `https://b.example/` and ``http://example..com/``",
        "Code::\n\n    https://a.example/\n\n  https://b.example/",
        "Quoted::\n\n> https://a.example/\n> https://b.example/\n",
        ".. code-block:: sh\n   :linenos:\n\n   curl https://a.example/\n",
        ".. a comment https://a.example/\n   https://b.example/\n",
        "..\n   https://a.example/\n",
        ">>> get('https://a.example/')\n'https://b.example/'\n",
        ":pep:`8` and :doc:`x </a/b>` and :ref:`https://a.example/ <x>`",
        ".. include:: a.rst\n.. toctree::\n\n   a/b.html\n   https <https://a.example/>\n",
        ".. image:: a.*\n",
        "self.id and Kremlin.ru and file.py",
        "missing_ and `Missing`_ and x__ and [1]_ and |sub|",
        ".. code-block:: console\n\n   See https://a.example/\n\n   and https://b.example/\n",
        "\\https:\\//a.example and \\`a <https:>`_",
    ] {
        assert_eq!(marked(text), text);
    }
}

#[test]
fn white_space_in_addresses_is_the_source_s_own_and_escapes_guard() {
    let links = read("* `a <https://a.example/b\n  c\\_d>`_ and `a`_ and A_.").links;
    let joined: Vec<&str> = links.iter().map(Link::joined).collect();
    assert_eq!(joined, ["https://a.example/bc_d"; 3]);
    assert_eq!(links[0].raw(), "https://a.example/b\n  c\\_d");
    assert_eq!(links[0].text.as_deref(), Some("a"));
    assert!(links.iter().all(|link| link.join.is_none()));
}

#[test]
fn references_without_a_name_are_for_the_targets_in_their_order() {
    let words = |text: &str| -> Vec<String> {
        read(text).links.iter().map(|link| format!("{:?} {}", link.text, link.joined())).collect()
    };
    assert_eq!(
        words("`one`__ two__\n\n__ https://a.example/\n__ https://b.example/\n"),
        ["Some(\"one\") https://a.example/", "Some(\"two\") https://b.example/"]
    );
    assert_eq!(words("`one`__ two__\n\n__ https://a.example/\n"), ["None https://a.example/"]);
}

#[test]
fn names_lead_to_names() {
    let text =
        "See a_ and `x <b_>`_ and x_.\n\n.. _a: b_\n.. _b: `c d`_\n.. _c d: https://a.example/\n";
    let links = read(text).links;
    let texts: Vec<_> = links.iter().filter_map(|link| link.text.as_deref()).collect();
    assert_eq!(texts, ["a", "x", "x"]);
    assert!(links.iter().all(|link| link.joined() == "https://a.example/"));
}

#[test]
fn headings_and_the_title_are_known_with_their_levels() {
    let text = "=====\nTitle\n=====\n\nPart `one <https://a.example/>`_\n----------\n\nDeep\n~~~~\n\n\
        Text\n\nReferences\n----------\n\n`b <https://b.example/>`_\n";
    let found = read(text);
    assert_eq!(found.title(), Some("Title"));
    let headings: Vec<_> = found
        .marks
        .iter()
        .filter_map(|mark| match &mark.kind {
            MarkKind::Heading { level, text } => Some((*level, text.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(headings, [(1, "Title"), (2, "Part one"), (3, "Deep"), (2, "References")]);
    let last = found.links.last().expect("a link");
    assert_eq!((last.role, last.region), (Role::Reference, Region::Reference));
    assert_eq!(read("Text\n\nLate\n====\n").title(), None);
    assert_eq!(read("..\n   x\n\n:date: 2018\n\nLate\n====\n").title(), None);
    assert_eq!(read(".. x\n\nFirst\n=====\n").title(), Some("First"));
}

#[test]
fn fragments_and_pictures_are_told_apart() {
    let found = read("`a <#here>`_\n\n.. image:: a.png\n   :alt: Words\n");
    assert_eq!(found.fragments.len(), 1);
    assert_eq!(found.links[0].kind, LinkKind::Embed);
    assert_eq!(found.links[0].text.as_deref(), Some("Words"));
}

#[test]
fn long_texts_stay_linear() {
    for part in [
        "`a <b",
        "a_ ",
        ".. _a:\n",
        "- ",
        "* ",
        "+--+\n",
        "== ==\n",
        "::\n\n ",
        ".. note::\n",
        "`a`__ ",
        ":a:",
        "| a\n",
        "a\n=\n",
        "__\n",
        "x::\n> y\n",
        ".. [1] ",
        ".. |a| image:: b\n",
        "http://a.example/",
    ] {
        let _ = read(&part.repeat(100_000 / part.len()));
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_span_is_the_source_s(text in "(\\.\\. |_|__|`|``|<|>|https://a.example/b|::|\n|\n\n| {1,4}|- |\\||\\+--\\+--\\+\n|=== ==\n|===\n|image:: |note:: |raw:: html\n\n|:target: |\\[1\\] |\\\\|a|é|[!-~]){0,60}") {
        let found = read(&text);
        for link in &found.links {
            prop_assert_eq!(link.span.of(&text), link.raw());
        }
        for fragment in &found.fragments {
            prop_assert!(fragment.span.of(&text).starts_with('#'));
        }
    }
}

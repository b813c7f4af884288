//! What the shape of blocks says about links: those in a running sentence, those that stand alone,
//! and lists of them.

use super::tag::Tag;
use super::tree::{Node, Sums, Tree};

/// Plain words between the links of a list: dates, categories, counts, bullets. Bytes per link.
const PLAIN_PER_LINK: usize = 56;

/// What a link's surroundings look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Among the words of a sentence.
    Sentence,
    /// On lines of its own, with hardly other words.
    Alone,
    /// One of several that together make a list or a row of cards; the number of its block.
    List(u32),
    /// It is a heading.
    Heading,
}

/// The shape of every block.
#[derive(Debug)]
pub(super) struct Shapes {
    /// The list that a block belongs to: the outermost block that holds links and hardly else.
    list: Vec<u32>,
    /// Whether a block holds links and hardly else.
    is_bare: Vec<bool>,
    /// Links in a block and all blocks inside.
    links: Vec<usize>,
    is_heading: Vec<bool>,
}

#[expect(
    clippy::indexing_slicing,
    reason = "every list has an entry a node, and a node stands in one before it"
)]
impl Shapes {
    pub(super) fn new(tree: &Tree, inside: &[Sums]) -> Self {
        let nodes = tree.nodes();
        let is_bare: Vec<bool> = inside
            .iter()
            .map(|inside| {
                let plain = inside.text.saturating_sub(inside.linked);
                inside.links > 0
                    && plain <= PLAIN_PER_LINK * inside.links
                    && plain <= inside.linked.max(24)
            })
            .collect();
        let links = inside.iter().map(|inside| inside.links).collect();
        let mut list: Vec<u32> = Vec::with_capacity(nodes.len());
        for (at, node) in nodes.iter().enumerate() {
            let around = node.parent as usize;
            let continues = at > around && is_bare[around] && is_bare[at];
            let own = u32::try_from(at).unwrap_or_default();
            list.push(if continues { list[around] } else { own });
        }
        let is_heading = nodes.iter().map(Node::is_heading).collect();
        Self { list, is_bare, links, is_heading }
    }

    /// The shape around a link in this block.
    pub(super) fn of(&self, node: u32) -> Shape {
        let at = node as usize;
        if !self.is_bare.get(at).copied().unwrap_or_default() {
            return Shape::Sentence;
        }
        let list = self.list[at];
        if self.is_heading[at] {
            Shape::Heading
        } else if self.links[list as usize] > 1 {
            Shape::List(list)
        } else {
            Shape::Alone
        }
    }
}

impl Node {
    const fn is_heading(&self) -> bool {
        matches!(self.tag, Tag::Heading(_))
    }
}

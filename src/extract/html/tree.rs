//! The page's blocks, and which part of the page each one is.
//!
//! While the page streams by, every block gets a node with what its own lines hold. When it has
//! passed, the nodes tell together where the article's text is: the smallest block that holds nearly
//! all running text outside what is named furniture.

use crate::model::Region;

use super::hints::Hint;
use super::tag::Tag;

/// Blocks beyond this count are taken for part of the block around them.
const MAX_NODES: usize = 1 << 20;

/// Running text outside links from which on a block's own lines are prose, in bytes.
const PROSE: usize = 80;

/// One block.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) parent: u32,
    pub(super) tag: Tag,
    pub(super) hint: Hint,
    /// Bytes of words in its own lines, links included.
    pub(super) own: usize,
    /// Bytes of words of links in its own lines.
    pub(super) linked: usize,
    /// Links in its own lines.
    pub(super) links: usize,
}

impl Node {
    /// Bytes of running text in its own lines: none where links are most of it.
    pub(super) fn prose(&self) -> usize {
        let plain = self.own.saturating_sub(self.linked);
        if plain >= PROSE && plain > self.linked { plain } else { 0 }
    }
}

/// What a block and all blocks inside hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sums {
    /// Bytes of running text.
    pub(super) prose: usize,
    /// Bytes of words, links included.
    pub(super) text: usize,
    /// Bytes of words of links.
    pub(super) linked: usize,
    /// The number of links.
    pub(super) links: usize,
}

impl Sums {
    fn of(node: &Node) -> Self {
        Self { prose: node.prose(), text: node.own, linked: node.linked, links: node.links }
    }

    const fn add(&mut self, other: Self) {
        self.prose += other.prose;
        self.text += other.text;
        self.linked += other.linked;
        self.links += other.links;
    }
}

/// All blocks in document order; a block stands after the block around it.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// The root alone, with room for so many blocks.
    pub(super) fn with_room(blocks: usize) -> Self {
        let root =
            Node { parent: 0, tag: Tag::Other, hint: Hint::default(), own: 0, linked: 0, links: 0 };
        let mut nodes = Vec::with_capacity(blocks + 1);
        nodes.push(root);
        Self { nodes }
    }

    /// Adds a block inside `parent`, and gives its number.
    pub(super) fn add(&mut self, parent: u32, tag: Tag, hint: Hint) -> u32 {
        match u32::try_from(self.nodes.len()) {
            Ok(number) if self.nodes.len() < MAX_NODES => {
                self.nodes.push(Node { parent, tag, hint, own: 0, linked: 0, links: 0 });
                number
            }
            _ => parent,
        }
    }

    /// Notes words in a block's own lines.
    pub(super) fn add_words(&mut self, node: u32, bytes: usize, linked: bool) {
        if let Some(node) = self.nodes.get_mut(node as usize) {
            node.own += bytes;
            node.linked += if linked { bytes } else { 0 };
        }
    }

    /// Notes a link in a block's own lines.
    pub(super) fn add_link(&mut self, node: u32) {
        if let Some(node) = self.nodes.get_mut(node as usize) {
            node.links += 1;
        }
    }

    /// All blocks, in document order.
    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Settles which part of the page every block is; `headline` is the block of the headline.
    pub(super) fn regions(&self, inside: &[Sums], headline: Option<u32>) -> Vec<Region> {
        let total = inside.first().map_or(0, |page| page.prose);
        let holds_headline = self.around(headline);
        let furniture = self.furniture(inside, &holds_headline);
        let main = self.main(&furniture, total);
        self.settle(&furniture, main)
    }

    /// For every block the sums over it and all blocks inside.
    #[expect(
        clippy::indexing_slicing,
        reason = "every list has an entry a node, and a node stands in one before it"
    )]
    pub(super) fn sums(&self) -> Vec<Sums> {
        let mut sums: Vec<Sums> = self.nodes.iter().map(Sums::of).collect();
        for (at, node) in self.nodes.iter().enumerate().skip(1).rev() {
            let inside = sums[at];
            if let Some(around) = sums.get_mut(node.parent as usize) {
                around.add(inside);
            }
        }
        sums
    }

    /// Marks a block and all blocks around it.
    #[expect(
        clippy::indexing_slicing,
        reason = "every list has an entry a node, and a node stands in one before it"
    )]
    fn around(&self, node: Option<u32>) -> Vec<bool> {
        let mut around = vec![false; self.nodes.len()];
        let mut at = node.unwrap_or(0) as usize;
        while let Some(node) = self.nodes.get(at).filter(|_| at != 0) {
            around[at] = true;
            at = node.parent as usize;
        }
        around
    }

    /// What each block's names and landmark make it, believed only where it cannot be the article
    /// itself: themes put `has-sidebar` and `category-promo` on the article's own element.
    #[expect(
        clippy::indexing_slicing,
        reason = "every list has an entry a node, and a node stands in one before it"
    )]
    fn furniture(&self, inside: &[Sums], holds_headline: &[bool]) -> Vec<Option<Region>> {
        let total = inside.first().map_or(0, |page| page.prose);
        let is_prose =
            |at: usize| inside[at].prose >= 3 * PROSE && inside[at].linked * 4 < inside[at].text;
        let is_article = |at: usize, hint: Hint| match hint.region {
            Some(Region::Header | Region::Head) => false,
            Some(Region::Comment) => holds_headline[at] || (hint.is_weak && is_prose(at)),
            _ => {
                holds_headline[at] || inside[at].prose * 2 > total || (hint.is_weak && is_prose(at))
            }
        };
        let part = |(at, node): (usize, &Node)| {
            let is_page = matches!(node.tag, Tag::Html | Tag::Body | Tag::Main);
            let is_article = is_page || node.hint.content || is_article(at, node.hint);
            node.hint.region.filter(|_| !is_article)
        };
        self.nodes.iter().enumerate().map(part).collect()
    }

    /// The smallest block that holds nearly all running text outside furniture.
    #[expect(
        clippy::indexing_slicing,
        reason = "every list has an entry a node, and a node stands in one before it"
    )]
    fn main(&self, furniture: &[Option<Region>], total: usize) -> Option<(usize, usize)> {
        let mut kept = vec![true; self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate().skip(1) {
            kept[at] =
                kept[node.parent as usize] && furniture[at].is_none_or(|part| !part.is_furniture());
        }
        let mut prose: Vec<usize> = self
            .nodes
            .iter()
            .zip(&kept)
            .map(|(node, &kept)| if kept { node.prose() } else { 0 })
            .collect();
        let mut last: Vec<usize> = (0..self.nodes.len()).collect();
        for (at, node) in self.nodes.iter().enumerate().skip(1).rev() {
            prose[node.parent as usize] += prose[at];
            last[node.parent as usize] = last[node.parent as usize].max(last[at]);
        }
        let all = prose.first().copied().filter(|&all| all >= 2 * PROSE && total > 0)?;
        // Blocks stand in document order, so the last block that holds nearly all is the smallest.
        let main = prose.iter().rposition(|&part| part * 100 >= all * 85)?;
        Some((main, last[main]))
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "every list has an entry a node, and a node stands in one before it"
    )]
    fn settle(&self, furniture: &[Option<Region>], main: Option<(usize, usize)>) -> Vec<Region> {
        let (first, last) = main.unwrap_or((0, self.nodes.len()));
        let around_main = self.around(u32::try_from(first).ok());
        let mut regions: Vec<Region> = Vec::with_capacity(self.nodes.len());
        for (at, node) in self.nodes.iter().enumerate() {
            let around = regions.get(node.parent as usize).copied().unwrap_or_default();
            regions.push(match furniture[at] {
                _ if at == first || at == 0 => Region::Body,
                Some(region) if !around.is_furniture() || region == Region::Comment => region,
                _ if around != Region::Body || (first..=last).contains(&at) => around,
                _ if around_main[at] => Region::Body,
                _ if at < first => Region::Header,
                _ => Region::Related,
            });
        }
        regions
    }
}

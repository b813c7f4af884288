//! What rules share: the words of messages, what is known of the article's and the targets' times,
//! and which links a reader could follow.

pub(super) mod announced;
pub(super) mod around;
pub(super) mod article;
pub(super) mod finding;
pub(super) mod links;
pub(super) mod literal;
pub(super) mod local;
pub(super) mod phrase;
pub(super) mod replacement;
pub(super) mod target;
pub(super) mod weekday;
pub(super) mod words;

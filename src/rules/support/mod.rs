//! What rules share: the words of messages, what is known of the article's and the targets' times,
//! and which links a reader could follow.

pub mod announced;
pub mod around;
pub mod article;
pub mod finding;
pub mod links;
pub mod literal;
pub mod local;
pub mod phrase;
pub mod replacement;
pub mod target;
pub mod words;

//! A link-provenance checker: it reads an article, finds every link in it, fetches what the links
//! lead to, works out when the article and each target came into being and who says so, and
//! reports where these do not fit.
//!
//! Nobody knows a date; somebody claims it. A [`Claim`](model::Claim) says what happened, when
//! (always an interval, [`When`](model::When)), and who says so, with the place that says it. A
//! [`Rule`](model::Rule) compares claims and fires on what no reading of the intervals excuses. A
//! [`Finding`](model::Finding) carries the claims that convict it, so that a person can check it by
//! hand.
//!
//! ```text
//! read ──> extract ──> fetch ──> date ──> judge ──> report
//! ```
//!
//! [`run`] does all of it; the pure stages in between can be called alone:
//!
//! ```
//! use dateline::model::{Case, Document, Local, Media, Status, Tuning};
//! use dateline::{date, extract, rules};
//!
//! let text = "# The story\n\nMay 25, 2018\n\nSee [more](https://n.example/2025/10/17/a-later-story).\n";
//! let article = Document::new("story.md", Media::Markdown, text);
//! let extract = extract::extract(&article);
//! let dating = date::date(&article, &extract);
//! let statuses = vec![Status::Offline; extract.links.len()];
//! let now = "2026-01-01T00:00:00Z".parse()?;
//! let local = Local::default();
//! let case = Case { article, extract, dating, statuses, local, now };
//! let rules: Vec<_> = rules::RULES.iter().collect();
//! let found = rules::judge(&case, &rules, &Tuning::default());
//! assert_eq!(found[0].rule, "link-postdates-article");
//! assert_eq!(found[0].because.len(), 2);
//! # Ok::<(), jiff::Error>(())
//! ```
//!
//! `docs/architecture.md` says what is in which module, who may call whom, what always holds and what
//! is deliberately absent; CONTRIBUTING how a rule, a format, a medium or a kind of evidence is added
//! to its registry ([`rules::RULES`], [`report::FORMATS`], [`read::FORMATS`], [`extract::EXTRACTORS`],
//! [`date::EVIDENCE`]).

#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

pub mod address;
pub mod config;
pub mod date;
mod decode;
pub mod diff;
pub mod error;
pub mod extract;
pub mod fetch;
mod html;
mod lang;
pub mod learn;
pub mod model;
pub mod read;
pub mod repair;
pub mod report;
pub mod rules;
pub mod run;
pub mod suppress;
pub mod text;

//! What was typed, made into settings: one place decides every default.
//!
//! The clock comes in as a value, so that everything behind it can be repeated.

pub mod cli;
pub mod file;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use http::{HeaderName, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use url::Origin;

use crate::address::pattern::Addresses;
use crate::config::cli::{
    BoundHeader, CheckArgs, CheckOutputArgs, ConfigArgs, DateArgs, FailOn, FetchArgs, InputArgs,
    JudgeArgs, LevelOf, ListArgs, ReportTo, Resume, Rows,
};
use crate::config::file::{ConfigFile, Furniture};
use crate::error::Error;
use crate::fetch::CacheChoice;
use crate::model::{Level, PartialDate, Profile, Rule, Tuning};
use crate::read::{PathGlob, Selection};
use crate::report::View;
use crate::{fetch, read, rules, suppress};

/// Everything that a run needs to know.
pub struct Settings {
    /// What is read.
    pub inputs: Vec<String>,
    /// How it is read.
    pub read: read::Options,
    /// The time of judging.
    pub now: Timestamp,
    /// How far the pipeline goes.
    pub view: View,
    /// The rules that are switched on, in the registry's order.
    pub rules: Vec<&'static Rule>,
    /// What rules may look at.
    pub tuning: Tuning,
    /// Whether nothing may be fetched.
    pub offline: bool,
    /// Which addresses may be asked.
    pub addresses: Addresses,
    /// Which files are not read.
    pub exclude: Vec<PathGlob>,
    /// The only files that are read, if there are any.
    pub include: Vec<PathGlob>,
    /// How links are fetched.
    pub fetch: fetch::Settings,
    /// Which findings count.
    pub suppress: suppress::Settings,
    /// The git revision since which changes are judged, if only those are.
    pub changed_since: Option<String>,
    /// The file of the clocks that were learnt from sites.
    pub clocks: Option<PathBuf>,
    /// The file of the findings that are known.
    pub baseline: Option<PathBuf>,
    /// Whether that file is to be written instead of read.
    pub write_baseline: bool,
    /// From which level on findings fail the run.
    pub fail_on: Vec<FailOn>,
    /// The name of the report's format.
    pub format: String,
    /// The file that the report goes to, instead of standard output.
    pub output: Option<PathBuf>,
    /// Reports beside that one.
    pub reports: Vec<ReportTo>,
    /// The most links that are followed.
    pub max_links: Option<usize>,
    /// Which rows are written.
    pub rows: Rows,
    /// Whether the run goes on where an earlier one ended.
    pub resume: Option<Resume>,
    /// Whether the time of judging was given.
    pub now_is_given: bool,
    /// What is furniture on certain pages.
    pub furniture: Vec<Furniture>,
}

/// How many links are followed where the inputs come from a stranger.
const UNTRUSTED_LINKS: usize = 10_000;

impl Settings {
    /// What `dateline check …` means; `user_cache` is the folder for what may be lost.
    ///
    /// # Errors
    ///
    /// A usage error where the options make no sense together.
    pub fn check(
        args: CheckArgs,
        clock: Timestamp,
        user_cache: Option<PathBuf>,
    ) -> Result<Self, Error> {
        let CheckArgs { input, judge, fetch, output, config } = args;
        let ConfigArgs { config: _, no_config: _, allow_env: _, untrusted } = config;
        let JudgeArgs {
            profile,
            select,
            ignore,
            level,
            no_suppress,
            suppress: _,
            changed_since,
            clocks,
            baseline,
            write_baseline,
            fail_on,
        } = judge;
        let CheckOutputArgs { format, output, report, rows, resume } = output;
        if resume.is_some() {
            can_go_on(&format, output.as_deref(), !report.is_empty() || write_baseline)?;
        }
        let is_part = resume.is_some() || input.shard.is_some();
        let (tuning, off) = tuned(profile.into(), &level);
        let offline = fetch.offline;
        let addresses =
            Addresses { exclude: fetch.exclude_url.clone(), include: fetch.include_url.clone() };
        let listed = Self::list(ListArgs { input, format, output }, View::Check, clock)?;
        let root = untrusted.then(|| PathBuf::from("."));
        Ok(Self {
            read: read::Options { root, ..listed.read },
            rules: selected(&select, &[ignore, off].concat())?,
            tuning,
            offline,
            addresses,
            fetch: fetching(fetch, user_cache),
            suppress: suppress::Settings {
                no_suppress,
                write_baseline,
                is_part,
                ..suppress::Settings::default()
            },
            changed_since,
            clocks,
            baseline,
            write_baseline,
            fail_on: if write_baseline { Vec::new() } else { fail_on },
            reports: report,
            max_links: untrusted.then_some(UNTRUSTED_LINKS),
            rows,
            resume,
            ..listed
        })
    }

    /// Lets the findings of these rules be seen whatever their level: they were asked for by name.
    /// Only those that are certain are seen all the same, unless the profile shows every doubt.
    pub fn show(&mut self, rules: &[String]) {
        for rule in rules.iter().filter_map(|rule| rules::by_id(rule)) {
            if rule.level < Level::Warning {
                self.tuning.levels.entry(rule.id.to_owned()).or_insert(Level::Warning);
            }
        }
    }

    /// Adds what a configuration file says beyond the options.
    ///
    /// # Errors
    ///
    /// A usage error where the archive that is named is not described.
    pub fn configure(&mut self, file: ConfigFile) -> Result<(), Error> {
        // The options are among the arguments already, and the entries are for showing.
        let ConfigFile {
            arguments: _,
            entries: _,
            places: _,
            allow,
            overrides,
            hosts,
            archives,
            headers,
            furniture,
        } = file;
        self.suppress.allow = allow;
        self.suppress.overrides = overrides;
        self.fetch.hosts = hosts;
        self.fetch.headers.extend(headers.into_iter().map(bound));
        self.furniture = furniture;
        let choice = std::mem::take(&mut self.fetch.archive);
        self.fetch.archive = choice.among(&archives).map_err(|problem| Error::Usage {
            problem,
            help: "describe it in dateline.toml under [[archive]], with a name and a timemap, or \
                   give the address of its TimeMaps"
                .into(),
        })?;
        Ok(())
    }

    /// What `dateline date …` means.
    ///
    /// # Errors
    ///
    /// A usage error where the options make no sense together.
    pub fn date(args: DateArgs, clock: Timestamp) -> Result<Self, Error> {
        let DateArgs { list, offline, clocks } = args;
        Ok(Self { offline, clocks, ..Self::list(list, View::Dates, clock)? })
    }

    /// What `dateline links …` means, and what all commands that read have in common.
    ///
    /// # Errors
    ///
    /// A usage error where the options make no sense together.
    pub fn list(args: ListArgs, view: View, clock: Timestamp) -> Result<Self, Error> {
        let ListArgs { input, format, output } = args;
        let InputArgs {
            inputs,
            input_format,
            exclude,
            include,
            records,
            shard,
            article_date,
            base_url,
            now,
        } = input;
        let format_of_input =
            input_format.and_then(|name| read::FORMATS.iter().find(|format| format.name == name));
        Ok(Self {
            inputs,
            read: read::Options {
                format: format_of_input,
                base: base_url,
                article_date,
                root: None,
                home: None,
                leave_out: Vec::new(),
                selection: Selection::default(),
                tally: Arc::default(),
                records: records.unwrap_or_default(),
                shard,
                known: None,
                originals: Arc::default(),
            },
            now_is_given: now.is_some(),
            now: now.map_or(clock, judging_time),
            view,
            rules: Vec::new(),
            tuning: Tuning::default(),
            offline: false,
            addresses: Addresses::default(),
            exclude,
            include,
            fetch: fetch::Settings::default(),
            suppress: suppress::Settings::default(),
            changed_since: None,
            clocks: None,
            baseline: None,
            write_baseline: false,
            fail_on: Vec::new(),
            format,
            output,
            reports: Vec::new(),
            max_links: None,
            rows: Rows::Full,
            resume: None,
            furniture: Vec::new(),
        })
    }
}

/// Whether a run can go on where its output ends.
fn can_go_on(format: &str, output: Option<&Path>, writes_more: bool) -> Result<(), Error> {
    if format != "jsonl" || output.is_none() {
        return Err(Error::usage(
            "--resume goes on with rows, and none are written to a file",
            "add --format jsonl --output FILE",
        ));
    }
    if writes_more {
        return Err(Error::usage(
            "--resume judges only what has no row yet, which is too little for another report or a \
             baseline",
            "leave them out, and write reports from the rows: dateline report ROWS --format …",
        ));
    }
    Ok(())
}

/// A day, month or year as a time of judging means its last second in UTC: nothing of that day is in
/// the future.
fn judging_time(date: PartialDate) -> Timestamp {
    // A printed day ends last at UTC-12.
    const AFTER_UTC: SignedDuration = SignedDuration::from_secs(12 * 3600 + 1);
    match date {
        PartialDate::Zoned(..) => date.when().earliest,
        _ => date.when().before.saturating_sub(AFTER_UTC).unwrap_or(Timestamp::MAX),
    }
}

/// How links are fetched: what was typed, and what is polite where nothing was.
#[must_use]
pub fn fetching(args: FetchArgs, user_cache: Option<PathBuf>) -> fetch::Settings {
    let FetchArgs {
        offline: _,
        no_offline: _,
        no_robots: _,
        exclude_url: _,
        include_url: _,
        max_concurrency,
        host_concurrency,
        host_interval,
        timeout,
        deadline,
        allow_net,
        robots,
        cache,
        archive,
        record,
        replay,
        proxy,
        user_agent,
        header,
    } = args;
    let default = fetch::Settings::default();
    fetch::Settings {
        timeout,
        deadline,
        max_concurrency: max_concurrency.into(),
        host_concurrency: host_concurrency.into(),
        host_interval,
        allow_net,
        user_agent: user_agent.unwrap_or(default.user_agent),
        headers: header.into_iter().map(bound).collect(),
        proxy,
        robots,
        cache: cache_choice(cache, user_cache),
        archive,
        record,
        replay,
        ..default
    }
}

fn bound(header: BoundHeader) -> (Origin, HeaderName, HeaderValue) {
    (header.origin, header.name, header.value)
}

fn cache_choice(typed: Option<PathBuf>, user_cache: Option<PathBuf>) -> CacheChoice {
    match typed {
        Some(word) if word.as_os_str() == "off" => CacheChoice::Off,
        Some(file) => CacheChoice::File(file),
        None => user_cache.map_or(CacheChoice::Off, |folder| {
            CacheChoice::File(folder.join("dateline").join("outcomes.sqlite"))
        }),
    }
}

/// The levels of rules, the last word on each holding, and the rules that are switched off.
fn tuned(profile: Profile, levels: &[LevelOf]) -> (Tuning, Vec<String>) {
    let levels: BTreeMap<&str, Option<Level>> =
        levels.iter().map(|of| (of.rule, of.level)).collect();
    let off = levels.iter().filter(|(_, level)| level.is_none());
    let off = off.map(|(&rule, _)| rule.to_owned()).collect();
    let levels = levels.into_iter().filter_map(|(rule, level)| Some((rule.to_owned(), level?)));
    (Tuning { profile, levels: levels.collect(), clocks: None }, off)
}

fn selected(select: &[String], ignore: &[String]) -> Result<Vec<&'static Rule>, Error> {
    let named = |names: &[String], rule: &Rule| names.iter().any(|name| name == rule.id);
    let rules: Vec<_> = rules::RULES
        .iter()
        .filter(|rule| select.is_empty() || named(select, rule))
        .filter(|rule| !named(ignore, rule))
        .collect();
    if rules.is_empty() {
        return Err(Error::usage(
            "every rule is switched off",
            "leave out --ignore, or select a rule that is not ignored; `dateline rules` lists them",
        ));
    }
    Ok(rules)
}

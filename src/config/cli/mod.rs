//! What was typed. What it means is decided in `config`.

mod fetching;
mod reporting;
mod values;

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ColorChoice, Parser, Subcommand};
use url::Url;

use crate::model::PartialDate;
use crate::read::{PathGlob, RecordFilter, Shard};
use crate::{read, report, rules};

pub use fetching::{BoundHeader, FetchArgs, FetchCommandArgs};
pub use reporting::{
    ClocksCommand, DiffArgs, DiffFormat, LearnArgs, ReportArgs, StatsArgs, StatsFormat,
};
pub use values::{FailOn, LevelOf, ProfileArg, ReportTo, Resume, Rows};
use values::{level_of, report_to};

/// Finds links whose dates, names and targets do not fit the article they stand in.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, about, max_term_width = 100, after_help = EXIT_STATUS)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How to talk about it.
    #[command(flatten)]
    pub messaging: Messaging,
}

const EXIT_STATUS: &str = "\
Exit status:
  0  nothing at or above --fail-on
  1  findings
  2  the run itself failed: a bad flag, an input that could not be read
  130  interrupted (Ctrl-C): what was found until then is reported

`dateline check article.txt` is the main thing; `dateline rules` lists what it looks for.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report what does not fit in articles and their links
    #[command(after_help = EXIT_STATUS)]
    Check(Box<CheckArgs>),
    /// List every link, with where it stands, what introduces it and what it is for
    Links(ListArgs),
    /// Tell what is claimed about the dates of documents, best first
    ///
    /// A web address that is not fetched is dated by what it says itself: a day in its path, or the
    /// time that is inside the identifiers of many platforms (docs/clocks.md lists them).
    Date(DateArgs),
    /// Ask addresses, and write a row of what came of each
    ///
    /// A row of JSON Lines that has such rows as its `outcomes` is judged with them by `dateline
    /// check --offline`, as if they had been fetched there. No configuration is read.
    Fetch(Box<FetchCommandArgs>),
    /// Explain a rule: what it finds, why it matters, how to silence it
    Explain {
        /// The rule's name
        #[arg(value_parser = rule_names())]
        rule: String,
    },
    /// List all rules
    Rules,
    /// Apply the repairs that findings suggest: exactly the named bytes, nothing else
    Fix(Box<FixArgs>),
    /// Write any report from the rows (`--format jsonl`) of earlier runs
    Report(ReportArgs),
    /// Tell which findings came, went and changed between two runs, and which links died
    Diff(DiffArgs),
    /// Count links that are dead, drifted, archived or too new, with intervals, from the rows of runs
    Stats(StatsArgs),
    /// Learn how the numbers in a site's addresses grow with the days
    #[command(subcommand)]
    Clocks(ClocksCommand),
    /// Write a dateline.toml that explains itself
    Init,
    /// Print the settings in force and where each comes from
    Config(Box<ConfigCommandArgs>),
    /// Print a shell's completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual, or write its pages to a folder
    Man {
        /// The folder for the pages (`~/.local/share/man/man1`), instead of standard output
        folder: Option<PathBuf>,
    },
}

/// Arguments of `fix`.
#[derive(Args, Debug)]
pub struct FixArgs {
    /// What is checked, and how.
    #[command(flatten)]
    pub check: CheckArgs,

    /// Show what would change, as a unified diff, and change nothing
    #[arg(long, help_heading = "Repairs")]
    pub diff: bool,

    /// Apply only the repairs of these rules
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = rule_names(), help_heading = "Repairs")]
    pub rule: Vec<String>,
}

/// Arguments of `config`.
#[derive(Args, Debug)]
pub struct ConfigCommandArgs {
    /// What would be checked, and how.
    #[command(flatten)]
    pub check: CheckArgs,

    /// Print the JSON schema of dateline.toml instead
    #[arg(long, help_heading = "Configuration")]
    pub schema: bool,
}

/// What is read, for every command that reads.
#[derive(Args, Clone, Debug)]
pub struct InputArgs {
    /// Files, directories, globs, http(s) addresses, or `-` for standard input
    #[arg(value_name = "INPUT", default_value = ".")]
    pub inputs: Vec<String>,

    /// Read every input as this format instead of guessing from its name and first bytes
    #[arg(long, value_name = "FORMAT", value_parser = input_format_names(), help_heading = "Input")]
    pub input_format: Option<String>,

    /// Leave out the files that this glob matches, as in a .gitignore (drafts/, *.draft.md); may be
    /// given several times
    #[arg(long, value_name = "GLOB", help_heading = "Input")]
    pub exclude: Vec<PathGlob>,

    /// Read only files that such a glob matches; may be given several times
    #[arg(long, value_name = "GLOB", help_heading = "Input")]
    pub include: Vec<PathGlob>,

    /// Read only such captures of web archives: url=GLOB,from=DATE,to=DATE,media=GLOB,status=NUMBER,
    /// any of them
    #[arg(long, value_name = "FILTER", help_heading = "Input")]
    pub records: Option<RecordFilter>,

    /// Read only this part of all documents, such as 3/16, the third of sixteen: which documents it
    /// holds is told by the names of their files and is the same on every machine
    #[arg(long, value_name = "N/OF", help_heading = "Input")]
    pub shard: Option<Shard>,

    /// Take every article to be published on this date (2018-05-25, 2018-05, 2018 or a full
    /// timestamp), whatever it says itself
    #[arg(long, value_name = "DATE", help_heading = "Input")]
    pub article_date: Option<PartialDate>,

    /// Resolve relative links against this address
    #[arg(long, value_name = "URL", help_heading = "Input")]
    pub base_url: Option<Url>,

    /// The time of judging, instead of the clock: the same inputs then give the same bytes
    #[arg(long, value_name = "DATE", help_heading = "Input")]
    pub now: Option<PartialDate>,
}

/// Arguments of `check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// What is read.
    #[command(flatten)]
    pub input: InputArgs,
    /// Which findings count.
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// How links are fetched.
    #[command(flatten)]
    pub fetch: FetchArgs,
    /// Where the report goes.
    #[command(flatten)]
    pub output: CheckOutputArgs,
    /// Where the configuration is.
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// Where the configuration is.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Configuration")]
pub struct ConfigArgs {
    /// Read this configuration instead of the nearest dateline.toml above the first input
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Read no configuration
    #[arg(long)]
    pub no_config: bool,

    /// Let headers in the configuration use this variable of the environment; those whose names
    /// begin with `DATELINE_` they may use always
    #[arg(long, value_name = "NAME")]
    pub allow_env: Vec<String>,

    /// The inputs come from a stranger: read no configuration but one that is named with --config,
    /// no file outside this folder, and follow at most 10,000 links
    #[arg(long)]
    pub untrusted: bool,
}

/// Which findings count.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Rules")]
pub struct JudgeArgs {
    /// Who reads the findings: `ci` wants few, each certain; `audit` wants every doubt
    #[arg(long, value_enum, default_value_t)]
    pub profile: ProfileArg,

    /// Run only these rules
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = rule_names())]
    pub select: Vec<String>,

    /// Do not run these rules
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = rule_names())]
    pub ignore: Vec<String>,

    /// Give findings of a rule this level: error, warning, note or off; may be given several times
    #[arg(long, value_name = "RULE=LEVEL", value_parser = level_of)]
    pub level: Vec<LevelOf>,

    /// Judge only what has changed since this git revision, the working tree among it: of the
    /// files that were touched, the links and findings on touched lines
    #[arg(long, value_name = "REV")]
    pub changed_since: Option<String>,

    /// Show what comments in the articles suppress, too
    #[arg(long, overrides_with = "suppress")]
    pub no_suppress: bool,

    /// Heed comments in the articles, whatever the configuration says
    #[arg(long, hide = true)]
    pub suppress: bool,

    /// Date links and articles by the numbers in their addresses, as this file of `dateline clocks
    /// learn` tells of their sites, and find articles whose day does not fit their number
    #[arg(long, value_name = "FILE")]
    pub clocks: Option<PathBuf>,

    /// Count only findings that this file does not know (see --write-baseline)
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Write all findings of this run to the baseline, and fail for none of them
    #[arg(long)]
    pub write_baseline: bool,

    /// Exit with 1 if a finding is at least this severe; with `warning,unfetched` also if a link
    /// has no answer
    #[arg(
        long,
        value_enum,
        value_name = "LEVEL,…",
        value_delimiter = ',',
        default_value = "warning"
    )]
    pub fail_on: Vec<FailOn>,
}

/// Where the report of `check` goes.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Output")]
pub struct CheckOutputArgs {
    /// The report's format
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = format_names(report::View::Check))]
    pub format: String,

    /// Write the report to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Write another report, in that format, to that file; may be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = report_to)]
    pub report: Vec<ReportTo>,

    /// Which rows `jsonl` and `json` write: `compact` ones leave out links without a finding and
    /// claims that nothing rests on
    #[arg(long, value_enum, value_name = "ROWS", default_value_t)]
    pub rows: Rows,

    /// Go on where the rows of an earlier run end (`--format jsonl --output FILE`): documents that
    /// have a row are not read again; with `failed` those that could not be read are tried again
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "rest"
    )]
    pub resume: Option<Resume>,
}

/// Arguments of `links`, which `date` has, too.
#[derive(Args, Debug)]
pub struct ListArgs {
    /// What is read.
    #[command(flatten)]
    pub input: InputArgs,

    /// The format of the list
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = format_names(report::View::Links), help_heading = "Output")]
    pub format: String,

    /// Write the list to this file instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
}

/// Arguments of `date`.
#[derive(Args, Debug)]
pub struct DateArgs {
    /// What is read, and where the list goes.
    #[command(flatten)]
    pub list: ListArgs,

    /// Fetch nothing; date web addresses by what they say themselves
    #[arg(long, help_heading = "Input")]
    pub offline: bool,

    /// Date documents by the numbers in their addresses, too, as this file of `dateline clocks learn`
    /// tells of their sites
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub clocks: Option<PathBuf>,
}

/// How to talk about it.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Messages")]
pub struct Messaging {
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value_t = ColorChoice::Auto, global = true)]
    pub color: ColorChoice,

    /// Say nothing on standard error but what ends the run
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Tell what is being done, on standard error
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

fn rule_names() -> PossibleValuesParser {
    PossibleValuesParser::new(rules::RULES.iter().map(|rule| rule.id))
}

fn format_names(view: report::View) -> PossibleValuesParser {
    let formats = report::FORMATS.iter().filter(|format| format.views.contains(&view));
    PossibleValuesParser::new(
        formats.map(|format| clap::builder::PossibleValue::new(format.name).help(format.help)),
    )
}

fn input_format_names() -> PossibleValuesParser {
    PossibleValuesParser::new(
        read::FORMATS
            .iter()
            .map(|format| clap::builder::PossibleValue::new(format.name).help(format.help)),
    )
}

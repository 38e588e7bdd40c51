//! The way out of each error.

use std::borrow::Cow;

use super::columns::Role;
use super::error::TraceError;
use super::format::TimeFormat;
use super::reason::{Reason, shown};
use super::summary::{BadRow, Shape, Summary};
use crate::catalog::near;

impl TraceError {
    /// The way out.
    #[must_use]
    pub fn hint(&self) -> Cow<'static, str> {
        if let Some(filter) = self.near_filter() {
            return format!("did you mean `--where {filter}`?").into();
        }
        if let Some(name) = self.near_name() {
            return format!("did you mean `{name}`?").into();
        }
        self.usual_hint().into()
    }

    fn usual_hint(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } | Self::Empty { .. } => {
                "name a file of logged calls: CSV with a header, JSON, or Parquet"
            }
            Self::Parquet { problem, .. } => problem.hint(),
            Self::NotAFile { .. } => "name a regular file, or `-` to read the standard input",
            Self::RepeatsWithHits => {
                "add `--repeated-calls bill` to count every row, or leave `--cache-from` out"
            }
            Self::RepeatsOfParts => {
                "`--repeated-calls last` looks for them in each part alone, `--repeated-calls bill` counts every row"
            }
            Self::TooManyModels => {
                "name the model, to price all calls as its own, or pick rows with `--where`"
            }
            Self::NoLogs { .. } => {
                "their names end in `.csv`, `.tsv`, `.txt`, `.log`, `.json`, `.jsonl`, `.ndjson` or `.parquet`, and then perhaps in `.gz` or `.zst`; name other files one by one"
            }
            Self::NoMatch { .. } | Self::NotAPattern { .. } => {
                "name a file, a folder, or a pattern such as `logs/*.jsonl`"
            }
            Self::TooManyFiles => {
                "put files of one time together: `cat` for JSON Lines, gzip and zstd of it"
            }
            Self::Truncated { .. } => "copy the file again; part of it is missing",
            Self::NotUtf8 { .. } => {
                "save it as UTF-8; from UTF-16, `iconv -f UTF-16 -t UTF-8` does it"
            }
            Self::NoHashes { .. } => "leave `--cache-from` out",
            Self::GivenTwice { .. } => "give each once",
            Self::Corrupt { .. } => {
                "copy the file again, or decompress it with its own program and pipe the text in, with `-` as the file"
            }
            Self::Json { problem, .. } => problem.hint(),
            Self::NotUtf16 { .. } => "copy the file again, or save it as UTF-8",
            Self::NoHeader { .. } => {
                "begin a CSV file with the names of its columns; each line of JSON Lines is an object"
            }
            Self::NoSuchColumn { .. } => "name columns of the header in `--columns`",
            Self::UnknownColumn { role, .. } if *role == Role::Requests => {
                "name it: `--columns requests=…`, or `--columns time=…` where each row is a call"
            }
            Self::RepeatedFilter { .. } => "give each column of the file a name of its own",
            Self::AmbiguousColumn { columns, .. } if are_alike(columns) => {
                "give each column of the file a name of its own"
            }
            Self::AmbiguousColumn { role, .. } if *role == Role::Requests => {
                "name it: `--columns requests=…`"
            }
            Self::UnclearCached { .. } => {
                "say where they count with `--cached inside` or `--cached beside`"
            }
            Self::AmbiguousColumn {
                role: Role::Cache(_),
                ..
            } => {
                "say where they count with `--cached inside` or `--cached beside`, or name one: `--columns cached=…,cache_write=…`"
            }
            Self::UnknownColumn { header, .. } if header.iter().any(|name| name.contains('\r')) => {
                "end each row with a newline"
            }
            Self::UnknownColumn { .. } | Self::AmbiguousColumn { .. } => {
                "name the columns: `--columns time=…,input=…,output=…`"
            }
            Self::UnknownFilter { .. } => {
                "name a column of the header in `--where <COLUMN>=<VALUE>`"
            }
            Self::UnclearTime { .. } => {
                "say the unit with `--time-unit`; times may then also be counted from 0"
            }
            Self::LongSums { .. } => {
                "get the sums of minutes, as OpenAI gives with `bucket_width=1m`, or price them with `quote tokens`"
            }
            Self::UnitOfDates { .. } => "leave `--time-unit` out",
            Self::OutOfOrder { .. } => "sort the rows of the file by time",
            Self::BadRows(summary) if are_of_another_unit(summary) => {
                "give the unit of their times with `--time-unit`, or leave it out where they are dates"
            }
            Self::BadRows(summary) if have_no_time(summary) => {
                "write them as RFC 3339, as `2023-11-16 18:17:03` or as Unix times, or name another column: `--columns time=…`"
            }
            Self::BadRows(summary) if is_all_bad_json(summary) => {
                "write one object a line, as `jq -c .` does"
            }
            Self::BadRows(summary)
                if has_reason(summary, |reason| {
                    matches!(reason, Reason::Twice(Role::Cache(_)))
                }) =>
            {
                "name the field that counts: `--columns cached=…,cache_write=…`"
            }
            Self::BadRows(summary) if has_reason(summary, |reason| *reason == Reason::NoHashes) => {
                "name the field with the hashes of blocks: `--cache-from <FIELD>`"
            }
            Self::BadRows(summary)
                if has_reason(summary, |reason| {
                    matches!(reason, Reason::OtherHashes { .. })
                }) =>
            {
                "say with `--cache-block` how many tokens a block has"
            }
            Self::BadRows(summary)
                if has_reason(summary, |reason| {
                    matches!(reason, Reason::CachedAboveInput { .. })
                }) =>
            {
                "where cached tokens are no part of the input tokens, `--cached beside` reads them so"
            }
            Self::BadRows(_) => "correct them, or leave them out with `--skip-bad-rows`",
            Self::NoCalls(summary) if summary.odd.failed > 0 && summary.bad.count == 0 => {
                "add `--failed-calls bill` to bill them as any other"
            }
            Self::NoCalls(summary) if summary.bad.count > 0 => {
                "look at the first: `--columns` and `--time-unit` say how rows are read"
            }
            Self::NoCalls(summary) if summary.seen.missing().is_some() => {
                "name a column that is there in `--where <COLUMN>=<VALUE>`"
            }
            Self::NoCalls(summary) if summary.filtered > 0 => {
                "`--where` compares the whole text of a column, in upper and lower case"
            }
            Self::NoCalls(summary) if summary.other_rows > 0 => {
                "name a file that has calls, or say with `--log-format` what it is"
            }
            Self::NoCalls(_) => "name a file that has rows",
            Self::MixedTimes { counted, dated } if counted == dated => {
                "look for rows whose time is 0 or in another unit"
            }
            Self::MixedTimes { .. } => "price them one by one",
            Self::TooLarge(error) => error.hint().unwrap_or("split the trace by time"),
        }
    }

    /// The filter that is most like one that no row passes.
    fn near_filter(&self) -> Option<String> {
        let Self::NoCalls(summary) = self else {
            return None;
        };
        if summary.bad.count > 0 {
            return None;
        }
        let seen = &summary.seen;
        let columns = || seen.columns.iter().map(String::as_str);
        summary.filters.iter().find_map(|filter| {
            let (column, value) = filter.split_once('=')?;
            let mut filtered = seen.filtered.iter();
            let known = filtered.find(|known| known.name == column)?;
            if !known.is_there {
                let near = near(column, columns()).into_iter().next()?;
                return Some(format!("{near}={value}"));
            }
            if known.passes || seen.missing().is_some() {
                return None;
            }
            // A shell takes these as they are.
            let is_bare = |text: &&str| {
                text.bytes()
                    .all(|byte| byte > b' ' && !b"'\"`$\\&|;<>()*?[]#~!{}".contains(&byte))
            };
            let values = known.values.iter().map(String::as_str);
            let near = near(value, values.filter(is_bare));
            Some(format!("{column}={}", near.first()?))
        })
    }

    /// The column that is most like the one that is not there.
    fn near_name(&self) -> Option<String> {
        let (Self::NoSuchColumn { column, header, .. }
        | Self::UnknownFilter { column, header, .. }) = self
        else {
            return None;
        };
        let names = header.iter().map(String::as_str);
        near(column, names)
            .first()
            .map(|name| shown(name.as_bytes()))
    }
}

/// Whether no row is good, and the first is a number that is no time in the unit of its file.
fn are_of_another_unit(summary: &Summary) -> bool {
    let is_number = |row: &BadRow| matches!(row.reason, Reason::OutOfYears(_, TimeFormat::Unix(_)));
    summary.bad.count == summary.rows && summary.bad.first.first().is_some_and(is_number)
}

/// Whether no row is good, and the first ones are no times at all.
fn have_no_time(summary: &Summary) -> bool {
    let is_none = |row: &BadRow| matches!(row.reason, Reason::NotATime(_));
    summary.bad.count == summary.rows && summary.bad.first.iter().all(is_none)
}

/// Whether the first bad row is bad for this reason.
fn has_reason(summary: &Summary, is_it: impl Fn(&Reason) -> bool) -> bool {
    let first = summary.bad.first.first();
    first.is_some_and(|row| is_it(&row.reason))
}

fn are_alike(names: &[String]) -> bool {
    names.windows(2).all(|pair| pair.first() == pair.last())
}

/// Whether no line of JSON could be read, as in a file that spreads an object over several.
fn is_all_bad_json(summary: &Summary) -> bool {
    let (mut files, mut bad) = (summary.files.iter(), summary.bad.first.iter());
    summary.bad.count == summary.rows
        && bad.all(|row| matches!(row.reason, Reason::Json(_)))
        && files.all(|file| file.shape.is_some_and(Shape::is_json) && file.time.is_none())
}

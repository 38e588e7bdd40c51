//! Workflow commands of GitHub Actions, which mark lines of the plan in a pull request.

use super::{Baseline, CheckReport, words};
use crate::plan::Located;

/// The most annotations that GitHub shows of a step.
const MOST: usize = 10;

/// A workflow command: a line that the runner reads.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Command {
    level: &'static str,
    /// The file, and line and column in it, from 1.
    place: Option<(String, usize, usize)>,
    title: &'static str,
    message: String,
}

/// The exceeded budgets, or else the verdict; then what is paid by whole months. GitHub shows as many
/// notices as errors, each up to [`MOST`].
pub fn render(report: &CheckReport) -> String {
    let mut notices = paid_otherwise(report);
    notices.extend(missed(report));
    let warning = report.baseline.as_ref().and_then(Baseline::warning);
    notices.extend(warning.map(|message| Command {
        level: "warning",
        place: None,
        title: "Baseline cannot be priced",
        message,
    }));
    if report.breaches.is_empty() {
        let verdict = Command {
            level: "notice",
            place: None,
            title: "Cost check",
            message: words::verdict(report),
        };
        notices.insert(0, verdict);
    }
    let breaches = lines(breaches(report), |more| {
        format!("{more} more budgets are exceeded: the log names them")
    });
    let notices = lines(notices, |more| {
        format!("{more} more notices are of this plan: the table has them")
    });
    breaches + &notices
}

/// Calls of logs that no deployment takes, at the first deployment of that log.
fn missed(report: &CheckReport) -> impl Iterator<Item = Command> {
    report.missed.iter().map(|missed| Command {
        level: "warning",
        place: report
            .places
            .get(missed.first)
            .map(|(line, column)| (report.file.clone(), *line, *column)),
        title: "Calls in no deployment",
        message: words::missed(missed),
    })
}

fn breaches(report: &CheckReport) -> Vec<Command> {
    let level = if report.warn_only { "warning" } else { "error" };
    let breaches = report.breaches.iter().map(|breach| Command {
        level,
        place: breach
            .place
            .map(|(line, column)| (report.file.clone(), line, column)),
        title: "Budget exceeded",
        message: breach.message.clone(),
    });
    breaches.collect()
}

/// Deployments whose months or other terms last longer than the period, or what is bought shorter.
fn paid_otherwise(report: &CheckReport) -> Vec<Command> {
    let deployments = report.priced.deployments.iter().zip(&report.places);
    let notices = deployments.filter_map(|(priced, (line, column))| {
        let months = priced.months.as_ref();
        let (title, paid) = match months {
            Some(months) => ("Paid by whole months", words::paid_months(report, months)),
            None => match words::paid_terms(priced) {
                Some(paid) => ("Paid by whole terms", paid),
                None => (
                    "For a part of the period",
                    words::covered(priced, report.days)?,
                ),
            },
        };
        Some(Command {
            level: "notice",
            place: Some((report.file.clone(), *line, *column)),
            title,
            message: format!("{}: {paid}", priced.deployment.name),
        })
    });
    notices.collect()
}

/// Commands for the errors in a plan, and the errors for which there is no command.
pub fn problems(problems: &[Located]) -> (String, &[Located]) {
    let commands = problems.iter().map(|problem| Command {
        level: "error",
        place: Some((problem.file.clone(), problem.line, problem.column)),
        title: "Plan cannot be priced",
        message: problem.message.clone(),
    });
    let named = match problems.len() {
        all if all <= MOST => all,
        _ => MOST.saturating_sub(1),
    };
    let text = lines(commands.collect(), |more| {
        format!("{more} more errors are in the plan: the log names them")
    });
    (text, problems.get(named..).unwrap_or_default())
}

/// The command for a failure, at its file, line and column where it has some.
pub fn failure(place: Option<(&str, usize, usize)>, message: &str) -> String {
    let command = Command {
        level: "error",
        place: place.map(|(file, line, column)| (file.to_owned(), line, column)),
        title: "Plan cannot be priced",
        message: message.to_owned(),
    };
    command.line()
}

/// One line a command. Of too many the last says how many there are besides.
fn lines(mut commands: Vec<Command>, more: impl Fn(usize) -> String) -> String {
    let all = commands.len();
    if all > MOST {
        commands.truncate(MOST);
        if let Some(last) = commands.last_mut() {
            last.message = more(all.saturating_sub(MOST).saturating_add(1));
        }
    }
    commands.iter().map(Command::line).collect()
}

impl Command {
    fn line(&self) -> String {
        let mut properties = Vec::new();
        if let Some((file, line, column)) = &self.place {
            let file = file.strip_prefix("./").unwrap_or(file);
            properties.push(format!("file={}", property(file)));
            properties.push(format!("line={line}"));
            properties.push(format!("col={column}"));
        }
        properties.push(format!("title={}", property(self.title)));
        let message = data(&self.message);
        format!("::{} {}::{message}\n", self.level, properties.join(","))
    }
}

/// Text after the last `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Text after an `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(number: usize) -> Located {
        Located {
            file: "./a,b:100%.toml".to_owned(),
            line: number,
            column: 2,
            message: format!("{number}% is :: too, much\r\n::stop-commands::x"),
        }
    }

    #[test]
    fn what_would_end_a_command_or_a_property_is_escaped() {
        assert_eq!(
            problems(&[problem(7)]).0,
            "::error file=a%2Cb%3A100%25.toml,line=7,col=2,title=Plan cannot be priced::7%25 is :: \
             too, much%0D%0A::stop-commands::x\n"
        );
    }

    #[test]
    fn ten_are_named_and_of_eleven_the_last_says_how_many_are_not() {
        let all: Vec<Located> = (1..=11).map(problem).collect();
        let (text, rest) = problems(&all[..10]);
        assert_eq!((text.lines().count(), rest.len()), (10, 0));
        assert!(!text.contains("more errors"));
        let (text, rest) = problems(&all);
        assert_eq!((text.lines().count(), rest), (10, &all[9..]));
        assert!(text.ends_with("::2 more errors are in the plan: the log names them\n"));
        assert_eq!(text.matches("line=10,").count(), 1);
    }
}

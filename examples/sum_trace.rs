//! Reads a trace and adds up its minutes: `sum_trace [--careful] <FILE>...`. For benchmarks of the
//! reading alone.

use std::io::Write;
use std::path::Path;

use tollgate::billing::kind::Tokens;
use tollgate::trace::{Call, Calls, Minute, Options, Sink, Source, TimeUnit, TooLarge, read};

#[derive(Default)]
struct Sums {
    minute: Option<Minute>,
    minutes: u64,
    peak: u64,
    now: Calls,
    all: Calls,
}

impl Sums {
    fn turn(&mut self, minute: Minute) {
        if self.minute != Some(minute) {
            self.minute = Some(minute);
            self.minutes = self.minutes.saturating_add(1);
            self.now = Calls::default();
        }
    }

    fn add(&mut self, sums: Calls) {
        for to in [&mut self.now, &mut self.all] {
            to.calls = to.calls.saturating_add(sums.calls);
            to.tokens.input = to.tokens.input.saturating_add(sums.tokens.input);
            to.tokens.output = to.tokens.output.saturating_add(sums.tokens.output);
        }
        self.peak = self.peak.max(self.now.tokens.input);
    }
}

impl Sink for Sums {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        self.turn(minute);
        let mut sums = Calls::default();
        for call in calls {
            sums.calls = sums.calls.wrapping_add(1);
            sums.tokens.input = sums.tokens.input.wrapping_add(call.input.into());
            sums.tokens.output = sums.tokens.output.wrapping_add(call.output.into());
        }
        self.add(sums);
        Ok(())
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.turn(minute);
        self.add(sums);
        Ok(())
    }
}

fn main() -> anyhow::Result<()> {
    let (flags, files): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .partition(|arg| arg.starts_with("--"));
    let mut options = Options::default();
    for flag in flags {
        match flag.as_str() {
            "--careful" => options.tuning.quick = false,
            "--ms" => options.time_unit = Some(TimeUnit::Milliseconds),
            _ => anyhow::bail!("unknown flag {flag}"),
        }
    }
    let sources = files.iter().map(|file| match file.as_str() {
        "-" => Source::stream("-", Box::new(std::io::stdin())),
        path => Source::path(Path::new(path)),
    });
    let mut sums = Sums::default();
    let summary = read(sources.collect(), &options, &mut sums, &mut |_| {})?;
    let Calls { calls, tokens } = sums.all;
    let Tokens { input, output, .. } = tokens;
    writeln!(
        std::io::stdout(),
        "{calls} calls, {input} input and {output} output tokens, {} minutes, peak {} input TPM, {:?}",
        sums.minutes,
        sums.peak,
        summary.time().map(|format| format.name())
    )?;
    Ok(())
}

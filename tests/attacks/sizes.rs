//! Inputs that are large, and no larger than they may be.

use std::time::Duration;

use tollgate::trace::{self, Call, Calls, Minute, Options, Sink, Source, TooLarge};

use crate::folder::Folder;
use crate::support::tollgate;

#[test]
fn nine_thousand_models_load_in_time() {
    let mut text = "version = 1\n[provider]\nid = \"mine\"\nname = \"M\"\nregion = \"r\"\nregion_name = \"R\"\ncurrency = \"CNY\"\n".to_owned();
    for at in 0..9_000 {
        text.push_str(&format!(
            "[[model]]\ncode = \"mine/m{at}\"\n[[model.standard]]\ntiers = [{{input = \"6 per 1M tokens\", output = \"6 per 1M tokens\"}}]\n"
        ));
    }
    let folder = Folder::new(&[("big.toml", &text)]);
    let line = ["models", "mine/m8999", "--details", "--catalog", "big.toml"];
    let mut command = tollgate();
    command.current_dir(folder.path()).args(line);
    // Unoptimized it takes half a second, and took half a minute where each model was looked for.
    let output = command.timeout(Duration::from_secs(15)).output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("line 36006")
    );
}

/// A trace of many blocks.
fn trace() -> String {
    let row = |at: u32| {
        format!(
            "2026-06-01T{:02}:{:02}:00Z,{},{}\n",
            at / 10_000,
            at / 200 % 50,
            100 + at % 977,
            10 + at % 7
        )
    };
    "timestamp,input_tokens,output_tokens\n".to_owned() + &(0..200_000).map(row).collect::<String>()
}

#[test]
fn without_memory_the_exit_code_is_an_error() {
    let folder = Folder::new(&[("t.csv", &trace())]);
    let run = |kilobytes: u32, line: &str| {
        let script = format!("ulimit -v {kilobytes}; exec \"$0\" {line}");
        let mut command = std::process::Command::new("sh");
        command
            .args(["-c", &script])
            .arg(assert_cmd::cargo::cargo_bin!("tollgate"));
        command
            .env("RUST_BACKTRACE", "0")
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    // What the program itself takes, before it reads anything.
    let starts = |kilobytes: &u32| run(*kilobytes, "--version").status.success();
    let program = (4..1_000).map(|mebibytes| mebibytes * 1_024).find(starts);
    let program = program.unwrap();
    let mut failed = 0;
    let line = "quote tokens qwen3-max-2025-09-23 --trace t.csv";
    for more in [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 500_000] {
        let output = run(program + more, line);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        match output.status.code() {
            Some(0) => {}
            Some(1) => {
                assert!(output.stdout.is_empty() && !said.is_empty(), "{said}");
                failed += 1;
            }
            other => panic!("{other:?} with {more} KB: {said}"),
        }
    }
    assert!((1..7).contains(&failed), "{failed}");
}

/// A thread with a stack of that size can never be had.
#[test]
fn a_trace_is_read_where_no_thread_can_be_had() {
    let folder = Folder::new(&[("t.csv", &trace())]);
    let line = [
        "quote",
        "tokens",
        "qwen3-max-2025-09-23",
        "--trace",
        "t.csv",
    ];
    let run = |stack: &str| {
        let mut command = tollgate();
        command.env("RUST_MIN_STACK", stack);
        command
            .current_dir(folder.path())
            .args(line)
            .output()
            .unwrap()
    };
    let (alone, others) = (run("70368744177664"), run("2097152"));
    assert_eq!(
        alone.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&alone.stderr)
    );
    assert_eq!(alone.stdout, others.stdout);
}

#[test]
fn without_a_thread_to_be_had_one_does_all() {
    let folder = Folder::new(&[("t.csv", &trace())]);
    let path = folder.path().join("t.csv");
    let read = |workers: usize| {
        let mut options = Options::default();
        options.tuning.workers = workers;
        options.tuning.block = 10_000;
        let mut sum = Sum::default();
        let summary = trace::read(vec![Source::path(&path)], &options, &mut sum, &mut |_| {});
        (format!("{:?}", summary.unwrap()), sum.0)
    };
    let (summary, tokens) = read(0);
    assert_eq!((summary, tokens), read(2));
    assert_eq!(
        tokens,
        (0..200_000_u64)
            .map(|at| 110 + at % 977 + at % 7)
            .sum::<u64>()
    );
}

#[derive(Default)]
struct Sum(u64);

impl Sink for Sum {
    fn calls(&mut self, _: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        self.0 += calls
            .iter()
            .map(|call| u64::from(call.input) + u64::from(call.output))
            .sum::<u64>();
        Ok(())
    }

    fn aggregate(&mut self, _: Minute, _: Calls) -> Result<(), TooLarge> {
        Ok(())
    }
}

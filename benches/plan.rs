//! `cargo bench --bench plan`: how long `tollgate check` takes for plans of up to 10,000
//! deployments, each run in an address space of 100 MB.
//!
//! The limits are 2 seconds for the largest plan, and a time that grows with the plan and no
//! faster. On a machine that is busy with something else the time says little; the ratio holds.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic
)]

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Runs of each plan; the median counts.
const RUNS: usize = 5;

fn main() {
    let folder = std::env::temp_dir().join(format!("tollgate-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut medians = Vec::new();
    for size in [2_500, 5_000, 10_000] {
        let path = folder.join(format!("{size}.toml"));
        std::fs::write(&path, plan(size)).unwrap();
        let mut times: Vec<Duration> = (0..RUNS).map(|_| check(&path)).collect();
        times.sort();
        let median = times[RUNS / 2];
        println!(
            "{size:>6} deployments: {:.3} s, in 100 MB",
            median.as_secs_f64()
        );
        medians.push(median.as_secs_f64());
    }
    std::fs::remove_dir_all(&folder).unwrap();
    println!(
        "twice the deployments take {:.2} and {:.2} times as long",
        medians[1] / medians[0],
        medians[2] / medians[1]
    );
    assert!(
        medians[2] < 2.0,
        "10,000 deployments took {:.3} s",
        medians[2]
    );
}

fn check(path: &std::path::Path) -> Duration {
    let start = Instant::now();
    // The address space is more than the memory that is used, so the limit is on the safe side.
    let status = Command::new("sh")
        .args(["-c", "ulimit -v 102400; exec \"$0\" check \"$1\""])
        .arg(env!("CARGO_BIN_EXE_tollgate"))
        .arg(path)
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{status}");
    start.elapsed()
}

/// Deployments of every method.
fn plan(size: u64) -> String {
    let mut text = "version = 1\n[budget]\ntotal = \"1000000000000\"\n".to_owned();
    for at in 0..size {
        let tenth = at % 90 + 1;
        write!(text, "[[deployment]]\nname = \"d{at}\"\n").unwrap();
        let load = format!("rpm = {tenth}\ninput_per_request = \"4k\"\noutput_per_request = 400\n");
        match at % 4 {
            0 => write!(
                text,
                "method = \"ptu\"\nmodel = \"qwen3-max-2025-09-23\"\ninput_tpm = \"{tenth}0k\"\n\
                 output_tpm = \"{tenth}k\"\nterm = \"subscription\"\nbudget = \"20000000\"\n"
            ),
            1 => write!(
                text,
                "method = \"mu\"\nmodel = \"qwen3-rerank\"\nterm = \"pay-as-you-go\"\n\
                 hours_per_day = \"10\"\nreplicas = {tenth}\n\
                 schedule = [ {{ from = \"09:00\", to = \"18:00\", replicas = 6 }} ]\n"
            ),
            2 => write!(
                text,
                "method = \"tokens\"\nmodel = \"qwen3-max-2025-09-23\"\n{load}free_quota = \"1M\"\n"
            ),
            _ => write!(
                text,
                "method = \"ptu\"\nmodel = \"glm-5.1\"\nfit = \"peak\"\nterm = \"pay-as-you-go\"\n\
                 hours_per_day = \"8\"\n{load}"
            ),
        }
        .unwrap();
    }
    text
}

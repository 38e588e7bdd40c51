//! A log as CSV: read both ways, and quoted.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tollgate_fuzz::{both_ways, file, run_twice_on};

fuzz_target!(|bytes: &[u8]| {
    both_ways::hold(bytes);
    let file = file("calls.csv", bytes);
    let line =
        "quote ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k --trace @ --skip-bad-rows";
    run_twice_on(line, &file);
});

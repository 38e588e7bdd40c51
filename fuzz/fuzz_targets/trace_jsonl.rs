//! A log as JSON Lines: read both ways, and quoted.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tollgate_fuzz::{both_ways, file, run_twice_on};

fuzz_target!(|bytes: &[u8]| {
    both_ways::hold(bytes);
    let file = file("calls.jsonl", bytes);
    run_twice_on(
        "quote tokens qwen3-max-2025-09-23 --trace @ --skip-bad-rows",
        &file,
    );
});

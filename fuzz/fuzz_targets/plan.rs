//! A plan, and the same as its own baseline.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tollgate_fuzz::{file, run_on, run_twice_on};

fuzz_target!(|bytes: &[u8]| {
    let file = file("plan.toml", bytes);
    run_twice_on("check @ --baseline @ --details", &file);
    run_on("check @ --format markdown --cheapest", &file);
});

//! What an account holds.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tollgate_fuzz::{file, run_on, run_twice_on};

fuzz_target!(|bytes: &[u8]| {
    let file = file("account.toml", bytes);
    run_on("resources @ --all", &file);
    run_twice_on("resources @ --json --price-in 2 --price-out 8", &file);
});

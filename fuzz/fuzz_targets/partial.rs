//! What a part of a trace contributes, as it is merged.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tollgate_fuzz::{file, run_on, run_twice_on};

fuzz_target!(|bytes: &[u8]| {
    let file = file("part.json", bytes);
    run_twice_on("merge @", &file);
    run_on("merge @ --json", &file);
});

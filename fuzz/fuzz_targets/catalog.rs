//! A catalog file of a user, laid over the built-in one: listed, and with its prices in a quote.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tollgate_fuzz::{file, run_on, run_twice_on};

fuzz_target!(|bytes: &[u8]| {
    let file = file("catalog.toml", bytes);
    // The list of all models is long, and one card says as well whether the file is read.
    if run_twice_on("models glm-5.1 --catalog @", &file).code != 0 {
        return;
    }
    for line in [
        "quote tokens glm-5.1 --input 9k --output 7k --requests 3",
        "quote ptu glm-5.1 --input-tpm 50k --output-tpm 4k --days 3 --json",
        "quote mu qwen3-8b --replicas 3 --hours 7d",
    ] {
        run_on(&format!("{line} --catalog @"), &file);
    }
});

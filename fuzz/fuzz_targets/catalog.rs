//! A catalog file of a user, laid over the built-in one: listed, and with its prices in a quote.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tollgate_fuzz::{file, run_on};

fuzz_target!(|bytes: &[u8]| {
    let file = file("catalog.toml", bytes);
    if run_on("models --json --catalog @", &file).code != 0 {
        return;
    }
    run_on("models glm-5.1 --all --catalog @", &file);
    run_on(
        "quote tokens glm-5.1 --input 9k --output 7k --requests 3 --catalog @",
        &file,
    );
    run_on(
        "quote ptu glm-5.1 --input-tpm 50k --output-tpm 4k --days 3 --catalog @",
        &file,
    );
    run_on(
        "quote mu qwen3-8b --replicas 3 --hours 7d --catalog @",
        &file,
    );
});

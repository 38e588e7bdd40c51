//! Flags that go with a trace only.

use super::support::refused;
use super::traces::{Folder, csv};

const MODEL: &str = "qwen3-max-2025-09-23";

#[test]
fn what_is_said_of_a_trace_needs_one() {
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    for (flag, given) in [
        ("--scale-to", "--scale-to 7"),
        ("--where", "--where a=b"),
        ("--columns", "--columns time=at"),
        ("--time-unit", "--time-unit seconds"),
        ("--skip-bad-rows", "--skip-bad-rows"),
    ] {
        let expected = format!(
            "error: `{flag}` is for recorded traffic, and there is no `--trace`\n\n\
             hint: add `--trace <FILE>`, or leave it out\n"
        );
        let of_compare = refused(&format!("compare {MODEL} {load} {given}"));
        assert_eq!(of_compare, (2, expected.clone()));
        let of_tokens = refused(&format!(
            "quote tokens {MODEL} --input 1M --output 1M {given}"
        ));
        assert_eq!(of_tokens, (2, expected.clone()));
        let of_ptu = refused(&format!(
            "quote ptu {MODEL} --input-tpm 10k --output-tpm 1k --hours 1 {given}"
        ));
        assert_eq!(of_ptu, (2, expected));
    }
    // The minutes of a steady rate are alike, so none can be left out.
    let part = refused(&format!("compare {MODEL} {load} --fit p99"));
    let expected = "error: `--fit p99` and `--fit p95` are for the minutes of a trace, and those of a steady rate are alike\n\n\
                    hint: use `--fit peak` or `--fit cheapest`\n";
    assert_eq!(part, (2, expected.to_owned()));
}

#[test]
fn each_file_of_a_trace_has_a_flag_of_its_own() {
    let folder = Folder::new(&[]);
    let [one, other] = ["a.csv", "b.csv"].map(|name| folder.file(name, &csv([(0, (9, 9))])));
    let hint = "hint: name each file of a trace with a `--trace` of its own\n";
    assert_eq!(
        refused(&format!("quote tokens {MODEL} --trace {one} {other}")),
        (
            2,
            format!("error: no flag or argument `{other}` here\n\n{hint}")
        )
    );
    assert_eq!(
        refused(&format!("compare {MODEL} --trace {one} {other}")),
        (
            2,
            format!("error: `{other}` is a file, where a model is expected\n\n{hint}")
        )
    );
}

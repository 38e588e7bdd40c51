//! Flags that go with a trace only.

use super::support::refused;

const MODEL: &str = "qwen3-max-2025-09-23";

#[test]
fn what_is_said_of_a_trace_needs_one() {
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    for (flag, given) in [
        ("--fit", "--fit cheapest"),
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
        if flag != "--fit" {
            let of_tokens = refused(&format!(
                "quote tokens {MODEL} --input 1M --output 1M {given}"
            ));
            assert_eq!(of_tokens, (2, expected.clone()));
            let of_ptu = refused(&format!(
                "quote ptu {MODEL} --input-tpm 10k --output-tpm 1k --hours 1 {given}"
            ));
            assert_eq!(of_ptu, (2, expected));
        }
    }
}

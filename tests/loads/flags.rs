//! Which flags go with a load, and what is said of a slip.

use super::common::run;

const LOAD: &str = "mon-fri 09:00-18:00 120rpm 3000/350";

fn refused(command: &str, more: &[&str]) -> (i32, String) {
    let words: Vec<&str> = command.split(' ').collect();
    let outcome = run(&[words.as_slice(), more].concat());
    assert_eq!(outcome.stdout, "");
    (outcome.code.into(), outcome.stderr)
}

#[test]
fn a_typo_shows_the_part_and_the_form() {
    let (code, said) = refused(
        "quote tokens qwen3-max-2025-09-23",
        &["--load", "mon-fri 9-18 120rpm 3k/350"],
    );
    assert_eq!(code, 2);
    assert_eq!(
        said,
        "error: `mon-fri 9-18 120rpm 3k/350` is not a value for `--load <LOAD>`: `9-18` is no span of time such as `09:00-18:00`; a load is `mon-fri 09:00-18:00 120rpm 3000/350`\n\nhint: add `--help` for what the command takes\n"
    );
}

#[test]
fn flags_of_a_rate_or_a_log_do_not_go_with_a_load() {
    for command in [
        "quote tokens qwen3-max-2025-09-23",
        "quote ptu qwen3-max-2025-09-23 --fit peak",
        "compare qwen3-max-2025-09-23",
    ] {
        for (flag, value) in [
            ("--rpm", "3"),
            ("--input-per-request", "3"),
            ("--trace", "calls.csv"),
            ("--scale-to", "30"),
            ("--where", "model=a"),
            ("--hours-per-day", "8"),
        ] {
            let (code, said) = refused(command, &["--load", LOAD, flag, value]);
            assert_eq!(code, 2, "{command} {flag}: {said}");
            assert!(
                said.contains("`--load <LOAD>` does not go with"),
                "{command} {flag}: {said}"
            );
        }
    }
}

#[test]
fn a_load_without_a_call_in_its_days_is_refused() {
    // The 14th is a Saturday.
    let more = ["--load", LOAD, "--days", "2", "--as-of", "2026-11-14"];
    let (code, said) = refused("quote tokens qwen3-max-2025-09-23", &more);
    assert_eq!(
        (code, said.as_str()),
        (
            2,
            "error: the load has no call in the 2,880 minutes from 2026-11-14\n\nhint: give it more days, or a line for these: `daily` is every day of the week\n"
        )
    );
}

#[test]
fn growth_is_of_months_of_calls() {
    let of = "quote tokens qwen3-max-2025-09-23";
    for (more, said) in [
        (
            vec!["--input", "1", "--output", "1", "--growth", "5%/month"],
            "`--growth` is of calls, and there is neither",
        ),
        (
            vec!["--load", LOAD, "--days", "7", "--growth", "5%/month"],
            "and the load is of another time",
        ),
        (
            vec!["--load", LOAD, "--max-cost", "7", "--growth", "5%/month"],
            "`--max-cost` cannot be used with `--growth`",
        ),
        (
            vec!["--load", LOAD, "--growth", "5%"],
            "it is no growth such as `5%/month` or `-3%/month`",
        ),
        (
            vec!["--load", LOAD, "--growth", "12.34%/month"],
            "has more digits after 12 months than are computed exactly",
        ),
    ] {
        let (code, error) = refused(of, &more);
        assert_eq!(code, 2, "{error}");
        assert!(error.contains(said), "{error}");
    }
}

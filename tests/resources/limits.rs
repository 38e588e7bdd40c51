//! Exit 3: the output first, then a line for each limit that is exceeded.

use super::{run, tokens};

const ACCOUNT: &str = r#"
[[resource]]
name = "Soon"
kind = "tokens"
source = "free-trial"
total = 1000
used = 905
usage_per_day = 10
expires = 2026-11-30
[[resource]]
name = "Later"
kind = "concurrency"
source = "purchased"
total = 20
used = 0
expires = 2027-11-30
[[resource]]
name = "Used up"
kind = "search"
source = "purchased"
total = 10
used = 10
expires = 2026-11-21
[[resource]]
name = "Gone"
kind = "search"
source = "purchased"
total = 10
used = 0
expires = 2026-11-19
"#;

/// The lines on stderr, once it is known that the output is that of a run without limits.
fn exceeded(flags: &str) -> Vec<String> {
    let plain = run(ACCOUNT, "");
    assert_eq!(plain.code, 0);
    let ran = run(ACCOUNT, flags);
    assert_eq!(ran.stdout, plain.stdout, "{flags}");
    assert_eq!(
        ran.code,
        if ran.stderr.is_empty() { 0 } else { 3 },
        "{flags}"
    );
    ran.stderr.lines().map(str::to_owned).collect()
}

#[test]
fn a_status_that_holds_fails_also_of_what_is_not_shown() {
    assert_eq!(
        exceeded("--fail-on exhausted"),
        ["error: `Used up` is Exhausted"]
    );
    assert_eq!(exceeded("--fail-on expired"), ["error: `Gone` is Expired"]);
    assert_eq!(
        exceeded("--fail-on nearly-exhausted,expiring-soon"),
        [
            "error: `Soon` is Nearly Exhausted",
            "error: `Soon` is Expiring Soon",
            "error: `Used up` is Nearly Exhausted",
            "error: `Used up` is Expiring Soon",
        ]
    );
    assert_eq!(
        exceeded("--fail-on expired --fail-on exhausted"),
        ["error: `Used up` is Exhausted", "error: `Gone` is Expired"]
    );
}

#[test]
fn what_expires_or_runs_out_within_the_days_fails() {
    assert_eq!(exceeded("--within 0"), Vec::<String>::new());
    assert_eq!(exceeded("--within 8"), Vec::<String>::new());
    let runs_out = |days: &str| {
        format!("error: `Soon` runs out on 2026-11-29, and the limit is within {days}")
    };
    assert_eq!(exceeded("--within 9"), [runs_out("9 days")]);
    assert_eq!(
        exceeded("--within 10"),
        [
            runs_out("10 days"),
            "error: `Soon` expires on 2026-11-30, and the limit is within 10 days".to_owned(),
        ]
    );
    assert_eq!(exceeded("--within 375").len(), 3);
}

#[test]
fn the_last_day_is_within_no_days() {
    let account = super::one(&tokens(10, "used = 0\nexpires = 2026-11-20"));
    let ran = run(&account, "--within 0");
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            3,
            "error: `A` expires on 2026-11-20, and the limit is within 0 days\n"
        )
    );
    let ran = run(&account, "--within 0 --today 2026-11-21");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[test]
fn what_ran_out_at_its_rate_since_it_was_read_is_within_any_number_of_days() {
    let account = super::one(&tokens(
        1_000,
        "used = [{ on = 2026-11-06, value = 480 }, { on = 2026-11-10, value = 880 }]\nexpires = 2026-12-31",
    ));
    let ran = run(&account, "--within 0");
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            3,
            "error: `A` ran out at its rate on 2026-11-11, and the limit is within 0 days\n"
        )
    );
}

#[test]
fn a_limit_that_is_none_is_refused() {
    for (flags, error) in [
        (
            "--fail-on gone",
            "error: `gone` is not a value for `--fail-on <STATUS>`\n\nhint: it takes `available`, `nearly-exhausted`, `exhausted`, `expiring-soon`, `expired`\n",
        ),
        (
            "--within -1",
            "error: `-1` is not a value for `--within <DAYS>`: it is negative\n\nhint: add `--help` for what the command takes\n",
        ),
        (
            "--max-cost 5",
            "error: `--max-cost` limits the total of a quote, and resources have none\n\nhint: use `--fail-on` or `--within`\n",
        ),
        (
            "--fx USD=0.1389",
            "error: `--fx` converts the total of a quote, and resources have none\n\nhint: leave it out; `--currency` says what `--price-in` and `--price-out` are in\n",
        ),
    ] {
        let ran = run(ACCOUNT, flags);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{flags}");
        assert_eq!(ran.stderr, error);
    }
}

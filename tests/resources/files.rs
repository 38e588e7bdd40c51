//! Files that are refused: with what is wrong, at its line and column.

use super::shape::{Kind, assert_refused};
use super::{one, refused, run, tokens};

pub const INVALID: &str = "`tollgate resources --help` shows what a resource has";

/// What a schema does not know: what numbers and days say to each other, and whether a date has
/// quotes. All other errors an editor finds too.
const ONLY_THE_PROGRAM: &[&str] = &[
    "is listed twice",
    "is above the total",
    "expected a TOML datetime",
    "1.5 is not a whole number",
    "and 9 decimals",
    "too much in all",
    "has either numbers, one a user, or readings",
    "is after today",
    "readings are in the order of their days",
    "is below the 2 before",
    "several readings give a rate",
    "is not used up",
    "only tokens have `input` and `output`",
];

/// Holds that a file is refused with exactly this after its name.
fn invalid(text: &str, error: &str) {
    refused(&run(text, ""), 1, &format!("account.toml:{error}"), INVALID);
    assert_refused(Kind::Account, text, error, ONLY_THE_PROGRAM);
}

/// The same of one resource; its keys after `source` begin in line 5 with `total = 10`.
fn invalid_with(rest: &str, error: &str) {
    invalid(&one(&tokens(10, rest)), error);
}

#[test]
fn a_file_has_the_shape_of_a_list_of_resources() {
    invalid("", "1:1: the file has no `[[resource]]`");
    invalid("version = 2\n", "1:11: version 2 is not known: it is 1");
    invalid(
        "x = 1\n",
        "1:1: unknown field `x`, expected `version` or `resource`",
    );
    invalid("[[resource]\n", "1:12: unclosed array table, expected `]`");
    let whole = one(&tokens(10, "used = 0\nexpires = 2026-12-31"));
    invalid(
        &format!("{whole}[[resource]]\nname = \"B\"\n"),
        "8:1: missing field `kind`",
    );
    invalid(
        &format!("{whole}{whole}"),
        "9:8: the resource `A` is listed twice",
    );
    assert_eq!(run(&format!("version = 1\n{whole}"), "").code, 0);
}

#[test]
fn unknown_keys_and_words_are_refused() {
    invalid_with(
        "used = 1\nexpires = 2026-12-31\nvalid = true",
        "8:1: unknown field `valid`, expected one of `name`, `kind`, `source`, `total`, `used`, `expires`, `usage_per_day`, `reason`",
    );
    invalid(
        "[[resource]]\nname = \"A\"\nkind = \"cpu\"\n",
        "3:8: `cpu` is not a kind: it is one of `tokens`, `search`, `concurrency`, `knowledge-base`",
    );
    invalid(
        "[[resource]]\nname = \"A\"\nkind = \"tokens\"\nsource = \"gift\"\n",
        "4:10: `gift` is not a source: it is one of `free-trial`, `purchased`",
    );
    invalid_with(
        "used = [{ on = 2026-11-01, value = 1, x = 1 }]\nexpires = 2026-12-31",
        "6:39: unknown field `x`, expected `on` or `value`",
    );
    invalid_with(
        "used = 0\nexpires = 2026-12-31\nusage_per_day = { input = 1 }",
        "8:17: missing field `output`",
    );
}

#[test]
fn dates_exist_and_are_days() {
    for (date, error) in [
        ("2026-02-29", "invalid date, expected day between 01 and 28"),
        (
            "2026-13-01",
            "invalid date, expected month between 01 and 12",
        ),
        ("2101-01-01", "`2101-01-01` is not a date from 2000 to 2100"),
        ("1999-12-31", "`1999-12-31` is not a date from 2000 to 2100"),
        (
            "2026-12-31T23:59:00",
            "a date has no time of day, as in `2026-12-01`",
        ),
        (
            "\"2026-12-31\"",
            "invalid type: string \"2026-12-31\", expected a TOML datetime",
        ),
    ] {
        invalid_with(
            &format!("used = 0\nexpires = {date}"),
            &format!("7:11: {error}"),
        );
    }
    let on = "used = [{ on = 2026-11-31, value = 1 }]\nexpires = 2026-12-31";
    invalid_with(on, "6:16: invalid date, expected day between 01 and 30");
}

#[test]
fn floats_are_refused_wherever_a_number_stands() {
    let float = "a float loses digits: write the number as a string such as `\"1.5\"`";
    for (rest, at) in [
        ("used = 1.0", "6:8"),
        ("used = 1e1", "6:8"),
        ("used = nan", "6:8"),
        ("used = [1, 1.5]", "6:12"),
        ("used = [{ on = 2026-11-01, value = 1.5 }]", "6:36"),
        ("used = 0\nusage_per_day = 0.5", "7:17"),
        (
            "used = 0\nusage_per_day = { input = 1.5, output = 1 }",
            "7:27",
        ),
    ] {
        invalid_with(
            &format!("{rest}\nexpires = 2026-12-31"),
            &format!("{at}: {float}"),
        );
    }
    invalid(
        "[[resource]]\nname = \"A\"\ntotal = 10.5\n",
        &format!("3:9: {float}"),
    );
}

#[test]
fn numbers_are_whole_and_in_range() {
    for (total, error) in [
        ("0", "a resource has a `total` above 0"),
        ("-5", "`-5` is negative"),
        ("\"1.5\"", "1.5 is not a whole number"),
        (
            "\"1e3\"",
            "`1e3` is not a number such as `100k`, `1.5M` or `100,000`",
        ),
        (
            "\"1.0000000001\"",
            "`1.0000000001` is too large or too long: the limit is 1,000,000,000,000,000 and 9 decimals",
        ),
        (
            "1000000000000001",
            "`1000000000000001` is too large: the limit is 1,000,000,000,000,000",
        ),
        (
            "true",
            "invalid type: boolean `true`, expected a number such as `300_000`, or a string such as `\"300k\"` or `\"1.5\"`",
        ),
    ] {
        let text = one(&tokens(7, "used = 0\nexpires = 2026-12-31"));
        let text = text.replace("total = 7", &format!("total = {total}"));
        invalid(&text, &format!("5:9: {error}"));
    }
    invalid_with(
        "used = [1000000000000000, 1]\nexpires = 2026-12-31",
        "6:27: too much in all",
    );
}

#[test]
fn more_used_than_there_is_needs_a_reason() {
    let above = "11 used is above the total of 10: say why as `reason = \"…\"`";
    for used in [
        "11",
        "[6, 5]",
        "[{ on = 2026-11-02, value = 2 }, { on = 2026-11-03, value = 11 }]",
    ] {
        let rest = format!("used = {used}\nexpires = 2026-12-31");
        invalid_with(&rest, &format!("6:8: {above}"));
        let why = format!("{rest}\nreason = \"calls under way were finished\"");
        assert_eq!(run(&one(&tokens(10, &why)), "").code, 0);
    }
    invalid_with(
        "used = 10\nexpires = 2026-12-31\nreason = \"\"",
        "8:10: `` is not a `reason`: it says in up to 128 visible characters why more is used than there is, and begins with a letter or digit",
    );
}

#[test]
fn readings_follow_each_other() {
    for (used, error) in [
        ("[]", "6:8: `used` is empty: write 0 where nothing is used"),
        (
            "[1, { on = 2026-11-01, value = 1 }]",
            "6:8: `used` has either numbers, one a user, or readings, each with its day",
        ),
        (
            "[{ on = 2026-11-21, value = 1 }]",
            "6:9: the reading of 2026-11-21 is after today, 2026-11-20",
        ),
        (
            "[{ on = 2026-11-02, value = 1 }, { on = 2026-11-02, value = 2 }]",
            "6:41: readings are in the order of their days, and 2026-11-02 is not after 2026-11-02",
        ),
        (
            "[{ on = 2026-11-02, value = 2 }, { on = 2026-11-03, value = 1 }]",
            "6:41: a reading is all that had been used by its day, and 1 is below the 2 before",
        ),
        (
            "[2026-11-01]",
            "6:9: a date alone is not a reading: `{ on = 2026-11-01, value = 100_000 }`",
        ),
    ] {
        invalid_with(&format!("used = {used}\nexpires = 2026-12-31"), error);
    }
    invalid_with(
        "used = [{ on = 2026-11-02, value = 1 }, { on = 2026-11-03, value = 2 }]\nexpires = 2026-12-31\nusage_per_day = 1",
        "8:17: several readings give a rate, and so does `usage_per_day`: leave one out",
    );
}

#[test]
fn a_rate_is_for_what_is_used_up() {
    let rest = "used = 0\nexpires = 2026-12-31\nusage_per_day = 1";
    invalid(
        &one(&tokens(10, rest)).replace("tokens", "concurrency"),
        "8:17: concurrency is not used up: it has no `usage_per_day`",
    );
    let split = "used = 0\nexpires = 2026-12-31\nusage_per_day = { input = 1, output = 1 }";
    invalid(
        &one(&tokens(10, split)).replace("tokens", "search"),
        "8:17: only tokens have `input` and `output`",
    );
}

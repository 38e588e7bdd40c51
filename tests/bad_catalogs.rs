//! Catalog files of a user: what is wrong with them to the line and column, and what good ones do.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "bad_catalogs/capacity.rs"]
mod capacity;
#[path = "bad_catalogs/files.rs"]
mod files;
#[path = "bad_catalogs/overlays.rs"]
mod overlays;
#[path = "bad_catalogs/savings.rs"]
mod savings;
#[path = "bad_catalogs/says.rs"]
mod says;
mod shape;

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

/// A file for the built-in provider. What follows it begins in line 4.
const HEAD: &str = "version = 1\n[provider]\nid = \"alibaba\"\n";
/// The same with a model. What follows it begins in line 6.
const MODEL: &str = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"qwen3-8b\"\n";
/// The same with an MU row without its price. What follows it begins in line 8.
const MU: &str = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"qwen3-8b\"\n\
    [[model.mu]]\nspec = \"MU1x2\"\n";
/// A file for a new provider, whole. What follows it begins in line 8.
const NEW: &str = "version = 1\n[provider]\nid = \"mine\"\nname = \"Mine\"\nregion = \"eu\"\n\
    region_name = \"EU\"\ncurrency = \"EUR\"\n";

const CONTENT: &str =
    "`tollgate models <MODEL>` shows what a price has; `examples/prices.toml` is a template";

fn tollgate(folder: &TempDir) -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("tollgate");
    // Relative names keep messages free of the temporary folder.
    command.current_dir(folder.path());
    command
        .env_remove("TOLLGATE_CATALOG")
        .env("TOLLGATE_TODAY", "2026-11-20");
    command.args(["--as-of", "2026-11-20"]);
    command
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Holds that `catalog` is refused with exactly this error and hint.
fn refused(folder: &TempDir, catalog: &str, error: &str, hint: &str) {
    let output = tollgate(folder)
        .args(["models", "--catalog", catalog])
        .output()
        .unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(stderr, format!("error: {error}\n\nhint: {hint}\n"));
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "{stderr}");
}

/// What a schema does not know: what rows say to each other, what another file has, whole days, and
/// whether a date has quotes. All other errors an editor finds too.
const ONLY_THE_PROGRAM: &[&str] = &[
    "is in this file twice",
    "this price is in the file twice",
    "no source `",
    "is new, so it needs",
    "and a provider has one currency",
    "is sold by `alibaba`",
    "the tiers of a mode grow",
    "either every tier has a `mode` or none has",
    "several prices have a different `mode` each",
    "`valid_up_to` is less than `valid`",
    "there are two of these from the same day on",
    "is not a positive whole number of days",
    "brackets grow, and only the last has no `up_to`",
    "the largest weight of a meter is at most",
    "a meter counts some kind of tokens",
    "`adds` names a meter that is not there",
    "a unit adds to every meter",
    "`smallest` is a multiple of `step`",
    "` is there twice",
    "this band is there twice",
    "is in a group already",
    "is not a rule of `",
    "is not a region of `",
    "`smallest` is above 0",
    "`step` is above 0",
    "are in their order, the shortest first",
    "no band has the `smallest` commitment",
    "missing factors of the group",
    "no group `",
    ", and there are ",
    "`0 TPM` is zero",
    "invalid type: string \"2026-12-01\", expected a TOML datetime",
];

const SYNTAX: &str = "the file is not TOML here; `examples/prices.toml` is a template";
const DATE: &str = "write it like `2026-12-01`, without quotes";

/// Holds that a file of this text is refused for a key or a value, with exactly this after its name.
fn invalid(text: &str, error: &str) {
    faulty(text, error, CONTENT);
}

/// Holds that a file of this text is refused, with exactly this after its name, and this hint.
fn faulty(text: &str, error: &str, hint: &str) {
    let folder = folder(&[("own.toml", text)]);
    refused(&folder, "own.toml", &format!("own.toml:{error}"), hint);
    shape::assert_refused(shape::Kind::Catalog, text, error, ONLY_THE_PROGRAM);
}

#[test]
fn nesting_has_an_end() {
    let deep = format!("x = {}", "[".repeat(100_000));
    faulty(
        &deep,
        "1:85: cannot recurse further; max recursion depth met",
        SYNTAX,
    );
    let deep = format!("x = {}1{}", "{a=".repeat(1_000), "}".repeat(1_000));
    faulty(
        &deep,
        "1:245: cannot recurse further; max recursion depth met",
        SYNTAX,
    );
}

#[test]
fn a_file_has_the_shape_of_a_catalog() {
    invalid(
        "[provider]\nid = \"alibaba\"\n",
        "1:1: missing field `version`",
    );
    faulty(
        "version = 2\n[provider]\nid = \"alibaba\"\n",
        "1:11: version 2 is not known: it is 1",
        "write `version = 1`",
    );
    invalid("version = 1\n", "1:1: missing field `provider`");
    let keys = "`code`, `name`, `family`, `aliases`, `replica_capacity`, `ptu`, `reservation`, `capacity`, `dtu`, `mu`, `fine_tuned`, `standard`";
    for (key, shown) in [
        ("prcie", "prcie"),
        (r#""\u001b[31m\u202e""#, r"\u{1b}[31m\u{202e}"),
    ] {
        let error = format!("6:1: unknown field `{shown}`, expected one of {keys}");
        invalid(&format!("{MODEL}{key} = 1\n"), &error);
    }
    faulty(
        &format!("{MODEL}code = \"x\"\n"),
        "6:1: duplicate key",
        SYNTAX,
    );
    // Columns count characters, not bytes.
    let wide = "version = 1\nprovider = { name = \"通义千问\", id = 7 }\n";
    invalid(
        wide,
        "2:34: invalid type: integer `7`, expected a code such as `\"qwen3-8b\"`",
    );
}

#[test]
fn a_price_is_a_string_with_its_unit() {
    let needs = "expected a price with its unit, such as `\"28.8 per 10K TPM-hour\"`";
    for (price, error) in [
        (
            "108.0",
            format!("invalid type: floating point `108.0`, {needs}"),
        ),
        ("108", format!("invalid type: integer `108`, {needs}")),
    ] {
        invalid(&format!("{MU}hour = {price}\n"), &format!("8:8: {error}"));
    }
    let no_number = "the price is not a number such as `100k`, `1.5M` or `100,000`";
    let no_unit = "a price says what it is for, as in `28.8 per 10K TPM-hour`";
    let no_power = "a price is per 1, 10, 100, 1K, … units";
    for (price, shown, error) in [
        (
            "-1 per replica-hour",
            "-1 per replica-hour",
            "the price is negative",
        ),
        ("1e3 per replica-hour", "1e3 per replica-hour", no_number),
        (" per replica-hour", " per replica-hour", no_number),
        (
            r"\u001b[31m per replica-hour",
            r"\u{1b}[31m per replica-hour",
            no_number,
        ),
        ("108", "108", no_unit),
        ("", "", no_unit),
        ("1 per 3K replica-hour", "1 per 3K replica-hour", no_power),
        ("1 per 0 replica-hour", "1 per 0 replica-hour", no_power),
        (
            "1 per kg",
            "1 per kg",
            "a price is per `TPM-hour`, `TPM-day`, `TPM-month`, `unit-minute`, `unit-hour`, `unit-block`, `unit-day`, `unit-week`, `unit-month`, `unit-year`, `replica-hour`, `replica-month` or `token`",
        ),
    ] {
        let error = format!("8:8: `{shown}` is not a price: {error}");
        invalid(&format!("{MU}hour = \"{price}\"\n"), &error);
    }
    for (price, error) in [
        (
            "hour = \"1 per TPM-hour\"",
            "8:8: a price here is per `replica-hour`, not per `TPM-hour`",
        ),
        (
            "month = \"1 per replica-hour\"",
            "8:9: a price here is per `replica-month`, not per `replica-hour`",
        ),
        ("", "6:1: a price needs `hour` or `month`"),
    ] {
        invalid(&format!("{MU}{price}\n"), error);
    }
}

#[test]
fn codes_and_names_hold_nothing_hostile() {
    for (text, shown) in [
        ("=cmd", "=cmd"),
        (r"a\u001b[31m", r"a\u{1b}[31m"),
        (r"a\u202e", r"a\u{202e}"),
        (r"a\n", r"a\n"),
        ("", ""),
    ] {
        let code =
            "a code has up to 128 of `A-Z a-z 0-9 . _ : / @ -` and begins with a letter or digit";
        let error = format!("5:8: `{shown}` is not a code: {code}");
        invalid(&format!("{HEAD}[[model]]\ncode = \"{text}\"\n"), &error);
        let name = "a name has up to 128 visible characters and begins with a letter or digit";
        let error = format!("6:8: `{shown}` is not a name: {name}");
        invalid(&format!("{MODEL}name = \"{text}\"\n"), &error);
    }
    let raw = "6:9: invalid basic string, expected non-double-quote visible characters, `\\`";
    faulty(&format!("{MODEL}name = \"\u{1b}\"\n"), raw, SYNTAX);
}

#[test]
fn a_long_text_is_clipped_and_the_reason_is_not() {
    let long = "x".repeat(129);
    let clipped = "x".repeat(128);
    let code =
        "a code has up to 128 of `A-Z a-z 0-9 . _ : / @ -` and begins with a letter or digit";
    let error = format!("5:8: `{clipped}…` is not a code: {code}");
    invalid(&format!("{HEAD}[[model]]\ncode = \"{long}\"\n"), &error);
    let keys = "`increment`, `input_step`, `output_step`, `overdue_retention`, `overdue_restored_from`, \
        `late_order_after`, `expires_at`, `grace`, `retention`, `scales_by_day`, `early_end`, `says`, `refuses_overflow`";
    let error = format!("5:1: unknown field `incremnt`, expected one of {keys}");
    invalid(
        &format!("{HEAD}[billing.ptu]\nincremnt = \"hour\"\n"),
        &error,
    );
}

#[test]
fn what_is_wrong_with_a_free_quota_is_said_where_it_stands() {
    let words = "[billing.free.words]\nfree = \"F\"\npackage = \"P\"\npostpaid = \"M\"\nreservation = \"R\"\n";
    let rules = "[[billing.free.rules]]\nvalid = \"30d\"\nshown_after = \"1h\"\n";
    for (text, error) in [
        (
            words.replace("\"F\"", "\"9F\"") + rules,
            "5:8: a word begins with a letter and has letters, digits, spaces and `-`",
        ),
        (
            words.replace("\"F\"", "\"F|@x\"") + rules,
            "5:8: a word begins with a letter and has letters, digits, spaces and `-`",
        ),
        (
            format!("{words}{rules}valid_up_to = \"29d\"\n"),
            "9:1: `valid_up_to` is less than `valid`",
        ),
        (
            format!("{words}{rules}notices = [20, 101]\n"),
            "12:16: more than 100 percent are never left",
        ),
        (
            format!("{words}{rules}{rules}"),
            "12:1: there are two of these from the same day on",
        ),
        (
            words.to_owned() + &rules.replace("30d", "36h"),
            "10:9: `36h` is not a positive whole number of days",
        ),
    ] {
        invalid(&format!("{HEAD}{text}"), error);
    }
}

#[test]
fn a_message_stays_short_whatever_is_in_the_file() {
    let text = format!("{MODEL}{} = 1\n", "x".repeat(100_000));
    let folder = folder(&[("own.toml", &text)]);
    let output = tollgate(&folder)
        .args(["models", "--catalog", "own.toml"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.starts_with(b"error: own.toml:6:1: "));
    assert!(output.stderr.len() < 2_000, "{} bytes", output.stderr.len());
}

#[test]
fn a_date_exists_and_has_no_time() {
    let timeless = "a date has no time of day, as in `2026-12-01`";
    for (from, error, hint) in [
        (
            "2026-02-30",
            "invalid date, expected day between 01 and 28",
            SYNTAX,
        ),
        ("2026-12-01T00:00:00", timeless, DATE),
        ("10:00:00", timeless, DATE),
        (
            "1999-12-31",
            "`1999-12-31` is not a date from 2000 to 2100",
            DATE,
        ),
        (
            "\"2026-12-01\"",
            "invalid type: string \"2026-12-01\", expected a TOML datetime",
            CONTENT,
        ),
    ] {
        let text = format!("{MU}hour = \"1 per replica-hour\"\nfrom = {from}\n");
        faulty(&text, &format!("9:8: {error}"), hint);
    }
    let text = format!("{HEAD}[source.x]\ndocument = \"X\"\nsection = \"Y\"\nchecked = 10:00:00\n");
    faulty(&text, &format!("7:11: {timeless}"), DATE);
}

#[test]
fn nothing_is_in_a_file_twice() {
    let once = "put all its prices under one `[[model]]`";
    let model = format!("{HEAD}[[model]]\ncode = \"new-1\"\n[[model]]\ncode");
    faulty(
        &format!("{model} = \"new-1\"\n"),
        "7:8: the model `new-1` is in this file twice",
        once,
    );
    faulty(
        &format!("{model} = \"New-1\"\n"),
        "7:8: the model `New-1` is in this file twice",
        once,
    );
    let row = "[[model.mu]]\nspec = \"MU1x2\"\nhour = \"1 per replica-hour\"\n";
    let hint = "leave one of them out, or say with `from` since when the later one is in force";
    let error = "9:1: this price is in the file twice: a second one has another `from`";
    faulty(&format!("{MODEL}{row}{row}"), error, hint);
    let row = format!("{row}from = 2026-12-01\n");
    let error = "10:1: this price is in the file twice: a second one has another `from`";
    faulty(&format!("{MODEL}{row}{row}"), error, hint);
}

#[test]
fn a_source_is_one_that_is_defined() {
    for (key, shown) in [("nowhere", "nowhere"), (r"\u001b[31m", r"\u{1b}[31m")] {
        let text = format!("{MU}hour = \"1 per replica-hour\"\nsource = \"{key}\"\n");
        let error = format!("9:10: no source `{shown}`: define it as `[source.{shown}]`");
        faulty(&text, &error, "define it, or leave `source` out");
    }
}

#[test]
fn a_provider_has_its_fields_one_currency_and_rules_for_what_it_sells() {
    let lines: Vec<&str> = NEW.lines().collect();
    for (left_out, field) in [
        (3, "name"),
        (4, "region"),
        (5, "region_name"),
        (6, "currency"),
    ] {
        let mut some = lines.clone();
        some.remove(left_out);
        let error = format!("3:6: the provider `mine` is new, so it needs `{field}`");
        let hint = "a new provider gives `name`, `region`, `region_name` and `currency`; the built-in one is `id = \"alibaba\"`";
        faulty(&some.join("\n"), &error, hint);
    }
    let error = "4:12: the prices of `alibaba` are in CNY, and a provider has one currency";
    let hint = "leave `currency` out, or give the prices to a provider of your own";
    faulty(&format!("{HEAD}currency = \"USD\"\n"), error, hint);
    let error = "9:8: the model `Qwen3-8B` is sold by `alibaba`";
    let hint = "to change its prices name that provider; for one of your own put the provider before the code, as in `code = \"mine/qwen3-8b\"`";
    let taken = format!("{NEW}[[model]]\ncode = \"Qwen3-8B\"\n");
    faulty(&taken, error, hint);
}

#[test]
fn the_tiers_of_a_mode_grow() {
    let error = "the tiers of a mode grow: `up_to` is above that of the tier before, and only the last has none";
    for first in ["up_to = \"2K tokens\", ", "up_to = \"4K tokens\", ", ""] {
        let tiers = format!(
            "tiers = [\n  {{ {first}input = \"1 per token\" }},\n  \
            {{ up_to = \"2K tokens\", input = \"2 per token\" }},\n]\n"
        );
        invalid(
            &format!("{MODEL}[[model.standard]]\n{tiers}"),
            &format!("9:3: {error}"),
        );
    }
    invalid(
        &format!("{MODEL}[[model.standard]]\ntiers = []\n"),
        "6:1: `tiers` has no price",
    );
}

#[test]
fn modes_are_not_mixed_with_prices_for_any_mode() {
    let tiers = "tiers = [\n  { up_to = \"2K tokens\", mode = \"thinking\", input = \"1 per token\" },\n  \
        { up_to = \"4K tokens\", input = \"2 per token\" },\n]\n";
    let error = "9:3: either every tier has a `mode` or none has";
    invalid(&format!("{MODEL}[[model.standard]]\n{tiers}"), error);
    let output = "input = \"1 per token\"\noutput = [\n  { price = \"1 per token\" },\n  \
        { mode = \"thinking\", price = \"1 per token\" },\n]\n";
    let error = "10:3: several prices have a different `mode` each";
    invalid(&format!("{MODEL}[[model.fine_tuned]]\n{output}"), error);
    let ptu = "[[model.ptu]]\nmax_input = \"1K tokens\"\ninput = { hour = \"1 per TPM-hour\" }\n\
        output = [{ mode = \"thinking\", hour = \"1 per TPM-hour\" }]\n";
    let error = "9:11: provisioned throughput has no mode `thinking`: it has `standard` and `code-interpreter`";
    invalid(&format!("{MODEL}{ptu}"), error);
}

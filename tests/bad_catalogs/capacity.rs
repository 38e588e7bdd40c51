//! What is wrong with a reservation that is sold in units, and with weights, where it stands.

use super::{MODEL, invalid, shape, tollgate};

const UNIT: &str =
    "unit = { name = \"GSU\", adds = { tokens = \"40500 TPM\" }, hour = \"3 per unit-hour\" }\n";
const METER: &str = "[[model.capacity.meters]]\nname = \"tokens\"\n";
const WEIGHTS: &str = "weights = [{ input = \"1\", output = \"6\" }]\n";

/// A product of a known model: its unit is line 7, and its meters begin in line 8.
fn product(unit: &str, meters: &str) -> String {
    format!("{MODEL}[[model.capacity]]\n{unit}{meters}")
}

/// A reservation by side of a known model with these weights, in line 10.
fn weighted(weights: &str) -> String {
    let sides = "input = { hour = \"1 per TPM-hour\" }\noutput = [{ hour = \"1 per TPM-hour\" }]\n";
    format!("{MODEL}[[model.ptu]]\nmax_input = \"1M tokens\"\n{sides}{weights}")
}

#[test]
fn products_in_units_and_weights_are_taken() {
    for text in [
        product(UNIT, &format!("{METER}{WEIGHTS}")),
        weighted(
            "weights = [{ up_to = \"32K tokens\", cached = \"0.2\" }, { input = \"1.33\" }]\n",
        ),
        weighted("weights = []\n"),
    ] {
        let folder = super::folder(&[("own.toml", &text)]);
        let models = tollgate(&folder)
            .args(["models", "--catalog", "own.toml"])
            .output()
            .unwrap();
        assert_eq!(models.status.code(), Some(0), "{models:?}");
        shape::assert_taken(shape::Kind::Catalog, &text);
    }
}

#[test]
fn what_is_wrong_with_a_unit_is_said_where_it_stands() {
    for (good, bad, error) in [
        (
            "{ tokens",
            "{ token",
            "7:8: `adds` names a meter that is not there: there is `tokens`",
        ),
        (
            "{ tokens = \"40500 TPM\" }",
            "{}",
            "7:8: `adds` names no meter",
        ),
        (
            "adds = { tokens = \"40500 TPM\" }, ",
            "",
            "7:8: missing field `adds`",
        ),
        (
            "\"40500 TPM\"",
            "40500",
            "7:42: invalid type: integer `40500`, expected tokens per minute such as `\"3400 TPM\"`",
        ),
        ("40500 TPM", "40500", "7:42: `40500` does not end in ` TPM`"),
        ("40500 TPM", "0 TPM", "7:42: `0 TPM` is zero"),
        (
            " hour =",
            " step = 0, hour =",
            "7:8: `smallest` and `step` are at least 1",
        ),
        (
            " hour =",
            " smallest = 0, hour =",
            "7:8: `smallest` and `step` are at least 1",
        ),
        (
            " hour =",
            " smallest = 25, step = 50, hour =",
            "7:8: `smallest` is a multiple of `step`, as all that is sold is",
        ),
        (
            " hour =",
            " step = -1, hour =",
            "7:64: invalid value: integer `-1`, expected u64",
        ),
        (
            "per unit-hour",
            "per TPM-hour",
            "7:64: a price here is per `unit-hour`, not per `TPM-hour`",
        ),
        (
            "per unit-hour",
            "per unit-month",
            "7:64: a price here is per `unit-hour`, not per `unit-month`",
        ),
        (
            ", hour = \"3 per unit-hour\"",
            "",
            "7:8: a price needs `minute`, `hour`, `block`, `day`, `week`, `month`, `quarter` or `year`",
        ),
        (
            "\"GSU\"",
            "\"\"",
            "7:17: `` is not a name: a name has up to 128 visible characters and begins with a letter or digit",
        ),
        (UNIT, "", "6:1: missing field `unit`"),
    ] {
        let unit = UNIT.replace(good, bad);
        assert_ne!(unit, UNIT);
        invalid(&product(&unit, &format!("{METER}{WEIGHTS}")), error);
    }
}

#[test]
fn what_is_wrong_with_a_meter_is_said_where_it_stands() {
    let several = |names: &[&str]| {
        let meter = |name: &&str| format!("{}{WEIGHTS}", METER.replace("tokens", name));
        names.iter().map(meter).collect::<String>()
    };
    for (meters, error) in [
        (String::new(), "6:1: missing field `meters`"),
        (
            "meters = []\n".to_owned(),
            "6:1: a reservation has one meter or two",
        ),
        (
            several(&["tokens", "calls", "images"]),
            "6:1: a reservation has one meter or two",
        ),
        (
            several(&["tokens", "calls"]),
            "7:8: a unit adds to every meter",
        ),
        (
            several(&["tokens", "tokens"]),
            "6:1: the meter `tokens` is there twice",
        ),
        (
            METER.replace("name = \"tokens\"\n", WEIGHTS),
            "8:1: missing field `name`",
        ),
        (METER.to_owned(), "8:1: missing field `weights`"),
    ] {
        invalid(&product(UNIT, &meters), error);
    }
}

#[test]
fn what_is_wrong_with_weights_is_said_where_it_stands() {
    let grow = "8:1: brackets grow, and only the last has no `up_to`";
    for (brackets, error) in [
        ("", "8:1: `weights` has no bracket"),
        ("{ input = \"1\" }", "10:12: missing field `output`"),
        ("{ output = \"1\" }", "10:12: missing field `input`"),
        (
            "{ input = \"0\", output = \"0\" }",
            "8:1: a meter counts some kind of tokens",
        ),
        (
            "{ input = \"1\", output = \"0.1234567\" }",
            "8:1: a weight has at most 6 decimals",
        ),
        (
            "{ input = \"2\", output = \"0.123456\" }",
            "8:1: the largest weight of a meter is at most 1,000,000 times the finest decimal of its weights",
        ),
        (
            "{ input = \"-1\", output = \"1\" }",
            "10:22: `-1` is negative",
        ),
        (
            "{ input = 1, output = \"1\" }",
            "10:22: invalid type: integer `1`, expected a weight such as `\"0.2\"`",
        ),
        (
            "{ input = \"1\", output = \"1\", image = \"2\" }",
            "10:41: unknown field `image`, expected one of `up_to`, `input`, `cached`, `cache_write`, `output`",
        ),
        (
            "{ up_to = \"32K\", input = \"1\", output = \"1\" }",
            "10:22: `32K` does not end in ` tokens`",
        ),
        (
            "{ up_to = \"32K tokens\", input = \"1\", output = \"1\" }",
            grow,
        ),
        (
            "{ input = \"1\", output = \"1\" }, { input = \"2\", output = \"1\" }",
            grow,
        ),
        (
            "{ up_to = \"32K tokens\", input = \"1\", output = \"1\" }, \
             { up_to = \"32K tokens\", input = \"2\", output = \"1\" }, { input = \"3\", output = \"1\" }",
            grow,
        ),
    ] {
        let meter = format!("{METER}weights = [{brackets}]\n");
        invalid(&product(UNIT, &meter), error);
    }
}

#[test]
fn what_is_wrong_with_the_weights_of_a_side_is_said_where_it_stands() {
    for (brackets, error) in [
        (
            "{ up_to = \"1K tokens\" }",
            "6:1: brackets grow, and only the last has no `up_to`",
        ),
        (
            "{ up_to = \"2K tokens\" }, { up_to = \"1K tokens\", cached = \"0.2\" }, {}",
            "6:1: brackets grow, and only the last has no `up_to`",
        ),
        (
            "{ input = \"0\" }",
            "6:1: a meter counts some kind of tokens",
        ),
        (
            "{ cached = \"0.0000001\" }",
            "6:1: a weight has at most 6 decimals",
        ),
        (
            "{ wait = \"0.2\" }",
            "10:14: unknown field `wait`, expected one of `up_to`, `input`, `cached`, `cache_write`, `output`",
        ),
    ] {
        invalid(&weighted(&format!("weights = [{brackets}]\n")), error);
    }
}

#[test]
fn a_model_is_sold_by_side_or_in_units() {
    let both = weighted("") + &product(UNIT, &format!("{METER}{WEIGHTS}")).replace(MODEL, "");
    let error =
        "10:1: a model is sold by side, as `[[model.ptu]]`, or in units, as `[[model.capacity]]`";
    invalid(&both, error);
}

//! Catalog files with hours that are no day.

use super::common::{self, folder::Folder};

const HEAD: &str =
    "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"day\"\n[[model.standard]]\n";

fn refused(tiers: &str) -> String {
    let folder = Folder::new(&[("day.toml", &format!("{HEAD}tiers = [\n{tiers}\n]\n"))]);
    let path = folder.path_of("day.toml");
    let outcome = common::run(&["models", "day", "--catalog", &path]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""), "{tiers}");
    let (error, hint) = outcome.stderr.split_once("\n\n").unwrap();
    assert!(hint.starts_with("hint: "), "{hint}");
    error.replace(&path, "day.toml")
}

/// A tier of these hours, with what else it has.
fn tier(hours: &str, more: &str) -> String {
    format!("{{ hours = \"{hours}\", {more} input = \"3 per 1M tokens\" }},\n")
}

#[test]
fn hours_of_a_mode_are_a_day() {
    let day = |hours: &[&str]| -> String { hours.iter().map(|hours| tier(hours, "")).collect() };
    for (tiers, error) in [
        (
            day(&["08:00-22:00"]),
            "day.toml:8:1: the `hours` of a mode's tiers are a day, each minute once: none has 00:00",
        ),
        (
            day(&["08:00-22:00", "22:01-08:00"]),
            "day.toml:8:1: the `hours` of a mode's tiers are a day, each minute once: none has 22:00",
        ),
        (
            day(&["08:00-22:01", "22:00-08:00"]),
            "day.toml:8:1: the `hours` of a mode's tiers are a day, each minute once: several have 22:00",
        ),
        (
            day(&["00:00-24:00", "08:00-22:00"]),
            "day.toml:8:1: the `hours` of a mode's tiers are a day, each minute once: several have 08:00",
        ),
        (
            format!(
                "{}{{ input = \"3 per 1M tokens\" }}",
                tier("00:00-24:00", "up_to = \"1K tokens\",")
            ),
            "day.toml:9:1: either every tier of a mode has `hours` or none has",
        ),
        (
            format!(
                "{}{}",
                day(&["08:00-22:00", "22:00-08:00"]),
                tier("08:00-22:00", "up_to = \"9K tokens\",")
            ),
            "day.toml:10:1: the tiers of a mode grow: `up_to` is above that of the tier before, and only the last has none",
        ),
    ] {
        assert_eq!(refused(&tiers), format!("error: {error}"));
    }
}

#[test]
fn hours_of_each_mode_are_its_own() {
    let modes = |other: &str| {
        let first = tier("08:00-22:00", "mode = \"thinking\",")
            + &tier("22:00-08:00", "mode = \"thinking\",");
        format!("{first}{{ mode = \"non-thinking\", {other} input = \"1 per 1M tokens\" }}")
    };
    let folder = Folder::new(&[("day.toml", &format!("{HEAD}tiers = [\n{}\n]\n", modes("")))]);
    assert_eq!(
        common::run(&["models", "day", "--catalog", &folder.path_of("day.toml")]).code,
        0
    );
    assert_eq!(
        refused(&modes("hours = \"00:00-23:59\",")),
        "error: day.toml:10:1: the `hours` of a mode's tiers are a day, each minute once: none has 23:59"
    );
}

#[test]
fn hours_are_written_in_one_way() {
    for wrong in [
        "8:00-22:00",
        "08-22",
        "08:00–22:00",
        "08:00 - 22:00",
        "08:00-08:00",
        "24:00-08:00",
        "08:60-22:00",
        "08:00-24:01",
        "08:00-25:00",
        "",
        "00:00-00:00x",
        "08:00:00-22:00:00",
    ] {
        let error = refused(&tier(wrong, ""));
        let message = format!(
            "`{wrong}` are not hours of the day: they are written `08:00-22:00`, from the first minute to before the second, and may go over midnight"
        );
        assert!(
            error.starts_with("error: day.toml:8:11: ") && error.ends_with(&message),
            "{error}"
        );
    }
}

//! Parts of a trace over a change of price: merged they are the single run.

use super::common;
use super::prices::Desk;

const ORDER: &str = "quote ptu own-tiers --input-tpm 10k --output-tpm 1k";

fn parts(desk: &Desk) -> [String; 3] {
    [
        desk.calls(
            "a.csv",
            &[(-7_200, 15_000, 500), (-60, 900, 10), (-59, 9_900, 10)],
        ),
        desk.calls("b.csv", &[(0, 900, 990), (1, 900, 20), (60, 8_001, 10)]),
        desk.calls("c.csv", &[(86_400, 7_000, 500), (86_401, 500, 600)]),
    ]
}

fn partial(desk: &Desk, name: &str, trace: &str, more: &str) -> String {
    let line = format!("{ORDER} --trace {trace} --partial {more}");
    let made = common::run(&desk.line(&line));
    assert_eq!((made.code, made.stderr.as_str()), (0, ""));
    desk.file(name, &made.stdout)
}

#[test]
fn parts_on_both_sides_and_across_are_the_single_run() {
    let desk = Desk::new();
    let [a, b, c] = parts(&desk);
    for more in [
        "",
        "--days 3",
        "--on-overflow reject",
        "--as-of 2026-06-01",
        "--as-of 2026-06-02",
    ] {
        // `merge` takes what parts were made with.
        let as_of = if more.contains("--as-of") { more } else { "" };
        let across = partial(&desk, "ab.json", &format!("{a} --trace {b}"), more);
        let of_a = partial(&desk, "a.json", &a, more);
        let of_b = partial(&desk, "b.json", &b, more);
        let of_c = partial(&desk, "c.json", &c, more);
        let single = format!("{ORDER} --trace {a} --trace {b} --trace {c} {more}");
        let single = common::json(&desk.line(&single));
        assert_ne!(single["quotes"][0]["total"], "0");
        for files in [
            format!("{of_c} {of_a} {of_b}"),
            format!("{across} {of_c}"),
            format!("{of_c} {across}"),
        ] {
            let merged = common::json(&desk.line(&format!("merge {files} {as_of}")));
            assert_eq!(merged, single, "{more}");
        }
    }
}

#[test]
fn stretches_of_time_are_only_told_where_prices_change() {
    let desk = Desk::new();
    let [a, ..] = parts(&desk);
    let read = |path: String| std::fs::read_to_string(path).unwrap();
    let own = read(partial(&desk, "own.json", &a, ""));
    let given = read(partial(&desk, "given.json", &a, "--as-of 2026-06-02"));
    assert!(own.contains("\"from_minute\":\"29672160\""), "{own}");
    assert!(
        !given.contains("later") && given.contains("as_of_given"),
        "{given}"
    );
    // One that does not fit itself is refused.
    let damaged = own.replacen("29672160", "29672161", 1);
    let path = desk.file("damaged.json", &damaged);
    let (code, error) = desk.refused(&format!("merge {path}"));
    assert_eq!(code, 1, "{error}");
}

#[test]
fn a_day_cannot_be_given_to_parts_that_have_their_own() {
    let desk = Desk::new();
    let [a, b, _] = parts(&desk);
    let own = partial(&desk, "a.json", &a, "");
    let (code, error) = desk.refused(&format!("merge {own} --as-of 2026-11-20"));
    assert_eq!(
        (code, error.as_str()),
        (
            2,
            "error: the partial results have each call at the prices of its own day\n\n\
             hint: leave `--as-of` out, or make the partial results again with it\n"
        )
    );
    let given = partial(&desk, "b.json", &b, "--as-of 2026-11-20");
    let (code, error) = desk.refused(&format!("merge {own} {given}"));
    assert_eq!(code, 1);
    assert!(
        error.contains("were made for different parameters"),
        "{error}"
    );
}

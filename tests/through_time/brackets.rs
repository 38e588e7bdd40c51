//! Days between two editions, on which nobody knows which price held.

use super::shop::Shop;

#[test]
fn a_day_between_two_editions_is_said() {
    let shop = Shop::new();
    let at = |day: &str| {
        let line = format!("ptu halved --input-tpm 10k --output-tpm 1k --hours 1 --as-of {day}");
        let total = shop.json(&format!("quote {line}"))["quotes"][0]["total"].clone();
        (total.as_str().unwrap().to_owned(), shop.notes(&line))
    };
    let unsure = |day: &str| {
        vec![format!(
            "another price or limit came between 2026-07-29 and 2026-08-03: which one held on {day} is not known, and the older is taken"
        )]
    };
    assert_eq!(at("2026-07-29"), ("6".to_owned(), vec![]));
    assert_eq!(at("2026-07-30"), ("6".to_owned(), unsure("2026-07-30")));
    assert_eq!(at("2026-08-02"), ("6".to_owned(), unsure("2026-08-02")));
    assert_eq!(at("2026-08-03"), ("3".to_owned(), vec![]));
}

#[test]
fn a_day_without_an_edition_before_is_the_day_itself() {
    let shop = Shop::new();
    let line = "tokens halved --input 1M --output 0 --as-of 2026-08-31";
    assert!(shop.notes(line).is_empty());
}

#[test]
fn a_day_between_the_last_edition_with_a_price_and_the_first_without_is_said() {
    let shop = Shop::new();
    let line = "mu gone --spec MU1x2 --hours 1 --as-of 2026-08-01";
    assert_eq!(
        shop.notes(line),
        [
            "a price here left the page between 2026-07-29 and 2026-08-03: whether it held on 2026-08-01 is not known"
        ]
    );
}

#[test]
fn before_the_first_price_the_bracket_is_named() {
    let shop = Shop::new();
    let (code, said) = shop.refused("quote tokens new --input 1 --output 1 --as-of 2026-08-01");
    assert_eq!(code, 1);
    assert_eq!(
        said,
        "error: `new` has no such price on 2026-08-01: the first is in force from 2026-08-03, and came between 2026-07-29 and 2026-08-03\n\n\
         hint: use `--as-of 2026-08-03` or later\n"
    );
    let (_, said) = shop.refused("quote tokens short --input 1 --output 1 --as-of 2026-07-09");
    assert!(said.contains("in force from 2026-07-10\n"), "{said}");
}

#[test]
fn plans_and_comparisons_say_it_too() {
    let shop = Shop::new();
    let load = "--rpm 1 --input-per-request 900 --output-per-request 100 --as-of 2026-08-01";
    let text = shop.stdout(&format!("compare halved {load}"));
    assert!(text.contains("which one held"), "{text}");
    let plan = shop.file(
        "plan.toml",
        "version = 1\ndays = 30\nas_of = 2026-08-01\n[[deployment]]\nname = \"old\"\nmethod = \"ptu\"\nmodel = \"halved\"\n\
         input_tpm = 10000\noutput_tpm = 1000\nhours = 1\n",
    );
    let text = shop.stdout(&format!("check {plan}"));
    assert!(
        text.contains("came between 2026-07-29 and 2026-08-03"),
        "{text}"
    );
}

#[test]
fn calls_on_days_between_two_editions_are_said() {
    let shop = Shop::new();
    let trace = shop.file(
        "calls.csv",
        "timestamp,input_tokens,output_tokens\n2026-07-31T10:00:00Z,9000,1000\n2026-08-05T10:00:00Z,9000,1000\n",
    );
    let line = format!("tokens flip --trace {trace}");
    // 9,000 and 1,000 tokens at ¥1 and ¥3, then at ¥4 and ¥12.
    assert_eq!(
        shop.json(&format!("quote {line}"))["quotes"][0]["total"],
        "0.06"
    );
    assert_eq!(
        shop.notes(&line),
        [
            "a price here came between 2026-07-29 and 2026-08-03: which one held on the days between is not known, and the older is taken"
        ]
    );
    let later = shop.file(
        "later.csv",
        "timestamp,input_tokens,output_tokens\n2026-08-05T10:00:00Z,9000,1000\n",
    );
    assert!(
        shop.notes(&format!("tokens flip --trace {later}"))
            .is_empty()
    );
}

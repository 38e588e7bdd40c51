//! A log of several models whose prices change and whose calls grow.

use super::common::{fraction, whole};
use super::shop::Shop;

/// A day with so many calls of `flip` and one of `halved` in each minute.
fn log(of_flip: usize) -> String {
    let mut text = "time,model,input_tokens,output_tokens\n".to_owned();
    for minute in 0..24 * 60 {
        let time = format!("2026-11-02T{:02}:{:02}:00+08:00", minute / 60, minute % 60);
        text.push_str(&format!("{time},flip,900,100\n").repeat(of_flip));
        text.push_str(&format!("{time},halved,900,100\n"));
    }
    text
}

#[test]
fn two_days_have_the_best_ways_of_each_model() {
    let shop = Shop::new();
    let path = shop.file("log.csv", &log(4));
    let line = format!("compare --trace {path} --scale-to 30 --as-of 2026-06-15..2026-11-20");
    let report = shop.json(&line);
    let then = &report["as_of_then"];
    // 172,800 calls of 900 and 100 tokens at ¥1 and ¥3 a million, and 43,200 at ¥2 and ¥6.
    assert_eq!(then["date"], "2026-06-15");
    assert_eq!(then["changed"], true);
    let by_hand = whole(172_800 * (900 + 300)) + whole(43_200 * (1_800 + 600));
    let best = fraction(then["best_total"].as_str().unwrap());
    assert_eq!(best, by_hand / whole(1_000_000));
    // Now `flip` is at ¥4 and ¥12, which is more than ¥25 a day for 10K / 1K TPM.
    let by_hand = whole(30 * 25 * 1_000_000) + whole(43_200 * (1_800 + 600));
    let best = fraction(report["best_total"].as_str().unwrap());
    assert_eq!(best, by_hand / whole(1_000_000));
    let models = report["models"].as_array().unwrap();
    for model in models {
        let code = model["model"].as_str().unwrap();
        let alone = shop.json(&format!(
            "compare {code} --where model={code} --no-savings-plan --trace {path} --scale-to 30 --as-of 2026-06-15..2026-11-20"
        ));
        assert_eq!(
            model["comparison"]["as_of_then"], alone["as_of_then"],
            "{code}"
        );
    }
    let text = shop.stdout(&line).replace(&path, "log.csv");
    assert_eq!(text, TWO_DAYS);
}

const TWO_DAYS: &str = "\
Best: ¥853.68 instead of ¥933.12 by ordinary calls (8.51% less), for 7,200 calls
of 2 models in log.csv, 1 day taken 30 times for 30 days
On 2026-06-15 the best way was another one for 1 of 2 models, at ¥311.04 in all.

 Model   Best            Bought        In the log as  Calls   As now  Best cost
 flip    ptu-daily       10K / 1K TPM                 5,760  ¥829.44    ¥750.00
 halved  standard (now)  by token                     1,440  ¥103.68    ¥103.68
 ──────────────────────────────────────────────────────────────────────────────
 Total                                                       ¥933.12    ¥853.68

 Of the best ways
   `flip` by PTU by the day (10K / 1K TPM): reserved for the busiest minute:
     `--fit cheapest` weighs a smaller reservation against its overflow

 Recorded traffic
   Trace log.csv, times in dates and times with a zone
   Span  2026-11-02 00:00 to 2026-11-02 23:59 UTC+8: 1,440 minutes
   Calls 7,200 calls: 6,480,000 input and 720,000 output tokens
   Day   00:00 ████████████████████████████████████████████████ 24:00 UTC+8

 Trace
   the trace covers 1 calendar day (UTC+8), which is taken 30 times for 30 days

 Then and now
 Model   Day         Best         Total
 flip    2026-06-15  standard   ¥207.36
 flip    2026-11-20  ptu-daily  ¥750.00
 halved  2026-06-15  standard   ¥103.68
 halved  2026-11-20  standard   ¥103.68
 ──────────────────────────────────────
 Total   2026-06-15             ¥311.04
 Total   2026-11-20             ¥853.68

 flip, standard: Input ¥1 → ¥4 per 1M tokens (+300%, between 2026-07-29 and
   2026-08-03), Output ¥3 → ¥12 per 1M tokens (+300%, between 2026-07-29 and
   2026-08-03)

 `--details` shows minutes of the trace and the ranking of each model";

#[test]
fn a_way_that_is_not_sold_yet_has_no_cost_then() {
    let shop = Shop::new();
    let path = shop.file(
        "log.csv",
        "time,model,input_tokens,output_tokens\n2026-11-02T09:00:00+08:00,new,900,100\n2026-11-02T09:00:00+08:00,flip,900,100\n",
    );
    let line = format!("compare --trace {path} --as-of 2026-06-15..2026-11-20");
    let report = shop.json(&line);
    assert_eq!(report["as_of_then"]["best_total"], serde_json::Value::Null);
    let text = shop.stdout(&line);
    assert!(
        text.contains("\nOn 2026-06-15 the best way was another one for 1 of 2 models.\n"),
        "{text}"
    );
}

#[test]
fn the_best_way_of_a_model_changes_as_its_calls_grow() {
    let shop = Shop::new();
    let path = shop.file("log.csv", &log(1));
    let line =
        format!("compare --trace {path} --growth 100%/month --growth-months 4 --as-of 2026-11-20");
    let growth = &shop.json(&line)["growth"];
    // Of `flip` ordinary calls cost ¥207.36 in the first month and twice as much in each that follows; 10K / 1K TPM
    // take up to 10 calls a minute, at ¥25 a day. Of `halved` they are the best way all the time, at ¥103.68.
    let best = [
        20_736 + 10_368,
        41_472 + 20_736,
        75_000 + 41_472,
        75_000 + 82_944,
    ];
    let now = [1_u64, 2, 4, 8].map(|times| times * (20_736 + 10_368));
    let cents = |cents: u64| whole(cents) / whole(100);
    for (place, month) in growth["months"].as_array().unwrap().iter().enumerate() {
        let of = |field: &str| fraction(month[field].as_str().unwrap());
        assert_eq!(of("best_total"), cents(best[place]));
        assert_eq!(of("now_total"), cents(now[place]));
    }
    let of = |field: &str| fraction(growth[field].as_str().unwrap());
    assert_eq!(
        of("best_of_each_month_total"),
        cents(best.into_iter().sum())
    );
    assert_eq!(of("now_total"), cents(now.into_iter().sum()));
    // A reservation for all four months costs less than ordinary calls for all of them.
    assert_eq!(of("best_total"), cents(4 * 75_000 + 15 * 10_368));
    let text = shop.stdout(&line).replace(&path, "log.csv");
    assert_eq!(text, GROWN);
}

const GROWN: &str = "\
Best over 4 months of 30 days at 100%/month: ¥4,555.20 instead of ¥4,665.60 by
ordinary calls (2.37% less), for 2,880 calls of 2 models in
log.csv, 1 day taken 30 times for 30 days
The first month: ordinary calls as now, ¥311.04
With the best way of each month it is ¥3,677.28.

 Growth
 Model   Best over 4 months     As now       Cost
 halved  standard (now)      ¥1,555.20  ¥1,555.20
 flip    ptu-daily           ¥3,110.40  ¥3,000.00
 ────────────────────────────────────────────────
 Total                       ¥4,665.60  ¥4,555.20

 `flip`: the best way changes in month 3, from standard to ptu-daily

 Month    Calls     As now  Best in it
     1   86,400    ¥311.04     ¥311.04
     2  172,800    ¥622.08     ¥622.08
     3  345,600  ¥1,244.16   ¥1,164.72
     4  691,200  ¥2,488.32   ¥1,579.44
 ─────────────────────────────────────
   All           ¥4,665.60   ¥3,677.28

 First month
 Model   Best            Bought    In the log as  Calls   As now  Best cost
 halved  standard (now)  by token                 1,440  ¥103.68    ¥103.68
 flip    standard (now)  by token                 1,440  ¥207.36    ¥207.36
 ──────────────────────────────────────────────────────────────────────────
 Total                                                   ¥311.04    ¥311.04

 Of the best ways
   `flip` by PTU by the day (10K / 1K TPM): reserved for the busiest minute:
     `--fit cheapest` weighs a smaller reservation against its overflow

 Recorded traffic
   Trace log.csv, times in dates and times with a zone
   Span  2026-11-02 00:00 to 2026-11-02 23:59 UTC+8: 1,440 minutes
   Calls 2,880 calls: 2,592,000 input and 288,000 output tokens
   Day   00:00 ████████████████████████████████████████████████ 24:00 UTC+8

 Trace
   the trace covers 1 calendar day (UTC+8), which is taken 30 times for 30 days

halved

 Growth
 Month    Calls  Best                        Total
     1   43,200  standard                  ¥103.68
     2   86,400  standard                  ¥207.36
     3  172,800  standard                  ¥414.72
     4  345,600  standard                  ¥829.44
 ─────────────────────────────────────────────────
   All           the best of each month  ¥1,555.20
   All           standard                ¥1,555.20

flip

 Growth
 Month    Calls  Best                        Total
     1   43,200  standard                  ¥207.36
     2   86,400  standard                  ¥414.72
     3  172,800  ptu-daily                 ¥750.00
     4  345,600  ptu-daily                 ¥750.00
 ─────────────────────────────────────────────────
   All           the best of each month  ¥2,122.08
   All           ptu-daily               ¥3,000.00

 `--details` shows minutes of the trace and the ranking of each model";

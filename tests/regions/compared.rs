//! Several regions in one ranking.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Shop, error, text};

const HERE: &str = "cn-beijing";
const THERE: &str = "ap-southeast-1";
const LOAD: &str = "--input-per-request 4000 --output-per-request 400";

/// Region, option and total of each ranked row.
fn rows(report: &Value) -> Vec<(String, String, String)> {
    let rows = report["options"].as_array().unwrap().iter();
    let row = |row: &Value| {
        (
            text(&row["quote"]["model"]["region"]),
            text(&row["option"]),
            text(&row["total"]),
        )
    };
    rows.map(row).collect()
}

#[test]
fn both_regions_are_one_ranking() {
    let shop = Shop::new();
    // Calls of 4,000 and 400 tokens, r a minute for 30 days of 1,440 minutes: 172.8 r million tokens of input and
    // 17.28 r million of output. A reservation takes 4,000 r and 400 r TPM, in steps of 10K and 1K.
    for r in [1_u64, 7, 30, 333] {
        let steps = ((4 * r).div_ceil(10), (400 * r).div_ceil(1_000));
        let tokens = |input: u64, output: u64| (17_280 * input + 1_728 * output) * r;
        let reserved = |input: u64, output: u64, times: u64| {
            (steps.0 * input + steps.1 * output) * times * 100
        };
        // In hundredths of a yuan.
        let mut expected = vec![
            (HERE, "ptu-hourly", reserved(20, 8, 720)),
            (HERE, "ptu-daily", reserved(240, 96, 30)),
            (HERE, "standard", tokens(4, 16)),
            (THERE, "ptu-hourly", reserved(5, 2, 720)),
            (THERE, "ptu-daily", reserved(50, 20, 30)),
            (THERE, "standard", tokens(6, 24)),
        ];
        expected.sort_by_key(|(.., total)| *total);
        let hundredths = |total: &str| {
            let (whole, part) = total.split_once('.').unwrap_or((total, ""));
            format!("{whole}{part:0<2}").parse::<u64>().unwrap()
        };
        let line = format!("compare own --rpm {r} {LOAD}");
        for regions in [
            "--region cn-beijing,ap-southeast-1",
            "--region CN-BEIJING --region ap-southeast-1",
            "--region all",
        ] {
            let report = shop.json(&format!("{line} {regions}"));
            let found = rows(&report);
            let found: Vec<(&str, &str, u64)> = found
                .iter()
                .map(|(region, option, total)| (&**region, &**option, hundredths(total)))
                .collect();
            assert_eq!(found, expected, "{r} {regions}");
            let ranks = report["options"].as_array().unwrap().iter();
            let ranks: Vec<u64> = ranks.map(|row| row["rank"].as_u64().unwrap()).collect();
            assert_eq!(ranks, (1..=6).collect::<Vec<u64>>());
        }
    }
}

#[test]
fn a_ranking_of_both_has_the_rows_of_each() {
    let shop = Shop::new();
    shop.write(
        "calls.csv",
        "time,input_tokens,output_tokens\n2026-11-01T10:00:00Z,4000,400\n2026-11-01T10:03:30Z,9000,900\n",
    );
    for (models, workload) in [
        (
            "own",
            format!("--rpm 30 {LOAD} --hours-per-day 9 --days 20"),
        ),
        ("own there here", format!("--rpm 2.5 {LOAD}")),
        ("own", "--trace calls.csv".to_owned()),
        ("own there", "--trace calls.csv --scale-to 30".to_owned()),
    ] {
        let mut found = rows(&shop.json(&format!("compare {models} {workload} --region all")));
        let mut expected = Vec::new();
        for code in models.split(' ') {
            let sold = match code {
                "there" => &[THERE][..],
                "here" => &[HERE],
                _ => &[HERE, THERE],
            };
            for region in sold {
                let alone = format!("compare {code} {workload} --region {region}");
                expected.extend(rows(&shop.json(&alone)));
            }
        }
        assert!(expected.len() >= 5, "{models} {workload}");
        let total = |(.., total): &(String, String, String)| total.parse::<Decimal>().unwrap();
        assert!(found.is_sorted_by_key(total), "{models} {workload}");
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{models} {workload}");
    }
}

#[test]
fn the_table_says_the_region_of_each_option_where_there_are_several() {
    let shop = Shop::new();
    assert_eq!(
        shop.stdout(&format!("compare own --rpm 30 {LOAD} --region all")),
        TABLE
    );
    // Of one region the table has no column for it.
    let line = format!("compare own --rpm 30 {LOAD}");
    let plain = shop.stdout(&line);
    assert!(!plain.contains("Region"));
    assert_eq!(shop.stdout(&format!("{line} --region cn-beijing")), plain);
    let there = shop.stdout(&format!("{line} --region ap-southeast-1"));
    assert!(there.starts_with("Cheapest: PTU by the day (120K / 12K TPM) of Own, ¥25,200.00 for 30 days\n(ap-southeast-1)\n"), "{there}");
    assert!(!there.contains("Region"));
}

const TABLE: &str = "\
Cheapest: PTU by the day (120K / 12K TPM) of Own, ¥25,200.00 for 30 days
(ap-southeast-1)
Model units by the month (1 × MU1x1) pays if one replica serves at least 60K /
6K TPM (15 requests a minute).
30 requests a minute of 4K input and 400 output tokens, 24h a day for 30 days:
1,296,000 requests, 5,184,000,000 tokens in, 518,400,000 out.

 #  Option            Total    Dearer  Pays from
 1  ptu-daily    ¥25,200.00            now
     ap-southeast-1, 120K / 12K TPM
 2  standard     ¥29,030.40   +15.20%  at 13 rpm or up to 20 h a day
     cn-beijing, by token
 3  standard     ¥43,545.60   +72.80%  never
     ap-southeast-1, by token
 4  ptu-hourly   ¥60,480.00  +140.00%  never
     ap-southeast-1, 120K / 12K TPM
 5  ptu-daily   ¥120,960.00  +380.00%  never
     cn-beijing, 120K / 12K TPM
 6  ptu-hourly  ¥241,920.00  +860.00%  never
     cn-beijing, 120K / 12K TPM
 -  mu-monthly    ¥9,000.00            15 rpm each ?
     cn-beijing, 1 × MU1x1
 -  mu-hourly    ¥14,400.00            30 rpm each ?
     cn-beijing, 1 × MU1x1
 -  fine-tuned   ¥36,288.00
     cn-beijing, by token

 Not ranked: mu-monthly, mu-hourly: what one replica serves is not published:
   `--replica-capacity` gives it; `?` holds if one replica serves that much, for
   a larger load against tokens of the same model
 Not ranked: fine-tuned: only serves custom models made by LoRA fine-tuning of
   this base model: `--fine-tuned` ranks it (tokens.fine-tuned)

 Not equivalent
   1, 3, 4: another region: how long calls take, and where data is kept, are not
     the same
   1, 5: can be ended early: a used hour counts 1.2 times, and once where it was
     used for more than 30 days; read so, as a page says it of reservations
     (ptu.early-end)

 Catalog files
   own: adds the model (here.toml)
   own: adds ptu (here.toml)
   own: adds mu MU1x1 (here.toml)
   own: adds fine-tuned tokens (here.toml)
   own: adds standard tokens (here.toml)
   own: adds the model in ap-southeast-1 (there.toml)
   own: adds ptu in ap-southeast-1 (there.toml)
   own: adds standard tokens in ap-southeast-1 (there.toml)

 `--details` shows what is not ranked, break-even, what is not priced and
 sources
";

#[test]
fn break_even_points_and_the_current_way_are_of_one_region() {
    let shop = Shop::new();
    let line = format!("compare own --rpm 30 {LOAD} --hours-per-day 9");
    let points = |report: &Value| -> Vec<Value> {
        let points = report["break_even"].as_array().unwrap().iter().cloned();
        points
            .map(|mut point| {
                let fields = point.as_object_mut().unwrap();
                fields.remove("region");
                fields.remove("message");
                point
            })
            .collect()
    };
    let both = shop.json(&format!("{line} --region all"));
    let regions = both["break_even"].as_array().unwrap().iter();
    let regions: Vec<String> = regions.map(|point| text(&point["region"])).collect();
    let of = |region: &str| shop.json(&format!("{line} --region {region}"));
    let alone: Vec<(String, Value)> = [HERE, THERE]
        .into_iter()
        .flat_map(|region| {
            let found = points(&of(region));
            assert!(!found.is_empty(), "{region}");
            found
                .into_iter()
                .map(move |point| (region.to_owned(), point))
        })
        .collect();
    let together: Vec<(String, Value)> = regions.into_iter().zip(points(&both)).collect();
    assert_eq!(together, alone);
    assert_eq!(of(HERE)["break_even"][0].get("region"), None);

    // What runs today is the first model in the region that is named first.
    for (order, current) in [
        ("cn-beijing,ap-southeast-1", HERE),
        ("ap-southeast-1,cn-beijing", THERE),
    ] {
        let report = shop.json(&format!("{line} --current ptu-daily --region {order}"));
        let rank = report["current"].as_u64().unwrap();
        let row = &report["options"][usize::try_from(rank).unwrap() - 1];
        assert_eq!(row["option"], "ptu-daily");
        assert_eq!(row["quote"]["model"]["region"], current, "{order}");
        let said = row["caveats"].to_string();
        assert!(!said.contains("could be meant"), "{said}");
        // The other rows say that they are elsewhere.
        for row in report["options"].as_array().unwrap() {
            let is_there = row["quote"]["model"]["region"] != current;
            let said = row["caveats"].to_string();
            assert_eq!(said.contains("another region"), is_there, "{said}");
        }
    }
    // A way that the first region does not have is not taken from another.
    let (code, said) = shop.refused(&format!(
        "{line} --current mu-hourly --region ap-southeast-1,cn-beijing"
    ));
    assert_eq!(code, 1);
    assert!(said.starts_with("error: the current method `mu-hourly` cannot be priced: `own` is not sold in model units"), "{said}");
}

#[test]
fn a_model_that_is_not_sold_in_a_region_is_named_once() {
    let shop = Shop::new();
    let line = format!("compare own there here --rpm 3 {LOAD}");
    let both = format!("{line} --region cn-beijing,ap-southeast-1");
    for line in [
        both.clone(),
        format!("{both} --details"),
        format!("{line} --region all"),
    ] {
        let said = shop.stdout(&line);
        for lines in [
            " Not priced: `there` is not sold in `cn-beijing`\n",
            " Not priced: `here` is not sold in `ap-southeast-1`\n",
        ] {
            assert_eq!(said.matches(lines).count(), 1, "{said}");
        }
        assert_eq!(said.matches("is not sold in `").count(), 2, "{said}");
    }
    let report = shop.json(&both);
    let missing = |model: &str, region: &str| {
        json!({
            "model": model,
            "region": region,
            "message": format!("`{model}` is not sold in `{region}`"),
        })
    };
    assert_eq!(
        report["not_sold"],
        json!([missing("there", HERE), missing("here", THERE)])
    );
    let unavailable = report["unavailable"].as_array().unwrap();
    assert!(unavailable.iter().all(|one| one["region"].is_string()));
    assert_eq!(
        shop.json(&format!("compare own --rpm 3 {LOAD}"))
            .get("not_sold"),
        None
    );

    let csv = shop.stdout(&format!("{both} --format csv"));
    let last: Vec<&str> = csv.lines().rev().take(2).collect();
    assert!(
        last[0].starts_with(",,alibaba,ap-southeast-1,here,"),
        "{csv}"
    );
    assert!(
        last[0].ends_with(",`here` is not sold in `ap-southeast-1`"),
        "{csv}"
    );
    assert!(last[1].starts_with(",,alibaba,cn-beijing,there,"), "{csv}");

    // One that none of them has is an error.
    assert_eq!(
        shop.refused(&format!(
            "compare here --rpm 3 {LOAD} --region ap-southeast-1"
        )),
        (
            1,
            error(
                "`here` is not sold in `ap-southeast-1`",
                "sold in `cn-beijing` (China (Beijing)): use `--region cn-beijing`"
            )
        )
    );
    assert_eq!(
        shop.refused(&format!("compare own own --rpm 3 {LOAD} --region all")),
        (
            2,
            error("the model `own` is named twice", "name each model once")
        )
    );
}

#[test]
fn where_nothing_can_be_priced_each_region_is_named() {
    let shop = Shop::new();
    // No prices of a day before the first of both.
    for (name, region) in [
        ("here.toml", ""),
        ("there.toml", "region = \"ap-southeast-1\"\n"),
    ] {
        let file = format!(
            "version = 1\n[provider]\nid = \"alibaba\"\n{region}[[model]]\ncode = \"own\"\n\
             [[model.standard]]\nfrom = 2026-12-01\ntiers = [{{ input = \"1 per 1M tokens\" }}]\n"
        );
        shop.write(name, &file);
    }
    let line = format!("compare own --rpm 1 {LOAD}");
    let not_yet = "`own` has no such price on 2026-11-20: the first is in force from 2026-12-01";
    let (code, said) = shop.refused(&format!("{line} --region all"));
    assert_eq!(code, 1);
    for region in [HERE, THERE] {
        let reason = format!("\n  standard of `own` in `{region}`: {not_yet}\n");
        assert_eq!(said.matches(&reason).count(), 1, "{said}");
    }
    let (_, said) = shop.refused(&line);
    let reason = format!("\n  standard of `own`: {not_yet}\n");
    assert!(said.contains(&reason), "{said}");
}

#[test]
fn csv_and_charts_tell_regions_apart() {
    let shop = Shop::new();
    let line = format!("compare own --rpm 30 {LOAD} --region all");
    let csv = shop.stdout(&format!("{line} --format csv"));
    let ranked = csv.lines().skip(1).filter(|row| !row.starts_with(','));
    let ranked: Vec<String> = ranked
        .map(|row| row.split(',').take(5).collect::<Vec<_>>().join(","))
        .collect();
    assert_eq!(
        ranked,
        [
            "1,ptu-daily,alibaba,ap-southeast-1,own",
            "2,standard,alibaba,cn-beijing,own",
            "3,standard,alibaba,ap-southeast-1,own",
            "4,ptu-hourly,alibaba,ap-southeast-1,own",
            "5,ptu-daily,alibaba,cn-beijing,own",
            "6,ptu-hourly,alibaba,cn-beijing,own",
        ]
    );
    let chart = shop.stdout(&format!("{line} --chart"));
    assert!(chart.contains("\n Cost of Own for 30 days\n"), "{chart}");
    assert!(
        chart.contains("\n A  1. ptu-daily ap-southeast-1\n"),
        "{chart}"
    );
    assert!(chart.contains("\n B  2. standard cn-beijing\n"), "{chart}");
    // A quota is used in the first region alone.
    let with_quota = rows(&shop.json(&format!("{line} --free-quota 1M")));
    let without = rows(&shop.json(&line));
    let changed: Vec<&(String, String, String)> = with_quota
        .iter()
        .filter(|row| !without.contains(row))
        .collect();
    assert_eq!(changed.len(), 1);
    assert_eq!(
        (changed[0].0.as_str(), changed[0].1.as_str()),
        (HERE, "standard")
    );
}

//! Quotes in a region, what a document says of regions, and the free quota.

use serde_json::json;

use super::{Shop, error, text};

const PTU: &str = "quote ptu own --input-tpm 10k --output-tpm 1k --hours 2";

#[test]
fn a_quote_says_where_it_runs() {
    assert_eq!(
        Shop::new().stdout(&format!("{PTU} --region ap-southeast-1 --details")),
        "\
¥14.00 for Own · PTU · 10K / 1K TPM · 2 h · pay-as-you-go · ap-southeast-1

 Item               Quantity       Unit price           Amount
 Input throughput   10K TPM × 2 h  ¥5 per 10K TPM-hour  ¥10.00
 Output throughput  1K TPM × 2 h   ¥2 per 1K TPM-hour    ¥4.00
 ─────────────────────────────────────────────────────────────
 Total                                                  ¥14.00

 Notes
   ptu.overdue: with an overdue balance the deployment is kept and billed for 24
     hours more, then released: ¥168.00, not in the total; when the balance is
     topped up it comes back and is billed again, unless its task is deleted
   reservation.minimum: the reservation page sells from 200K / 20K TPM on; the
     deployment page gives no minimum

 What always holds
   deploy.region: the model runs in Singapore
   deploy.update: a phased update runs two versions, and what of them is billed
     is not documented

 Sources
   there.toml: line 11
   alibaba-model-deployment: Alibaba Cloud, Model Studio: model deployment,
     billing, prices and operation, China (Beijing)
   alibaba-reservation-billing: Alibaba Cloud, Model Studio: throughput
     reservation, billing, edition of 2026-10-10

 Catalog files
   own: adds the model in ap-southeast-1 (there.toml)
   own: adds ptu in ap-southeast-1 (there.toml)
   own: adds standard tokens in ap-southeast-1 (there.toml)
"
    );
}

#[test]
fn the_first_region_is_meant_where_none_is_named_and_case_does_not_matter() {
    let shop = Shop::new();
    let plain = shop.stdout(PTU);
    assert!(
        plain.starts_with(
            "¥56.00 for Own · PTU · 10K / 1K TPM · 2 h · pay-as-you-go · cn-beijing\n"
        )
    );
    for region in ["cn-beijing", "CN-Beijing", "cn-beijing,CN-BEIJING"] {
        assert_eq!(shop.stdout(&format!("{PTU} --region {region}")), plain);
    }
    let there = shop.stdout(&format!("{PTU} --region ap-southeast-1"));
    let prefixed = PTU.replace(" own ", " Alibaba/OWN ");
    for line in [
        format!("{PTU} --region AP-SouthEast-1"),
        format!("{prefixed} --region ap-southeast-1"),
        format!("--region ap-southeast-1 {PTU}"),
    ] {
        assert_eq!(shop.stdout(&line), there, "{line}");
    }
}

#[test]
fn every_method_has_the_prices_of_its_region() {
    let shop = Shop::new();
    for (line, here, there) in [
        (PTU, "56", Some("14")),
        (
            "quote ptu own --input-tpm 10k --output-tpm 1k --days 1",
            "336",
            Some("70"),
        ),
        (
            "quote tokens own --input 1M --output 1M --rate standard",
            "20",
            Some("30"),
        ),
        (
            "quote tokens own --input 1M --output 1M --rate fine-tuned",
            "25",
            None,
        ),
        ("quote mu own --hours 1", "20", None),
    ] {
        let of = |region: &str| {
            let quote = shop.json(&format!("{line} --region {region}"))["quotes"][0].clone();
            assert_eq!(quote["model"]["region"], region);
            text(&quote["total"])
        };
        assert_eq!(of("cn-beijing"), here, "{line}");
        match there {
            Some(total) => assert_eq!(of("ap-southeast-1"), total, "{line}"),
            None => {
                let (code, said) = shop.refused(&format!("{line} --region ap-southeast-1"));
                assert_eq!(code, 1);
                assert!(said.starts_with("error: `own` is not sold "), "{said}");
            }
        }
    }
}

#[test]
fn the_built_in_file_of_a_region_is_named_where_it_is_used() {
    let shop = Shop::new();
    let files =
        |region: &str| shop.json(&format!("{PTU} --region {region}"))["catalog"]["files"].clone();
    assert_eq!(
        files("cn-beijing"),
        json!(["built-in:alibaba.toml", "here.toml", "there.toml"])
    );
    assert_eq!(
        files("ap-southeast-1"),
        json!([
            "built-in:alibaba.toml",
            "built-in:alibaba-singapore.toml",
            "here.toml",
            "there.toml"
        ])
    );
}

#[test]
fn a_region_that_there_is_not_is_refused_with_those_there_are() {
    let shop = Shop::new();
    let all = "there are `cn-beijing`, `ap-southeast-1`, `global`, `data-zone` and `regional`";
    for (typed, hint) in [
        ("eu-central-1", all.to_owned()),
        (
            "ap-southest-1",
            format!("did you mean `ap-southeast-1`? {all}"),
        ),
        ("beijing", all.to_owned()),
        ("Singapore", format!("did you mean `ap-southeast-1`? {all}")),
    ] {
        let refused = |hint: &str| (1, error(&format!("no region `{typed}`"), hint));
        shop.write("account.toml", ACCOUNT);
        shop.write(
            "log.csv",
            "time,model,input_tokens,output_tokens\n2026-11-01T00:00:00Z,own,1,1\n",
        );
        for line in [
            "quote tokens unknown --input 1k --output 1k",
            "quote tokens --trace log.csv",
            "compare --trace log.csv",
            "models",
            "models tencent",
        ] {
            let found = shop.refused(&format!("{line} --region {typed}"));
            assert_eq!(found, refused(&hint), "{line}");
        }
        // Of a model that is named only its own regions help.
        let own = hint.replace(
            all,
            "`own` is in `cn-beijing` (China (Beijing)) and `ap-southeast-1` (Singapore)",
        );
        for line in [
            PTU,
            "models own",
            "compare own --rpm 1 --input-per-request 10 --output-per-request 10",
            "resources account.toml --model own",
        ] {
            let found = shop.refused(&format!("{line} --region {typed}"));
            assert_eq!(found, refused(&own), "{line}");
        }
    }
}

#[test]
fn a_model_that_is_sold_elsewhere_says_where() {
    let shop = Shop::new();
    let tokens = |rest: &str| shop.refused(&format!("quote tokens {rest} --input 1k --output 1k"));
    assert_eq!(
        tokens("There"),
        (
            1,
            error(
                "`there` is not sold in `cn-beijing`",
                "sold in `ap-southeast-1` (Singapore): add `--region ap-southeast-1`"
            )
        )
    );
    assert_eq!(
        tokens("here --region ap-southeast-1"),
        (
            1,
            error(
                "`here` is not sold in `ap-southeast-1`",
                "sold in `cn-beijing` (China (Beijing)): use `--region cn-beijing`"
            )
        )
    );
    // A slip in the code is found whatever the region, and suggested once.
    assert_eq!(
        tokens("owm --region ap-southeast-1"),
        (1, error("no model `owm`", "did you mean `own`?"))
    );
}

#[test]
fn a_quote_is_of_one_region() {
    let shop = Shop::new();
    let message = "`--region` has several regions, and one is needed here";
    let hint = "name one of them; `compare` ranks several";
    for regions in ["cn-beijing,ap-southeast-1", "all", "cn-beijing,all"] {
        let refused = shop.refused(&format!("{PTU} --region {regions}"));
        assert_eq!(refused, (2, error(message, hint)), "{regions}");
    }
}

const ACCOUNT: &str = "version = 1\n[[resource]]\nname = \"p\"\nkind = \"tokens\"\nsource = \"purchased\"\ntotal = 1000000\nused = 1\nexpires = 2026-12-31\n";

#[test]
fn resources_are_priced_as_in_their_region() {
    let shop = Shop::new();
    shop.write("account.toml", ACCOUNT);
    let line = "resources account.toml --model own";
    let price = |line: &str| shop.json(line)["price"].clone();
    assert_eq!(price(line).get("region"), None);
    assert_eq!(price(line)["input"]["amount"], "4");
    let there = format!("{line} --region ap-southeast-1");
    assert_eq!(price(&there)["region"], "ap-southeast-1");
    assert_eq!(price(&there)["input"]["amount"], "6");
    let said = shop.stdout(&format!("{there} --details"));
    assert!(said.contains("Own in Singapore"), "{said}");
    assert!(
        !shop
            .stdout(&format!("{line} --details"))
            .contains("Own in ")
    );
}

#[test]
fn a_region_without_a_model_is_refused() {
    let shop = Shop::new();
    shop.write("account.toml", ACCOUNT);
    shop.write("part.json", "");
    for (line, message, hint) in [
        (
            "resources account.toml",
            "`--region` does nothing in `tollgate resources`",
            "add `--model`, whose price it is, or leave it out",
        ),
        (
            "merge part.json",
            "`--region` does nothing in `tollgate merge`",
            "leave it out: a partial result has its region",
        ),
    ] {
        let refused = shop.refused(&format!("{line} --region ap-southeast-1"));
        assert_eq!(refused, (2, error(message, hint)));
    }
    for line in ["completions bash", "schema plan"] {
        let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("tollgate"));
        let output = command
            .args(line.split_whitespace())
            .args(["--region", "cn-beijing"])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{line}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        let command = line.split(' ').next().unwrap();
        let message = format!("`--region` does nothing in `tollgate {command}`");
        assert_eq!(stderr, error(&message, "leave it out"));
    }
}

/// The sentence of `deploy.region` of each quote of a line on a day.
fn said_on(shop: &Shop, day: &str, line: &str) -> Vec<String> {
    let ran = shop.on(day, &format!("{line} --json"));
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let notes = report["quotes"][0]["notes"].as_array().unwrap().iter();
    let of_region = notes.filter(|note| note["rule"] == "deploy.region");
    of_region.map(|note| text(&note["message"])).collect()
}

#[test]
fn what_a_document_says_of_regions_has_its_day() {
    let shop = Shop::new();
    let tokens = "quote tokens own --rate fine-tuned --input 1k --output 1k";
    let only = "models are deployed in China (Beijing) only";
    let runs = "the model runs in China (Beijing)";
    for (day, line, said) in [
        ("2026-06-15", PTU, only),
        ("2026-08-02", PTU, only),
        ("2026-08-03", PTU, runs),
        ("2026-11-20", PTU, runs),
        ("2026-06-15", tokens, only),
        ("2026-08-02", tokens, only),
        ("2026-08-03", tokens, runs),
        // Model units are in no other region still.
        ("2026-06-15", "quote mu own --hours 1", only),
        ("2026-11-20", "quote mu own --hours 1", only),
    ] {
        assert_eq!(said_on(&shop, day, line), [said], "{day}: {line}");
    }
    // A file of one's own may well have prices of a day before: no sentence of the document is about them.
    let there = format!("{PTU} --region ap-southeast-1");
    for day in ["2026-06-15", "2026-11-20"] {
        assert_eq!(said_on(&shop, day, &there), ["the model runs in Singapore"]);
    }
}

#[test]
fn only_models_in_beijing_have_a_free_quota() {
    let shop = Shop::new();
    let tokens = "quote tokens own --rate standard --input 1M --output 1M";
    assert_eq!(
        text(&shop.json(&format!("{tokens} --free-quota 1M"))["quotes"][0]["total"]),
        "10"
    );
    let refused = (
        1,
        error(
            "models in `ap-southeast-1` have no free quota: by its page it is given in `cn-beijing` only",
            "leave out `--free-quota`",
        ),
    );
    let load = "--rpm 3 --input-per-request 100 --output-per-request 10";
    for line in [
        format!("{tokens} --free-quota 1M"),
        format!("{PTU} {load} --free-quota 1M --free-covers-overflow"),
        format!("compare own {load} --free-quota 1M"),
    ] {
        let line = format!("{line} --region ap-southeast-1");
        assert_eq!(shop.refused(&line), refused, "{line}");
    }
    // A package is a person's own.
    let package = format!("{tokens} --package 1M --region ap-southeast-1");
    assert_eq!(text(&shop.json(&package)["quotes"][0]["total"]), "15");
}

#[test]
fn the_parts_of_a_trace_keep_their_region() {
    let shop = Shop::new();
    shop.write(
        "calls.csv",
        "time,input_tokens,output_tokens\n2026-11-01T10:00:00Z,4000,400\n2026-11-01T10:00:30Z,9000,900\n",
    );
    let line = "quote ptu own --input-tpm 10k --output-tpm 1k --trace calls.csv";
    let total = |text: &str| {
        let report: serde_json::Value = serde_json::from_str(text).unwrap();
        let quote = &report["quotes"][0];
        (quote["model"]["region"].clone(), quote["total"].clone())
    };
    let mut totals = Vec::new();
    for region in ["cn-beijing", "ap-southeast-1"] {
        let whole = shop.stdout(&format!("{line} --region {region} --json"));
        let part = shop.stdout(&format!("{line} --region {region} --partial"));
        assert_eq!(
            part.contains("\"region\":\"ap-southeast-1\""),
            region != "cn-beijing"
        );
        shop.write("part.json", &part);
        let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("tollgate"));
        let output = command
            .env_remove("TOLLGATE_CATALOG")
            .env("TOLLGATE_TODAY", "2026-11-20")
            .current_dir(shop.0.path())
            .args(["merge", "part.json", "--json", "--as-of", "2026-11-20"])
            .args(["--catalog", "here.toml", "--catalog", "there.toml"])
            .output()
            .unwrap();
        let merged = String::from_utf8(output.stdout).unwrap();
        assert_eq!(total(&merged), total(&whole));
        assert_eq!(total(&merged).0, region);
        totals.push(total(&merged).1);
    }
    assert_ne!(totals[0], totals[1]);
}

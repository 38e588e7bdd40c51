//! `models` and completions by region.

use serde_json::{Value, json};

use super::{Shop, error};

/// Code and region of each model of a list.
fn listed(shop: &Shop, line: &str) -> Vec<(String, String)> {
    let report = shop.json(line);
    let models = report["models"].as_array().unwrap().iter();
    let of = |model: &Value, key: &str| model[key].as_str().unwrap().to_owned();
    models
        .map(|model| (of(model, "code"), of(model, "region")))
        .collect()
}

fn own(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = pairs.iter();
    pairs
        .map(|(code, region)| ((*code).to_owned(), (*region).to_owned()))
        .collect()
}

const HERE: &str = "cn-beijing";
const THERE: &str = "ap-southeast-1";

#[test]
fn the_list_is_of_the_first_region_unless_others_are_asked_for() {
    let shop = Shop::new();
    let plain = listed(&shop, "models --provider alibaba");
    assert!(plain.len() > 60);
    assert!(plain.iter().all(|(_, region)| region == HERE));
    assert_eq!(listed(&shop, "models --region cn-beijing"), plain);
    // That of the others is another one.
    let others = listed(&shop, "models --region global");
    let sorted = |mut all: Vec<(String, String)>| {
        all.sort();
        all
    };
    let all = [plain.clone(), others].concat();
    assert_eq!(sorted(listed(&shop, "models")), sorted(all));
    let there = listed(&shop, "models --region ap-southeast-1");
    assert!(there.iter().all(|(_, region)| region == THERE));
    assert!(there.contains(&("there".to_owned(), THERE.to_owned())));
    let mut both: Vec<_> = plain.into_iter().chain(there).collect();
    both.sort();
    for line in [
        "models --provider alibaba --region all",
        "models --region cn-beijing,ap-southeast-1",
        "models --region ap-southeast-1 --region cn-beijing",
    ] {
        let mut all = listed(&shop, line);
        all.sort();
        assert_eq!(all, both, "{line}");
    }
}

#[test]
fn a_pattern_matches_in_its_region() {
    let shop = Shop::new();
    for (line, expected) in [
        ("models own", own(&[("own", HERE)])),
        ("models own --region ap-southeast-1", own(&[("own", THERE)])),
        (
            "models own --region all",
            own(&[("own", HERE), ("own", THERE)]),
        ),
        ("models ?here --region all", own(&[("there", THERE)])),
        (
            "models *here --region all",
            own(&[("here", HERE), ("there", THERE)]),
        ),
        ("models *here", own(&[("here", HERE)])),
        (
            "models alibaba/there --region ap-southeast-1",
            own(&[("there", THERE)]),
        ),
    ] {
        assert_eq!(listed(&shop, line), expected, "{line}");
    }
    assert_eq!(
        shop.refused("models there"),
        (
            1,
            error(
                "`there` is not sold in `cn-beijing`",
                "sold in `ap-southeast-1` (Singapore): add `--region ap-southeast-1`"
            )
        )
    );
    assert_eq!(
        shop.refused("models ?here"),
        (
            1,
            error(
                "no model that matches `?here` is sold in the first region of its provider",
                "such are sold in `ap-southeast-1` (Singapore): `--region ap-southeast-1` or `--region all`"
            )
        )
    );
}

#[test]
fn a_card_says_where_else_the_model_is_sold() {
    let shop = Shop::new();
    let card = shop.stdout("models own");
    let head: Vec<&str> = card.lines().take(5).collect();
    assert_eq!(
        head,
        [
            "Own: PTU from ¥20 per 10K input TPM-hour, model units from ¥20 per replica-hour,",
            "fine-tuned tokens from ¥5 per 1M of input, ordinary calls from ¥4 per 1M tokens",
            "of input",
            "PTU never pays against ordinary calls.",
            "own · Ours · Alibaba Cloud Model Studio · China (Beijing)",
        ]
    );
    assert_eq!(
        card.lines().nth(5),
        Some("Also sold in Singapore (--region ap-southeast-1)")
    );
    assert!(!shop.stdout("models here").contains("Also sold"));
    let there = shop.stdout("models own --region ap-southeast-1");
    assert!(there.contains("\nAlso sold in China (Beijing) (--region cn-beijing)\n"));
    let model = |line: &str| shop.json(line)["models"][0].clone();
    assert_eq!(model("models own")["elsewhere"], json!([THERE]));
    assert_eq!(
        model("models own --region ap-southeast-1")["elsewhere"],
        json!([HERE])
    );
    assert_eq!(model("models here").get("elsewhere"), None);
}

#[test]
fn a_list_of_several_regions_says_them() {
    assert_eq!(
        Shop::new().stdout("models own --region all"),
        "\
2 models, prices in force on 2026-11-20
The lowest price of each: PTU and tokens of input, model units of a replica.

 Model  Region          Family        PTU         MU  Fine-tuned  Standard
                                10K TPM-h  replica-h       1M in     1M in
 own    cn-beijing      Ours          ¥20        ¥20          ¥5        ¥4
 own    ap-southeast-1  Ours           ¥5          -           -        ¥6

 Catalog files
   own: adds the model (here.toml)
   own: adds ptu (here.toml)
   own: adds mu MU1x1 (here.toml)
   own: adds fine-tuned tokens (here.toml)
   own: adds standard tokens (here.toml)
   own: adds the model in ap-southeast-1 (there.toml)
   own: adds ptu in ap-southeast-1 (there.toml)
   own: adds standard tokens in ap-southeast-1 (there.toml)
"
    );
}

/// The candidates for the last word.
fn candidates(shop: &Shop, words: &[&str]) -> Vec<String> {
    let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("tollgate"));
    let output = command
        .env_remove("TOLLGATE_CATALOG")
        .env("TOLLGATE_TODAY", "2026-11-20")
        .env("TOLLGATE_COMPLETE", "fish")
        .current_dir(shop.0.path())
        .args([
            "--",
            "tollgate",
            "--catalog",
            "here.toml",
            "--catalog",
            "there.toml",
        ])
        .args(words)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn completions_know_regions() {
    let shop = Shop::new();
    let [beijing, singapore] = ["cn-beijing\tChina (Beijing)", "ap-southeast-1\tSingapore"];
    let of = |words: &[&str]| {
        let mut found = candidates(&shop, words);
        found.sort();
        found
    };
    let azure = [
        "data-zone\tData zone",
        "global\tGlobal",
        "regional\tA single region",
    ];
    assert_eq!(
        of(&["quote", "ptu", "own", "--region", ""]),
        [&[singapore, beijing][..], &azure].concat()
    );
    assert_eq!(of(&["quote", "ptu", "own", "--region", "AP"]), [singapore]);
    assert_eq!(of(&["compare", "own", "--region", "a"]), ["all", singapore]);
    assert_eq!(
        of(&["compare", "own", "--region", "cn-beijing,ap"]),
        ["cn-beijing,ap-southeast-1\tSingapore"]
    );
    // Models are those of the region.
    assert_eq!(of(&["quote", "tokens", "the"]), [""; 0]);
    let there = ["--region", "ap-southeast-1", "quote", "tokens", "the"];
    assert_eq!(of(&there), ["there\tThere"]);
    assert_eq!(of(&["models", "--region", "all", "own"]), ["own\tOwn"]);
}

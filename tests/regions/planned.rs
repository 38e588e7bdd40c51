//! Regions in plans.

use std::fs;

use serde_json::Value;

use super::{Shop, text};

/// The same reservation in both regions.
const PLAN: &str = r#"version = 1
days = 10

[[deployment]]
name = "near"
method = "ptu"
model = "own"
days = 10
input_tpm = "10k"
output_tpm = "1k"

[[deployment]]
name = "far"
method = "ptu"
model = "own"
region = "AP-southeast-1"
days = 10
input_tpm = "10k"
output_tpm = "1k"
"#;

/// Region and total of each deployment.
fn deployments(report: &Value) -> Vec<(String, String)> {
    let all = report["deployments"].as_array().unwrap().iter();
    let of = |one: &Value| {
        let region = &one["parts"][0]["quote"]["model"]["region"];
        (text(region), text(&one["total"]))
    };
    all.map(of).collect()
}

fn pair(region: &str, total: &str) -> (String, String) {
    (region.to_owned(), total.to_owned())
}

#[test]
fn a_plan_has_a_model_in_two_regions() {
    let shop = Shop::new();
    shop.write("tollgate.toml", PLAN);
    assert_eq!(shop.stdout("check"), CHECKED);
    let report = shop.json("check");
    // 240 + 96 and 50 + 20 a day.
    assert_eq!(
        deployments(&report),
        [pair("cn-beijing", "3360"), pair("ap-southeast-1", "700")]
    );
    assert_eq!(report["total"], "4060");
    let parameters = |at: usize| report["deployments"][at]["parameters"].clone();
    assert_eq!(parameters(0).get("region"), None);
    assert_eq!(parameters(1)["region"], "ap-southeast-1");
    let files = report["catalog"]["files"].to_string();
    assert!(files.contains("alibaba-singapore"), "{files}");
}

const CHECKED: &str = "\
tollgate.toml: ¥4,060.00 for 10 days

 Deployment  Bought                             Cost  Share
 near        own by ptu                    ¥3,360.00  82.8%
 far         own in ap-southeast-1 by ptu    ¥700.00  17.2%
 ──────────────────────────────────────────────────────────
 Total                                     ¥4,060.00

 Depends on readings: ptu.early-end

 Prices in force on 2026-11-20

 Catalog files
   own: adds the model (here.toml)
   own: adds ptu (here.toml)
   own: adds mu MU1x1 (here.toml)
   own: adds fine-tuned tokens (here.toml)
   own: adds standard tokens (here.toml)
   own: adds the model in ap-southeast-1 (there.toml)
   own: adds ptu in ap-southeast-1 (there.toml)
   own: adds standard tokens in ap-southeast-1 (there.toml)

 `--details` shows line items and notes
";

#[test]
fn the_flag_is_for_deployments_without_a_region_and_a_default_before_it() {
    let shop = Shop::new();
    shop.write("tollgate.toml", PLAN);
    let both_there = [pair("ap-southeast-1", "700"), pair("ap-southeast-1", "700")];
    assert_eq!(
        deployments(&shop.json("check --region ap-southeast-1")),
        both_there
    );
    let defaults = PLAN.replace(
        "days = 10\n\n",
        "days = 10\n\n[defaults]\nregion = \"ap-southeast-1\"\n\n",
    );
    shop.write("tollgate.toml", &defaults);
    assert_eq!(deployments(&shop.json("check")), both_there);
    assert_eq!(
        deployments(&shop.json("check --region cn-beijing")),
        both_there
    );
    let (code, said) = shop.refused("check --region all");
    assert_eq!(code, 2);
    assert!(
        said.starts_with("error: `--region` has several regions"),
        "{said}"
    );
}

#[test]
fn a_region_is_a_setting_of_its_deployment() {
    let shop = Shop::new();
    shop.write("main.toml", PLAN);
    // The first region, written or not, is the same plan.
    let written = PLAN.replacen(
        "model = \"own\"\n",
        "model = \"own\"\nregion = \"CN-beijing\"\n",
        1,
    );
    shop.write("tollgate.toml", &written);
    let same = shop.json("check --baseline main.toml");
    let statuses = |report: &Value| -> Vec<String> {
        let all = report["baseline"]["changes"]["deployments"].as_array();
        let all = all.or_else(|| report["baseline"]["deployments"].as_array());
        let all = all.unwrap_or_else(|| panic!("{}", report["baseline"]));
        all.iter().map(|one| text(&one["status"])).collect()
    };
    assert_eq!(statuses(&same), ["same", "same"]);
    // Another one is a change of the plan, and not of prices; a plan and its JSON say the same.
    let json = shop.stdout("check main.toml --json");
    shop.write("main.json", &json);
    shop.write(
        "tollgate.toml",
        &PLAN.replace("AP-southeast-1", "cn-beijing"),
    );
    for baseline in ["main.toml", "main.json"] {
        let said = shop.stdout(&format!("check --baseline {baseline}"));
        assert!(said.contains("region"), "{said}");
        assert!(said.contains("ap-southeast-1"), "{said}");
        let report = shop.json(&format!("check --baseline {baseline}"));
        assert_eq!(statuses(&report), ["same", "changed"], "{baseline}");
    }
}

#[test]
fn what_is_wrong_with_a_region_is_said_at_its_place() {
    let shop = Shop::new();
    for (from, to, said) in [
        (
            "AP-southeast-1",
            "ap-southest-1",
            "tollgate.toml:16:1: no region `ap-southest-1`: did you mean `ap-southeast-1`? `own` is in `cn-beijing` (China (Beijing)) and `ap-southeast-1` (Singapore)",
        ),
        (
            "model = \"own\"\nregion",
            "model = \"here\"\nregion",
            "tollgate.toml:15:1: `here` is not sold in `ap-southeast-1`: sold in `cn-beijing` (China (Beijing)): use `region = \"cn-beijing\"`",
        ),
        (
            "model = \"own\"\ndays",
            "model = \"there\"\ndays",
            "tollgate.toml:7:1: `there` is not sold in `cn-beijing`: sold in `ap-southeast-1` (Singapore): add `region = \"ap-southeast-1\"`",
        ),
        (
            "region = \"AP",
            "regoin = \"AP",
            "tollgate.toml:16:1: a deployment by `ptu` has no key `regoin`: did you mean `region`?",
        ),
    ] {
        assert!(PLAN.contains(from));
        shop.write("tollgate.toml", &PLAN.replace(from, to));
        let (code, stderr) = shop.refused("check");
        assert_eq!(code, 1);
        assert!(stderr.contains(said), "{stderr}");
    }
}

#[test]
fn rows_of_focus_name_the_region() {
    let shop = Shop::new();
    shop.write("tollgate.toml", PLAN);
    let csv = shop.stdout("check --format focus");
    assert!(
        csv.lines()
            .next()
            .unwrap()
            .contains(",RegionId,RegionName,ResourceId,")
    );
    for row in [
        ",cn-beijing,China (Beijing),near,",
        ",ap-southeast-1,Singapore,far,",
    ] {
        // Input and output.
        assert_eq!(csv.matches(row).count(), 2, "{csv}");
    }
    assert_eq!(csv.lines().count(), 5);
}

#[test]
fn the_cheapest_way_of_a_deployment_is_one_of_its_region() {
    let shop = Shop::new();
    let of = |region: &str| {
        let plan = format!(
            "version = 1\n\n[[deployment]]\nname = \"chat\"\nmethod = \"ptu\"\nmodel = \"own\"\n{region}\
             term = \"pay-as-you-go\"\nfit = \"peak\"\nrpm = 30\ninput_per_request = 4000\noutput_per_request = 400\n"
        );
        fs::write(shop.0.path().join("tollgate.toml"), plan).unwrap();
        let report = shop.json("check --cheapest");
        let cheapest = &report["deployments"][0]["cheapest"];
        (text(&cheapest["option"]), text(&cheapest["total"]))
    };
    let (option, total) = of("");
    assert_eq!((option.as_str(), total.as_str()), ("standard", "29030.4"));
    let (option, total) = of("region = \"ap-southeast-1\"\n");
    assert_eq!((option.as_str(), total.as_str()), ("ptu-daily", "25200"));
}

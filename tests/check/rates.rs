//! Models with two token prices: which one a plan takes where it does not say, and that this is said.

use serde_json::json;

use super::{Folder, checked, text};

/// A plan of 1M input tokens of a model with two prices, ¥2 per 1M tokens each.
fn plan(own: &str) -> String {
    format!(
        "version = 1\n[[deployment]]\nname = \"a\"\nmethod = \"tokens\"\nmodel = \"qwen3-32b\"\n\
         input = \"1M\"\noutput = 0\n{own}\n"
    )
}

#[test]
fn the_table_and_the_comment_say_which_price_was_taken() {
    let folder = Folder::new(&[
        ("none.toml", &plan("")),
        ("quota.toml", &plan("free_quota = \"400k\"")),
    ]);
    assert_eq!(
        folder.check("none.toml", "").stdout,
        "\
none.toml: ¥2.00 for 30 days

 Deployment  Bought                Cost   Share
 a           qwen3-32b by tokens  ¥2.00  100.0%
 ──────────────────────────────────────────────
 Total                            ¥2.00

 One of two token prices
   a: priced as fine-tuned tokens; `rate = \"standard\"` takes the other price of
     the model

 Depends on readings: tokens.fine-tuned

 Prices in force on 2026-11-20, last seen on 2026-09-22

 `--details` shows line items and notes
"
    );
    let comment = folder.check("quota.toml", "--format markdown").stdout;
    assert!(
        comment.contains(
            "\nOne of two token prices:\n\n- `a`: priced as standard tokens; `rate = \"fine-tuned\"` takes the other price of the model\n"
        ),
        "{comment}"
    );
}

#[test]
fn a_free_quota_in_a_plan_is_for_ordinary_calls() {
    for (own, total, rate, other) in [
        ("", "2", "fine-tuned", Some("standard")),
        (
            "free_quota = \"400k\"",
            "1.2",
            "standard",
            Some("fine-tuned"),
        ),
        (
            "free_quota = \"400k\"\nrate = \"standard\"",
            "1.2",
            "standard",
            None,
        ),
        // Asked for by name, and not offset.
        (
            "free_quota = \"400k\"\nrate = \"fine-tuned\"",
            "2",
            "fine-tuned",
            None,
        ),
    ] {
        let report = checked(&plan(own), "");
        assert_eq!(text(&report, "/total"), total, "{own}");
        let parameters = &report["deployments"][0]["parts"][0]["quote"]["parameters"];
        assert_eq!(parameters["rate"], rate, "{own}");
        assert_eq!(
            parameters.get("other_rate"),
            other.map(|other| json!(other)).as_ref(),
            "{own}"
        );
    }
    let defaults = plan("").replace("[[dep", "[defaults]\nfree_quota = \"400k\"\n[[dep");
    assert_eq!(text(&checked(&defaults, ""), "/total"), "1.2");
}

#[test]
fn ordinary_calls_are_not_told_to_use_prices_of_fine_tuned_models() {
    // Fine-tuned tokens of this model cost a fifth of ordinary ones.
    let folder = Folder::new(&[(
        "own.toml",
        "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"own\"\n\
         [[model.fine_tuned]]\ninput = \"0.001 per 1K tokens\"\noutput = [{ price = \"0.001 per 1K tokens\" }]\n\
         [[model.standard]]\ntiers = [{ input = \"5 per 1M tokens\", output = \"5 per 1M tokens\" }]\n",
    )]);
    let load = "rpm = 1\ninput_per_request = 100\noutput_per_request = 100\n";
    for (own, is) in [("free_quota = 1000", "standard"), ("", "fine-tuned")] {
        let plan = format!(
            "version = 1\ncatalog = \"own.toml\"\n[[deployment]]\nname = \"a\"\nmethod = \"tokens\"\nmodel = \"own\"\n{load}{own}\n"
        );
        folder.write("plan.toml", &plan);
        let report = folder.json("plan.toml", "--cheapest");
        assert_eq!(
            report["deployments"][0]["parts"][0]["quote"]["parameters"]["rate"],
            is
        );
        assert_eq!(text(&report, "/deployments/0/cheapest/is"), "own", "{own}");
    }
}

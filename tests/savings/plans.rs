//! Savings plans of deployments of a plan file.

use assert_cmd::Command;
use serde_json::Value;

use super::support::tollgate;

fn check(text: &str, more: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.toml");
    std::fs::write(&path, text).unwrap();
    let mut command: Command = tollgate();
    command.current_dir(folder.path());
    let output = command
        .args(["check", "plan.toml"])
        .args(more)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn total(text: &str) -> String {
    let (code, stdout, stderr) = check(text, &["--json"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    let checked: Value = serde_json::from_str(&stdout).unwrap();
    checked["total"].as_str().unwrap().to_owned()
}

/// Sums that cost ¥6,000: 3 billion tokens of input at ¥2 per 1M.
fn sums(head: &str, plan: &str) -> String {
    format!(
        "version = 1\n{head}\n[[deployment]]\nname = \"chat\"\nmethod = \"tokens\"\n\
         model = \"qwen3.6-plus-2026-04-02\"\ninput = \"3B\"\noutput = 0\nrequests = 1000000\n{plan}\n"
    )
}

#[test]
fn sums_are_those_of_the_period_so_each_month_of_it_is_paid() {
    // ¥4,400 at 0.88 pay for ¥5,000 of a month, and ¥1,000 are left.
    assert_eq!(total(&sums("", "savings_plan = 4400")), "5400");
    // In 90 days each month has ¥2,000: three commitments are paid, and nothing is beyond them.
    assert_eq!(total(&sums("days = 90", "savings_plan = 4400")), "13200");
    let term =
        "savings_plan = \"1640\"\nsavings_plan_term = 24\nsavings_plan_payment = \"all-upfront\"";
    assert_eq!(total(&sums("days = 90", term)), "4920");
}

#[test]
fn a_reservation_has_a_plan_for_what_overflows() {
    let text = "version = 1\n[[deployment]]\nname = \"chat\"\nmethod = \"ptu\"\n\
        model = \"qwen3.6-plus-2026-04-02\"\ndays = 30\ninput_tpm = \"40k\"\noutput_tpm = \"4k\"\n\
        rpm = 30\ninput_per_request = 4000\noutput_per_request = 400\nsavings_plan = \"5000\"\n";
    // 40K / 4K TPM for 30 days are 6,912 + 4,147.20. 20 of 30 calls overflow: ¥11,059.20, of which
    // ¥5,000 at 0.86 pay for 5,813.953488372093.
    assert_eq!(total(text), "21304.446511627907");
}

#[test]
fn what_is_wrong_is_said_at_its_place() {
    for (plan, error) in [
        (
            "savings_plan_term = 3",
            "10:1: `savings_plan_term` needs `savings_plan`: write it too",
        ),
        (
            "savings_plan = 5000\nsavings_plan_payment = \"later\"",
            "11:24: `savings_plan_payment` cannot be `later`: it is one of `all-upfront`, `no-upfront`",
        ),
        (
            "savings_plan = 5000\ncount = 2",
            "11:1: each of `count` would use up the same free quota, package or savings plan: write them as deployments of their own",
        ),
        (
            "savings_plan = 5000\nfree_quota = \"1M\"\npostpaid = \"off\"",
            "3:1: a savings plan pays for tokens that are billed, and with `postpaid = \"off\"` none is: leave one of them out",
        ),
        (
            "savings_plan = 5005",
            "3:1: a commitment of 5,005 a month is no multiple of 10: 5,000 and 5,010 are sold (`tokens.savings-plan`): give one of these two as `savings_plan = \"<AMOUNT>\"`",
        ),
    ] {
        let (code, stdout, stderr) = check(&sums("", plan), &[]);
        assert_eq!((code, stdout.as_str()), (1, ""), "{plan}");
        assert!(stderr.contains(error), "{plan}: {stderr}");
    }
}

#[test]
fn the_bill_of_a_plan_is_a_purchase_and_what_it_pays_for_a_credit() {
    let (_, stdout, _) = check(&sums("", "savings_plan = 4400"), &["--format", "focus"]);
    let has = |words: [&str; 3]| {
        let mut rows = stdout.lines();
        rows.any(|row| words.iter().all(|word| row.contains(word)))
    };
    assert!(has(["Credit", "Usage-Based", "-5000"]), "{stdout}");
    let sold = "savings-plan.commitment/3-months/all-upfront";
    assert!(has(["Purchase", "One-Time", sold]), "{stdout}");
}

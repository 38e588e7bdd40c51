//! Tokens in tiers: the largest call of a tier, and prices without one for output.

use super::said;
use super::support::{quote, refused, total};

/// A model with one tier, up to 32,768 tokens, and no price for output.
fn one_tier() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    let text = "version = 1\n[provider]\nid = \"own\"\nname = \"Own\"\nregion = \"r\"\nregion_name = \"R\"\ncurrency = \"CNY\"\n\
        [[model]]\ncode = \"m\"\n[[model.standard]]\n\
        tiers = [{ up_to = \"32768 tokens\", input = \"6 per 1M tokens\" }]\n";
    std::fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, format!("tokens m --catalog {path}"))
}

#[test]
fn the_only_tier_takes_a_call_of_its_largest_size_and_no_larger_one() {
    let (_folder, line) = one_tier();
    // 32,768 × ¥6 per 1M, and two such calls.
    let whole = format!("{line} --input 32768 --output 0");
    assert_eq!(total(&whole), "0.196608");
    assert_eq!(
        total(&format!("{line} --input 32767 --output 0")),
        "0.196602"
    );
    let twice = format!("{line} --input 65536 --output 0 --requests 2");
    assert_eq!(total(&twice), "0.393216");
    for (flags, message) in [
        (
            "--input 32769",
            "error: 32,769 input tokens are more than one request can have: this price ends at 32,768 a request\n",
        ),
        (
            "--input 65537 --requests 2",
            "error: requests of 32,768.5 input tokens on average are beyond the last tier, which ends at 32,768\n",
        ),
    ] {
        let (code, stderr) = refused(&format!("quote {line} {flags} --output 0"));
        assert_eq!(code, 1, "{flags}");
        assert!(stderr.starts_with(message), "{stderr}");
    }
}

#[test]
fn output_without_a_price_is_refused_and_no_output_needs_none() {
    let (_folder, line) = one_tier();
    let quoted = quote(&format!("{line} --input 1000 --output 0"));
    assert_eq!(quoted["items"].as_array().unwrap().len(), 1);
    assert_eq!(quoted["total"], "0.006");
    for output in [1, 2] {
        let (code, stderr) = refused(&format!("quote {line} --input 1000 --output {output}"));
        assert_eq!(code, 1);
        let message = "error: the model has no published price for output tokens\n";
        assert!(stderr.starts_with(message), "{stderr}");
    }
}

#[test]
fn that_an_average_picks_the_tier_is_said_of_several_requests_and_tiers() {
    let averaged = |line: &str| {
        let quoted = quote(&format!("tokens {line} --output 0"));
        said(&quoted).iter().any(|(rule, _)| rule == "tokens.tier")
    };
    let tiers = "qwen3-max-2025-09-23 --input 40k";
    assert!(averaged(&format!("{tiers} --requests 2")));
    assert!(!averaged(&format!("{tiers} --requests 1")));
    assert!(!averaged("deepseek-v3.2 --input 40k --requests 2"));
}

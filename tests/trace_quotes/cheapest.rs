//! The size that costs least, of all that are for sale.

use serde_json::Value;

use super::support::{quote, refused};
use super::traces::{Folder, csv};
use crate::common::{Fraction, fraction};

/// Every number of TPM is for sale: about a third of what calls cost that use it all the time.
const BY_THE_TPM: &str = r#"
version = 1
[provider]
id = "acme"
name = "Acme"
region = "here"
region_name = "Here"
currency = "CNY"
[billing.ptu]
increment = "hour"
[[model]]
code = "acme-chat"
[[model.ptu]]
max_input = "20000 tokens"
input = { hour = "2 per 10K TPM-hour" }
output = [{ hour = "0.8 per 1K TPM-hour" }]
[[model.standard]]
tiers = [
  { up_to = "4096 tokens", input = "10 per 1M tokens", output = "40 per 1M tokens" },
  { input = "20 per 1M tokens", output = "80 per 1M tokens" },
]
"#;

/// An hour of calls of many sizes, more in some minutes than in others.
fn hour() -> String {
    let mut drawn = 1_u64;
    let mut draw = |below: u64| {
        drawn = drawn
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (drawn >> 33) % below
    };
    let mut calls = Vec::new();
    for minute in 0..60 {
        for _ in 0..draw(40) {
            let input = 1 << draw(14);
            let output = 1 << draw(10);
            calls.push((minute, (input + draw(input), output + draw(output))));
        }
    }
    csv(calls)
}

fn size(quote: &Value) -> (u64, u64) {
    let tpm = |name: &str| quote["parameters"][name].as_str().unwrap().parse().unwrap();
    (tpm("input_tpm"), tpm("output_tpm"))
}

fn total(quote: &Value) -> Fraction {
    fraction(quote["total"].as_str().unwrap())
}

#[test]
fn no_number_of_tpm_costs_less_than_what_is_found() {
    let folder = Folder::new(&[]);
    let prices = folder.file("acme.toml", BY_THE_TPM);
    let trace = folder.file("hour.csv", &hour());
    let line = format!("ptu acme-chat --catalog {prices} --trace {trace}");
    let found = quote(&format!("{line} --fit cheapest"));
    let (input, output) = size(&found);
    let peak = size(&quote(&format!("{line} --fit peak")));
    assert!(0 < input && input < peak.0 && 0 < output && output < peak.1);
    let near = [
        (input - 1, output),
        (input + 1, output),
        (input, output - 1),
        (input, output + 1),
        (input - 700, output - 60),
        (input + 700, output + 60),
        (input.div_ceil(1_000) * 1_000, output.div_ceil(100) * 100),
        peak,
    ];
    for (input_tpm, output_tpm) in near {
        let given = format!("{line} --input-tpm {input_tpm} --output-tpm {output_tpm}");
        let other = quote(&given);
        assert!(total(&found) <= total(&other), "{given}");
    }
    let given = quote(&format!("{line} --input-tpm {input} --output-tpm {output}"));
    assert_eq!(total(&found), total(&given));
}

#[test]
fn a_minute_with_too_many_calls_to_be_replayed_as_a_whole_is_refused() {
    let folder = Folder::new(&[]);
    let prices = folder.file("acme.toml", BY_THE_TPM);
    let calls = "1767196800000,1,1\n".repeat(524_289);
    let text = format!("timestamp,input_tokens,output_tokens\n{calls}");
    let trace = folder.file("minute.csv", &text);
    let line = format!("quote ptu acme-chat --catalog {prices} --trace {trace}");
    let (code, said) = refused(&format!("{line} --fit cheapest"));
    assert_eq!(code, 1);
    assert_eq!(
        said,
        "error: a minute of the trace has more than 524,288 calls, too many to find the cheapest size exactly\n\n\
         hint: use `--fit p99`, which keeps minutes only\n"
    );
}

//! Weights and units that change with time.

use super::{Shop, said};

/// Weights of 1.5 until the end of May and of 1.25 from June on.
fn changing() -> Shop {
    let row = |from: &str, adds: &str, weight: &str| {
        format!(
            r#"
[[model.capacity]]
{from}
unit = {{ name = "PTU", adds = {{ tokens = "{adds} TPM" }}, hour = "1 per unit-hour" }}
[[model.capacity.meters]]
name = "tokens"
weights = [{{ input = "{weight}", output = "8" }}]
"#
        )
    };
    let shop = Shop::of(&format!(
        "
[[model]]
code = \"weights\"
{}{}
[[model]]
code = \"adds\"
{}{}
[[model.standard]]
tiers = [{{ input = \"1 per 1M tokens\", output = \"2 per 1M tokens\" }}]
",
        row("", "1000", "1.5"),
        row("from = 2026-06-01", "1000", "1.25"),
        row("", "1000", "1"),
        row("from = 2026-06-01", "2000", "1"),
    ));
    shop.folder.file(
        "calls.csv",
        "timestamp,input_tokens,output_tokens\n2026-05-31T23:59:10,1000,0\n2026-06-01T00:00:10,1100,0\n",
    );
    shop
}

#[test]
fn minutes_of_other_weights_are_compared_in_tokens() {
    let shop = changing();
    let calls = shop.folder.path_of("calls.csv");
    // 1,500 in the first minute and 1,375 in the second: the first is the peak, although it has fewer tokens
    // and, of a coarser weight, fewer parts.
    let quote = shop.quote(&format!("ptu weights --fit peak --trace {calls}"));
    let (_, units, notes) = said(&quote);
    assert_eq!(units, "2");
    assert!(
        notes
            .iter()
            .any(|note| note.contains("1,500 weighted tokens a minute")),
        "{notes:?}"
    );
    // At weights of one day, those alone count.
    let quote = shop.quote(&format!(
        "ptu weights --fit peak --trace {calls} --as-of 2026-06-02"
    ));
    let notes = said(&quote).2;
    assert!(
        notes
            .iter()
            .any(|note| note.contains("1,375 weighted tokens a minute")),
        "{notes:?}"
    );
}

#[test]
fn units_that_add_something_else_are_no_one_reservation() {
    let shop = changing();
    let calls = shop.folder.path_of("calls.csv");
    for size in ["--units 1", "--fit peak", "--input-tpm 4000 --output-tpm 0"] {
        let (code, message) = shop.fails(&format!("ptu adds {size} --trace {calls}"));
        assert_eq!(code, 1, "{message}");
        assert!(message.contains("--as-of"), "{message}");
    }
    let quote = shop.quote(&format!(
        "ptu adds --input-tpm 4000 --output-tpm 0 --trace {calls} --as-of 2026-06-02"
    ));
    assert_eq!(said(&quote).1, "2");
}

#[test]
fn a_number_of_one_unit_is_not_one_of_another() {
    let shop = Shop::of(
        r#"
[[model]]
code = "both"
[[model.ptu]]
input = { hour = "1 per 10K TPM-hour" }
output = [{ hour = "1 per 1K TPM-hour" }]
"#,
    );
    let later = format!(
        "{}{}",
        super::PROVIDER,
        r#"
[[model]]
code = "both"
[[model.capacity]]
from = 2026-06-01
unit = { name = "PTU", adds = { tokens = "1000 TPM" }, hour = "1 per unit-hour" }
[[model.capacity.meters]]
name = "tokens"
weights = [{ input = "1", output = "8" }]
"#
    );
    let later = shop.folder.file("later.toml", &later);
    let calls = shop.folder.file(
        "calls.csv",
        "timestamp,input_tokens,output_tokens\n2026-06-01T00:00:10,1100,0\n",
    );
    for size in [
        "--units 3",
        "--input-tpm 10000 --output-tpm 1000",
        "--fit peak",
    ] {
        let line = format!("ptu both {size} --trace {calls} --catalog {later}");
        let (code, message) = shop.fails(&line);
        assert_eq!(code, 1, "{message}");
        assert!(
            message.contains("is something else on other days"),
            "{message}"
        );
    }
    let line = format!("ptu both --units 3 --trace {calls} --as-of 2026-06-02 --catalog {later}");
    assert_eq!(said(&shop.quote(&line)).1, "3");
}

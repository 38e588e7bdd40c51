//! What is wrong with a sentence of a provider's document, where it stands.

use super::{invalid, shape, tollgate};

/// A sentence. Its rule is line 5.
const SAYS: &str = r#"version = 1
[provider]
id = "azure"
[[billing.ptu.says]]
rule = "azure.types"
terms = ["hour", "year"]
regions = ["data-zone"]
text = "it is so"
"#;

#[test]
fn a_sentence_is_taken() {
    let of_all = SAYS.lines().filter(|line| !line.contains("= ["));
    let of_all = of_all.map(|line| format!("{line}\n")).collect::<String>();
    // A region of the file itself is one, too.
    let own = SAYS
        .replace(
            "id = \"azure\"\n",
            "id = \"azure\"\nregion = \"moon\"\nregion_name = \"Moon\"\n",
        )
        .replace("data-zone", "moon");
    for text in [SAYS.to_owned(), of_all, own] {
        let folder = super::folder(&[("own.toml", &text)]);
        let models = tollgate(&folder)
            .args(["models", "--catalog", "own.toml"])
            .output()
            .unwrap();
        assert_eq!(models.status.code(), Some(0), "{models:?}");
        shape::assert_taken(shape::Kind::Catalog, &text);
    }
}

#[test]
fn what_is_wrong_with_a_sentence_is_said_where_it_stands() {
    let terms = "it is one of `hour`, `day`, `month`, `block`, `week`, `quarter`, `year`";
    for (good, bad, error) in [
        (
            "azure.types",
            "google.terms",
            "5:8: `google.terms` is not a rule of `azure`".to_owned(),
        ),
        (
            "\"year\"",
            "\"decade\"",
            format!("6:18: `decade` is not a term: {terms}"),
        ),
        (
            "\"hour\", \"year\"",
            "",
            "6:9: `terms` names none: leave it out where it is said of all".to_owned(),
        ),
        (
            "\"data-zone\"",
            "\"data-zone\", \"mars\"",
            "7:25: `mars` is not a region of `azure`: it is one of `global`, `data-zone`, `regional`".to_owned(),
        ),
        (
            "data-zone",
            "cn-beijing",
            "7:12: `cn-beijing` is not a region of `azure`: it is one of `global`, `data-zone`, `regional`".to_owned(),
        ),
        (
            "\"data-zone\"",
            "",
            "7:11: `regions` names none: leave it out where it is said of all".to_owned(),
        ),
    ] {
        let text = SAYS.replace(good, bad);
        assert_ne!(text, SAYS);
        invalid(&text, &error);
    }
}

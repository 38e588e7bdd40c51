//! `--output` on a file that is read: it would be lost.

use super::Folder;

const PLAN: &str = "version = 1\n[[deployment]]\nname = \"own\"\nmethod = \"mu\"\n\
     model = \"qwen3-rerank\"\nhours = 1\n";
const PRICES: &str = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"qwen3-8b\"\n\
     [[model.mu]]\nspec = \"MU5x1\"\nhour = \"10 per replica-hour\"\n";

#[test]
fn a_file_that_is_read_is_no_output() {
    let folder = Folder::new(&[("plan.txt", PLAN), ("prices.txt", PRICES)]);
    folder.write("old.json", &folder.check("plan.txt", "--json").stdout);
    for (flags, output, role) in [
        ("--output @plan.txt", "plan.txt", "the plan"),
        (
            "--output @prices.txt --catalog @prices.txt",
            "prices.txt",
            "a catalog",
        ),
    ] {
        let outcome = folder.check("plan.txt", flags);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{flags}");
        assert!(outcome.files.is_empty());
        assert_eq!(
            outcome.stderr,
            format!(
                "error: `--output {output}` would write over `{output}`, which is read as {role}\n\nhint: name another file\n"
            )
        );
    }
    // A baseline may be brought up to date.
    for output in ["new", "old"] {
        let flags = format!("--output @{output}.json --baseline @old.json");
        let outcome = folder.check("plan.txt", &flags);
        assert_eq!((outcome.code, outcome.files.len()), (0, 1));
    }
}

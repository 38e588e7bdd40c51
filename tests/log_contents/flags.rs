//! What the command line takes.

use std::fs;

use super::{printed, stdout};

const LOG: &str = "time,model,input_tokens,output_tokens\n2026-11-01T09:00:00,a,1,2\n";

#[test]
fn flags_of_prices_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("log.csv"), LOG).unwrap();
    for (flag, said) in [
        (
            "--discount 5%",
            "`--discount` does nothing in `tollgate trace`",
        ),
        (
            "--max-cost 5",
            "`--max-cost` does nothing in `tollgate trace`",
        ),
        ("--fx USD=0.1389", "`--fx` does nothing in `tollgate trace`"),
        (
            "--max-age 5",
            "`--max-age` does nothing in `tollgate trace`",
        ),
        ("--format total", "there is no total for `--format total`"),
        ("LOG/log.csv", "`log.csv` is given twice"),
        ("--formats", "`--formats`"),
        ("--scale-to 7", "`--scale-to`"),
        ("--skip-unknown-models", "`--skip-unknown-models`"),
    ] {
        let outcome = printed(&format!("trace LOG/log.csv {flag}"), folder.path(), 80);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{flag}");
        assert!(outcome.stderr.contains(said), "{flag}: {}", outcome.stderr);
    }
}

#[test]
fn a_log_without_a_call_and_a_map_to_no_model_fail() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("log.csv"), LOG).unwrap();
    for line in [
        "trace LOG/log.csv --where model=b",
        "trace LOG/log.csv --model-map a=nobody",
    ] {
        let outcome = printed(line, folder.path(), 80);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""), "{line}");
    }
    let outcome = printed("trace", folder.path(), 80);
    assert_eq!(outcome.code, 2);
}

#[test]
fn columns_are_named_and_known_logs_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("log.csv"),
        "a,b,c\n2026-11-01T09:00:00,1,2\n",
    )
    .unwrap();
    let said = stdout(
        "trace LOG/log.csv --columns time=a,input=b,output=c",
        folder.path(),
        80,
    );
    assert!(
        said.contains("Columns      time `a`, input `b`, output `c`"),
        "{said}"
    );
    let listed = stdout("trace --formats", folder.path(), 80);
    for log in ["CSV", "JSON Lines"] {
        assert!(listed.contains(log), "{listed}");
    }
    let table = stdout("trace --formats --format csv", folder.path(), 80);
    assert!(table.starts_with("name,title,recognised,read\n"), "{table}");
}

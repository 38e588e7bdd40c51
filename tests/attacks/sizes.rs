//! Inputs that are large, and no larger than they may be.

use std::time::Duration;

use super::folder;
use crate::support::tollgate;

#[test]
fn nine_thousand_models_load_in_time() {
    let mut text = "version = 1\n[provider]\nid = \"mine\"\nname = \"M\"\nregion = \"r\"\nregion_name = \"R\"\ncurrency = \"CNY\"\n".to_owned();
    for at in 0..9_000 {
        text.push_str(&format!(
            "[[model]]\ncode = \"mine/m{at}\"\n[[model.standard]]\ntiers = [{{input = \"6 per 1M tokens\", output = \"6 per 1M tokens\"}}]\n"
        ));
    }
    let folder = folder(&[("big.toml", &text)]);
    let line = ["models", "mine/m8999", "--catalog", "big.toml"];
    let mut command = tollgate();
    command.current_dir(folder.path()).args(line);
    // Unoptimized it takes half a second, and took half a minute where each model was looked for.
    let output = command.timeout(Duration::from_secs(15)).output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("line 27005")
    );
}

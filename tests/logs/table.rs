//! The table of known logs in the documentation is made from the data.

use std::fs;

use tollgate::trace::log_formats;

const PAGE: &str = "docs/recorded-traffic.md";

const START: &str = "<!-- known logs -->\n";
const END: &str = "<!-- end of known logs -->\n";

fn table() -> String {
    let mut table = String::from(
        "| log | `--log-format` | recognised by | read | left out |\n|---|---|---|---|---|\n",
    );
    for log in log_formats() {
        let read = log.read.iter().map(|(what, fields)| {
            let more = if fields.len() > 1 { " …" } else { "" };
            format!("{what}: `{}`{more}", fields[0])
        });
        table.push_str(&format!(
            "| [{}]({}) | `{}` | {} | {} | {} |\n",
            log.title,
            log.schema,
            log.name,
            log.recognised[0],
            read.collect::<Vec<_>>().join("; "),
            log.left_out.join("; "),
        ));
    }
    table
}

#[test]
fn the_documentation_lists_every_known_log() {
    let page = fs::read_to_string(PAGE).unwrap();
    let (before, rest) = page.split_once(START).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let expected = format!("\n{}\n", table());
    if std::env::var_os("TOLLGATE_REWRITE").is_some() {
        fs::write(PAGE, format!("{before}{START}{expected}{END}{after}")).unwrap();
    } else {
        assert_eq!(shown, expected);
    }
}

//! Parts of several days that are taken as the pattern of more: the days are those of all parts.

use proptest::prelude::*;

use super::{merge, order, partial, without_files, write};
use crate::common;

/// A row: its day, its minute, its model and its tokens.
type Row = (u32, u32, &'static str, u32);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let model = prop::sample::select(vec!["usual", "usual", "rare"]);
    prop::collection::vec((0_u32..12, 0_u32..1_440, model, 1_u32..9_000), 1..30)
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Written {
    Csv,
    Json,
    Counted,
}

impl Written {
    fn text(self, rows: &[Row]) -> String {
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        let line = |(day, minute, model, tokens): &Row| {
            let time = format!(
                "2026-06-{:02}T{:02}:{:02}:01+08:00",
                day + 1,
                minute / 60,
                minute % 60
            );
            match self {
                Self::Csv => format!("{time},{model},{tokens},9\n"),
                Self::Json => format!(
                    "{{\"time\":\"{time}\",\"model\":\"{model}\",\"input_tokens\":{tokens},\"output_tokens\":9}}\n"
                ),
                Self::Counted => format!("{},{model},{tokens},9\n", (day * 1_440 + minute) * 60),
            }
        };
        let header = match self {
            Self::Json => "",
            Self::Csv | Self::Counted => "time,model,input_tokens,output_tokens\n",
        };
        format!("{header}{}", rows.iter().map(line).collect::<String>())
    }

    fn flags(self) -> &'static str {
        match self {
            Self::Counted => " --time-unit seconds",
            Self::Csv | Self::Json => "",
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn days_in_any_parts_are_those_of_the_single_run(
        rows in rows(),
        owners in prop::collection::vec(0_usize..3, 12),
        more in prop::sample::select(vec![
            "--scale-to 30", "--scale-to 30 --pattern week", "--scale-to 30 --pattern day",
            "--scale-to 13 --on-overflow reject", "--scale-to 21 --days 30", "--scale-to 7",
        ]),
        filter in prop::sample::select(vec!["", " --where model=rare", " --where model=usual"]),
        written in prop::sample::select(vec![Written::Csv, Written::Json, Written::Counted]),
    ) {
        let more = &format!("{more}{filter}{}", written.flags());
        let folder = tempfile::tempdir().unwrap();
        let mut lines = String::new();
        for owner in 0..3 {
            let of_owner = |row: &&Row| owners[row.0 as usize] == owner;
            let part: Vec<Row> = rows.iter().filter(of_owner).copied().collect();
            if part.is_empty() && written == Written::Json {
                continue;
            }
            let file = write(folder.path(), &format!("part-{owner}"), &written.text(&part));
            lines.push_str(&partial(&file, more));
        }
        let parts = write(folder.path(), "parts.jsonl", &lines);
        let whole = write(folder.path(), "whole", &written.text(&rows));
        let single = common::run(&order(&whole, more));
        let merged = common::run(&merge(std::slice::from_ref(&parts)));
        if single.code != 0 {
            // No row passes the filter, or the days are more than those that are asked for.
            prop_assert_ne!(merged.code, 0);
            if single.stderr.contains("the trace covers") {
                prop_assert_eq!(merged.stderr, single.stderr);
            }
            return Ok(());
        }
        let merged = common::json(&merge(std::slice::from_ref(&parts)));
        let single = common::json(&order(&whole, more));
        prop_assert_eq!(without_files(merged), without_files(single));
    }
}

#[test]
fn parts_of_other_patterns_do_not_add_up() {
    let folder = tempfile::tempdir().unwrap();
    let part = |day, more: &str| {
        let text = Written::Csv.text(&[(day, 0, "usual", 9)]);
        let file = write(folder.path(), &format!("{day}.csv"), &text);
        write(folder.path(), &format!("{day}.json"), &partial(&file, more))
    };
    let parts = [
        part(0, "--scale-to 30"),
        part(1, "--scale-to 30 --pattern week"),
    ];
    let refused = common::run(&merge(&parts));
    assert_eq!(refused.code, 1);
    assert!(
        refused
            .stderr
            .contains("`pattern` is `none` here and `week` there"),
        "{}",
        refused.stderr
    );
}

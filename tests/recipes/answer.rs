//! Running a filter as `jq` does: its output, and its exit code with `-e`.

use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars, data, unwrap_valr};
use jaq_json::{Val, read};

/// What a filter prints, and how it exits.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub printed: String,
    pub code: i32,
}

/// Runs a filter on JSON: `raw` as with `-r`, `verdict` as with `-e`.
pub fn answer(filter: &str, json: &str, raw: bool, verdict: bool) -> Answer {
    let defs = jaq_core::defs()
        .chain(jaq_std::defs())
        .chain(jaq_json::defs());
    let funs = jaq_core::funs()
        .chain(jaq_std::funs())
        .chain(jaq_json::funs());
    let arena = Arena::default();
    let file = File {
        code: filter,
        path: (),
    };
    let modules = Loader::new(defs).load(&arena, file).unwrap();
    let filter = Compiler::default()
        .with_funs(funs)
        .compile(modules)
        .unwrap();
    let input = read::parse_single(json.as_bytes()).unwrap();
    let context = Ctx::<data::JustLut<Val>>::new(&filter.lut, Vars::new([]));
    let outputs: Vec<Val> = filter
        .id
        .run((context, input))
        .map(|output| unwrap_valr(output).unwrap())
        .collect();
    let printed = outputs.iter().map(|output| match output {
        Val::TStr(text) if raw => format!("{}\n", String::from_utf8_lossy(text)),
        other => format!("{other}\n"),
    });
    let no = matches!(outputs.last(), Some(Val::Null | Val::Bool(false)));
    Answer {
        printed: printed.collect(),
        code: match outputs.last() {
            _ if !verdict => 0,
            None => 4,
            Some(_) => i32::from(no),
        },
    }
}

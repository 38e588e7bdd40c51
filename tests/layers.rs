//! The modules use each other in one direction only: `billing` knows none of the others, `catalog`
//! and `report` know `billing` and not each other, and none of them knows the command line. What
//! `compare` finds is shown by `report`, which sees no catalog through it. Inside a room no two modules
//! use each other either.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::string_slice
)]

#[path = "layers/circles.rs"]
mod circles;
#[path = "layers/paths.rs"]
mod paths;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use paths::{Used, uses};

/// What a module may use beside itself.
struct Layer {
    module: &'static str,
    modules: &'static [&'static str],
    crates: Crates,
}

enum Crates {
    Only(&'static [&'static str]),
    /// Whatever parses command lines is out; the rest is not a matter of layers.
    NoClap,
}

#[rustfmt::skip]
const LAYERS: &[Layer] = &[
    Layer { module: "billing", modules: &[], crates: Crates::Only(&["chrono", "rust_decimal"]) },
    Layer { module: "catalog", modules: &["billing"], crates: Crates::NoClap },
    Layer { module: "report", modules: &["billing", "compare", "plan", "resources", "workload"], crates: Crates::NoClap },
    Layer { module: "resources", modules: &["billing", "catalog"], crates: Crates::NoClap },
    Layer { module: "workload", modules: &["billing", "catalog"], crates: Crates::NoClap },
    Layer { module: "trace", modules: &["billing", "catalog"], crates: Crates::NoClap },
    Layer { module: "replay", modules: &["billing", "catalog", "trace", "workload"], crates: Crates::NoClap },
    Layer { module: "compare", modules: &["billing", "catalog", "order", "workload"], crates: Crates::NoClap },
    Layer { module: "order", modules: &["billing", "catalog", "replay", "trace", "workload"], crates: Crates::NoClap },
    Layer { module: "plan", modules: &["billing", "catalog", "workload", "order"], crates: Crates::NoClap },
];

impl Layer {
    fn may_use(&self, used: &Used) -> bool {
        match (used, &self.crates) {
            (Used::Module(name), _) => name == self.module || self.modules.contains(&name.as_str()),
            (Used::Crate(name), Crates::Only(crates)) => crates.contains(&name.as_str()),
            (Used::Crate(name), Crates::NoClap) => !name.starts_with("clap"),
        }
    }
}

#[test]
fn every_module_uses_only_what_its_layer_may_use() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    find_files(&source, &mut Vec::new(), &mut files);
    assert!(files.len() > 20, "{files:?}");
    let dependencies = dependencies();
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for (modules, text) in &files {
        let Some(layer) = LAYERS.iter().find(|layer| modules[0] == layer.module) else {
            continue;
        };
        for used in uses(text, modules.len(), &dependencies) {
            if !layer.may_use(&used) {
                wrong.push(format!("{} uses {used}", modules.join("::")));
            }
            seen.insert(format!("{} uses {used}", layer.module));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // What is known to be used was found, so what was not found is not used.
    for known in [
        "billing uses rust_decimal",
        "catalog uses crate::billing",
        "report uses crate::billing",
    ] {
        assert!(seen.contains(known), "{known}");
    }
}

#[test]
fn no_room_has_a_circle() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    find_files(&source, &mut Vec::new(), &mut files);
    // Every folder with several files is a room.
    let mut children: BTreeMap<String, BTreeSet<&String>> = BTreeMap::new();
    for (modules, _) in &files {
        for (depth, child) in modules.iter().enumerate().skip(1) {
            let room = children.entry(modules[..depth].join("/")).or_default();
            room.insert(child);
        }
    }
    let rooms = children.iter().filter(|(_, children)| children.len() > 1);
    let found: Vec<String> = rooms
        .flat_map(|(room, _)| circles::circles(&files, room))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Decimals that an iterator sums are rounded past 28 digits, and panic when they overflow. The
/// linter cannot tell them from other sums.
#[test]
fn nothing_but_a_test_sums_with_an_iterator() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    find_files(&source, &mut Vec::new(), &mut files);
    for (modules, text) in &files {
        let (code, _) = text.split_once("#[cfg(test)]").unwrap_or((text, ""));
        for sum in [".sum()", ".sum::<", ".product()", ".product::<"] {
            let module = modules.join("::");
            assert!(!code.contains(sum), "{module}: use `billing::exact::sum`");
        }
    }
}

/// Every source file below `folder`: the path of its module, and its text.
fn find_files(folder: &Path, modules: &mut Vec<String>, found: &mut Vec<(Vec<String>, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let is_file = path.extension().is_some_and(|extension| extension == "rs");
        if path.is_dir() || name != "mod" {
            modules.push(name.clone());
        }
        if path.is_dir() {
            find_files(&path, modules, found);
        } else if is_file {
            found.push((modules.clone(), fs::read_to_string(&path).unwrap()));
        }
        if path.is_dir() || name != "mod" {
            modules.pop();
        }
    }
}

/// The crates that the code can name, those of tests too.
fn dependencies() -> BTreeSet<String> {
    let manifest: toml::Table = toml::from_str(include_str!("../Cargo.toml")).unwrap();
    let crates: BTreeSet<String> = ["dependencies", "dev-dependencies"]
        .iter()
        .flat_map(|section| manifest[*section].as_table().unwrap().keys())
        .map(|name| name.replace('-', "_"))
        .collect();
    assert!(crates.contains("clap") && crates.contains("rust_decimal"));
    crates
}

#[test]
fn every_way_to_name_a_module_or_a_crate_is_seen() {
    let dependencies = ["clap", "serde", "toml"].map(str::to_owned).into();
    for (text, seen) in [
        ("use crate::catalog::Catalog;", "crate::catalog"),
        ("pub(crate) use crate::catalog;", "crate::catalog"),
        (
            "use crate::{billing::{mu, ptu}, catalog};",
            "crate::billing crate::catalog",
        ),
        ("use crate::*;", "crate::*"),
        ("use crate as root;", "crate::*"),
        ("fn f(x: &crate::report::Style) {}", "crate::report"),
        ("use super::super::catalog;", "crate::catalog"),
        ("use super::{exact, super::catalog as c};", "crate::catalog"),
        ("use self::super::super::{cli, *};", "crate::* crate::cli"),
        (
            "#[cfg(test)] mod tests { use super::super::super::cli; }",
            "crate::cli",
        ),
        ("mod tests { use super::super::sibling; }", ""),
        ("mod tests { use super::*; } use super::sibling;", ""),
        ("mod tests {} use super::super::cli;", "crate::cli"),
        ("use clap::{Args as A, Parser};", "clap"),
        ("use {std::fmt, clap};", "clap"),
        ("extern crate clap;", "clap"),
        (
            "#[derive(serde::Serialize)] struct S(Vec<::toml::Value>);",
            "serde toml",
        ),
        ("let clap = x.clap; self.clap(); std::clap::x();", ""),
        ("// crate::cli\n/* crate::cli /* */ crate::cli */", ""),
        (
            r###"let s = ("crate::cli\"", r#"crate::"cli"#, '"');"###,
            "",
        ),
        ("fn f<'a>(c: &'a str) -> crate::cli::Args {}", "crate::cli"),
        (
            r"let c = ['\'', '\\', 'x']; crate::cli::run()",
            "crate::cli",
        ),
    ] {
        // As in `src/billing/mu.rs`.
        let found = uses(text, 2, &dependencies);
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found.join(" "), seen, "{text}");
    }
}

//! Inside a room, what stands next to each other is used in one direction only.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::named;

/// The children of a room and which of its other children each uses. Code of tests does not count,
/// and neither does what the room's own file defines for all of them.
fn room(files: &[(Vec<String>, String)], room: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let inside =
        |modules: &[String]| modules.len() > room.len() && modules.starts_with(&owned(room));
    let child = |modules: &[String]| modules[room.len()].clone();
    let children: BTreeSet<String> = files
        .iter()
        .filter(|(modules, _)| inside(modules))
        .map(|(modules, _)| child(modules))
        .collect();
    // What the room's own file passes on, by the child that has it.
    let own_file = files.iter().find(|(modules, _)| *modules == owned(room));
    let mut passed_on = BTreeMap::new();
    for path in own_file
        .map(|(_, text)| named(code(text)))
        .unwrap_or_default()
    {
        if let [child, .., name] = path.as_slice()
            && children.contains(child)
        {
            passed_on.insert(name.clone(), child.clone());
        }
    }
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (modules, text) in files.iter().filter(|(modules, _)| inside(modules)) {
        let own = child(modules);
        let mut used = BTreeSet::new();
        for path in named(code(text)) {
            let Some(path) = absolute(&path, modules) else {
                continue;
            };
            if !inside(&path) {
                continue;
            }
            let name = child(&path);
            let other = match children.contains(&name) {
                true => Some(&name),
                false => passed_on.get(&name),
            };
            used.extend(other.filter(|other| **other != own).cloned());
        }
        uses.entry(own).or_default().extend(used);
    }
    uses
}

/// Those children of a room that use each other, be it through others: each group is one circle.
pub fn circles(files: &[(Vec<String>, String)], path: &str) -> Vec<String> {
    let names: Vec<&str> = path.split('/').collect();
    let uses = room(files, &names);
    assert!(uses.len() > 1, "no room `{path}`");
    let reached = |from: &String| {
        let mut found = BTreeSet::new();
        let mut open = vec![from];
        while let Some(next) = open.pop() {
            for one in uses.get(next).into_iter().flatten() {
                if found.insert(one.clone()) {
                    open.push(one);
                }
            }
        }
        found
    };
    let all: BTreeMap<&String, BTreeSet<String>> =
        uses.keys().map(|one| (one, reached(one))).collect();
    let mut found = BTreeSet::new();
    for (one, reached) in &all {
        let back = reached.iter().filter(|other| all[other].contains(*one));
        let group: Vec<&str> = back.map(String::as_str).collect();
        if !group.is_empty() {
            found.insert(format!("{path}: {}", group.join(" ↔ ")));
        }
    }
    found.into_iter().collect()
}

/// A path from the crate's root; `None` for what is in scope already or another crate's.
fn absolute(path: &[String], modules: &[String]) -> Option<Vec<String>> {
    let up = path.iter().take_while(|name| *name == "super").count();
    match path.first()?.as_str() {
        "crate" => Some(path[1..].to_vec()),
        "self" => Some([modules, &path[1..]].concat()),
        "super" => {
            let above = modules.len().checked_sub(up)?;
            Some([&modules[..above], &path[up..]].concat())
        }
        _ => None,
    }
}

/// The text before its tests.
fn code(text: &str) -> &str {
    text.split_once("#[cfg(test)]")
        .map_or(text, |(code, _)| code)
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_circle_is_found_however_it_is_named() {
    let file = |path: &str, text: &str| {
        let modules = path.split('/').map(str::to_owned).collect();
        (modules, text.to_owned())
    };
    let files = |a: &str, b: &str| {
        [
            file(
                "room",
                "mod a; mod b; mod c; pub use b::{Bed, Chair as Seat}; pub struct Own;",
            ),
            file("room/a", a),
            file("room/b", b),
            file("room/b/deep", "use super::super::c::Cup;"),
            file(
                "room/c",
                "fn f() {} #[cfg(test)] mod tests { use super::super::a; }",
            ),
        ]
    };
    for (a, b, found) in [
        ("use super::b::Bed;", "use super::Own;", ""),
        (
            "use super::b::Bed;",
            "use crate::room::{a::Apple, Own};",
            "room: a ↔ b",
        ),
        ("use super::Bed;", "fn f() { super::a::g() }", "room: a ↔ b"),
        ("use super::{Own, c};", "// super::a\nuse super::c;", ""),
    ] {
        assert_eq!(circles(&files(a, b), "room").join(", "), found, "{a} {b}");
    }
}

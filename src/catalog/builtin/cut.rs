//! One model cut out of the text of a catalog file, with the tables that it needs: to parse all of it takes longer than
//! all else that a quote does.

use memchr::memmem;

/// How the block of a model begins.
const BLOCK: &str = "\n[[model]]\n";
/// How any table of the text begins.
const TABLE: &str = "\n[";
/// How the name of a model begins.
const NAME: &str = "\nname = ";
/// How a source is named, whatever the key.
const SOURCE: &str = "source = \"";
/// How the tables of what pays for usage before money does are called: savings plans and the free quota.
const PAYING: [&str; 2] = ["billing.savings_plan", "billing.free"];

/// Whether a block is of the model with this code.
pub fn is_of(block: &str, code: &str) -> bool {
    let rest = block
        .strip_prefix(BLOCK)
        .and_then(|rest| rest.strip_prefix("code = \""));
    let own = rest.and_then(|rest| Some(rest.split_once('"')?.0));
    own.is_some_and(|own| own.eq_ignore_ascii_case(code))
}

/// Whether a block has a name of its own for its model.
pub fn has_name(block: &str) -> bool {
    let own = cut(block, TABLE).nth(1).unwrap_or(block);
    own.contains(NAME)
}

/// The text before the models, with those of its sources that it or one of these blocks names.
pub fn with_named_sources(head: &str, blocks: &[&str], paying: bool) -> String {
    let mut kept = Vec::new();
    let mut named = Vec::new();
    for (at, table) in cut(head, TABLE).enumerate() {
        let name = table.strip_prefix(TABLE).unwrap_or_default();
        let pays = PAYING
            .iter()
            .any(|pays| name.trim_start_matches('[').starts_with(pays));
        if at > 0 && pays && !paying {
            continue;
        }
        add_sources(table, &mut named);
        let source = name.strip_prefix("source.");
        kept.push((source.and_then(|rest| Some(rest.split_once(']')?.0)), table));
    }
    for block in blocks {
        add_sources(block, &mut named);
    }
    let wanted = kept
        .iter()
        .filter(|(source, _)| source.is_none_or(|source| named.contains(&source)));
    wanted.map(|(_, table)| *table).collect()
}

/// The keys of the sources that a text names.
fn add_sources<'a>(text: &'a str, named: &mut Vec<&'a str>) {
    for at in memmem::find_iter(text.as_bytes(), SOURCE) {
        let rest = text.get(at.saturating_add(SOURCE.len())..);
        named.extend(rest.and_then(|rest| Some(rest.split_once('"')?.0)));
    }
}

/// A text in parts, each of which but the first starts with `start`. The next one is only looked for when it is
/// asked for: a file has hundreds of kilobytes.
fn cut<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    let mut starts = memmem::find_iter(text.as_bytes(), start);
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let from = next?;
        next = starts.next();
        text.get(from..next.unwrap_or(text.len()))
    })
}

/// What a file says before its models, and the block of each of them.
pub fn parts(file: &str) -> (&str, impl Iterator<Item = &str>) {
    let mut parts = cut(file, BLOCK);
    (parts.next().unwrap_or_default(), parts)
}

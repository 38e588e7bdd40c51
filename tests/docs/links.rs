//! Links between the pages and to files, and the headings that they point to.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Anchorizer, Arena, Options, parse_document};

use super::page::{Page, pages, root};

/// The relative links of a page, and the anchors of its headings.
fn read(page: &Page) -> (Vec<String>, Vec<String>) {
    let mut options = Options::default();
    options.extension.table = true;
    let arena = Arena::new();
    let document = parse_document(&arena, &page.text, &options);
    let (mut links, mut anchors) = (Vec::new(), Vec::new());
    let mut anchorizer = Anchorizer::new();
    for node in document.descendants() {
        match &node.data.borrow().value {
            NodeValue::Link(link) if !link.url.contains("://") => links.push(link.url.clone()),
            NodeValue::Heading(_) => anchors.push(anchorizer.anchorize(&words(node))),
            _ => {}
        }
    }
    (links, anchors)
}

fn words<'a>(heading: &'a AstNode<'a>) -> String {
    let parts = heading
        .descendants()
        .map(|node| match &node.data.borrow().value {
            NodeValue::Text(text) => text.to_string(),
            NodeValue::Code(code) => code.literal.clone(),
            _ => String::new(),
        });
    parts.collect()
}

/// `docs/../catalog` as `catalog`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                assert!(plain.pop(), "{} leaves the repository", path.display())
            }
            part => plain.push(part),
        }
    }
    plain
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let pages = pages();
    let read: BTreeMap<PathBuf, (Vec<String>, Vec<String>)> = pages
        .iter()
        .map(|page| (PathBuf::from(&page.name), read(page)))
        .collect();
    let mut followed = 0;
    for (page, (links, _)) in &read {
        for link in links {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match path {
                "" => page.clone(),
                path => plain(&page.parent().unwrap().join(path)),
            };
            let from = page.display();
            assert!(
                root().join(&target).exists(),
                "{from}: `{link}` leads nowhere"
            );
            if !anchor.is_empty() {
                let (_, anchors) = read.get(&target).unwrap();
                let found = anchors.iter().any(|one| one == anchor);
                assert!(found, "{from}: `{link}` leads to no heading");
            }
            followed += 1;
        }
    }
    assert!(followed >= 30, "{followed} links");
}

//! A page as a tree of elements. It is written so that it is XML, too, but for three kinds of tags.

use roxmltree::{Document, Node};

/// The elements of a page, and those of a drawing.
const ELEMENTS: [&str; 37] = [
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "ul", "li",
    "dl", "dt", "dd", "div", "table", "thead", "tbody", "tr", "th", "td", "details", "summary",
    "figure", "code", "br", "svg", "g", "line", "polyline", "polygon", "rect", "text", "circle",
    "path",
];

/// A page.
pub struct Page {
    xml: String,
}

impl Page {
    /// Fails where a tag is not closed, or something from outside has become one.
    pub fn parse(html: &str) -> Self {
        let body = html.strip_prefix("<!doctype html>\n").unwrap();
        assert!(html.ends_with("</html>\n"));
        assert!(!html.contains(|c: char| c.is_control() && c != '\n'));
        let lines = body.lines().map(|line| match line.strip_prefix("<meta ") {
            Some(rest) => format!("<meta {}/>\n", rest.strip_suffix('>').unwrap()),
            None => format!("{line}\n").replace("<br>", "<br/>"),
        });
        let page = Self {
            xml: lines.collect(),
        };
        page.tree();
        page
    }

    fn tree(&self) -> Document<'_> {
        Document::parse(&self.xml).unwrap_or_else(|error| panic!("{error}\n{}", self.xml))
    }

    /// No script, nothing that is loaded, nothing that can be followed.
    pub fn assert_self_contained(&self, line: &str) {
        let tree = self.tree();
        for node in tree.descendants().filter(Node::is_element) {
            let name = node.tag_name().name();
            assert!(ELEMENTS.contains(&name), "{line}: <{name}>");
            for attribute in node.attributes() {
                let (key, value) = (attribute.name(), attribute.value());
                let loads = matches!(key, "href" | "src" | "action" | "data" | "srcset");
                assert!(!loads && !key.starts_with("on"), "{line}: {key}={value}");
                assert!(
                    !value.contains("//") && !value.contains("url("),
                    "{line}: {key}={value}"
                );
            }
            if name == "style" {
                let css = node.text().unwrap();
                for mark in ["url(", "@import", "//"] {
                    assert!(!css.contains(mark), "{line}: {css}");
                }
            }
        }
    }

    pub fn count(&self, name: &str) -> usize {
        let tree = self.tree();
        let named = tree
            .descendants()
            .filter(|node| node.has_tag_name(name) || is_svg(node, name));
        named.count()
    }

    /// Whether each row of a table has as many cells as its head.
    pub fn cells_are_even(&self) -> bool {
        let tree = self.tree();
        let mut tables = tree.descendants().filter(|node| node.has_tag_name("table"));
        tables.all(|table| {
            let rows = table.descendants().filter(|node| node.has_tag_name("tr"));
            let cells: Vec<usize> = rows
                .map(|row| row.children().filter(Node::is_element).count())
                .collect();
            cells.len() >= 2 && cells.iter().all(|count| Some(count) == cells.first())
        })
    }

    /// The text of the first element of a name.
    pub fn text_of(&self, name: &str) -> String {
        let tree = self.tree();
        let node = tree
            .descendants()
            .find(|node| node.has_tag_name(name))
            .unwrap();
        text(&node, "")
    }

    /// The texts of the elements of a class, cells set apart.
    pub fn texts_with_class(&self, class: &str) -> Vec<String> {
        let tree = self.tree();
        let marked = tree
            .descendants()
            .filter(|node| node.attribute("class") == Some(class));
        let texts = marked.map(|node| match node.has_tag_name("tr") {
            true => text(&node, " ").trim().to_owned(),
            false => text(&node, ""),
        });
        texts.collect()
    }

    /// All that is read, but for a drawing's text and the title of the window.
    pub fn words(&self) -> String {
        let tree = self.tree();
        let node = tree
            .descendants()
            .find(|node| node.has_tag_name("main"))
            .unwrap();
        let texts = node
            .descendants()
            .filter(|node| node.is_text() && !node.ancestors().any(|above| is_svg(&above, "svg")));
        texts
            .filter_map(|node| node.text())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The same with nothing between the texts: a name is found whole in it.
    pub fn text(&self) -> String {
        let tree = self.tree();
        text(&tree.root_element(), "")
    }
}

fn is_svg(node: &Node, name: &str) -> bool {
    node.has_tag_name(("http://www.w3.org/2000/svg", name))
}

fn text(node: &Node, between: &str) -> String {
    let texts = node.descendants().filter(Node::is_text);
    texts
        .filter_map(|node| node.text())
        .collect::<Vec<_>>()
        .join(between)
}

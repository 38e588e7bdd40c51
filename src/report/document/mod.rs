//! The output of a command before any format: its answer, then tables, lists and charts in the order of
//! their importance. A command builds one; the code in `render` knows nothing else.

mod table;

pub use table::{Cell, Column, Fit, Look, Row, Table};

use rust_decimal::Decimal;

/// How much a document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The answer, and what one must know.
    Answer,
    /// The working and the sources too.
    Details,
}

/// The whole output of a command. Every text is plain; literals stand in backticks, as in messages.
#[derive(Debug, Default)]
pub struct Document {
    /// The answer in a sentence or a few, the first alone enough.
    pub answer: Vec<String>,
    /// Whether a limit is exceeded: the answer is an alarm then.
    pub alarm: bool,
    /// The parts after the answer, the most important first.
    pub parts: Vec<Part>,
    /// The titles of parts that only details have.
    pub left_out: Vec<&'static str>,
    /// A first line of Markdown that is not shown, by which the text is found again.
    pub marker: Option<String>,
    /// The most bytes as Markdown; beyond, the rows that weigh least are left out.
    pub most_bytes: Option<usize>,
    details: bool,
}

/// A part of a document.
#[derive(Debug)]
pub struct Part {
    /// The title; empty where the part needs none.
    pub title: String,
    /// The content.
    pub body: Body,
    /// Whether it is part of the details: folded away where a format can.
    pub folded: bool,
}

/// The content of a part.
#[derive(Debug)]
pub enum Body {
    /// Nothing but its title: what follows belongs to it.
    Heading,
    /// A sentence or two.
    Text(String),
    /// Sentences that do not belong together.
    List(List),
    /// Labels with a text each.
    Facts(Vec<(&'static str, String)>),
    /// Rows of cells.
    Table(Table),
    /// A drawing.
    Chart(Chart),
}

/// Sentences, of which those that matter least can be left out.
#[derive(Debug, Default)]
pub struct List {
    /// The sentences, in order.
    pub entries: Vec<Entry>,
    /// The noun for one entry: `deployment`.
    pub noun: &'static str,
    /// Which entries are left out first: `, those that cost least`.
    pub least: &'static str,
}

/// A sentence of a list.
#[derive(Debug)]
pub struct Entry {
    /// The name that the sentence is about, shown before it as a literal.
    pub subject: Option<String>,
    /// The content.
    pub text: String,
    /// The entries that weigh least are left out first.
    pub weight: Decimal,
}

impl<Text: Into<String>> FromIterator<Text> for List {
    fn from_iter<Texts: IntoIterator<Item = Text>>(texts: Texts) -> Self {
        let entries = texts.into_iter().map(|text| Entry {
            subject: None,
            text: text.into(),
            weight: Decimal::ZERO,
        });
        Self {
            entries: entries.collect(),
            noun: "line",
            least: "",
        }
    }
}

/// A drawing, as text for a terminal and as SVG; a format shows what it can.
#[derive(Debug, Default)]
pub struct Chart {
    /// Lines of text of at most the width that was asked for.
    pub text: Option<String>,
    /// An SVG element.
    pub svg: Option<String>,
}

impl Document {
    /// A document of a depth, with its answer.
    pub fn new(depth: Depth, answer: Vec<String>) -> Self {
        Self {
            answer,
            details: depth == Depth::Details,
            ..Self::default()
        }
    }

    /// Adds a part that is always said; nothing where it has nothing to say.
    pub fn part(&mut self, title: impl Into<String>, body: Body) {
        self.add(title.into(), body, false);
    }

    /// Adds a part of the details; else only its title is kept, if it has something to say.
    pub fn details(&mut self, title: &'static str, body: Body) {
        if body.is_empty() {
        } else if self.details {
            self.add(title.to_owned(), body, true);
        } else if !self.left_out.contains(&title) {
            self.left_out.push(title);
        }
    }

    /// Names in one line the rules that always hold, each once, where no details say them.
    pub fn always(&mut self, rules: impl Iterator<Item = &'static str>) {
        let mut ids: Vec<&str> = Vec::new();
        for id in rules.filter(|_| !self.details) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        if !ids.is_empty() {
            let line = format!("Always: {}", ids.join(", "));
            self.part("", Body::Text(line));
        }
    }

    /// The same of a part that is costly to make, where it is known whether it has something to say.
    pub fn costly_details(
        &mut self,
        title: &'static str,
        says_something: bool,
        body: impl FnOnce() -> Body,
    ) {
        if self.details {
            self.add(title.to_owned(), body(), true);
        } else if says_something {
            self.left_out.push(title);
        }
    }

    /// Adds a part that is always said, folded away where a format can.
    pub fn fold(&mut self, title: impl Into<String>, body: Body) {
        self.add(title.into(), body, true);
    }

    /// Whether details are asked for, for parts that are costly to make.
    pub fn has_details(&self) -> bool {
        self.details
    }

    fn add(&mut self, title: String, body: Body, folded: bool) {
        if !body.is_empty() {
            self.parts.push(Part {
                title,
                body,
                folded,
            });
        }
    }
}

impl Body {
    /// Sentences that do not belong together.
    pub fn list<Text: Into<String>>(entries: impl IntoIterator<Item = Text>) -> Self {
        Self::List(entries.into_iter().collect())
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Heading => false,
            Self::Text(text) => text.is_empty(),
            Self::List(list) => list.entries.is_empty(),
            Self::Facts(facts) => facts.is_empty(),
            Self::Table(table) => table.rows.is_empty(),
            Self::Chart(chart) => chart.text.is_none() && chart.svg.is_none(),
        }
    }
}

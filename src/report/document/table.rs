//! Tables of typed cells.

use rust_decimal::Decimal;

use crate::billing::money::Money;

/// Rows of cells under titles.
#[derive(Debug, Default)]
pub struct Table {
    /// The columns, as many as each row has cells.
    pub columns: Vec<Column>,
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// The noun for one row: `deployment`.
    pub noun: &'static str,
    /// Which rows are left out first, where there is no room: `, those that cost least`.
    pub least: &'static str,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// The title.
    pub title: String,
    /// Whether it holds numbers, which are aligned at the right.
    pub right: bool,
    /// How the column gives way where the table is too wide.
    pub fit: Fit,
    /// Whether its title stands before its words where they move below their row; that of numbers always does.
    pub titled: bool,
}

/// How a column gives way where a table is too wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It stays longest.
    Keep,
    /// It is left out first: the other columns say the same.
    Drop,
    /// Its cells move to a line of their own under the row.
    Below,
}

/// A row.
#[derive(Debug, Clone)]
pub struct Row {
    /// The cells, one for each column.
    pub cells: Vec<Cell>,
    /// The style of the row.
    pub look: Look,
    /// The rows that weigh least are left out first; `None` is never left out.
    pub weight: Option<Decimal>,
}

/// The style of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Without emphasis.
    Plain,
    /// The sum of the rows above.
    Total,
    /// More about the sum: set apart with it.
    BesideTotal,
    /// An alarm.
    Alarm,
}

/// The content of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words, with literals in backticks.
    Text(String),
    /// A literal, such as a model's code.
    Code(String),
    /// A number with its unit, as it is shown.
    Number(String),
    /// An amount of money.
    Money(Money),
}

impl Table {
    /// A table without rows.
    pub fn new(columns: Vec<Column>) -> Self {
        Self {
            columns,
            rows: Vec::new(),
            noun: "row",
            least: "",
        }
    }

    /// Adds a row without emphasis.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.add(cells, Look::Plain);
    }

    /// Adds a row.
    pub fn add(&mut self, cells: Vec<Cell>, look: Look) {
        let weight = None;
        self.rows.push(Row {
            cells,
            look,
            weight,
        });
    }

    /// Adds a row that may be left out where there is no room, and how much it matters.
    pub fn weighed(&mut self, cells: Vec<Cell>, look: Look, weight: Decimal) {
        let weight = Some(weight);
        self.rows.push(Row {
            cells,
            look,
            weight,
        });
    }

    /// Removes the column at this index.
    pub fn without(&mut self, at: usize) {
        if at < self.columns.len() {
            self.columns.remove(at);
            for row in &mut self.rows {
                if at < row.cells.len() {
                    row.cells.remove(at);
                }
            }
        }
    }
}

impl Column {
    /// A column of words.
    pub fn text(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            right: false,
            fit: Fit::Keep,
            titled: false,
        }
    }

    /// A column of numbers.
    pub fn number(title: impl Into<String>) -> Self {
        Self {
            right: true,
            ..Self::text(title)
        }
    }

    /// The column, moved below its row where the table is too wide.
    #[must_use]
    pub fn below(self) -> Self {
        Self {
            fit: Fit::Below,
            ..self
        }
    }

    /// The same, for words that do not say by themselves what they are.
    #[must_use]
    pub fn titled_below(self) -> Self {
        Self {
            titled: true,
            ..self.below()
        }
    }

    /// The column, left out where the table is too wide.
    #[must_use]
    pub fn droppable(self) -> Self {
        Self {
            fit: Fit::Drop,
            ..self
        }
    }
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A literal.
    pub fn code(text: impl Into<String>) -> Self {
        Self::Code(text.into())
    }

    /// A number as it is shown.
    pub fn number(text: impl Into<String>) -> Self {
        Self::Number(text.into())
    }

    /// The text of the cell, whatever its type.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Code(text) | Self::Number(text) => text.clone(),
            Self::Money(money) => money.to_string(),
        }
    }
}

impl From<Money> for Cell {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}

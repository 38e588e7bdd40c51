//! Bold and dim, where they are wanted. Nothing needs them to be understood.

use anstyle::{AnsiColor, Color, Effects, Style as Ansi};

/// Whether to style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether escape sequences may be printed.
    pub color: bool,
}

impl Style {
    /// No escape sequences at all.
    pub const PLAIN: Self = Self { color: false };

    /// For text that is looked for first.
    #[must_use]
    pub fn bold(self, text: &str) -> String {
        self.paint(Ansi::new().effects(Effects::BOLD), text)
    }

    /// For text that is looked at last.
    #[must_use]
    pub fn dim(self, text: &str) -> String {
        self.paint(Ansi::new().effects(Effects::DIMMED), text)
    }

    /// For `error:`.
    #[must_use]
    pub fn alarm(self, text: &str) -> String {
        let red = Some(Color::Ansi(AnsiColor::Red));
        self.paint(Ansi::new().fg_color(red).effects(Effects::BOLD), text)
    }

    fn paint(self, style: Ansi, text: &str) -> String {
        if self.color {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

//! The modes that some models price apart.

/// A mode of inference with a price of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// PTU: ordinary output.
    Standard,
    /// PTU: output with the code interpreter.
    CodeInterpreter,
    /// Tokens: answers without thinking.
    NonThinking,
    /// Tokens: answers after thinking.
    Thinking,
}

impl Mode {
    /// Every mode.
    pub const ALL: &[Self] = &[
        Self::Standard,
        Self::CodeInterpreter,
        Self::NonThinking,
        Self::Thinking,
    ];

    /// The name in flags, the catalog and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::CodeInterpreter => "code-interpreter",
            Self::NonThinking => "non-thinking",
            Self::Thinking => "thinking",
        }
    }

    /// Reads a name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|mode| mode.name() == text)
    }

    /// The token mode that a PTU mode stands for; its own name elsewhere.
    #[must_use]
    pub fn for_tokens(self) -> Self {
        match self {
            Self::Standard => Self::NonThinking,
            Self::CodeInterpreter => Self::Thinking,
            own => own,
        }
    }

    /// The PTU mode that this name means: another edition of the page calls the two modes non-thinking
    /// and thinking (`ptu.modes`).
    #[must_use]
    pub fn for_ptu(self) -> Self {
        match self {
            Self::NonThinking => Self::Standard,
            Self::Thinking => Self::CodeInterpreter,
            own => own,
        }
    }
}

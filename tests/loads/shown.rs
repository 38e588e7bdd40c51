//! A load in a terminal.

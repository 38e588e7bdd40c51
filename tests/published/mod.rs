//! The published tables, typed from the pages as plain rows, apart from the catalog.

pub mod fine_tuned;
pub mod mu;
pub mod ptu;
pub mod standard;

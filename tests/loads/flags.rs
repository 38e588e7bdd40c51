//! Which flags go with a load, and what is said of a slip.

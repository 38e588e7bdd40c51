//! What is done to a quote once it is made: who pays for its tokens, what a savings plan does, what its
//! renewals cost, which trace it serves, what an overdue balance does to it, and a discount. What these need to know stands in
//! [`funding`](super::funding), [`savings`](super::savings), [`renewal`](super::renewal), [`recorded`](super::recorded) and
//! [`overdue`](super::overdue), below the quote, which keeps what came of each.

mod discount;
pub mod fund;
pub mod overdue;
pub mod renew;
pub mod save;
pub mod trace;

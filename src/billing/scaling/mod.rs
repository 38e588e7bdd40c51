//! A prepaid term that changes its size before it ends (`deploy.downgrade`): what is added is paid for the
//! days that are left, and what is given up comes back by the refund rules for downgrades.

mod replicas;
mod throughput;

pub use super::downgrade::{At, Downgrade};
pub use super::note::ScalingNote;
pub use replicas::{Replicas, added};
pub use throughput::{Change, Subscription};

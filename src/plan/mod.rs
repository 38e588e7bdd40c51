//! The plan file: what a team runs, what it may cost, and how that changed.

mod best;
mod change;
mod covered;
mod currency;
mod deployment;
mod document;
mod fields;
mod file;
pub mod keys;
mod length;
mod limits;
mod missed;
mod months;
mod node;
mod orders;
mod past;
mod phases;
mod price;
mod priced;
mod problem;

mod ranked;
mod scaled;
mod schedule;
mod text;
mod verdict;
mod written;

pub use best::{BestChange, BestReason, PriceChange, best_change};
pub use change::{Change, Changes, RATE, SettingChange, Status, changes};
pub use covered::covered;
pub use currency::Rates;
pub use deployment::Deployment;
pub use fields::{Setting, Settings};
pub use file::{Budget, Plan};
pub use missed::{Missed, missed};
pub use months::{PaidMonths, WholeMonths};
pub use orders::Part;
pub use past::{PastDeployment, PastError, PastPlan};
pub use price::{Pricing, price, reprice};
pub use priced::{OwnCost, Priced, PricedPart, PricedPlan};
pub use problem::{Lines, Located, Problem};
pub use ranked::{PastItem, RankedWay};
pub use text::{End, Increase};
pub use verdict::{Breach, BreachKind, breaches};
pub use written::{Bought, NewDeployment, NewPlan, NewTerm, Workload};

//! The flags of a savings plan.

use clap::{Args, ValueEnum};

use super::value;
use crate::billing::amount::Amount;
use crate::billing::savings::Payment;
use crate::order::SavingsOrder;

/// A commitment by the month that pays for ordinary calls.
#[derive(Debug, Args)]
#[command(next_help_heading = "Funding")]
pub struct SavingsArgs {
    /// A savings plan that pays for ordinary calls: what is committed a month, such as `5000`
    #[arg(long, hide_short_help = true, value_name = "AMOUNT", value_parser = value::amount, allow_hyphen_values = true)]
    savings_plan: Option<Amount>,

    /// Months for which it is bought [default: the shortest term, 3]
    #[arg(long, hide_short_help = true, value_name = "MONTHS", value_parser = value::months, allow_hyphen_values = true, requires = "savings_plan")]
    savings_plan_term: Option<u32>,

    /// How it is paid [default: all-upfront]
    #[arg(
        long,
        hide_short_help = true,
        value_enum,
        value_name = "HOW",
        requires = "savings_plan"
    )]
    savings_plan_payment: Option<PaymentArg>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PaymentArg {
    /// The whole term at the order
    AllUpfront,
    /// By the month, on request
    NoUpfront,
}

impl SavingsArgs {
    /// Whether there is one.
    pub fn given(&self) -> bool {
        self.savings_plan.is_some()
    }

    /// The plan, where there is one.
    pub fn order(&self) -> Option<SavingsOrder> {
        let payment = match self.savings_plan_payment {
            None | Some(PaymentArg::AllUpfront) => Payment::AllUpfront,
            Some(PaymentArg::NoUpfront) => Payment::NoUpfront,
        };
        let commitment = self.savings_plan?;
        Some(SavingsOrder::of(
            commitment,
            self.savings_plan_term,
            payment,
        ))
    }
}

//! The tables of a catalog file, as TOML has them.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::text::{Code, Name, Read, Sentence, SpecText, TokenCount, Tpm, TpmStep, Weight};
use crate::billing::capacity::Capacity;
use crate::billing::hours::Hours;
use crate::billing::mode::Mode;
use crate::billing::money::Currency;
use crate::billing::quote::{Method, Percent};
use crate::billing::savings::Payment;
use crate::billing::service::{BillingMode, ServiceType, Status};
use crate::billing::term::{Increment, Span};
use crate::billing::unit::UnitPrice;

/// A whole catalog file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileTable {
    /// The version of the format; 1.
    pub version: Spanned<i64>,
    /// Whose prices these are.
    pub provider: ProviderTable,
    /// How the provider bills.
    #[serde(default)]
    pub billing: BillingTable,
    /// What the provider documents of its services.
    pub service: Option<Spanned<ServiceTable>>,
    /// Where the prices were read, by a key that rows name.
    #[serde(default)]
    pub source: BTreeMap<String, SourceTable>,
    /// The models.
    #[serde(default)]
    pub model: Vec<ModelTable>,
}

/// `[provider]`. A file that only adds to a known provider gives the id alone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderTable {
    pub id: Spanned<Read<Code>>,
    pub name: Option<Read<Name>>,
    pub region: Option<Read<Code>>,
    pub region_name: Option<Read<Name>>,
    /// Other regions, in which the models of other files are.
    #[serde(default)]
    pub regions: Vec<RegionTable>,
    pub currency: Option<Spanned<Read<Currency>>>,
    /// What logs and gateways write before the codes of its models: `dashscope` in `dashscope/qwen-plus`.
    #[serde(default)]
    pub prefixes: Vec<Read<Code>>,
    /// Whether the provider sells more than the catalog has.
    #[serde(default)]
    pub partial: bool,
}

/// A region of `[provider]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionTable {
    pub id: Read<Code>,
    pub name: Read<Name>,
}

/// `[billing]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BillingTable {
    pub ptu: Option<Spanned<PtuBilling>>,
    pub reservation: Option<Spanned<SaleBilling>>,
    pub mu: Option<Spanned<MuBilling>>,
    pub dtu: Option<Spanned<DtuBilling>>,
    pub tokens: Option<TokensBilling>,
    pub free: Option<FreeBilling>,
    /// In which region models are, by the editions of the documents.
    #[serde(default)]
    pub region: Vec<Spanned<RegionRuleTable>>,
    pub renewal: Option<Spanned<RenewalBilling>>,
    #[serde(default)]
    pub savings_plan: Vec<Spanned<SavingsTable>>,
}

/// `[[billing.region]]`: what a document says of the regions of models, from a day on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionRuleTable {
    pub from: Option<Spanned<Datetime>>,
    /// The only region of what is sold by the methods of `of`.
    pub only: Option<Read<Code>>,
    #[serde(default)]
    pub of: Vec<Read<Method>>,
    pub source: Option<Spanned<String>>,
}

/// `[billing.ptu]`. Only of a reservation that is part of a service may something be missing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PtuBilling {
    pub increment: Option<Spanned<Read<Increment>>>,
    pub input_step: Option<Read<TpmStep>>,
    pub output_step: Option<Read<TpmStep>>,
    pub overdue_retention: Option<Spanned<Read<Span>>>,
    /// From which day on an overdue deployment comes back when the balance is topped up.
    pub overdue_restored_from: Option<Spanned<Datetime>>,
    pub late_order_after: Option<Read<NaiveTime>>,
    pub expires_at: Option<Read<NaiveTime>>,
    pub grace: Option<Spanned<Read<Span>>>,
    pub retention: Option<Spanned<Read<Span>>>,
    pub scales_by_day: Option<bool>,
    #[serde(default)]
    pub early_end: Vec<Spanned<EarlyEndTable>>,
    /// What its documents say of reservations, in a sentence each.
    #[serde(default)]
    pub says: Vec<Spanned<SaysTable>>,
    #[serde(default)]
    pub refuses_overflow: Vec<Spanned<RefusalTable>>,
}

/// `[[billing.ptu.says]]`: a sentence about reservations that a document has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaysTable {
    /// The rule that it is.
    pub rule: Spanned<String>,
    /// The terms of which it is said; all where it is left out.
    pub terms: Option<Spanned<Vec<Spanned<String>>>>,
    /// The regions of which it is said; all where it is left out.
    pub regions: Option<Spanned<Vec<Spanned<Read<Code>>>>>,
    /// Whether it is only said where calls do not fit.
    #[serde(default)]
    pub overflow: bool,
    /// The sentence. `{capacity}` in it is what the units hold.
    pub text: Read<Sentence>,
    pub source: Option<Spanned<String>>,
}

/// `[[billing.ptu.refuses_overflow]]`: from a day on calls beyond a reservation can be refused.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalTable {
    pub from: Option<Spanned<Datetime>>,
    pub source: Option<Spanned<String>>,
}

/// `[[billing.ptu.early_end]]`: what holds from a day on. Either it is refused, or the used part counts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlyEndTable {
    pub from: Option<Spanned<Datetime>>,
    #[serde(default)]
    pub refused: bool,
    pub factor: Option<Read<Decimal>>,
    pub factor_within: Option<Spanned<Read<Span>>>,
    pub source: Option<Spanned<String>>,
}

/// `[billing.reservation]`: how throughput reservations are sold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaleBilling {
    pub increment: Option<Spanned<Read<Increment>>>,
    pub input_smallest: Option<Spanned<Read<TpmStep>>>,
    pub output_smallest: Option<Spanned<Read<TpmStep>>>,
    /// Every term up to so many days is sold.
    pub days_up_to: Option<Spanned<u64>>,
    /// Longer terms that are sold.
    pub longer_days: Option<Spanned<Vec<u64>>>,
    /// The price of a block of 8 hours as a share of a day's.
    pub block: Option<Spanned<Read<Percent>>>,
    pub blocks_ordered_from: Option<Read<NaiveTime>>,
    pub late_order_after: Option<Read<NaiveTime>>,
    pub expires_at: Option<Read<NaiveTime>>,
    pub renewable: Option<Spanned<Read<Span>>>,
    pub early_end_factor: Option<Read<Decimal>>,
    pub early_end_within: Option<Spanned<Read<Span>>>,
    pub source: Option<Spanned<String>>,
}

/// `[billing.mu]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MuBilling {
    pub increment: Option<Spanned<Read<Increment>>>,
    pub cancellation_increment: Option<Spanned<Read<Increment>>>,
    pub cancellation_factor: Option<Read<Decimal>>,
    pub cancellation_month: Option<Spanned<Read<Span>>>,
    pub cancellation_within: Option<Spanned<Read<Span>>>,
    pub scales_out_by_day: Option<bool>,
    pub overdue_retention: Option<Spanned<Read<Span>>>,
}

/// `[billing.dtu]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DtuBilling {
    /// The most months of a term.
    pub most_months: Option<Spanned<u32>>,
    /// A used day of a term that is ended early costs this times the daily rate.
    pub cancellation_factor: Option<Read<Decimal>>,
    /// The daily rate is the price of a month divided by these days.
    pub cancellation_month: Option<Spanned<Read<Span>>>,
}

/// `[billing.renewal]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenewalBilling {
    pub charged_before: Spanned<Read<Span>>,
    pub tries: Spanned<u64>,
    pub first_try: Read<NaiveTime>,
    pub last_try: Spanned<Read<NaiveTime>>,
    pub source: Option<Spanned<String>>,
}

/// `[billing.tokens]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokensBilling {
    pub batch: Option<Read<Percent>>,
    /// Whether batch calls have the prices of a cache, too, at the same share of them.
    pub batch_with_cache: Option<bool>,
}

/// `[[billing.savings_plan]]`: what is sold from a day on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavingsTable {
    pub from: Option<Spanned<Datetime>>,
    /// The smallest commitment a month.
    pub smallest: Spanned<Read<Decimal>>,
    /// What a commitment is a multiple of.
    pub step: Spanned<Read<Decimal>>,
    /// Months of a term, the shortest first.
    pub terms: Spanned<Vec<u32>>,
    pub group: Vec<Spanned<SavingsGroup>>,
    pub band: Vec<Spanned<SavingsBand>>,
    pub source: Option<Spanned<String>>,
}

/// `[[billing.savings_plan.group]]`: models with the same factors.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavingsGroup {
    pub name: Spanned<Read<Name>>,
    #[serde(default)]
    pub families: Vec<Spanned<Read<Name>>>,
    #[serde(default)]
    pub code_begins: Vec<Spanned<Read<Code>>>,
}

/// `[[billing.savings_plan.band]]`: commitments from a size on, and a factor for each group and term.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavingsBand {
    pub payment: Read<Payment>,
    pub commitment_from: Spanned<Read<Decimal>>,
    pub factors: Spanned<BTreeMap<String, Vec<Spanned<Read<Decimal>>>>>,
}

/// `[source.<key>]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceTable {
    pub document: Spanned<Read<Name>>,
    pub section: Read<Name>,
    /// The first edition that is known to have it.
    pub first_seen: Option<Spanned<Datetime>>,
    /// The newest edition that has it.
    pub seen: Option<Spanned<Datetime>>,
    /// When it was read from one of them; older files call it `checked`.
    #[serde(alias = "checked")]
    pub transcribed: Option<Spanned<Datetime>>,
}

/// `[[model]]`. A file that only changes prices gives the code and the rows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelTable {
    pub code: Spanned<Read<Code>>,
    pub name: Option<Read<Name>>,
    pub family: Option<Read<Name>>,
    /// Other names by which logs call it.
    #[serde(default)]
    pub aliases: Vec<Read<Code>>,
    /// What one replica serves, as it was measured.
    #[serde(default)]
    pub replica_capacity: Vec<Spanned<Read<Capacity>>>,
    #[serde(default)]
    pub ptu: Vec<Spanned<PtuTable>>,
    /// Reserved throughput at standard speed; the keys are those of `ptu`.
    #[serde(default)]
    pub reservation: Vec<Spanned<PtuTable>>,
    #[serde(default)]
    pub capacity: Vec<Spanned<CapacityTable>>,
    #[serde(default)]
    pub dtu: Vec<Spanned<DtuTable>>,
    #[serde(default)]
    pub mu: Vec<Spanned<MuTable>>,
    #[serde(default)]
    pub fine_tuned: Vec<Spanned<FineTunedTable>>,
    #[serde(default)]
    pub standard: Vec<Spanned<StandardTable>>,
}

/// `[[model.ptu]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PtuTable {
    pub from: Option<Spanned<Datetime>>,
    pub after: Option<Spanned<Datetime>>,
    pub first_seen: Option<Spanned<Datetime>>,
    pub seen: Option<Spanned<Datetime>>,
    pub until: Option<Spanned<Datetime>>,
    pub max_input: Option<Read<TokenCount>>,
    /// The same as another page of the provider has it.
    pub or_max_input: Option<Read<TokenCount>>,
    /// Whether it is sold as a throughput reservation of high speed, too; left out, it is where these are sold.
    pub high_speed: Option<bool>,
    pub input: PtuInput,
    pub output: Vec<Spanned<PtuOutput>>,
    #[serde(default)]
    pub weights: Vec<Spanned<WeightTable>>,
    pub source: Option<Spanned<String>>,
}

/// What tokens of calls up to a length count.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightTable {
    pub up_to: Option<Read<TokenCount>>,
    pub input: Option<Read<Weight>>,
    pub cached: Option<Read<Weight>>,
    pub cache_write: Option<Read<Weight>>,
    pub output: Option<Read<Weight>>,
}

/// `[[model.capacity]]`: a reservation that is bought in units.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapacityTable {
    pub from: Option<Spanned<Datetime>>,
    pub after: Option<Spanned<Datetime>>,
    pub first_seen: Option<Spanned<Datetime>>,
    pub seen: Option<Spanned<Datetime>>,
    pub until: Option<Spanned<Datetime>>,
    pub max_input: Option<Read<TokenCount>>,
    pub unit: Spanned<UnitTable>,
    pub meters: Vec<Spanned<MeterTable>>,
    /// Where it was read what a unit adds and what tokens weigh, if not with the prices.
    pub sizing_source: Option<Spanned<String>>,
    pub source: Option<Spanned<String>>,
}

/// `[[model.dtu]]`: dedicated throughput units of one specification.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DtuTable {
    pub from: Option<Spanned<Datetime>>,
    pub after: Option<Spanned<Datetime>>,
    pub first_seen: Option<Spanned<Datetime>>,
    pub seen: Option<Spanned<Datetime>>,
    pub until: Option<Spanned<Datetime>>,
    /// `Standard`, `Fast`, `Efficient`.
    pub spec: Read<Name>,
    /// Input tokens per minute of one.
    pub input: Spanned<Read<Tpm>>,
    /// Output tokens per minute of one.
    pub output: Spanned<Read<Tpm>>,
    pub month: Spanned<Read<UnitPrice>>,
    pub source: Option<Spanned<String>>,
}

/// A unit, and what it adds to each meter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitTable {
    pub name: Read<Name>,
    pub adds: BTreeMap<String, Read<Tpm>>,
    pub smallest: Option<u64>,
    #[serde(default = "one")]
    pub step: u64,
    /// Whether no document says from which number on and in which steps it is sold.
    #[serde(default)]
    pub steps_unknown: bool,
    pub minute: Option<Spanned<Read<UnitPrice>>>,
    pub hour: Option<Spanned<Read<UnitPrice>>>,
    pub block: Option<Spanned<Read<UnitPrice>>>,
    pub day: Option<Spanned<Read<UnitPrice>>>,
    pub week: Option<Spanned<Read<UnitPrice>>>,
    pub month: Option<Spanned<Read<UnitPrice>>>,
    pub quarter: Option<Spanned<Read<UnitPrice>>>,
    pub year: Option<Spanned<Read<UnitPrice>>>,
}

fn one() -> u64 {
    1
}

/// `[[model.capacity.meters]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeterTable {
    pub name: Read<Name>,
    /// Whether all of a call has the weights of the bracket in which its input ends.
    #[serde(default)]
    pub whole_calls: bool,
    pub weights: Vec<Spanned<WeightTable>>,
}

/// The input prices of a PTU row.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PtuInput {
    pub hour: Option<Spanned<Read<UnitPrice>>>,
    pub day: Option<Spanned<Read<UnitPrice>>>,
    pub month: Option<Spanned<Read<UnitPrice>>>,
}

/// The output prices of a PTU row, of one mode where there are several.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PtuOutput {
    pub mode: Option<Read<Mode>>,
    pub hour: Option<Spanned<Read<UnitPrice>>>,
    pub day: Option<Spanned<Read<UnitPrice>>>,
    pub month: Option<Spanned<Read<UnitPrice>>>,
}

/// `[[model.mu]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MuTable {
    pub from: Option<Spanned<Datetime>>,
    pub after: Option<Spanned<Datetime>>,
    pub first_seen: Option<Spanned<Datetime>>,
    pub seen: Option<Spanned<Datetime>>,
    pub until: Option<Spanned<Datetime>>,
    pub spec: Read<SpecText>,
    #[serde(default)]
    pub pd_separated: bool,
    pub hour: Option<Spanned<Read<UnitPrice>>>,
    pub month: Option<Spanned<Read<UnitPrice>>>,
    pub source: Option<Spanned<String>>,
}

/// `[[model.fine_tuned]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FineTunedTable {
    pub from: Option<Spanned<Datetime>>,
    pub after: Option<Spanned<Datetime>>,
    pub first_seen: Option<Spanned<Datetime>>,
    pub seen: Option<Spanned<Datetime>>,
    pub until: Option<Spanned<Datetime>>,
    pub input: Option<Spanned<Read<UnitPrice>>>,
    pub cached: Option<Spanned<Read<UnitPrice>>>,
    pub cached_explicit: Option<Spanned<Read<UnitPrice>>>,
    pub cache_write: Option<Spanned<Read<UnitPrice>>>,
    #[serde(default)]
    pub output: Vec<Spanned<FineTunedOutput>>,
    /// Instead of the prices above, where they depend on the size of a request.
    #[serde(default)]
    pub tiers: Vec<Spanned<TierTable>>,
    pub source: Option<Spanned<String>>,
}

/// The output price of a fine-tuned row, of one mode where there are several.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FineTunedOutput {
    pub mode: Option<Read<Mode>>,
    pub price: Spanned<Read<UnitPrice>>,
}

/// `[[model.standard]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardTable {
    pub from: Option<Spanned<Datetime>>,
    pub after: Option<Spanned<Datetime>>,
    pub first_seen: Option<Spanned<Datetime>>,
    pub seen: Option<Spanned<Datetime>>,
    pub until: Option<Spanned<Datetime>>,
    pub tiers: Vec<Spanned<TierTable>>,
    /// Where the prices of a cache were read, if not with the others.
    pub cache_source: Option<Spanned<String>>,
    /// Whether what hits cost that no call wrote to the cache is not documented.
    #[serde(default)]
    pub implicit_cache_unknown: bool,
    /// Whether batch calls of the model are sold; left out, they are where the provider sells them.
    pub batch: Option<bool>,
    /// Whether the newest page marks no price of batch calls for the model, and an earlier one has it for all.
    #[serde(default)]
    pub batch_unmarked: bool,
    /// A share of these prices that the page offers for a time whose end it does not say.
    pub limited_offer: Option<Read<Percent>>,
    pub source: Option<Spanned<String>>,
}

/// A tier of a standard row.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierTable {
    pub up_to: Option<Read<TokenCount>>,
    /// The end as another official text has it.
    pub or_up_to: Option<Spanned<Read<TokenCount>>>,
    pub mode: Option<Read<Mode>>,
    pub hours: Option<Spanned<Read<Hours>>>,
    pub input: Spanned<Read<UnitPrice>>,
    pub cached: Option<Spanned<Read<UnitPrice>>>,
    pub cached_explicit: Option<Spanned<Read<UnitPrice>>>,
    pub cache_write: Option<Spanned<Read<UnitPrice>>>,
    pub output: Option<Spanned<Read<UnitPrice>>>,
}

/// `[billing.free]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeBilling {
    /// The regions in which models have it; all where it is left out.
    #[serde(default)]
    pub regions: Vec<Read<Code>>,
    pub words: WordsTable,
    pub rules: Vec<Spanned<FreeTable>>,
}

/// What the provider calls the ways to pay.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordsTable {
    pub free: Spanned<Read<Name>>,
    pub package: Spanned<Read<Name>>,
    pub postpaid: Spanned<Read<Name>>,
    pub reservation: Spanned<Read<Name>>,
}

/// `[[billing.free.rules]]`: what holds from a day on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreeTable {
    pub from: Option<Spanned<Datetime>>,
    pub valid: Spanned<Read<Span>>,
    pub valid_up_to: Option<Spanned<Read<Span>>>,
    pub shown_after: Read<Span>,
    pub stop: Option<Read<Name>>,
    #[serde(default)]
    pub notices: Vec<Spanned<u64>>,
    #[serde(default)]
    pub overdue_blocks: bool,
    #[serde(default)]
    pub not_fine_tuned: bool,
    pub source: Option<Spanned<String>>,
}

/// `[service]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceTable {
    pub billing_modes: Vec<Spanned<Read<BillingMode>>>,
    pub statuses: Vec<Spanned<Read<Status>>>,
    pub types: Vec<Spanned<Read<ServiceType>>>,
    pub consumption_order: Vec<Spanned<Read<BillingMode>>>,
    #[serde(default)]
    pub overdue_stops: bool,
    pub reservation: Option<Spanned<ReservationTable>>,
    pub source: Spanned<String>,
}

/// Reserved throughput as part of a service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReservationTable {
    pub name: Read<BillingMode>,
    pub service: Read<ServiceType>,
}

/// What a row says of the days on which it is in force.
#[derive(Clone, Copy)]
pub struct Dates<'a> {
    /// The key of its source.
    pub source: Option<&'a Spanned<String>>,
    /// The first day of the price.
    pub from: Option<&'a Spanned<Datetime>>,
    /// The last edition before that without it.
    pub after: Option<&'a Spanned<Datetime>>,
    /// The first edition with it.
    pub first_seen: Option<&'a Spanned<Datetime>>,
    /// The newest edition with it.
    pub seen: Option<&'a Spanned<Datetime>>,
    /// The first edition that no longer has it.
    pub until: Option<&'a Spanned<Datetime>>,
}

/// A row of prices.
pub trait HasDates {
    /// What it says of its days.
    fn dates(&self) -> Dates<'_>;
}

macro_rules! has_dates {
    ($($table:ty),*) => {$(
        impl HasDates for $table {
            fn dates(&self) -> Dates<'_> {
                Dates {
                    source: self.source.as_ref(),
                    from: self.from.as_ref(),
                    after: self.after.as_ref(),
                    first_seen: self.first_seen.as_ref(),
                    seen: self.seen.as_ref(),
                    until: self.until.as_ref(),
                }
            }
        }
    )*};
}

// The tables have the same keys by name: serde has no strict way to share them.
has_dates!(
    PtuTable,
    CapacityTable,
    DtuTable,
    MuTable,
    FineTunedTable,
    StandardTable
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fields_of::{assert_same_keys, fields_of};

    #[test]
    fn the_schema_has_the_same_keys() {
        let tables = [
            ("", fields_of::<FileTable>()),
            ("provider", fields_of::<ProviderTable>()),
            ("region", fields_of::<RegionTable>()),
            ("billing", fields_of::<BillingTable>()),
            ("billing_ptu", fields_of::<PtuBilling>()),
            ("refuses_overflow", fields_of::<RefusalTable>()),
            ("says", fields_of::<SaysTable>()),
            ("billing_region", fields_of::<RegionRuleTable>()),
            ("early_end", fields_of::<EarlyEndTable>()),
            ("billing_reservation", fields_of::<SaleBilling>()),
            ("billing_mu", fields_of::<MuBilling>()),
            ("billing_dtu", fields_of::<DtuBilling>()),
            ("billing_renewal", fields_of::<RenewalBilling>()),
            ("billing_tokens", fields_of::<TokensBilling>()),
            ("savings_plan", fields_of::<SavingsTable>()),
            ("savings_group", fields_of::<SavingsGroup>()),
            ("savings_band", fields_of::<SavingsBand>()),
            ("billing_free", fields_of::<FreeBilling>()),
            ("words", fields_of::<WordsTable>()),
            ("free_rule", fields_of::<FreeTable>()),
            ("service", fields_of::<ServiceTable>()),
            ("reservation", fields_of::<ReservationTable>()),
            ("source", fields_of::<SourceTable>()),
            ("model", fields_of::<ModelTable>()),
            ("ptu", fields_of::<PtuTable>()),
            ("weights", fields_of::<WeightTable>()),
            ("capacity", fields_of::<CapacityTable>()),
            ("dtu", fields_of::<DtuTable>()),
            ("unit", fields_of::<UnitTable>()),
            ("meter", fields_of::<MeterTable>()),
            ("ptu_input", fields_of::<PtuInput>()),
            ("ptu_output", fields_of::<PtuOutput>()),
            ("mu", fields_of::<MuTable>()),
            ("fine_tuned", fields_of::<FineTunedTable>()),
            ("fine_tuned_output", fields_of::<FineTunedOutput>()),
            ("standard", fields_of::<StandardTable>()),
            ("tier", fields_of::<TierTable>()),
        ];
        assert_same_keys(include_str!("../../schema/catalog-1.json"), &tables);
    }
}

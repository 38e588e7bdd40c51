//! The flags of a steady load, shared by the commands that take one.

use clap::{Args, ValueEnum};
use rust_decimal::Decimal;

use super::failure::Failure;
use super::value;
use crate::billing::cache::CacheWay;
use crate::billing::load::Load;
use crate::billing::quote::Percent;
use crate::order::CacheUse;

/// Requests of one size at a steady rate: the first three or none.
#[derive(Debug, Args)]
#[command(next_help_heading = "Workload")]
pub struct LoadArgs {
    /// Requests per minute, such as `30` or `0.5`
    #[arg(long, value_name = "RATE", value_parser = value::rate, allow_hyphen_values = true,
        requires_all = ["input_per_request", "output_per_request"])]
    pub rpm: Option<Decimal>,

    /// Input tokens of a request
    #[arg(long, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true, requires = "rpm")]
    input_per_request: Option<u64>,

    /// Output tokens of a request
    #[arg(long, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true, requires = "rpm")]
    output_per_request: Option<u64>,

    /// How many of the input tokens of a request are read from a cache
    #[arg(long, hide_short_help = true, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true, requires = "rpm")]
    cached_per_request: Option<u64>,

    /// The same as a share of the input, such as `75%`
    #[arg(long, hide_short_help = true, value_name = "PERCENT", value_parser = value::percent, allow_hyphen_values = true, requires = "rpm", conflicts_with = "cached_per_request")]
    cache_hit: Option<Percent>,

    /// How many of the input tokens of a request are written to a cache
    #[arg(long, hide_short_help = true, value_name = "TOKENS", value_parser = value::count, allow_hyphen_values = true, requires = "rpm")]
    cache_write_per_request: Option<u64>,

    /// Which price cached input has, where there are two
    ///
    /// [default: explicit where something is written to the cache, else implicit]
    #[arg(long, hide_short_help = true, value_enum, value_name = "WAY")]
    cache: Option<CacheArg>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CacheArg {
    /// Hits of what the provider keeps by itself
    Implicit,
    /// Hits of what calls wrote to the cache
    Explicit,
}

impl LoadArgs {
    /// The load, where it was given.
    pub fn load(&self) -> Result<Option<Load>, Failure> {
        let sizes = self.input_per_request.zip(self.output_per_request);
        let Some((rpm, (input, output))) = self.rpm.zip(sizes) else {
            return Ok(None);
        };
        let of_cache = CacheUse {
            cached: self.cached_per_request,
            hit: self.cache_hit,
            cache_write: self.cache_write_per_request,
        };
        let cache = self.cache(of_cache.given())?;
        Ok(Some(Load {
            rpm,
            per_request: of_cache.of_request(input, output, cache)?,
            cache,
        }))
    }

    /// The way of the cache, where it was given; `used` is whether any input is of a cache.
    pub fn cache(&self, used: bool) -> Result<Option<CacheWay>, Failure> {
        let way = self.cache.map(|way| match way {
            CacheArg::Implicit => CacheWay::Implicit,
            CacheArg::Explicit => CacheWay::Explicit,
        });
        match way {
            Some(way) if !used => Err(Failure::usage(
                format!(
                    "`--cache {}` says which cache input is read from, and no input is said to be",
                    way.name()
                ),
                "say how much is, as in `--cached-input 300k` beside `--input` or `--cached-per-request 3000` beside `--rpm`, or leave it out",
            )),
            way => Ok(way),
        }
    }
}

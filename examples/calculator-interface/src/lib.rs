//! What host and plugins agree on: the traits, and the types that cross between them.

pub mod type_tour;

pub use fidius::{plugin_impl, plugin_interface, PluginError};
use serde::{Deserialize, Serialize};

/// A unit of length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    Millimetre,
    Metre,
    Kilometre,
    /// 1609.344 metres.
    Mile,
}

/// One length of a sum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    pub value: f64,
    pub unit: Unit,
    /// Factor on the value; none means 1.
    pub scale: Option<f64>,
}

/// The result of a sum of lengths.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// How many terms were added.
    pub count: u32,
    pub total_in_metres: f64,
    /// The longest term, in metres; none when there was no term.
    pub longest_in_metres: Option<f64>,
}

/// Does arithmetic, some of it slowly.
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Calculator: Send + Sync {
    /// Adds two whole numbers.
    fn add(&self, a: i64, b: i64) -> i64;

    /// Adds lengths of any unit.
    fn add_all(&self, terms: Vec<Term>) -> Report;

    /// Divides whole numbers of up to 128 bits.
    ///
    /// Fails with the code `DIVISION_BY_ZERO` when `divisor` is 0.
    fn divide(&self, dividend: i128, divisor: i128) -> Result<i128, PluginError>;

    /// `n * (n - 1) * … * 1`. Panics above 34, where the product leaves 128 bits.
    fn factorial(&self, n: u32) -> u128;

    /// Counts the primes below a limit by trying every divisor: 200000 takes seconds.
    fn count_primes(&self, below: u64) -> u64;

    /// Adds numbers, waiting before each of them without blocking a thread.
    async fn sum_slowly(&self, values: Vec<f64>, delay_ms: u64) -> f64;

    /// The mean of some numbers.
    ///
    /// Fails with the code `EMPTY` when there are none.
    async fn mean(&self, values: Vec<f64>) -> Result<f64, PluginError>;
}

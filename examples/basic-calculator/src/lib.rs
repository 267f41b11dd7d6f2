//! A calculator plugin.

use calculator_interface::*;
use std::time::Duration;

/// Calculates with what the standard library has.
pub struct BasicCalculator;

#[plugin_impl(Calculator)]
impl Calculator for BasicCalculator {
    fn add(&self, a: i64, b: i64) -> i64 {
        a + b
    }

    fn add_all(&self, terms: Vec<Term>) -> Report {
        let lengths: Vec<f64> = terms.iter().map(in_metres).collect();
        Report {
            count: terms.len() as u32,
            total_in_metres: lengths.iter().sum(),
            longest_in_metres: lengths.iter().copied().reduce(f64::max),
        }
    }

    fn divide(&self, dividend: i128, divisor: i128) -> Result<i128, PluginError> {
        if divisor == 0 {
            return Err(PluginError::new(
                "DIVISION_BY_ZERO",
                format!("cannot divide {dividend} by zero"),
            ));
        }
        dividend
            .checked_div(divisor)
            .ok_or_else(|| PluginError::new("OVERFLOW", "the quotient does not fit into an i128"))
    }

    fn factorial(&self, n: u32) -> u128 {
        (1..=u128::from(n))
            .try_fold(1, u128::checked_mul)
            .unwrap_or_else(|| panic!("{n}! does not fit into a u128"))
    }

    fn count_primes(&self, below: u64) -> u64 {
        let primes = (2..below).filter(|n| (2..*n).all(|divisor| n % divisor != 0));
        primes.count() as u64
    }

    async fn sum_slowly(&self, values: Vec<f64>, delay_ms: u64) -> f64 {
        let mut sum = 0.0;
        for value in values {
            tokio::time::sleep(Duration::from_millis(delay_ms)).await;
            println!("adding {value}");
            sum += value;
        }
        sum
    }

    async fn mean(&self, values: Vec<f64>) -> Result<f64, PluginError> {
        if values.is_empty() {
            return Err(PluginError::new("EMPTY", "no numbers have no mean"));
        }
        Ok(values.iter().sum::<f64>() / values.len() as f64)
    }
}

fn in_metres(term: &Term) -> f64 {
    let unit = match term.unit {
        Unit::Millimetre => 0.001,
        Unit::Metre => 1.0,
        Unit::Kilometre => 1000.0,
        Unit::Mile => 1609.344,
    };
    term.value * term.scale.unwrap_or(1.0) * unit
}

fidius::fidius_plugin_registry!();

#[cfg(test)]
mod tests {
    use super::*;
    use fidius::async_runtime::FIDIUS_RUNTIME;

    #[test]
    fn adds_lengths_of_any_unit() {
        let terms = vec![
            Term {
                value: 1.5,
                unit: Unit::Kilometre,
                scale: None,
            },
            Term {
                value: 250.0,
                unit: Unit::Metre,
                scale: Some(2.0),
            },
        ];
        let report = BasicCalculator.add_all(terms);
        assert_eq!(report.count, 2);
        assert_eq!(report.total_in_metres, 2000.0);
        assert_eq!(report.longest_in_metres, Some(1500.0));
        assert_eq!(BasicCalculator.add_all(vec![]).longest_in_metres, None);
    }

    #[test]
    fn divides_up_to_128_bits() {
        assert_eq!(BasicCalculator.divide(i128::MAX, 1), Ok(i128::MAX));
        assert_eq!(
            BasicCalculator.divide(1, 0).unwrap_err().code,
            "DIVISION_BY_ZERO"
        );
        assert_eq!(
            BasicCalculator.divide(i128::MIN, -1).unwrap_err().code,
            "OVERFLOW"
        );
    }

    #[test]
    fn multiplies_up_to_34() {
        assert_eq!(BasicCalculator.factorial(20), 2_432_902_008_176_640_000);
        assert!(std::panic::catch_unwind(|| BasicCalculator.factorial(35)).is_err());
        assert!(BasicCalculator.factorial(34) > u128::from(u64::MAX));
    }

    #[test]
    fn counts_primes() {
        assert_eq!(BasicCalculator.count_primes(100), 25);
    }

    #[test]
    fn computes_asynchronously() {
        let sum = FIDIUS_RUNTIME.block_on(BasicCalculator.sum_slowly(vec![1.0, 2.0, 3.5], 1));
        assert_eq!(sum, 6.5);
        let mean = |values| FIDIUS_RUNTIME.block_on(BasicCalculator.mean(values));
        assert_eq!(mean(vec![1.0, 2.0]), Ok(1.5));
        assert_eq!(mean(vec![]).unwrap_err().code, "EMPTY");
    }
}

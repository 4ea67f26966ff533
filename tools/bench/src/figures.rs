//! Medians and percentiles.

use std::time::Duration;

/// The value that `percent` of the values are not above (nearest rank); zero of no values.
pub(crate) fn percentile(values: &[Duration], percent: usize) -> Duration {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

pub(crate) fn median(values: &[Duration]) -> Duration {
    percentile(values, 50)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn micros(values: impl IntoIterator<Item = u64>) -> Vec<Duration> {
        values.into_iter().map(Duration::from_micros).collect()
    }

    #[test]
    fn a_percentile_is_the_value_at_its_rank_whatever_the_order() {
        let values = micros((1..=200).rev());
        assert_eq!(percentile(&values, 50), Duration::from_micros(100));
        assert_eq!(percentile(&values, 99), Duration::from_micros(198));
        assert_eq!(percentile(&values, 100), Duration::from_micros(200));
    }

    #[test]
    fn one_value_is_every_percentile_and_none_is_zero() {
        assert_eq!(percentile(&micros([7]), 99), Duration::from_micros(7));
        assert_eq!(median(&[]), Duration::ZERO);
    }

    #[test]
    fn the_median_is_not_moved_by_one_bad_round() {
        assert_eq!(median(&micros([3, 900, 2])), Duration::from_micros(3));
    }
}

//! What a response tells of the limits (Apollo docs: reference sections 8.2 and 8.4).

use std::time::Duration;

use budget::{Limit, LimitWindow, Observation, Reading};
use reqwest::header::HeaderMap;

/// The longest `retry-after` believed.
const MAX_RETRY_AFTER: Duration = Duration::from_hours(25);

/// Apollo's headers for one window: limit, used, left. The day has an older spelling too.
const HEADERS: [(LimitWindow, [&str; 3]); 4] = [
    (
        LimitWindow::Minute,
        [
            "x-rate-limit-minute",
            "x-minute-usage",
            "x-minute-requests-left",
        ],
    ),
    (
        LimitWindow::Hour,
        [
            "x-rate-limit-hourly",
            "x-hourly-usage",
            "x-hourly-requests-left",
        ],
    ),
    (
        LimitWindow::Day,
        [
            "x-rate-limit-24-hour",
            "x-24-hour-usage",
            "x-24-hour-requests-left",
        ],
    ),
    (
        LimitWindow::Day,
        [
            "x-rate-limit-daily",
            "x-daily-usage",
            "x-daily-requests-left",
        ],
    ),
];

/// Reads the headers of any response. `retry-after` is taken from a 429 and a 503 only.
pub(crate) fn observe(status: u16, headers: &HeaderMap) -> Observation {
    let mut observation = Observation::default();
    for (window, [limit, used, left]) in HEADERS {
        let reading = read(headers, limit, used, left);
        if reading != Reading::default() {
            *observation.windows.of_mut(window) = reading;
        }
    }
    if matches!(status, 429 | 503) {
        observation.retry_after = number(headers, "retry-after")
            .map(|seconds| Duration::from_secs(seconds).min(MAX_RETRY_AFTER));
    }
    observation
}

fn read(headers: &HeaderMap, limit: &str, used: &str, left: &str) -> Reading {
    let limit = match headers
        .get(limit)
        .map(|value| value.as_bytes().trim_ascii())
    {
        None => Limit::NotReported,
        // An unlimited window has the header, and nothing in it.
        Some(b"") => Limit::Unlimited,
        Some(_) => number(headers, limit).map_or(Limit::NotReported, Limit::Requests),
    };
    Reading {
        limit,
        used: number(headers, used),
        left: number(headers, left),
    }
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// The limit and window a 429's sentence names: `… is 600 times per hour …`.
pub(crate) fn named_limit(sentence: &str) -> Option<(u64, LimitWindow)> {
    let words: Vec<&str> = sentence.split_ascii_whitespace().collect();
    words.windows(4).find_map(|four| {
        let [count, "times", "per", span] = four else {
            return None;
        };
        let window = match span.trim_end_matches(|c: char| !c.is_ascii_alphabetic()) {
            "minute" => LimitWindow::Minute,
            "hour" => LimitWindow::Hour,
            "day" => LimitWindow::Day,
            _ => return None,
        };
        Some((count.replace(',', "").parse().ok()?, window))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn the_three_windows_are_read_from_their_headers() {
        let seen = observe(
            200,
            &headers(&[
                ("x-rate-limit-minute", "200"),
                ("x-minute-usage", "7"),
                ("x-minute-requests-left", "193"),
                ("x-rate-limit-hourly", " 400 "),
                ("x-hourly-requests-left", "1"),
                ("x-rate-limit-24-hour", "2000"),
                ("x-24-hour-usage", "1999"),
                ("retry-after", "9"),
            ]),
        );
        let requests = |limit| Limit::Requests(limit);
        assert_eq!(
            seen.windows.minute,
            Reading {
                limit: requests(200),
                used: Some(7),
                left: Some(193)
            }
        );
        assert_eq!(
            seen.windows.hour,
            Reading {
                limit: requests(400),
                used: None,
                left: Some(1)
            }
        );
        assert_eq!(
            seen.windows.day,
            Reading {
                limit: requests(2000),
                used: Some(1999),
                left: None
            }
        );
        assert_eq!(seen.retry_after, None, "retry-after means nothing on a 200");
    }

    #[test]
    fn an_empty_limit_is_unlimited_and_the_old_spelling_of_the_day_counts() {
        let seen = observe(
            429,
            &headers(&[
                ("x-rate-limit-hourly", ""),
                ("x-rate-limit-daily", "600"),
                ("x-daily-usage", "600"),
                ("retry-after", "120"),
            ]),
        );
        assert_eq!(seen.windows.hour.limit, Limit::Unlimited);
        assert_eq!(seen.windows.day.limit, Limit::Requests(600));
        assert_eq!(seen.windows.minute, Reading::default());
        assert_eq!(seen.retry_after, Some(Duration::from_mins(2)));
    }

    #[test]
    fn nonsense_in_headers_is_as_if_unsaid() {
        let seen = observe(
            429,
            &headers(&[("x-rate-limit-minute", "many"), ("retry-after", "soon")]),
        );
        assert_eq!(seen, Observation::default());
    }

    #[test]
    fn a_sentence_names_its_limit() {
        for (sentence, named) in [
            (
                "The maximum number of api calls allowed for api/v1/tasks/search is 600 times per hour. Please upgrade",
                Some((600, LimitWindow::Hour)),
            ),
            (
                "The maximum number of API calls allowed for api/v1/tasks is 2,000 times per day. To change",
                Some((2000, LimitWindow::Day)),
            ),
            ("… is 50 times per minute", Some((50, LimitWindow::Minute))),
            (
                "We are already processing the request for your sequence",
                None,
            ),
        ] {
            assert_eq!(named_limit(sentence), named, "{sentence}");
        }
    }
}

//! How fast the sandbox is, as one line of JSON: `cargo run --release -p sandbox --features control
//! --example throughput`. Requests go one after another over one loopback connection; every figure is the
//! median of several rounds, in requests a second, and `start_50000_tasks_ms` in milliseconds.

#![expect(clippy::print_stdout, reason = "the figures are for whoever runs it")]

use std::error::Error;

use clock::{SharedClock, SystemClock};
use sandbox::{Options, Sandbox, Scenario, Size, WindowLimits};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

const ROUNDS: usize = 5;
/// Small requests of one round.
const SMALL_REQUESTS: usize = 1_000;
/// Pages of one round.
const PAGES: usize = 20;
const ROWS_PER_PAGE: usize = 100;
const TASKS_PER_HALF: u32 = 25_000;

type Outcome<T> = Result<T, Box<dyn Error>>;
/// Method, path under `/api/v1`, body.
type Asked = (&'static str, String, String);

/// One connection that stays open.
struct Connection {
    stream: BufReader<TcpStream>,
    key: String,
}

impl Connection {
    async fn ask(&mut self, (method, path, body): &Asked) -> Outcome<Vec<u8>> {
        let request = format!(
            "{method} /api/v1/{path} HTTP/1.1\r\nhost: sandbox\r\nx-api-key: {}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.key,
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await?;
        let mut line = String::new();
        self.stream.read_line(&mut line).await?;
        if !line.starts_with("HTTP/1.1 200") {
            return Err(format!("{method} {path}: {line}").into());
        }
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line).await?;
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok(body)
    }

    /// Requests a second of `all`, sent one after another.
    async fn rate(&mut self, clock: &SharedClock, all: &[Asked]) -> Outcome<f64> {
        let start = clock.elapsed();
        for asked in all {
            self.ask(asked).await?;
        }
        let took = clock.elapsed().saturating_sub(start);
        Ok(f64::from(u32::try_from(all.len())?) / took.as_secs_f64())
    }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures
        .get(figures.len() / 2)
        .copied()
        .unwrap_or_default()
        .round()
}

fn options(clock: &SharedClock) -> Options {
    let scenario = Scenario {
        size: Size::Custom {
            main_rep_tasks: TASKS_PER_HALF,
            other_rep_tasks: TASKS_PER_HALF,
        },
        limits: Some(WindowLimits {
            minute: u32::MAX,
            hour: u32::MAX,
            day: u32::MAX,
        }),
        ..Scenario::default()
    };
    Options {
        scenario,
        ..Options::new(clock.clone())
    }
}

fn page(user: &str, number: usize) -> Asked {
    let body = json!({
        "user_ids": [user], "task_type_cds": ["call"], "sort_by_field": "task_due_at",
        "sort_ascending": true, "per_page": ROWS_PER_PAGE, "page": number,
    });
    ("POST", "tasks/search".to_owned(), body.to_string())
}

fn of_tasks(method: &'static str, tasks: &[Value], ending: &str) -> Vec<Asked> {
    let asked = |task: &Value| {
        let id = task["id"].as_str().unwrap_or_default();
        (method, format!("tasks/{id}{ending}"), String::new())
    };
    tasks.iter().map(asked).collect()
}

fn call(user: &str, task: &Value) -> Asked {
    let body = json!({
        "logged": true, "user_id": user, "contact_id": task["contact_id"],
        "outreach_task_id": task["id"], "status": "completed", "duration": 30,
    });
    ("POST", "phone_calls".to_owned(), body.to_string())
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let clock = SystemClock::shared();
    let mut starts = Vec::new();
    for _ in 0..ROUNDS {
        let start = clock.elapsed();
        let sandbox = Sandbox::start(options(&clock)).await?;
        starts.push(clock.elapsed().saturating_sub(start).as_secs_f64() * 1_000.0);
        sandbox.stop().await;
    }
    let sandbox = Sandbox::start(options(&clock)).await?;
    let stream = TcpStream::connect(sandbox.url().trim_start_matches("http://")).await?;
    stream.set_nodelay(true)?;
    let mut connection = Connection {
        stream: BufReader::new(stream),
        key: sandbox.keys().master.clone(),
    };
    let users = sandbox.users();
    let user = users
        .first()
        .map(|user| user.id.clone())
        .unwrap_or_default();
    let mut tasks: Vec<Value> = Vec::new();
    for number in 1..=(ROUNDS * SMALL_REQUESTS / ROWS_PER_PAGE) {
        let answer: Value = serde_json::from_slice(&connection.ask(&page(&user, number)).await?)?;
        tasks.extend(answer["tasks"].as_array().cloned().unwrap_or_default());
    }
    let healths = vec![("GET", "auth/health".to_owned(), String::new()); SMALL_REQUESTS];
    let mut figures: [Vec<f64>; 5] = Default::default();
    for (round, tasks) in tasks.chunks(SMALL_REQUESTS).enumerate() {
        let pages: Vec<Asked> = (1..=PAGES)
            .map(|number| page(&user, round * PAGES + number))
            .collect();
        let calls: Vec<Asked> = tasks.iter().map(|task| call(&user, task)).collect();
        let all = [
            &healths,
            &of_tasks("GET", tasks, ""),
            &pages,
            &calls,
            &of_tasks("POST", tasks, "/complete"),
        ];
        for (figures, asked) in figures.iter_mut().zip(all) {
            figures.push(connection.rate(&clock, asked).await?);
        }
    }
    let [health, show, search, log, complete] = figures.map(median);
    println!(
        "{}",
        json!({
            "profile": if cfg!(debug_assertions) { "debug" } else { "release" },
            "health_per_s": health,
            "show_per_s": show,
            "page_of_100_per_s": search,
            "log_per_s": log,
            "complete_per_s": complete,
            "start_50000_tasks_ms": median(starts),
        })
    );
    drop(connection);
    sandbox.stop().await;
    Ok(())
}

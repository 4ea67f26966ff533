//! Where the fuzzer starts: the sandbox's answers, and a few lines by hand. Synthetic people only.
//!
//! `cargo xtask fuzz seed` runs this and names the folder.

use std::{fs, path::Path};

use clock::ManualClock;
use sandbox::{Options, Sandbox, Scenario, Size};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{Reader, pages, records, words};

/// Where the seeds go; without it nothing is written.
const FOLDER: &str = "APOLLO_FUZZ_SEEDS";

#[tokio::test]
#[ignore = "writes the seeds of the fuzzer: `cargo xtask fuzz seed`"]
async fn the_seeds_of_the_fuzzer_are_written() {
    let folder = std::env::var_os(FOLDER).expect("the folder to write to");
    let folder = Path::new(&folder);
    let apollo = Apollo::start().await;
    let mut seeds = Vec::new();
    apollo.pages(&mut seeds).await;
    apollo.records(&mut seeds).await;
    apollo.refusals(&mut seeds).await;
    by_hand(&mut seeds);
    for (number, seed) in seeds.iter().enumerate() {
        let folder = folder.join(seed.target);
        fs::create_dir_all(&folder).unwrap();
        let name = format!("seed-{number:03}-{}", seed.name.replace(' ', "-"));
        fs::write(folder.join(name), &seed.input).unwrap();
    }
}

struct Seed {
    target: &'static str,
    name: &'static str,
    input: Vec<u8>,
}

fn selected(target: &'static str, readers: &[Reader], name: &'static str, rest: &[u8]) -> Seed {
    let place = readers
        .iter()
        .position(|reader| reader.name == name)
        .unwrap();
    let selector = u8::try_from(place).unwrap();
    Seed {
        target,
        name,
        input: [&[selector], rest].concat(),
    }
}

fn refusal(name: &'static str, status: u16, kind: [u8; 3], body: &[u8]) -> Seed {
    let input = [&status.to_be_bytes()[..], &kind, body].concat();
    Seed {
        target: "refusals",
        name,
        input,
    }
}

/// A sandbox that is asked without the client, since its raw answers are needed.
struct Apollo {
    sandbox: Sandbox,
}

impl Apollo {
    async fn start() -> Self {
        let clock = ManualClock::at("2026-11-24T15:00:00Z".parse().unwrap());
        let mut options = Options::new(clock);
        options.scenario = Scenario {
            size: Size::Custom {
                main_rep_tasks: 8,
                other_rep_tasks: 4,
            },
            ..Scenario::default()
        };
        Self {
            sandbox: Sandbox::start(options).await.unwrap(),
        }
    }

    async fn ask(&self, key: Option<&str>, line: &str, body: &str) -> (u16, Vec<u8>) {
        let address = self.sandbox.url().strip_prefix("http://").unwrap();
        let (method, path) = line.split_once(' ').unwrap();
        let key = key
            .map(|key| format!("x-api-key: {key}\r\n"))
            .unwrap_or_default();
        let request = format!(
            "{method} /api/v1/{path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{key}\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let end = answer
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
        (status, answer[end + 4..].to_vec())
    }

    async fn good(&self, line: &str, body: &str) -> Vec<u8> {
        let (status, answer) = self
            .ask(Some(&self.sandbox.keys().master), line, body)
            .await;
        assert!((200..300).contains(&status), "{line}: {status}");
        answer
    }

    async fn pages(&self, seeds: &mut Vec<Seed>) {
        let two = r#"{"page":1,"per_page":2}"#;
        for (name, line, body) in [
            ("tasks", "POST tasks/search", two),
            ("sequences", "POST emailer_campaigns/search", two),
            ("users", "GET users/search?page=1&per_page=2", ""),
            ("stages", "GET contact_stages", ""),
            ("contacts", "POST contacts/search", two),
            ("stage list", "GET contact_stages", ""),
            ("fields", "GET fields?source=custom", ""),
            ("older fields", "GET typed_custom_fields", ""),
            ("calls", "GET phone_calls/search?page=1&per_page=2", ""),
        ] {
            let answer = self.good(line, body).await;
            seeds.push(selected("pages", pages::READERS, name, &answer));
        }
    }

    async fn records(&self, seeds: &mut Vec<Seed>) {
        let world = self.sandbox.world();
        let open = |task: &&sandbox::TaskView| task.state == sandbox::TaskStatus::Scheduled;
        let mut tasks = world
            .tasks
            .iter()
            .filter(open)
            .filter(|task| task.task.contact_id.is_some());
        let (first, second) = (tasks.next().unwrap(), tasks.next().unwrap());
        let contact = first.task.contact_id.clone().unwrap();
        let task = first.task.id.clone();
        let shown: serde_json::Value =
            serde_json::from_slice(&self.good(&format!("GET tasks/{task}"), "").await).unwrap();
        let account = shown["task"]["account_id"].as_str().unwrap().to_owned();
        let user = first.task.user_id.clone();
        let call = format!(
            r#"{{"logged":true,"user_id":"{user}","contact_id":"{contact}","note":"Left a message","status":"no_answer"}}"#
        );
        let new_task = format!(
            r#"{{"user_id":"{user}","contact_id":"{contact}","type":"call","priority":"high","due_at":"2026-11-26","status":"scheduled","note":"Again"}}"#
        );
        let feed = format!(r#"{{"contact_id":"{contact}","per_page":3}}"#);
        for (name, line, body) in [
            (
                "notes",
                format!("GET notes?contact_id={contact}&page=1&per_page=2"),
                "",
            ),
            (
                "events",
                "POST emailer_campaigns/activity_feed".to_owned(),
                feed.as_str(),
            ),
        ] {
            let answer = self.good(&line, body).await;
            seeds.push(selected("pages", pages::READERS, name, &answer));
        }
        for (name, line, body) in [
            ("task", format!("GET tasks/{task}"), ""),
            ("contact", format!("GET contacts/{contact}"), ""),
            ("account", format!("GET accounts/{account}"), ""),
            ("call", "POST phone_calls".to_owned(), call.as_str()),
            ("health", "GET auth/health".to_owned(), ""),
            ("usage", "POST usage_stats/api_usage_stats".to_owned(), "{}"),
            ("profile", "GET users/api_profile".to_owned(), ""),
            ("created", "POST tasks".to_owned(), new_task.as_str()),
            (
                "finished",
                format!("POST tasks/{}/complete", second.task.id),
                "{}",
            ),
        ] {
            let answer = self.good(&line, body).await;
            seeds.push(selected("records", records::READERS, name, &answer));
        }
        seeds.push(selected("records", records::READERS, "created", b"true"));
    }

    async fn refusals(&self, seeds: &mut Vec<Seed>) {
        let keys = self.sandbox.keys();
        let search = "POST tasks/search";
        for (name, key, line, body) in [
            ("no-key", None, search, "{}"),
            ("bad-key", Some("not-a-key-at-all"), search, "{}"),
            ("revoked", Some(keys.revoked.as_str()), search, "{}"),
            (
                "scoped",
                Some(keys.scoped.as_str()),
                "POST phone_calls",
                "{}",
            ),
            ("free", Some(keys.free.as_str()), search, "{}"),
            (
                "no-route",
                Some(keys.master.as_str()),
                "GET nothing/here",
                "",
            ),
            (
                "no-task",
                Some(keys.master.as_str()),
                "GET tasks/000000000000000000000000",
                "",
            ),
            (
                "bad-page",
                Some(keys.master.as_str()),
                search,
                r#"{"page":501,"per_page":100}"#,
            ),
            (
                "bad-id",
                Some(keys.master.as_str()),
                "PUT phone_calls/zzz",
                r#"{"note":"n"}"#,
            ),
        ] {
            let (status, answer) = self.ask(key, line, body).await;
            assert!(!(200..300).contains(&status), "{name}: {status}");
            seeds.push(refusal(name, status, [0, 0, 2], &answer));
        }
    }
}

/// Answers that the sandbox gives only after much work, and inputs of the small parsers.
fn by_hand(seeds: &mut Vec<Seed>) {
    for (name, status, body) in [
        (
            "limit",
            429,
            r#"{"message":"The maximum number of api calls allowed for api/v1/tasks/search is 600 times per hour. Please upgrade."}"#,
        ),
        (
            "busy",
            429,
            r#"{"error":"We are already processing the request for your sequence"}"#,
        ),
        (
            "done",
            422,
            r#"{"error":"This task is already completed / skipped.","allow_moving_to_next_task":true}"#,
        ),
        (
            "deleted",
            422,
            r#"{"error":"Cannot update contact as it is deleted.","deleted_contact_ids":["c1"]}"#,
        ),
        (
            "foreign",
            401,
            r#"{"error":"This task belongs to another user."}"#,
        ),
        (
            "token",
            401,
            r#"{"error":"Access token is invalid","error_code":"INVALID_ACCESS_TOKEN"}"#,
        ),
        (
            "bad-id",
            422,
            r#"{"error":"Parameters misconfigured. A2 is not a valid ID"}"#,
        ),
        (
            "page",
            422,
            r#"{"error":"Per page not supported","error_details":{"code":"SEARCH_VALIDATION_SEARCH_PARAMS_INVALID"}}"#,
        ),
        (
            "errors",
            422,
            r#"{"errors":["This contact has been deleted."]}"#,
        ),
        (
            "strangers-errors",
            422,
            r#"{"errors":[{"detail":"This contact has been deleted."}]}"#,
        ),
        ("backend", 404, "default backend - 404"),
        ("edge", 403, "error code: 1010"),
        (
            "problem",
            403,
            r#"{"title":"Error 1010: Access denied","status":403,"error_code":1010}"#,
        ),
        ("rails", 404, r#"{"status":404,"error":"Not Found"}"#),
        ("anybodys", 403, r#"{"message":"Forbidden"}"#),
        (
            "stumbled",
            422,
            r#"{"error":"Something's wrong with your API request. undefined method `[]' for nil"}"#,
        ),
        ("new", 422, r#"{"error":"A sentence from next year"}"#),
        (
            "twice",
            429,
            r#""{\"message\":\"is 2,000 times per day.\"}""#,
        ),
        (
            "gateway",
            502,
            "<html><title>502: Bad gateway</title></html>",
        ),
    ] {
        seeds.push(refusal(name, status, [0, 1, 2], body.as_bytes()));
    }
    for (name, text) in [
        (
            "headers",
            "200\n7\n193\n\n 5 \nmany\n2000\n1999\n1\n600\n600\n0\n120",
        ),
        (
            "sentence",
            "The maximum number of api calls is 2,000 times per day. To change",
        ),
        ("moment", "2026-11-24T15:00:00.123+02:00"),
        ("moment", "2026-11-24"),
        (
            "value",
            r#"["loading", "7", 7.0, true, null, {"a": "2026-11-24"}]"#,
        ),
        ("value", r#""18446744073709551615""#),
        (
            "label",
            " O&amp;Amp;Apos;Rourke &Eacute; D&#X27;Arcy &quot;Ltd&QUOT; ",
        ),
        ("key", "“abcDEF123-_xyz”\r\n"),
    ] {
        seeds.push(selected("words", words::READERS, name, text.as_bytes()));
    }
}

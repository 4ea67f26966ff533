//! Real ones: tinyproxy, started by the test with settings of its own, and ended with it.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use url::Url;

/// The host that only the far end of the proxy can reach.
pub(crate) const HOST: &str = "apollo.example";

/// A proxy process. It sends what is for [`HOST`] to an [`Exit`].
pub(crate) struct Tinyproxy {
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl Tinyproxy {
    /// With `login`, it lets in only clients that know user and password.
    pub(crate) fn start(exit: &Exit, login: Option<(&str, &str)>) -> Self {
        let port = free_port();
        let folder = tempfile::tempdir().unwrap();
        let settings = folder.path().join("tinyproxy.conf");
        let login = login
            .map(|(user, password)| format!("BasicAuth {user} {password}\n"))
            .unwrap_or_default();
        let text = format!(
            "Port {port}\nListen 127.0.0.1\nTimeout 60\nAllow 127.0.0.1\nMaxClients 20\n\
             LogLevel Info\nConnectPort 443\n{login}Upstream http 127.0.0.1:{} \"{HOST}\"\n",
            exit.port
        );
        fs::write(&settings, text).unwrap();
        let mut process = Command::new("tinyproxy")
            .args(["-d", "-c"])
            .arg(&settings)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!(
                    "tinyproxy, a real proxy for these tests, could not be started ({error}). \
                     `cargo xtask setup` installs it; by hand: apt-get install tinyproxy"
                )
            });
        // Its log ends the wait: it takes calls once it says so.
        let mut log = BufReader::new(process.stdout.take().unwrap()).lines();
        let is_ready = log
            .by_ref()
            .any(|line| line.unwrap().contains("Accepting connections"));
        assert!(is_ready, "tinyproxy ended before it took calls");
        // Nobody reads on: the pipe is emptied, so that it never fills.
        std::thread::spawn(move || log.for_each(drop));
        Self {
            process,
            port,
            _folder: folder,
        }
    }

    /// Its address, with what a person would put in front of it.
    pub(crate) fn url(&self, login: &str) -> Url {
        format!("http://{login}127.0.0.1:{}", self.port)
            .parse()
            .unwrap()
    }
}

impl Drop for Tinyproxy {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Behind the proxy: takes whatever is for Apollo to a server of the test's, and keeps every byte.
pub(crate) struct Exit {
    port: u16,
    passed: Arc<Mutex<Vec<u8>>>,
}

impl Exit {
    pub(crate) async fn to(server_port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let passed = Arc::<Mutex<Vec<u8>>>::default();
        let log = passed.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(carry(stream, server_port, log.clone()));
            }
        });
        Self { port, passed }
    }

    /// What the proxy could have read, both its orders and what went through.
    pub(crate) fn passed(&self) -> String {
        String::from_utf8_lossy(&self.passed.lock().unwrap()).into_owned()
    }
}

async fn carry(mut near: TcpStream, server_port: u16, log: Arc<Mutex<Vec<u8>>>) {
    let mut order = Vec::new();
    while !order.ends_with(b"\r\n\r\n") {
        let Ok(byte) = near.read_u8().await else {
            return;
        };
        order.push(byte);
    }
    log.lock().unwrap().extend(&order);
    let mut far = TcpStream::connect(("127.0.0.1", server_port))
        .await
        .unwrap();
    near.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
        .await
        .unwrap();
    let (mut near_in, mut near_out) = near.split();
    let (mut far_in, mut far_out) = far.split();
    let out = async {
        let mut part = [0; 4096];
        while let Ok(count @ 1..) = near_in.read(&mut part).await {
            log.lock().unwrap().extend(&part[..count]);
            if far_out.write_all(&part[..count]).await.is_err() {
                break;
            }
        }
    };
    // Either side may hang up first.
    tokio::select! {
        () = out => {}
        _ = tokio::io::copy(&mut far_in, &mut near_out) => {}
    }
}

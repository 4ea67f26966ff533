//! A server of updates on this computer, and what it serves: signed installers, and lists that name them.
//!
//! Must never: be more of a web server than the updater needs.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead as _, BufReader, Cursor, Write as _},
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    path::Path,
    process::Command,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::{Context as _, Result, ensure};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use minisign::KeyPair;
use serde_json::json;

/// How the updater names a deb for this computer.
const TARGET: &str = "linux-x86_64-deb";
/// Where the list of the stable channel is.
pub(crate) const LIST: &str = "/stable.json";
/// Where the installer is.
const PACKAGE: &str = "/handset.deb";

/// What is served under a path.
#[derive(Clone)]
enum Served {
    Whole(Vec<u8>),
    /// The connection ends before the last byte.
    Cut(Vec<u8>),
    /// More and more, until nobody takes it any more.
    WithoutEnd,
}

/// A server, for as long as the process runs.
pub(crate) struct ReleaseServer {
    address: String,
    served: Arc<Mutex<BTreeMap<String, Served>>>,
    /// How often it was asked for a list.
    asked: Arc<AtomicUsize>,
}

impl ReleaseServer {
    pub(crate) fn start() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = format!("http://{}", listener.local_addr()?);
        let served: Arc<Mutex<BTreeMap<String, Served>>> = Arc::default();
        let asked = Arc::new(AtomicUsize::new(0));
        let (serving, counting) = (Arc::clone(&served), Arc::clone(&asked));
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                // A client that goes away is not ours to report.
                let _ = answer(connection, &serving, &counting);
            }
        });
        Ok(Self {
            address,
            served,
            asked,
        })
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Offers a version whose installer never ends, and whose length is not said.
    pub(crate) fn offer_without_end(&self, version: &str, signature: &str) {
        self.offer(version, &[], signature, false);
        self.serve(PACKAGE, Served::WithoutEnd);
    }

    /// Offers a version with an installer, which is cut off if it is to be.
    pub(crate) fn offer(&self, version: &str, package: &[u8], signature: &str, is_cut: bool) {
        let list = json!({
            "version": version,
            "platforms": { TARGET: {
                "url": format!("{}{PACKAGE}", self.address),
                "signature": signature,
            } },
        });
        self.serve(LIST, Served::Whole(list.to_string().into_bytes()));
        let package = package.to_vec();
        self.serve(
            PACKAGE,
            if is_cut {
                Served::Cut(package)
            } else {
                Served::Whole(package)
            },
        );
    }

    /// Answers with a text where the list should be.
    pub(crate) fn say(&self, text: &str) {
        self.serve(LIST, Served::Whole(text.as_bytes().to_vec()));
    }

    fn serve(&self, path: &str, what: Served) {
        let mut served = self.served.lock().unwrap_or_else(PoisonError::into_inner);
        served.insert(path.to_owned(), what);
    }
}

fn answer(
    mut connection: TcpStream,
    served: &Mutex<BTreeMap<String, Served>>,
    asked: &AtomicUsize,
) -> Result<()> {
    let mut lines = BufReader::new(connection.try_clone()?).lines();
    let request = lines.next().context("no request")??;
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    if path == LIST {
        asked.fetch_add(1, Ordering::SeqCst);
    }
    let what = {
        let served = served.lock().unwrap_or_else(PoisonError::into_inner);
        served.get(path).cloned()
    };
    let (status, bytes, sent) = match &what {
        Some(Served::Whole(bytes)) => ("200 OK", &bytes[..], bytes.len()),
        Some(Served::Cut(bytes)) => ("200 OK", &bytes[..], bytes.len() / 2),
        Some(Served::WithoutEnd) => return pour(&mut connection),
        None => ("404 Not Found", &b""[..], 0),
    };
    write!(
        connection,
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\ncontent-type: application/json\r\n\
         connection: close\r\n\r\n",
        bytes.len()
    )?;
    connection.write_all(&bytes[..sent])?;
    connection.shutdown(Shutdown::Both)?;
    Ok(())
}

/// An answer without a length lasts until the connection ends.
fn pour(connection: &mut TcpStream) -> Result<()> {
    connection.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")?;
    let part = vec![0; 1024 * 1024];
    loop {
        connection.write_all(&part)?;
    }
}

/// A key for updates, made for one run.
pub(crate) struct ReleaseKey(KeyPair);

impl ReleaseKey {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self(KeyPair::generate_unencrypted_keypair()?))
    }

    /// As it is built into the app.
    pub(crate) fn built_in(&self) -> Result<String> {
        Ok(BASE64_STANDARD.encode(self.0.pk.to_box()?.into_string()))
    }

    /// A signature of an installer, for one version of it.
    pub(crate) fn sign(&self, package: &[u8], version: &str) -> Result<String> {
        self.sign_saying(package, &format!("\tversion:{version}"))
    }

    /// A signature that is good for any version.
    pub(crate) fn sign_for_any(&self, package: &[u8]) -> Result<String> {
        self.sign_saying(package, "")
    }

    fn sign_saying(&self, package: &[u8], version: &str) -> Result<String> {
        let about = format!("timestamp:1\tfile:handset.deb{version}");
        let signature = minisign::sign(
            Some(&self.0.pk),
            &self.0.sk,
            Cursor::new(package),
            Some(&about),
            None,
        )?;
        Ok(BASE64_STANDARD.encode(signature.into_string()))
    }
}

/// A deb that holds nothing but its version.
pub(crate) fn package(folder: &Path, version: &str) -> Result<Vec<u8>> {
    let root = folder.join(format!("package-{version}"));
    fs::create_dir_all(root.join("DEBIAN"))?;
    fs::create_dir_all(root.join("usr/share/handset"))?;
    fs::write(root.join("usr/share/handset/version"), version)?;
    fs::write(
        root.join("DEBIAN/control"),
        format!(
            "Package: handset\nVersion: {version}\nArchitecture: amd64\n\
             Maintainer: a test <test@localhost>\nDescription: a test\n"
        ),
    )?;
    let file = folder.join(format!("handset-{version}.deb"));
    let status = Command::new("dpkg-deb")
        .args(["--root-owner-group", "--build"])
        .args([&root, &file])
        .stdout(std::process::Stdio::null())
        .status()?;
    ensure!(status.success(), "dpkg-deb: {status}");
    Ok(fs::read(file)?)
}

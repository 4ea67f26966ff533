//! The client against servers, proxies and networks that misbehave below HTTP's meaning: what the
//! embedded Apollo cannot play.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails should stop"
)]

mod child;
mod limits;
mod network;
mod portal;
mod proxy;
mod request;
mod retries;
mod secure;
mod server;
mod slow;
mod system;
#[cfg(target_os = "linux")]
mod tinyproxy;
mod tls;

//! The client against servers, proxies and networks that misbehave below HTTP's meaning: what the
//! embedded Apollo cannot play.
#![expect(clippy::unwrap_used, reason = "a test that fails should stop")]

mod network;
mod request;
mod server;
mod tls;

//! What is too long, too many or packed too well.

use std::io::Write;

use apollo::{Delivery, Error, types::Health};
use budget::Priority::Waiting;
use flate2::{Compress, Compression, FlushCompress, Status, write::GzEncoder};

use crate::{
    child::Child,
    server::{Server, client, json},
};

const HEALTHY: &str = r#"{"healthy":true,"is_logged_in":true}"#;

async fn health(reply: impl Into<Vec<u8>>) -> Result<Health, Error> {
    let server = Server::start(reply).await;
    client(server.url()).auth().health(Waiting).await
}

fn reply(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn packed(body: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// A gzip of this many MiB of zeros, without making them: one MiB is packed so that it can be
/// repeated, and is.
fn bomb(mebibytes: usize) -> Vec<u8> {
    let zeros = vec![0; 1024 * 1024];
    let mut block = Vec::with_capacity(64 * 1024);
    let mut deflate = Compress::new(Compression::best(), false);
    let status = deflate
        .compress_vec(&zeros, &mut block, FlushCompress::Full)
        .unwrap();
    assert_eq!(status, Status::Ok);
    let header: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    [header, &block.repeat(mebibytes)].concat()
}

#[tokio::test]
async fn a_packed_answer_is_unpacked() {
    let health = health(reply("content-encoding: gzip\r\n", &packed(HEALTHY)))
        .await
        .unwrap();
    assert!(health.is_logged_in);
}

#[tokio::test]
async fn a_small_answer_that_unpacks_to_gigabytes_is_refused_with_little_memory() {
    let bomb = bomb(1024);
    assert!(
        bomb.len() < 4 * 1024 * 1024,
        "{} bytes on the wire",
        bomb.len()
    );
    let server = Server::start(reply("content-encoding: gzip\r\n", &bomb)).await;
    // In a process of its own, so that its memory can be told.
    let child = Child::new(&server.url()).run().await;
    assert!(child.answer.contains("longer than"), "{}", child.answer);
    if let Some(peak_bytes) = child.peak_bytes {
        assert!(
            peak_bytes < 256 * 1024 * 1024,
            "{peak_bytes} bytes at its peak"
        );
    }
}

#[tokio::test]
async fn a_packed_answer_that_is_cut_off_or_damaged_is_an_error_of_unknown_delivery() {
    let whole = packed(&HEALTHY.repeat(50));
    let mut damaged = whole.clone();
    damaged[12] ^= 0xff;
    for body in [&whole[..whole.len() - 9], &damaged, b"no gzip at all"] {
        let error = health(reply("content-encoding: gzip\r\n", body))
            .await
            .unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown, "{error:?}");
    }
}

#[tokio::test]
async fn an_answer_packed_in_a_way_nobody_asked_for_is_reported() {
    for encoding in ["br", "zstd", "deflate", "x-unheard-of"] {
        let headers = format!("content-encoding: {encoding}\r\n");
        let error = health(reply(&headers, b"\x1b\x1b\x1b")).await.unwrap_err();
        let Error::Undecodable { reason, .. } = &error else {
            panic!("{encoding}: {error:?}")
        };
        assert!(reason.contains("packed"), "{encoding}: {reason}");
    }
    let plain = reply("content-encoding: identity\r\n", HEALTHY.as_bytes());
    assert!(health(plain).await.unwrap().is_logged_in);
}

#[tokio::test]
async fn an_answer_as_long_as_the_longest_is_read_and_a_byte_more_is_not() {
    const MAX_BODY_BYTES: usize = 32 * 1024 * 1024;
    let mut body = HEALTHY.as_bytes().to_vec();
    body.resize(MAX_BODY_BYTES, b' ');
    assert!(health(reply("", &body)).await.unwrap().is_logged_in);
    body.push(b' ');
    let error = health(reply("", &body)).await.unwrap_err();
    assert!(matches!(error, Error::Undecodable { .. }), "{error:?}");
}

#[tokio::test]
async fn as_many_headers_as_are_allowed_are_read_and_more_are_not() {
    let many = |count: usize| {
        let lines: Vec<_> = (0..count).map(|n| format!("x-{n}: 1\r\n")).collect();
        lines.concat()
    };
    // Two more are in every reply.
    assert!(
        health(reply(&many(98), HEALTHY.as_bytes()))
            .await
            .unwrap()
            .is_logged_in
    );
    let error = health(reply(&many(99), HEALTHY.as_bytes()))
        .await
        .unwrap_err();
    assert_eq!(error.delivery(), Delivery::Unknown, "{error:?}");
}

#[tokio::test]
async fn headers_that_are_too_long_are_refused() {
    let long = |bytes: usize| format!("x-long: {}\r\n", "a".repeat(bytes));
    assert!(
        health(reply(&long(60 * 1024), HEALTHY.as_bytes()))
            .await
            .unwrap()
            .is_logged_in
    );
    for bytes in [64 * 1024, 4 * 1024 * 1024] {
        let error = health(reply(&long(bytes), HEALTHY.as_bytes()))
            .await
            .unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown, "{bytes}: {error:?}");
    }
    assert!(health(json(HEALTHY)).await.is_ok());
}

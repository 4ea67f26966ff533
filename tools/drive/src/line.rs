//! The line between the app and Apollo, which can be cut and restored.
//!
//! Promises: while it is cut, connections are refused and open ones end, as without a network; its
//! address stays the same. Must never: look at what passes.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

/// A TCP relay between the app and the sandbox, which can be cut.
pub(crate) struct Line {
    here: SocketAddr,
    there: String,
    at_work: Option<JoinHandle<()>>,
}

impl Line {
    /// A line to `url` on this machine, not cut.
    pub(crate) async fn to(url: &str) -> Result<Self> {
        let there = url
            .trim_end_matches('/')
            .strip_prefix("http://")
            .context("the sandbox does not speak plain HTTP")?
            .to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let here = listener.local_addr()?;
        let at_work = Some(tokio::spawn(forward(listener, there.clone())));
        Ok(Self {
            here,
            there,
            at_work,
        })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.here)
    }

    /// From now on there is no network.
    pub(crate) async fn cut(&mut self) {
        if let Some(at_work) = self.at_work.take() {
            at_work.abort();
            // Canceled is what it should be; then the port is free.
            let _ = at_work.await;
        }
    }

    /// The network is back.
    pub(crate) async fn restore(&mut self) -> Result<()> {
        let listener = TcpListener::bind(self.here).await?;
        self.at_work = Some(tokio::spawn(forward(listener, self.there.clone())));
        Ok(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(at_work) = &self.at_work {
            at_work.abort();
        }
    }
}

async fn forward(listener: TcpListener, there: String) {
    // Ends with this future, and every connection with it.
    let mut connections = JoinSet::new();
    loop {
        let Ok((mut near, _)) = listener.accept().await else {
            return;
        };
        let there = there.clone();
        while connections.try_join_next().is_some() {}
        connections.spawn(async move {
            if let Ok(mut far) = TcpStream::connect(there).await {
                // Either side may go away at any time.
                let _ = copy_bidirectional(&mut near, &mut far).await;
            }
        });
    }
}

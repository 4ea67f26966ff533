//! Loopback connections that can be reset on purpose.
//!
//! Promises: a connection that was cut sends not one byte more and ends with a TCP reset, as a
//! dying router or proxy makes it. Must never: listen on anything but loopback.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use axum::{extract::connect_info::Connected, serve::IncomingStream};
use clock::SharedClock;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// Pause after a failed accept, for example when file handles ran out.
const ACCEPT_RETRY: Duration = Duration::from_millis(50);

/// Cuts one connection.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cut {
    is_cut: Arc<AtomicBool>,
}

impl Cut {
    /// From now on the connection sends nothing and is reset when the server next touches it.
    pub(crate) fn cut(&self) {
        self.is_cut.store(true, Ordering::Release);
    }

    fn is_cut(&self) -> bool {
        self.is_cut.load(Ordering::Acquire)
    }
}

/// A connection with its [`Cut`], which ends by itself when the sandbox stops.
pub(crate) struct Connection {
    stream: TcpStream,
    cut: Cut,
    /// Completes when the sandbox stops; none once it has.
    stopping: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl Connection {
    fn check(&self) -> io::Result<()> {
        if self.cut.is_cut() {
            Err(io::ErrorKind::ConnectionReset.into())
        } else {
            Ok(())
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.cut.is_cut() {
            // Without linger, closing sends RST instead of FIN; failing that, a FIN must do.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check()?;
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if read.is_ready() {
            return read;
        }
        // A client that sends half a request and waits must not keep the sandbox from stopping.
        let has_stopped = self
            .stopping
            .as_mut()
            .is_none_or(|stopping| stopping.as_mut().poll(context).is_ready());
        if has_stopped {
            self.stopping = None;
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        Poll::Pending
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// A listener on 127.0.0.1.
#[derive(Debug)]
pub(crate) struct Loopback {
    listener: TcpListener,
    clock: SharedClock,
    stopping: watch::Receiver<bool>,
}

impl Loopback {
    /// Binds `port`, or any free one for 0.
    pub(crate) async fn bind(
        port: u16,
        clock: SharedClock,
        stopping: watch::Receiver<bool>,
    ) -> io::Result<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Ok(Self {
            listener: TcpListener::bind(address).await?,
            clock,
            stopping,
        })
    }

    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl axum::serve::Listener for Loopback {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            match self.listener.accept().await {
                Ok((stream, address)) => {
                    // The end of a long answer must not wait for the acknowledgement of what is
                    // before it; where the option cannot be set, answers are only slower.
                    let _ = stream.set_nodelay(true);
                    let mut stopping = self.stopping.clone();
                    let stopping = async move {
                        // An error means that the handle is gone, which is a stop too.
                        let _ = stopping.wait_for(|stopping| *stopping).await;
                    };
                    let stopping = Some(Box::pin(stopping) as _);
                    return (
                        Connection {
                            stream,
                            cut: Cut::default(),
                            stopping,
                        },
                        address,
                    );
                }
                Err(error) => {
                    tracing::warn!(kind = ?error.kind(), "sandbox: accept failed");
                    self.clock.sleep(ACCEPT_RETRY).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.address()
    }
}

impl Connected<IncomingStream<'_, Loopback>> for Cut {
    fn connect_info(stream: IncomingStream<'_, Loopback>) -> Self {
        stream.io().cut.clone()
    }
}

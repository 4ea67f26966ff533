//! Ports made of memory, and futures that are polled by hand: no runtime, no thread, no wait, so
//! every run takes the same steps.

mod apollo;
mod bench;
mod desk;
mod people;
mod store;

pub(crate) use apollo::{FakeApollo, Identifier, Reply};
pub(crate) use bench::{Bench, DeskBench, NOW, at, call, form, no_undo, noted, rep, with_purpose};
pub(crate) use desk::{Desk, english, search_in};
pub(crate) use people::{opted_out, person, sequence};
pub(crate) use store::{FakeStore, WriteFault};

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

#[derive(Default)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// A future that a test moves forward itself. Dropping it is what a crash does.
pub(crate) struct Flow<'a, T> {
    future: Option<Pin<Box<dyn Future<Output = T> + 'a>>>,
    woken: Arc<Woken>,
}

impl<'a, T> Flow<'a, T> {
    pub(crate) fn new(future: impl Future<Output = T> + 'a) -> Self {
        Self {
            future: Some(Box::pin(future)),
            woken: Arc::default(),
        }
    }

    /// Goes on until it is done (`Some`, once) or waits for something outside.
    pub(crate) fn go(&mut self) -> Option<T> {
        let waker = Waker::from(Arc::clone(&self.woken));
        let mut context = Context::from_waker(&waker);
        loop {
            self.woken.0.store(false, Ordering::SeqCst);
            if let Poll::Ready(output) = self.future.as_mut()?.as_mut().poll(&mut context) {
                self.future = None;
                return Some(output);
            }
            if !self.woken.0.load(Ordering::SeqCst) {
                return None;
            }
        }
    }
}

/// The output of a future that has nothing to wait for.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    Flow::new(future).go().expect("this should not have waited")
}

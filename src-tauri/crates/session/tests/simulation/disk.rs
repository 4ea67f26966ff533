//! What survives a crash.

use std::collections::BTreeMap;

use domain::{wrap_up::ReceiptRecord, wrap_up::WrapUp, wrap_up::WrapUpId};

/// The next write, if it does not succeed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum WriteFault {
    Refused,
    /// Written, and reported as failed.
    WrittenButReported,
}

#[derive(Debug)]
pub(crate) struct DiskFull {
    /// Whether the write is on disk all the same.
    pub(crate) is_stored: bool,
}

#[derive(Default)]
pub(crate) struct Disk {
    wrap_ups: BTreeMap<WrapUpId, WrapUp>,
    receipts: BTreeMap<WrapUpId, ReceiptRecord>,
    pub(crate) fault: Option<WriteFault>,
    pub(crate) faults: u64,
}

/// The content of a file is text, as on a real disk.
fn read_again(wrap_up: &WrapUp) -> WrapUp {
    let text = serde_json::to_vec(wrap_up).expect("a wrap-up can be written");
    serde_json::from_slice(&text).expect("what was written can be read")
}

impl Disk {
    fn write(&mut self, change: impl FnOnce(&mut Self)) -> Result<(), DiskFull> {
        let fault = self.fault.take();
        self.faults += u64::from(fault.is_some());
        match fault {
            None => {
                change(self);
                Ok(())
            }
            Some(WriteFault::Refused) => Err(DiskFull { is_stored: false }),
            Some(WriteFault::WrittenButReported) => {
                change(self);
                Err(DiskFull { is_stored: true })
            }
        }
    }

    pub(crate) fn put(&mut self, wrap_up: &WrapUp) -> Result<(), DiskFull> {
        self.write(|disk| {
            disk.wrap_ups.insert(wrap_up.id, wrap_up.clone());
        })
    }

    pub(crate) fn take_back(&mut self, id: WrapUpId) -> Result<(), DiskFull> {
        self.write(|disk| {
            disk.wrap_ups.remove(&id);
        })
    }

    pub(crate) fn acknowledge(&mut self, receipt: &ReceiptRecord) -> Result<(), DiskFull> {
        self.write(|disk| {
            disk.wrap_ups.remove(&receipt.wrap_up_id);
            disk.receipts.insert(receipt.wrap_up_id, receipt.clone());
        })
    }

    pub(crate) fn revive(&mut self, wrap_up: &WrapUp) -> Result<(), DiskFull> {
        self.write(|disk| {
            disk.receipts.remove(&wrap_up.id);
            disk.wrap_ups.insert(wrap_up.id, wrap_up.clone());
        })
    }

    pub(crate) fn wrap_up(&self, id: WrapUpId) -> Option<&WrapUp> {
        self.wrap_ups.get(&id)
    }

    /// What a new life begins with.
    pub(crate) fn read(&self) -> (Vec<WrapUp>, Vec<ReceiptRecord>) {
        (
            self.wrap_ups.values().map(read_again).collect(),
            self.receipts.values().cloned().collect(),
        )
    }

    pub(crate) fn has_receipt(&self, id: WrapUpId) -> bool {
        self.receipts.contains_key(&id)
    }
}

//! The stores, each behind the same calls: save wrap-ups durably, one by one, and read all of them.

use std::{
    fmt,
    fs::{File, OpenOptions},
    io::Write,
    path::Path,
    sync::Arc,
};

use anyhow::{Result, ensure};
use clap::ValueEnum;
use clock::{SharedClock, SystemClock};
use domain::wrap_up::WrapUp;
use outbox::OutboxStore as _;
use redb::{Database, Durability, ReadableDatabase as _, ReadableTable as _, TableDefinition};
use rusqlite::Connection;
use store::{Opening, OriginStore, Outside, SledStore};
use tokio::runtime::Runtime;

use crate::sample;

const REDB_TABLE: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("wrap_ups");

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Contender {
    /// Handset's own store: sealed, on sled
    Handset,
    /// WAL, synchronous=FULL, one INSERT OR REPLACE to a commit
    Sqlite,
    /// `Durability::Immediate`, one insert to a commit
    Redb,
    /// The least that the disk asks for: bytes at the end of a file, and a sync
    Append,
}

impl Contender {
    pub(crate) const ALL: [Self; 4] = [Self::Handset, Self::Sqlite, Self::Redb, Self::Append];
    /// The contenders that can be asked for what they hold.
    pub(crate) const DATABASES: [Self; 3] = [Self::Handset, Self::Sqlite, Self::Redb];

    /// Opens it below `folder`, making it if it is not there.
    pub(crate) fn open(self, folder: &Path) -> Result<Box<dyn Opened>> {
        Ok(match self {
            Self::Handset => Box::new(Handset::open(&folder.join("handset"))?),
            Self::Sqlite => Box::new(Sqlite::open(&folder.join("sqlite.db"))?),
            Self::Redb => Box::new(Redb(Database::create(folder.join("redb"))?)),
            Self::Append => Box::new(Append(
                OpenOptions::new()
                    .create(true)
                    .append(true)
                    .open(folder.join("append"))?,
            )),
        })
    }
}

impl fmt::Display for Contender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Handset => "Handset",
            Self::Sqlite => "SQLite",
            Self::Redb => "redb",
            Self::Append => "append + sync",
        })
    }
}

/// One wrap-up in every form that a contender takes, made before time is taken.
pub(crate) struct Item {
    wrap_up: WrapUp,
    id: String,
    row: Vec<u8>,
}

impl Item {
    /// `count` items, from the `first` on.
    pub(crate) fn many(first: usize, count: usize) -> Result<Vec<Self>> {
        (first..first + count).map(Self::new).collect()
    }

    fn new(number: usize) -> Result<Self> {
        let wrap_up = sample::wrap_up(number)?;
        let (id, row) = sample::row(&wrap_up)?;
        Ok(Self { wrap_up, id, row })
    }

    /// How much one wrap-up takes on disk, without what a store adds.
    pub(crate) fn bytes(&self) -> usize {
        self.row.len()
    }
}

/// An open contender.
pub(crate) trait Opened {
    /// Saves one after the other, each before the next; `mark` is called once everything is ready
    /// for the first, and whenever a loss of power cannot take another one.
    fn save_each(&mut self, items: &[Item], mark: &mut dyn FnMut()) -> Result<()>;
    /// Fills it, as fast as it can.
    fn fill(&mut self, items: &[Item]) -> Result<()>;
    /// Reads all that was saved into memory, and counts it.
    fn read_all(&mut self) -> Result<usize>;
}

struct Handset {
    records: Arc<OriginStore>,
    runtime: Runtime,
    // After the records, which hold it open as well.
    _store: SledStore,
}

impl Handset {
    fn open(folder: &Path) -> Result<Self> {
        let clock: SharedClock = SystemClock::shared();
        let (store, notices) = SledStore::open(&Opening {
            folder,
            sealing_key: &sample::KEY,
            may_set_aside: true,
            outside: Some(&Outside::on_this_machine(folder.join("state"))),
            clock: &clock,
        })?;
        ensure!(notices.is_empty(), "the store was damaged: {notices:?}");
        // As in the app, a save hops to a thread that may block.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_time()
            .build()?;
        Ok(Self {
            records: store.for_origin(sample::ORIGIN),
            runtime,
            _store: store,
        })
    }
}

impl Opened for Handset {
    fn save_each(&mut self, items: &[Item], mark: &mut dyn FnMut()) -> Result<()> {
        mark();
        for item in items {
            self.runtime
                .block_on(self.records.put_wrap_up(&item.wrap_up))?;
            mark();
        }
        Ok(())
    }

    /// Handset's store has no call that saves many: a rep saves one at a time.
    fn fill(&mut self, items: &[Item]) -> Result<()> {
        self.save_each(items, &mut || {})
    }

    fn read_all(&mut self) -> Result<usize> {
        Ok(self.runtime.block_on(self.records.wrap_ups())?.len())
    }
}

struct Sqlite(Connection);

impl Sqlite {
    const INSERT: &'static str = "INSERT OR REPLACE INTO wrap_ups (id, body) VALUES (?1, ?2)";

    fn open(path: &Path) -> Result<Self> {
        let connection = Connection::open(path)?;
        let mode: String = connection.query_row("PRAGMA journal_mode=WAL", [], |row| row.get(0))?;
        ensure!(mode == "wal", "SQLite has journal mode {mode}");
        connection.execute_batch(
            "PRAGMA synchronous=FULL;
             CREATE TABLE IF NOT EXISTS wrap_ups (id TEXT PRIMARY KEY, body BLOB NOT NULL)
                 WITHOUT ROWID",
        )?;
        Ok(Self(connection))
    }
}

impl Opened for Sqlite {
    fn save_each(&mut self, items: &[Item], mark: &mut dyn FnMut()) -> Result<()> {
        let mut insert = self.0.prepare(Self::INSERT)?;
        mark();
        for item in items {
            insert.execute((&item.id, &item.row))?;
            mark();
        }
        Ok(())
    }

    fn fill(&mut self, items: &[Item]) -> Result<()> {
        let transaction = self.0.transaction()?;
        let mut insert = transaction.prepare(Self::INSERT)?;
        for item in items {
            insert.execute((&item.id, &item.row))?;
        }
        drop(insert);
        Ok(transaction.commit()?)
    }

    fn read_all(&mut self) -> Result<usize> {
        let mut query = self.0.prepare("SELECT id, body FROM wrap_ups")?;
        let rows = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Vec<(String, Vec<u8>)>, _>>()?;
        Ok(rows.len())
    }
}

struct Redb(Database);

impl Redb {
    fn commit<'a>(&self, items: impl IntoIterator<Item = &'a Item>) -> Result<()> {
        let mut transaction = self.0.begin_write()?;
        transaction.set_durability(Durability::Immediate)?;
        {
            let mut table = transaction.open_table(REDB_TABLE)?;
            for item in items {
                table.insert(item.id.as_str(), item.row.as_slice())?;
            }
        }
        Ok(transaction.commit()?)
    }
}

impl Opened for Redb {
    fn save_each(&mut self, items: &[Item], mark: &mut dyn FnMut()) -> Result<()> {
        mark();
        for item in items {
            self.commit([item])?;
            mark();
        }
        Ok(())
    }

    fn fill(&mut self, items: &[Item]) -> Result<()> {
        self.commit(items)
    }

    fn read_all(&mut self) -> Result<usize> {
        let table = self.0.begin_read()?.open_table(REDB_TABLE)?;
        let mut rows = Vec::new();
        for entry in table.iter()? {
            let (id, body) = entry?;
            rows.push((id.value().to_owned(), body.value().to_vec()));
        }
        Ok(rows.len())
    }
}

struct Append(File);

impl Opened for Append {
    fn save_each(&mut self, items: &[Item], mark: &mut dyn FnMut()) -> Result<()> {
        mark();
        for item in items {
            self.0.write_all(&item.row)?;
            self.0.sync_data()?;
            mark();
        }
        Ok(())
    }

    fn fill(&mut self, items: &[Item]) -> Result<()> {
        self.save_each(items, &mut || {})
    }

    fn read_all(&mut self) -> Result<usize> {
        anyhow::bail!("a file of bytes keeps no count of what was saved")
    }
}

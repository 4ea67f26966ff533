//! A mark outside the data folder that says how far the folder has sent (docs/adr/0013).
//!
//! Why: a folder that was put back from a backup, or copied to another computer, does not know what
//! was sent since. From inside it looks like any other; only something outside can tell.
//!
//! How: the folder has an id, and each run is a *life* of it with an id of its own. The mark says
//! which life wrote the folder last, up to which revision it had something sent, on which machine
//! and in which place. The folder says which life it is in and which one the mark named when that
//! began. What a crash leaves between the two is known to both; anything else was restored or copied.
//!
//! Promises: a mark is replaced whole and is durable when [`Witness::raise`] returns; while it is
//! held, no other Handset of this machine opens the same folder or a copy of it. Must never: hold
//! anything but ids, numbers, and the folder's place.

use std::{
    fs::{self, File, TryLockError},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::wrap_up::Doubt;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    PrivateFolder, StoreError,
    folder::{HELD_TRIES_MAX, lock_within, remove_file, sync_folder},
    private,
};

const MARK_SUFFIX: &str = ".sent";
const LOCK_SUFFIX: &str = ".lock";
const UNFINISHED_SUFFIX: &str = ".unfinished";
/// How many marks are searched for those of a place: a machine has a handful of data folders.
const MARKS_SEARCHED_MAX: usize = 1_000;
/// A mark is far smaller.
const MARK_BYTES_MAX: u64 = 64 * 1024;

/// What remembers a data folder outside of it.
#[derive(Clone)]
pub struct Outside {
    /// A folder that stays with this machine, and is in no backup of the data folder.
    pub state_dir: PathBuf,
    /// What tells this machine from others, where it can be read.
    pub machine: Option<String>,
    /// The count for the folder of an id that is stored elsewhere than in a file, such as in the
    /// keychain. May block.
    pub counted: Counted,
}

/// Looks up the count of a folder's id.
pub type Counted = Arc<dyn Fn(&str) -> Option<u64> + Send + Sync>;

impl Outside {
    /// On this machine, with no count but the file's.
    pub fn on_this_machine(state_dir: PathBuf) -> Self {
        let machine = machine_uid::get()
            .inspect_err(|error| tracing::warn!(%error, "this machine has no id"))
            .ok()
            .filter(|id| !id.is_empty());
        Self {
            state_dir,
            machine,
            counted: Arc::new(|_| None),
        }
    }
}

impl std::fmt::Debug for Outside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Outside(…)")
    }
}

/// Where a data folder is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    path: PathBuf,
    /// Device and number of the folder, where the system has such.
    #[serde(default)]
    file: Option<(u64, u64)>,
}

impl Place {
    pub(crate) fn of(folder: &Path) -> io::Result<Self> {
        let path = folder.canonicalize()?;
        #[cfg(unix)]
        let file = {
            use std::os::unix::fs::MetadataExt;
            let metadata = path.metadata()?;
            Some((metadata.dev(), metadata.ino()))
        };
        #[cfg(not(unix))]
        let file = None;
        Ok(Self { path, file })
    }

    /// A folder that was renamed keeps its number, and one that was put back keeps its path.
    fn is_same(&self, other: &Self) -> bool {
        self.path == other.path || (self.file.is_some() && self.file == other.file)
    }
}

/// This machine and the folder's place on it.
#[derive(Clone, Debug)]
pub(crate) struct Here {
    pub(crate) machine: Option<String>,
    pub(crate) place: Place,
}

/// The identity that is stored in the folder itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    pub(crate) id: Uuid,
    /// The run that opened it last.
    life: Uuid,
    /// The life that the mark named when this one began; none until there is a mark.
    #[serde(default)]
    witnessed: Option<Uuid>,
    #[serde(default)]
    machine: Option<String>,
    place: Place,
}

/// The mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mark {
    life: Uuid,
    /// The newest revision with something that must not be sent twice.
    counter: u64,
    #[serde(default)]
    machine: Option<String>,
    place: Place,
}

/// What was found out about a folder before it is used.
pub(crate) struct Found {
    pub(crate) id: Uuid,
    mark: Option<Mark>,
    /// Marks of folders that were in this place before.
    former: Vec<PathBuf>,
    /// The largest count outside the folder.
    pub(crate) counter: u64,
    pub(crate) doubt: Option<Doubt>,
    here: Here,
    lock: File,
}

impl Found {
    /// Searches for the mark of a folder and judges what it means.
    ///
    /// `is_used` says whether the folder holds any records. Nothing is written but a lock.
    pub(crate) fn examine(
        outside: &Outside,
        folder: &Path,
        identity: Option<&Identity>,
        revision: u64,
        is_used: bool,
    ) -> Result<Self, StoreError> {
        let id = identity.map_or_else(Uuid::new_v4, |identity| identity.id);
        let here = Here {
            machine: outside
                .machine
                .as_deref()
                .map(|machine| fingerprint(id, machine)),
            place: Place::of(folder).map_err(|error| not_witnessed(&error))?,
        };
        ensure_state_dir(&outside.state_dir)?;
        let lock = take_lock(&outside.state_dir, id)?;
        let mark =
            read_mark(&mark_file(&outside.state_dir, id)).map_err(|error| not_witnessed(&error))?;
        let former = match (identity, is_used) {
            (None, true) => {
                marks_of(&outside.state_dir, &here.place).map_err(|error| not_witnessed(&error))?
            }
            _ => Vec::new(),
        };
        let counted = identity.and_then(|identity| (outside.counted)(&identity.id.to_string()));
        let counter = mark
            .as_ref()
            .map_or(0, |mark| mark.counter)
            .max(counted.unwrap_or(0));
        let doubt = match identity {
            Some(identity) => judge(identity, revision, mark.as_ref(), counter, &here),
            // A version before this one made the folder, or it is new. If there was another folder
            // in this place, an old state was put back over it.
            None => (!former.is_empty()).then_some(Doubt::Restored),
        };
        Ok(Self {
            id,
            mark,
            former,
            counter,
            doubt,
            here,
            lock,
        })
    }

    /// The identity of the folder from now on: to be durable before [`Found::adopt`].
    pub(crate) fn new_life(&self) -> Identity {
        Identity {
            id: self.id,
            life: Uuid::new_v4(),
            witnessed: self.mark.as_ref().map(|mark| mark.life),
            machine: self.here.machine.clone(),
            place: self.here.place.clone(),
        }
    }

    /// Writes the mark of a life that is stored in the folder. For a folder that knew of no mark,
    /// returns an identity that names this one, which is to be made durable in turn.
    pub(crate) fn adopt(
        self,
        state_dir: &Path,
        identity: &Identity,
        revision: u64,
    ) -> Result<(Witness, Option<Identity>), StoreError> {
        let mut witness = Witness {
            id: self.id,
            state_dir: state_dir.to_owned(),
            mark: Mark {
                life: identity.life,
                counter: 0,
                machine: self.here.machine,
                place: self.here.place,
            },
            _lock: self.lock,
        };
        witness.raise(revision)?;
        for former in self.former {
            // Best effort: a mark that stays only makes a later start more careful.
            let _ = fs::remove_file(former);
        }
        let told = identity.witnessed.is_none().then(|| Identity {
            witnessed: Some(identity.life),
            ..identity.clone()
        });
        Ok((witness, told))
    }
}

/// Whether the folder is the one that this machine last wrote.
fn judge(
    identity: &Identity,
    revision: u64,
    mark: Option<&Mark>,
    counter: u64,
    here: &Here,
) -> Option<Doubt> {
    let is_other = |machine: Option<&String>| matches!((machine, &here.machine), (Some(then), Some(now)) if then != now);
    if is_other(identity.machine.as_ref()) || is_other(mark.and_then(|mark| mark.machine.as_ref()))
    {
        return Some(Doubt::Copied);
    }
    let Some(mark) = mark else {
        let is_known_machine = identity.machine.is_some() && here.machine.is_some();
        return match identity.witnessed {
            // The very first start was cut off before there was a mark.
            None if identity.place.is_same(&here.place) && counter <= revision => None,
            _ if is_known_machine && identity.place.is_same(&here.place) => Some(Doubt::Restored),
            _ => Some(Doubt::Copied),
        };
    };
    if !mark.place.is_same(&here.place) {
        return Some(Doubt::Copied);
    }
    let is_known_life = mark.life == identity.life || Some(mark.life) == identity.witnessed;
    (!is_known_life || counter > revision).then_some(Doubt::Restored)
}

/// The mark of an open folder, held against copies of it.
#[derive(Debug)]
pub(crate) struct Witness {
    id: Uuid,
    state_dir: PathBuf,
    mark: Mark,
    _lock: File,
}

impl Witness {
    pub(crate) fn id(&self) -> Uuid {
        self.id
    }

    /// Records that something may leave now that is in the folder since `revision`. Durable.
    pub(crate) fn raise(&mut self, revision: u64) -> Result<(), StoreError> {
        let mark = Mark {
            counter: revision,
            ..self.mark.clone()
        };
        let written = match write_mark(&self.state_dir, self.id, &mark) {
            // Somebody removed the folder.
            Err(error) if error.kind() == ErrorKind::NotFound => {
                ensure_state_dir(&self.state_dir)?;
                write_mark(&self.state_dir, self.id, &mark)
            }
            written => written,
        };
        written.map_err(|error| not_witnessed(&error))?;
        self.mark = mark;
        Ok(())
    }
}

fn mark_file(state_dir: &Path, id: Uuid) -> PathBuf {
    state_dir.join(format!("{id}{MARK_SUFFIX}"))
}

fn read_mark(path: &Path) -> io::Result<Option<Mark>> {
    use io::Read as _;
    let file = match private::options().read(true).open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let mut text = Vec::new();
    file.take(MARK_BYTES_MAX).read_to_end(&mut text)?;
    // A mark that cannot be read counts as none, which is the careful way.
    Ok(serde_json::from_slice(&text).ok())
}

fn write_mark(state_dir: &Path, id: Uuid, mark: &Mark) -> io::Result<()> {
    let unfinished = state_dir.join(format!("{id}{UNFINISHED_SUFFIX}"));
    remove_file(&unfinished)?;
    let mut file = private::options()
        .create_new(true)
        .write(true)
        .open(&unfinished)?;
    file.write_all(&serde_json::to_vec(mark)?)?;
    file.sync_all()?;
    fs::rename(&unfinished, mark_file(state_dir, id))?;
    sync_folder(state_dir)
}

/// The marks of folders that are, or were, in a place.
fn marks_of(state_dir: &Path, place: &Place) -> io::Result<Vec<PathBuf>> {
    let mut marks = Vec::new();
    for entry in fs::read_dir(state_dir)?.take(MARKS_SEARCHED_MAX) {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(MARK_SUFFIX)
            && read_mark(&path)?.is_some_and(|mark| mark.place.is_same(place))
        {
            marks.push(path);
        }
    }
    Ok(marks)
}

fn take_lock(state_dir: &Path, id: Uuid) -> Result<File, StoreError> {
    let file = private::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(state_dir.join(format!("{id}{LOCK_SUFFIX}")))
        .map_err(|error| not_witnessed(&error))?;
    match lock_within(&file, HELD_TRIES_MAX) {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::CopyInUse),
        Err(TryLockError::Error(error)) => Err(not_witnessed(&error)),
    }
}

/// The machine's id itself is not stored: this tells whether it is the same one.
fn fingerprint(id: Uuid, machine: &str) -> String {
    let hash = Sha256::new()
        .chain_update(id.as_bytes())
        .chain_update(machine.as_bytes())
        .finalize();
    format!("{hash:x}")
}

fn ensure_state_dir(folder: &Path) -> Result<(), StoreError> {
    private::ensure_private(folder).map_err(|error| match error {
        StoreError::NotWritable { reason } => StoreError::NotWitnessed { reason },
        StoreError::NotTrusted { reason, .. } => StoreError::NotTrusted {
            folder: PrivateFolder::Marks,
            reason,
        },
        other => other,
    })
}

fn not_witnessed(error: &io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreError::DiskFull,
        kind => StoreError::NotWitnessed {
            reason: kind.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str, number: u64) -> Place {
        Place {
            path: path.into(),
            file: Some((1, number)),
        }
    }

    fn life(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn identity() -> Identity {
        Identity {
            id: life(1),
            life: life(11),
            witnessed: Some(life(10)),
            machine: Some("one".to_owned()),
            place: place("/data", 1),
        }
    }

    fn mark() -> Mark {
        Mark {
            life: life(11),
            counter: 50,
            machine: Some("one".to_owned()),
            place: place("/data", 1),
        }
    }

    fn here() -> Here {
        Here {
            machine: Some("one".to_owned()),
            place: place("/data", 1),
        }
    }

    #[test]
    fn a_folder_that_is_as_it_was_left_or_ahead_by_a_crash_is_in_no_doubt() {
        assert_eq!(judge(&identity(), 50, Some(&mark()), 50, &here()), None);
        assert_eq!(judge(&identity(), 99, Some(&mark()), 50, &here()), None);
        let before_the_mark = Mark {
            life: life(10),
            ..mark()
        };
        assert_eq!(
            judge(&identity(), 60, Some(&before_the_mark), 50, &here()),
            None
        );
        let first_start = Identity {
            witnessed: None,
            ..identity()
        };
        assert_eq!(judge(&first_start, 3, None, 0, &here()), None);
    }

    #[test]
    fn a_folder_that_is_behind_or_of_another_life_was_restored() {
        let restored = Some(Doubt::Restored);
        assert_eq!(judge(&identity(), 49, Some(&mark()), 50, &here()), restored);
        let later = Mark {
            life: life(12),
            ..mark()
        };
        assert_eq!(judge(&identity(), 99, Some(&later), 50, &here()), restored);
        assert_eq!(
            judge(&identity(), 99, Some(&mark()), 100, &here()),
            restored
        );
        // The mark is gone, and the folder is where it was.
        assert_eq!(judge(&identity(), 99, None, 0, &here()), restored);
    }

    #[test]
    fn another_machine_and_another_place_make_a_copy_and_a_new_name_does_not() {
        let copied = Some(Doubt::Copied);
        let other_machine = Here {
            machine: Some("two".to_owned()),
            ..here()
        };
        assert_eq!(
            judge(&identity(), 50, Some(&mark()), 50, &other_machine),
            copied
        );
        assert_eq!(judge(&identity(), 50, None, 0, &other_machine), copied);
        let no_machine = Here {
            machine: None,
            ..here()
        };
        assert_eq!(judge(&identity(), 50, None, 0, &no_machine), copied);
        let elsewhere = Here {
            place: place("/copy", 2),
            ..here()
        };
        assert_eq!(
            judge(&identity(), 50, Some(&mark()), 50, &elsewhere),
            copied
        );
        assert_eq!(judge(&identity(), 50, None, 0, &elsewhere), copied);
        for same in [place("/renamed", 1), place("/data", 2)] {
            let same = Here {
                place: same,
                ..here()
            };
            assert_eq!(judge(&identity(), 50, Some(&mark()), 50, &same), None);
        }
    }

    #[test]
    fn a_mark_that_cannot_be_read_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let id = life(1);
        assert_eq!(read_mark(&mark_file(folder.path(), id)).unwrap(), None);
        write_mark(folder.path(), id, &mark()).unwrap();
        let path = mark_file(folder.path(), id);
        assert_eq!(read_mark(&path).unwrap(), Some(mark()));
        let text = fs::read(&path).unwrap();
        fs::write(&path, &text[..text.len() - 1]).unwrap();
        assert_eq!(read_mark(&path).unwrap(), None);
    }

    #[test]
    fn the_machine_is_not_named_in_the_mark() {
        let print = fingerprint(life(1), "machine-id");
        assert!(!print.contains("machine-id"));
        assert_ne!(print, fingerprint(life(2), "machine-id"));
        assert_eq!(print, fingerprint(life(1), "machine-id"));
    }
}

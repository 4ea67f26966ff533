use std::sync::{
    Condvar, Mutex as StdMutex,
    atomic::{AtomicUsize, Ordering},
};

use clock::{ManualClock, SystemClock, Timestamp};

use super::*;
use crate::backend::SecretBytes;

const ORIGIN: &str = "https://api.apollo.io";

/// A keychain with one misbehavior.
#[derive(Default)]
struct Fake {
    entries: Arc<StdMutex<HashMap<String, Vec<u8>>>>,
    reads: Arc<AtomicUsize>,
    /// Finds nothing and refuses writes, as the Secret Service does without a collection.
    no_collection: bool,
    /// Says yes to writes and keeps nothing.
    drops_writes: bool,
    /// Says yes to removals and keeps everything.
    ignores_removals: bool,
    /// Reads wait until told.
    prompt: Option<Arc<Prompt>>,
}

#[derive(Default)]
struct Prompt {
    answered: StdMutex<bool>,
    changed: Condvar,
}

impl Prompt {
    fn answer(&self) {
        *self.answered.lock().unwrap() = true;
        self.changed.notify_all();
    }

    fn wait(&self) {
        let mut answered = self.answered.lock().unwrap();
        while !*answered {
            answered = self.changed.wait(answered).unwrap();
        }
    }
}

impl Backend for Fake {
    fn read(&self, name: &str) -> Result<Option<SecretBytes>, VaultError> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        if let Some(prompt) = &self.prompt {
            prompt.wait();
        }
        Ok(self
            .entries
            .lock()
            .unwrap()
            .get(name)
            .cloned()
            .map(Into::into))
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        if self.no_collection {
            return Err(VaultError::NoKeychain {
                reason: VaultReason::NoDefaultCollection,
            });
        }
        if !self.drops_writes {
            self.entries
                .lock()
                .unwrap()
                .insert(name.to_owned(), secret.to_vec());
        }
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        if !self.ignores_removals {
            self.entries.lock().unwrap().remove(name);
        }
        Ok(())
    }

    fn is_unlocked(&self) -> bool {
        self.prompt
            .as_ref()
            .is_none_or(|prompt| *prompt.answered.lock().unwrap())
    }

    fn absence_is_ambiguous(&self) -> bool {
        true
    }
}

fn keychain(fake: Fake) -> Keychain {
    Keychain::on(Box::new(fake), SystemClock::shared())
}

#[tokio::test]
async fn a_key_is_there_for_the_next_run_and_only_for_its_origin() {
    let entries = Arc::default();
    let first = keychain(Fake {
        entries: Arc::clone(&entries),
        ..Fake::default()
    });
    first
        .put_api_key(ORIGIN, &Secret::new("one"))
        .await
        .unwrap();
    let next = keychain(Fake {
        entries,
        ..Fake::default()
    });
    assert_eq!(
        next.api_key(ORIGIN).await.unwrap(),
        Some(Secret::new("one"))
    );
    assert_eq!(next.api_key("https://other.example").await.unwrap(), None);
}

#[tokio::test]
async fn the_keychain_is_asked_once_for_what_it_holds() {
    let (entries, reads) = (Arc::default(), Arc::new(AtomicUsize::new(0)));
    keychain(Fake {
        entries: Arc::clone(&entries),
        ..Fake::default()
    })
    .put_api_key(ORIGIN, &Secret::new("one"))
    .await
    .unwrap();
    let next = keychain(Fake {
        entries,
        reads: Arc::clone(&reads),
        ..Fake::default()
    });
    for _ in 0..3 {
        assert!(next.api_key(ORIGIN).await.unwrap().is_some());
    }
    assert_eq!(reads.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn without_a_collection_the_answer_is_no_keychain_and_never_no_key() {
    let keychain = keychain(Fake {
        no_collection: true,
        ..Fake::default()
    });
    assert!(matches!(
        keychain.api_key(ORIGIN).await,
        Err(VaultError::NoKeychain { .. })
    ));
    assert!(matches!(
        keychain.sealing_key().await,
        Err(VaultError::NoKeychain { .. })
    ));
}

#[tokio::test]
async fn a_working_keychain_without_a_key_says_so_and_keeps_no_trace_of_the_probe() {
    let entries = Arc::<StdMutex<HashMap<String, Vec<u8>>>>::default();
    let keychain = keychain(Fake {
        entries: Arc::clone(&entries),
        ..Fake::default()
    });
    assert_eq!(keychain.api_key(ORIGIN).await, Ok(None));
    assert!(entries.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_key_that_cannot_be_read_back_is_not_called_saved() {
    let keychain = keychain(Fake {
        drops_writes: true,
        ..Fake::default()
    });
    let put = keychain.put_api_key(ORIGIN, &Secret::new("one")).await;
    assert_eq!(put, Err(VaultError::NotProven));
    assert_eq!(keychain.sealing_key().await, Err(VaultError::NotProven));
}

#[tokio::test]
async fn a_key_that_is_still_there_is_not_called_forgotten() {
    let keychain = keychain(Fake {
        ignores_removals: true,
        ..Fake::default()
    });
    keychain
        .put_api_key(ORIGIN, &Secret::new("one"))
        .await
        .unwrap();
    assert_eq!(
        keychain.forget_api_key(ORIGIN).await,
        Err(VaultError::NotProven)
    );
}

#[tokio::test]
async fn a_forgotten_key_is_gone_from_memory_too() {
    let keychain = keychain(Fake::default());
    keychain
        .put_api_key(ORIGIN, &Secret::new("one"))
        .await
        .unwrap();
    keychain.forget_api_key(ORIGIN).await.unwrap();
    assert_eq!(keychain.api_key(ORIGIN).await, Ok(None));
    keychain.forget_api_key(ORIGIN).await.unwrap();
}

#[tokio::test]
async fn the_sealing_key_is_made_once_and_is_the_same_in_the_next_run() {
    let entries = Arc::default();
    let first = keychain(Fake {
        entries: Arc::clone(&entries),
        ..Fake::default()
    });
    let made = first.sealing_key().await.unwrap();
    let next = keychain(Fake {
        entries,
        ..Fake::default()
    });
    assert!(next.sealing_key().await.unwrap() == made);
}

#[tokio::test]
async fn a_damaged_sealing_key_is_reported_and_not_replaced() {
    let entries: Arc<StdMutex<HashMap<String, Vec<u8>>>> = Arc::default();
    entries
        .lock()
        .unwrap()
        .insert(SEALING_KEY_NAME.to_owned(), vec![1, 2, 3]);
    let keychain = keychain(Fake {
        entries: Arc::clone(&entries),
        ..Fake::default()
    });
    assert!(matches!(
        keychain.sealing_key().await,
        Err(VaultError::Other { .. })
    ));
    assert_eq!(entries.lock().unwrap()[SEALING_KEY_NAME], [1, 2, 3]);
}

#[tokio::test]
async fn a_prompt_that_nobody_answers_ends_as_locked_and_works_once_it_is_answered() {
    let clock = ManualClock::at(Timestamp::UNIX_EPOCH);
    let prompt = Arc::new(Prompt::default());
    let fake = Fake {
        prompt: Some(Arc::clone(&prompt)),
        ..Fake::default()
    };
    let keychain = Arc::new(Keychain::on(Box::new(fake), clock.clone()));

    let asking = tokio::spawn({
        let keychain = Arc::clone(&keychain);
        async move { keychain.api_key(ORIGIN).await }
    });
    while clock.sleepers() == 0 {
        tokio::task::yield_now().await;
    }
    clock.advance(Duration::from_secs(KEYCHAIN_LIMIT_S));
    assert_eq!(asking.await.unwrap(), Err(VaultError::Locked));
    assert!(!keychain.is_unlocked().await, "the prompt is still open");

    prompt.answer();
    assert_eq!(keychain.api_key(ORIGIN).await, Ok(None));
    assert!(keychain.is_unlocked().await);
}

#[tokio::test]
async fn how_far_a_folder_has_sent_is_there_in_the_next_run_and_only_for_that_folder() {
    let entries = Arc::default();
    let first = keychain(Fake {
        entries: Arc::clone(&entries),
        ..Fake::default()
    });
    assert_eq!(first.sent_count("folder-1").await, Ok(None));
    first.put_sent_count("folder-1", 41).await.unwrap();
    first.put_sent_count("folder-1", 42).await.unwrap();
    let next = keychain(Fake {
        entries,
        ..Fake::default()
    });
    assert_eq!(next.sent_count("folder-1").await, Ok(Some(42)));
    assert_eq!(next.sent_count("folder-2").await, Ok(None));
}

//! The lives of a run, one after the other, and what happens to machines between them.

use std::convert::Infallible;

use anyhow::{Context as _, Result};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{
    REST_WITHIN, REST_WITHIN_REAL, Run, SCALE,
    drawing::{self, Drawn, FolderEvent, Who},
};
use crate::{
    child::{Instructions, Mood, lock_of, searched},
    child_process::{self, Lived, MidLife, MidLifeBackup},
    evidence::plain_text,
    machine::Machine,
    messages::{Happening, Phase},
    record::Listening,
    sabotage::Sabotage,
    troubles::Troubles,
};

/// Keeps the draws of one run's lives apart from those of the next seeds' runs.
const LIFE_STREAM: u64 = 1 << 32;
/// The life before which a sabotage forgets what was saved since the last one, in secret.
const FORGOTTEN_AT: u64 = 3;
/// Lives at the beginning of a run before which nothing happens to folders.
const QUIET_LIVES: u64 = 2;
/// For how many lives of a machine the app may speak of what happened to it.
const SPOKEN_OF_FOR: u32 = 2;

/// A life that is about to begin.
struct Planned {
    machine: usize,
    drawn: Drawn,
    told: Instructions,
    middle: MidLife,
}

impl Run<'_> {
    /// One life, or two at the same time.
    pub(super) async fn live(&mut self, number: u64) -> Result<()> {
        self.begin(number);
        self.world.clear();
        self.secretly_forget(number)?;
        if self.extent.is_calm {
            let planned = vec![self.plan_life(self.active, Drawn::calm())?];
            let lived = self.all(&planned).await?;
            return self.take_all_in(number, planned, lived);
        }
        if self.world.draw_lags(&mut self.random) {
            self.count("index behind by more than 45 s");
        }
        let who = self.happen(number)?;
        self.world
            .relay
            .set_way(drawing::way_ms_max(&mut self.random));
        if drawing::is_offline(&mut self.random) {
            self.count("no network for a whole life");
            self.world.relay.set_down(true);
        }
        let mut planned = Vec::new();
        for machine in who {
            let drawn = Drawn::draw(&mut self.random);
            planned.push(self.plan_life(machine, drawn)?);
        }
        let troubles = Troubles::draw(&mut self.random, &self.world);
        let lived = tokio::select! {
            lived = self.all(&planned) => lived?,
            never = async {
                troubles.strike(&self.world, &self.clock, &self.counts).await;
                std::future::pending::<Infallible>().await
            } => match never {},
        };
        self.take_all_in(number, planned, lived)?;
        if drawing::backs_up_after(&mut self.random) {
            let (entry_count, active) = (self.record.entry_count, self.active);
            self.machine(active)?.back_up(entry_count)?;
        }
        Ok(())
    }

    /// From here on a life draws by itself: what the machine did before changes nothing of it.
    fn begin(&mut self, number: u64) {
        let own = self.seed.wrapping_add(number.wrapping_mul(LIFE_STREAM));
        self.random = ChaCha8Rng::seed_from_u64(own);
    }

    fn take_all_in(&mut self, number: u64, planned: Vec<Planned>, lived: Vec<Lived>) -> Result<()> {
        for (planned, lived) in planned.into_iter().zip(lived) {
            self.take_in(number, planned, lived, false)?;
        }
        Ok(())
    }

    /// The last lives: every machine that is still in use comes to rest.
    pub(super) async fn come_to_rest(&mut self, number: u64) -> Result<()> {
        self.begin(number);
        self.world.clear();
        self.world.relay.set_way(0);
        let mut left: Vec<usize> = self.machines.iter().map(|machine| machine.number).collect();
        left.retain(|machine| *machine == self.active || self.is_copy(*machine));
        if self.random.random_bool(0.5) {
            left.reverse();
        }
        for machine in left {
            let drawn = Drawn::last(&mut self.random, REST_WITHIN_REAL);
            let mut planned = self.plan_life(machine, drawn)?;
            planned.told.rest_within_ms = Some(u64::try_from(REST_WITHIN.as_millis())?);
            let planned = vec![planned];
            let lived = self.all(&planned).await?;
            for (planned, lived) in planned.into_iter().zip(lived) {
                self.take_in(number, planned, lived, true)?;
            }
            if !self.record.at_rest.contains(&machine) {
                let complaint = format!("machine {machine} did not come to rest");
                self.record.complaints.push(complaint);
            }
        }
        Ok(())
    }

    async fn all(&self, planned: &[Planned]) -> Result<Vec<Lived>> {
        let one = |place: usize| async move {
            match planned.get(place) {
                Some(planned) => Box::pin(self.one(planned)).await.map(Some),
                None => Ok(None),
            }
        };
        let (first, second) = tokio::try_join!(one(0), one(1))?;
        Ok([first, second].into_iter().flatten().collect())
    }

    async fn one(&self, planned: &Planned) -> Result<Lived> {
        let Planned {
            drawn,
            told,
            middle,
            ..
        } = planned;
        if middle.unlocked_after.is_some() {
            let lock = lock_of(&told.places.vault);
            std::fs::write(lock, b"").context("the keychain could not be locked")?;
        }
        let (relay, clock) = (self.world.relay, self.machine_clock);
        child_process::live(told, drawn.end, middle, relay, clock).await
    }

    /// What happens to folders before a life, and which machines live.
    fn happen(&mut self, number: u64) -> Result<Vec<usize>> {
        let life = usize::try_from(number)?;
        let active = self.active;
        let event = drawing::folder_event(&mut self.random, self.machines.len());
        match event {
            FolderEvent::None => {}
            // There is hardly anything in the folder yet.
            _ if number <= QUIET_LIVES => {}
            FolderEvent::Restore => {
                let backups = self.machine(active)?.backups.clone();
                if !backups.is_empty() {
                    let place = self.random.random_range(0..backups.len());
                    let backup = backups.get(place).context("no backup")?;
                    let machine = self.machine(active)?;
                    machine.restore(backup)?;
                    machine.spoken_of = SPOKEN_OF_FOR;
                    let entry_count = backup.entry_count;
                    self.record.restored(active, entry_count, life);
                    let remark = format!("before life {life}: restored to entry {entry_count}");
                    self.record.remarks.push(remark);
                    self.count("folder restored from an earlier copy");
                }
            }
            FolderEvent::Move => {
                let to = self.copy_active(false)?;
                self.record.moved(active, to);
                self.active = to;
                let remark = format!("before life {life}: moved from {active} to {to}");
                self.record.remarks.push(remark);
                self.count("folder moved to another machine");
            }
            FolderEvent::Copy => {
                let to = self.copy_active(true)?;
                let remark = format!("before life {life}: copied from {active} to {to}");
                self.record.remarks.push(remark);
                self.count("folder copied, and both run");
            }
        }
        let copies: Vec<usize> = (0..self.machines.len())
            .filter(|machine| self.is_copy(*machine))
            .collect();
        let Some(copy) = copies.last().copied() else {
            return Ok(vec![self.active]);
        };
        Ok(match drawing::who(&mut self.random) {
            Who::Original => vec![self.active],
            Who::Copy => {
                self.count("a life on the copy of a folder");
                vec![copy]
            }
            Who::Both => {
                self.count("two copies of a folder at the same time");
                vec![self.active, copy]
            }
        })
    }

    /// Another machine with a copy of the active one's folder.
    fn copy_active(&mut self, is_copy: bool) -> Result<usize> {
        let number = self.machines.len();
        let (root, active) = (self.root, self.active);
        let mut copy = self.machine(active)?.copied(root, number)?;
        copy.is_copy = is_copy;
        copy.spoken_of = SPOKEN_OF_FOR;
        self.machines.push(copy);
        Ok(number)
    }

    /// A fault of the app's for the judge to find: what was saved last is gone.
    fn secretly_forget(&mut self, number: u64) -> Result<()> {
        let is_due = number == FORGOTTEN_AT;
        if self.extent.sabotage != Some(Sabotage::ForgetsTheFolder) || !is_due {
            return Ok(());
        }
        let active = self.active;
        let data = self.machine(active)?.places.data.clone();
        if data.exists() {
            std::fs::remove_dir_all(data)?;
        }
        Ok(())
    }

    /// What a life is told.
    fn plan_life(&mut self, machine: usize, drawn: Drawn) -> Result<Planned> {
        let remembered = self.record.remembered(machine);
        let has_copy = self.machines.iter().any(|machine| machine.is_copy);
        let of_machine = self.machine(machine)?;
        let (places, is_copy) = (of_machine.places.clone(), of_machine.is_copy);
        let middle = MidLife {
            backup: drawn.backed_up_after.map(|after| MidLifeBackup {
                after,
                to: of_machine.next_backup(),
            }),
            unlocked_after: drawn.locked_for,
        };
        let happened = [
            drawn.locked_for.is_some(),
            drawn.is_far_ahead,
            drawn.full_disk.is_some(),
        ];
        if happened.contains(&true) {
            of_machine.spoken_of = SPOKEN_OF_FOR;
        }
        if drawn.locked_for.is_some() {
            self.count(Happening::KeychainLocked.name());
        }
        if drawn.is_far_ahead {
            self.count("clock 400 days ahead at a start");
        }
        let told = Instructions {
            seed: self.random.random(),
            machine,
            places,
            sealing_key: self.sealing_key,
            base_url: self.world.relay.url().to_owned(),
            anchor_real: self.anchor_real,
            anchor_virtual: self.anchor_virtual,
            scale: SCALE,
            offset_s: drawn.offset_s,
            plan: self.plan.clone(),
            remembered,
            mood: Mood {
                discards_copies: is_copy,
                half: has_copy.then_some(is_copy),
                ..drawn.mood
            },
            full_disk: drawn.full_disk,
            sabotage: self.extent.sabotage,
            rest_within_ms: None,
        };
        Ok(Planned {
            machine,
            drawn,
            told,
            middle,
        })
    }

    /// Takes in what a life reported and left behind.
    fn take_in(
        &mut self,
        number: u64,
        planned: Planned,
        lived: Lived,
        is_last: bool,
    ) -> Result<()> {
        let Planned {
            machine,
            middle,
            drawn,
            ..
        } = planned;
        let life = usize::try_from(number)?;
        let how = Listening {
            life,
            machine,
            has_reason_for_notices: self.machine(machine)?.spoken_of > 0,
        };
        let (mut before, mut after) = (lived.messages, Vec::new());
        if let Some(at) = lived.backed_up_at {
            after = before.split_off(at.min(before.len()));
        }
        self.record.receive(how, before);
        if let (Some(backup), Some(_)) = (middle.backup, lived.backed_up_at) {
            let entry_count = self.record.entry_count;
            self.machine(machine)?.add_backup(backup.to, entry_count);
            self.count("folder copied in the middle of a life");
        }
        self.record.receive(how, after);
        self.figures.lives += 1;
        match lived.killed_in {
            Some(phase) if !is_last => *self.figures.kills.entry(phase).or_default() += 1,
            Some(phase) => {
                let complaint = format!("the last life did not end in time: {phase:?}");
                self.record.complaints.push(complaint);
            }
            None if !is_last => {
                let complaint = format!("life {life} ended by itself");
                self.record.complaints.push(complaint);
            }
            None => {}
        }
        self.record.remarks.push(format!(
            "life {life} on machine {machine}: {drawn}killed while {:?}, backed up {}",
            lived.killed_in,
            lived.backed_up_at.is_some()
        ));
        let of_machine = self.machine(machine)?;
        // A life that is killed while it starts has not spoken.
        if lived.killed_in != Some(Phase::StartingCore) {
            of_machine.spoken_of = of_machine.spoken_of.saturating_sub(1);
        }
        let places = of_machine.places.clone();
        if places.data.join("room").exists() && lived.killed_in.is_some() {
            self.figures.kills_in_a_write += 1;
        }
        for folder in searched(&places) {
            if let Some(found) = plain_text(folder, &self.secrets)? {
                self.record.complaints.push(format!("life {life}: {found}"));
            }
        }
        Ok(())
    }

    fn machine(&mut self, number: usize) -> Result<&mut Machine> {
        self.machines.get_mut(number).context("no such machine")
    }

    fn is_copy(&self, number: usize) -> bool {
        let machine = self.machines.get(number);
        machine.is_some_and(|machine| machine.is_copy)
    }

    fn count(&self, name: &str) {
        if let Ok(mut counts) = self.counts.lock() {
            *counts.entry(name.to_owned()).or_default() += 1;
        }
    }
}

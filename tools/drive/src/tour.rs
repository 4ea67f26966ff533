//! The main job on sample data, for a newcomer whose machine has no display: numbered pictures of
//! what they would have seen.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{
    actions,
    app::Programs,
    elements::{any, named},
    page::Page,
    rig::{Rig, Setup},
    say,
};

/// The calls of the tour: the key of the outcome, and the note.
const CALLS: [(char, &str); 3] = [
    ('1', "No answer after eight rings."),
    ('2', "Left a voicemail about the Q4 offer."),
    ('3', "Interested. Wants the security sheet before Thursday."),
];

/// Works the sample queue and leaves `01-….png` and so on in the folder.
pub(crate) async fn run(programs: &Programs, folder: &Path) -> Result<()> {
    let mut rig = Rig::start(programs, Setup::default()).await?;
    let mut album = Album {
        folder: folder.to_owned(),
        count: 0,
    };
    let worked = Box::pin(work(&mut rig, &mut album)).await;
    if worked.is_err() {
        // The error below names what went wrong; the picture only helps to see it.
        let _ = rig.screenshot(&folder.join("failed.png"));
    }
    worked.with_context(|| format!("the tour ended while {}", rig.current_step()))?;
    say(&format!(
        "{} screenshots are in {}",
        album.count,
        folder.display()
    ));
    Ok(())
}

async fn work(rig: &mut Rig, album: &mut Album) -> Result<()> {
    rig.step("starting on sample data");
    let arguments = [
        "--sandbox".to_owned(),
        "--data-dir".to_owned(),
        rig.data_folder().to_string_lossy().into_owned(),
    ];
    let page = rig.start_app(&arguments).await?;

    rig.step("reading the report");
    actions::wait_until_loaded(&page).await?;
    album
        .add(
            rig,
            &page,
            "sequence-report",
            "what is due, and where to begin",
        )
        .await?;

    rig.step("opening a sequence");
    let sequence = actions::first_sequence(&page).await?;
    actions::open_queue(&page, &sequence).await?;
    actions::wait_for_card(&page).await?;
    album
        .add(
            rig,
            &page,
            "queue",
            "the queue of one sequence, and the first card",
        )
        .await?;

    for (place, (outcome_key, note)) in CALLS.into_iter().enumerate() {
        let first = place == 0;
        rig.step(format!("making call {}", place + 1));
        actions::go_to_somebody_to_call(&page).await?;
        actions::dial(rig, &page).await?;
        if first {
            album
                .add(rig, &page, "on-call", "the number is with the phone app")
                .await?;
        }
        actions::write_up(&page, outcome_key, note).await?;
        if first {
            album.add(rig, &page, "wrap-up", "outcome and note").await?;
        }
        actions::save_and_next(&page).await?;
    }
    actions::wait_for_card(&page).await?;
    album
        .add(
            rig,
            &page,
            "next-card",
            "three calls saved, the next card is here",
        )
        .await?;

    rig.step("skipping a task");
    actions::skip(&page, "Not relevant").await?;
    actions::wait_for_card(&page).await?;
    album.add(rig, &page, "skipped", "one task skipped").await?;

    rig.step("reading the receipts");
    actions::wait_until_sent(&page).await?;
    page.click(&named("button", "Calls")).await?;
    page.first(&any("option").inside(named("listbox", "Calls")))
        .await?;
    album
        .add(rig, &page, "receipts", "every call has its receipt")
        .await?;

    rig.step("opening the settings");
    page.click(&named("button", "Settings")).await?;
    let settings = rig.settings_window().await?;
    settings.find(&named("heading", "Settings")).await?;
    album
        .add(
            rig,
            &settings,
            "settings",
            "the settings, in a window of their own",
        )
        .await?;
    rig.quit_app().await
}

struct Album {
    folder: PathBuf,
    count: u32,
}

impl Album {
    async fn add(&mut self, rig: &Rig, page: &Page, name: &str, caption: &str) -> Result<()> {
        page.settle().await?;
        self.count += 1;
        let file = format!("{:02}-{name}.png", self.count);
        rig.screenshot(&self.folder.join(&file))?;
        say(&format!("  {file}  {caption}"));
        Ok(())
    }
}

//! Every screen as a picture for the docs: light and dark, in two sizes.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{
    actions,
    app::Programs,
    color_scheme::ColorScheme,
    desktop::KeychainState,
    display::Size,
    elements::named,
    page::Page,
    rig::{Rig, Setup},
    say,
    walk::{self, Visitor},
};

/// Saves all of them as `<screen>-<light|dark>-<width>x<height>.png`.
pub(crate) async fn run(programs: &Programs, folder: &Path) -> Result<()> {
    for scheme in ColorScheme::BOTH {
        for size in [Size::SMALL, Size::LARGE] {
            let mut camera = Camera {
                folder: folder.to_owned(),
                scheme,
                size,
                count: 0,
            };
            for keychain in [KeychainState::Unlocked, KeychainState::Missing] {
                let mut rig = Rig::start(
                    programs,
                    Setup {
                        size,
                        scheme,
                        keychain,
                        ..Setup::default()
                    },
                )
                .await?;
                let taken = match keychain {
                    KeychainState::Unlocked => {
                        Box::pin(walk::through_all_screens(&mut rig, &mut camera)).await
                    }
                    KeychainState::Missing => {
                        Box::pin(without_keychain(&mut rig, &mut camera)).await
                    }
                };
                taken.with_context(|| {
                    format!("{}, {size}: {}", scheme.name(), rig.current_step())
                })?;
            }
            say(&format!(
                "{} screens, {}, {size}",
                camera.count,
                scheme.name()
            ));
        }
    }
    Ok(())
}

/// The one screen that comes only where there is no keychain: all checks have passed, and the app
/// asks whether to keep the key for this run.
async fn without_keychain(rig: &mut Rig, camera: &mut Camera) -> Result<()> {
    rig.start_sandbox(&[]).await?;
    let page = rig.start_app(&rig.connected_arguments()?).await?;
    actions::paste_key(&page, &rig.sandbox()?.keys.master).await?;
    page.find(&named("button", "Use for this run only")).await?;
    camera.at(rig, &page, "connect-no-keychain").await
}

struct Camera {
    folder: PathBuf,
    scheme: ColorScheme,
    size: Size,
    count: u32,
}

impl Visitor for Camera {
    async fn at(&mut self, rig: &Rig, page: &Page, screen: &str) -> Result<()> {
        page.settle().await?;
        let shown = page.color_scheme().await?;
        anyhow::ensure!(shown == self.scheme.name(), "the window is {shown}");
        let name = format!("{screen}-{}-{}.png", self.scheme.name(), self.size);
        rig.screenshot(&self.folder.join(name))?;
        self.count += 1;
        Ok(())
    }
}

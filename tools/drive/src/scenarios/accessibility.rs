//! No screen breaks a rule of WCAG 2.2 A or AA that can be checked by machine.

use anyhow::{Result, ensure};

use crate::{
    page::Page,
    rig::Rig,
    walk::{self, Visitor},
};

pub(crate) async fn run(rig: &mut Rig) -> Result<()> {
    let mut audit = Audit {
        screens: 0,
        violations: Vec::new(),
    };
    walk::through_all_screens(rig, &mut audit).await?;
    let Audit {
        screens,
        violations,
    } = audit;
    ensure!(
        violations.is_empty(),
        "{} violations on {screens} screens:\n  {}",
        violations.len(),
        violations.join("\n  ")
    );
    Ok(())
}

/// What a rule finds and a person does not: screen, rule. The palette's list is scrolled by the arrow
/// keys of the search field above it, which names the active entry (`aria-activedescendant`).
const EXCEPTIONS: [(&str, &str); 1] = [("palette", "scrollable-region-focusable:")];

struct Audit {
    screens: usize,
    violations: Vec<String>,
}

impl Visitor for Audit {
    async fn at(&mut self, _rig: &Rig, page: &Page, screen: &str) -> Result<()> {
        self.screens += 1;
        for violation in page.accessibility_violations().await? {
            let excepted = |(on, rule): &(&str, &str)| *on == screen && violation.starts_with(rule);
            if EXCEPTIONS.iter().any(excepted) {
                continue;
            }
            self.violations.push(format!("{screen}: {violation}"));
        }
        Ok(())
    }
}

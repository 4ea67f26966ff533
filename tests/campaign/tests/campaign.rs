//! The bounded part of the campaign that every test run includes.

use std::process::Command;

const KILLS: usize = 40;

#[test]
fn every_wrap_up_is_in_apollo_exactly_once_however_often_the_process_is_killed() {
    let output = Command::new(env!("CARGO_BIN_EXE_campaign"))
        .args(["--kills", &KILLS.to_string()])
        .output()
        .expect("the campaign starts");
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{complained}");

    let count = |name: &str| -> usize {
        let mut lines = said.lines().filter_map(|line| line.strip_prefix(name));
        let number = lines.next().expect("the table has this row").trim();
        number.parse().expect("a number")
    };
    assert!(count("kills ") >= KILLS, "{said}");
    assert!(count("wrap-ups saved ") > 0, "{said}");
    assert!(count("faults ") > 0, "{said}");
    assert_eq!(count("violations "), 0, "{said}");
}

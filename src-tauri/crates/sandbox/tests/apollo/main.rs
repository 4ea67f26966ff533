//! The sandbox against what is known of Apollo: one module per resource, one fact per test.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod auth;
#[cfg(test)]
mod checklist;
#[cfg(test)]
mod contacts;
#[cfg(test)]
mod control;
#[cfg(test)]
mod data_set;
#[cfg(test)]
mod determinism;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod params;
#[cfg(test)]
mod phone_calls;
#[cfg(test)]
mod reference_data;
#[cfg(test)]
mod sequences;
#[cfg(test)]
mod server;
#[cfg(test)]
mod spec;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tasks;
#[cfg(test)]
mod tasks_search;
#[cfg(test)]
mod team_changes;
#[cfg(test)]
mod users;

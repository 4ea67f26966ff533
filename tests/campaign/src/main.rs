mod child;
mod plan;
mod recording;
mod said;
fn main() -> anyhow::Result<()> { child::live() }

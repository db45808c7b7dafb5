//! Writes the inputs that fuzzing begins with: `seeds <folder>` makes a folder for each target.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os()
        .nth(1)
        .map(PathBuf::from)
        .ok_or("which folder? Usage: seeds <folder>")?;
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .ok_or("the package is not inside the repository")?;
    for (target, inputs) in guardrail_fuzz::seeds::all(repository)? {
        let target = folder.join(target);
        fs::create_dir_all(&target)?;
        for (input, at) in inputs.iter().zip(0..) {
            fs::write(target.join(format!("seed-{at:04}")), input)?;
        }
    }
    Ok(())
}

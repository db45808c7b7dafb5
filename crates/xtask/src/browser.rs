//! Chromium and ChromeDriver: where they are, and how they get there.

use std::env;
use std::path::{Path, PathBuf};

use crate::command::{Run, find_on};
use crate::failure::{Failure, Result};
use crate::project::Project;

/// A browser and the driver that belongs to it.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Flags that a headless run needs; the last two make it work as root and in small containers.
pub(crate) const FLAGS: [&str; 5] = [
    "--headless=new",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-sandbox",
    "--disable-dev-shm-usage",
];

const CHROMIUM_NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];
const CHROMIUM_PLACES: [&str; 5] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/opt/google/chrome/chrome",
    "/snap/bin/chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];
const DRIVER_PLACES: [&str; 5] = [
    "/usr/lib/chromium/chromedriver",
    "/usr/lib/chromium-browser/chromedriver",
    "/snap/bin/chromium.chromedriver",
    "/opt/homebrew/bin/chromedriver",
    "/usr/local/bin/chromedriver",
];

/// The browser and driver that the variables name, else those on `PATH`, else in the usual places.
pub(crate) fn find() -> Result<Option<Browser>> {
    let chromium = locate("CHROME", &CHROMIUM_NAMES, &CHROMIUM_PLACES)?;
    let driver = locate("CHROMEDRIVER", &["chromedriver"], &DRIVER_PLACES)?;
    Ok(chromium
        .zip(driver)
        .map(|(chromium, driver)| Browser { chromium, driver }))
}

/// As [`find`], where doing without is not possible.
pub(crate) fn require(project: &Project) -> Result<Browser> {
    let browser = find()?.ok_or_else(|| Failure::new(HOW_TO_INSTALL))?;
    let versions = (
        major_version(project, &browser.chromium)?,
        major_version(project, &browser.driver)?,
    );
    match versions {
        (Some(chromium), Some(driver)) if chromium != driver => Err(Failure::new(format!(
            "{} is of version {chromium} and {} of version {driver}, and they only work together at the same one: update one of them, or set CHROME and CHROMEDRIVER",
            browser.chromium.display(),
            browser.driver.display()
        ))),
        _ => Ok(browser),
    }
}

/// The first number that the program gives as its version, where it tells one at all.
fn major_version(project: &Project, program: &Path) -> Result<Option<u32>> {
    let said = Run::new(project, program)?.args(["--version"]).output();
    Ok(said.and_then(|text| {
        text.split_whitespace()
            .find_map(|word| word.split_once('.')?.0.parse().ok())
    }))
}

/// Installs both by the platform's package manager where that is possible without asking.
pub(crate) fn install(project: &Project) -> Result<()> {
    let path = project.search_path()?;
    let installed = if find_on(&path, "apt-get").is_some() {
        install_with_apt(project)
    } else if find_on(&path, "brew").is_some() {
        Run::new(project, "brew")?
            .args(["install", "--cask", "google-chrome", "chromedriver"])
            .run()
    } else {
        return Err(Failure::new(HOW_TO_INSTALL));
    };
    match installed {
        Ok(()) if find()?.is_some() => Ok(()),
        Ok(()) => Err(Failure::new(HOW_TO_INSTALL)),
        Err(failure) => Err(Failure::new(format!("{HOW_TO_INSTALL}\n{failure}"))),
    }
}

const HOW_TO_INSTALL: &str = "\
the browser tests need Chromium (or Chrome) and the ChromeDriver of the same version: install them, \
for example `apt-get install chromium chromium-driver` on Debian or `brew install --cask google-chrome chromedriver` \
on macOS, or set CHROME and CHROMEDRIVER to the paths of the two programs";

fn install_with_apt(project: &Project) -> Result<()> {
    let is_root = Run::new(project, "id")?.args(["-u"]).output().as_deref() == Some("0");
    let prefix: &[&str] = if is_root {
        &[]
    } else if Run::new(project, "sudo")?
        .args(["-n", "true"])
        .output()
        .is_some()
    {
        &["sudo", "-n"]
    } else {
        return Err(Failure::new(
            "apt-get needs root, and sudo asks for a password here",
        ));
    };
    let apt = |arguments: &[&str]| {
        let line: Vec<&str> = prefix
            .iter()
            .copied()
            .chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
            .chain(arguments.iter().copied())
            .collect();
        match line.split_first() {
            Some((program, rest)) => Run::new(project, program)?.args(rest).run(),
            None => Ok(()),
        }
    };
    apt(&["update"])?;
    apt(&[
        "install",
        "--yes",
        "--no-install-recommends",
        "chromium",
        "chromium-driver",
    ])
}

fn locate(variable: &str, names: &[&str], places: &[&str]) -> Result<Option<PathBuf>> {
    if let Some(named) = env::var_os(variable).filter(|value| !value.is_empty()) {
        let path = PathBuf::from(named);
        return if path.is_file() {
            Ok(Some(path))
        } else {
            Err(Failure::new(format!(
                "{variable} names {}, which is not a file",
                path.display()
            )))
        };
    }
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(names
        .iter()
        .find_map(|name| find_on(&path, name))
        .or_else(|| {
            places
                .iter()
                .map(PathBuf::from)
                .find(|place| place.is_file())
        }))
}

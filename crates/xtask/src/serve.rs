//! `cargo xtask serve`: the page on this machine, rebuilt when a file changes.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Child;
use std::thread;
use std::time::Duration;

use crate::build::trunk;
use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::setup;
use crate::steps::Steps;

const DEFAULT_PORT: u16 = 8080;
/// How many ports are tried after the default one.
const TRIES: u16 = 50;

/// What may be asked of the command.
#[derive(Default)]
pub(crate) struct Options {
    port: Option<u16>,
    open: bool,
    release: bool,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self::default();
        let mut rest = arguments.iter().map(String::as_str);
        while let Some(argument) = rest.next() {
            match argument {
                "--open" => options.open = true,
                "--release" => options.release = true,
                "--port" => options.port = Some(port(rest.next())?),
                other => match other.strip_prefix("--port=") {
                    Some(value) => options.port = Some(port(Some(value))?),
                    None => return Err(Failure::new(format!("`serve` does not know `{other}`"))),
                },
            }
        }
        Ok(options)
    }
}

fn port(value: Option<&str>) -> Result<u16> {
    value
        .and_then(|text| text.parse().ok())
        .filter(|port| *port != 0)
        .ok_or_else(|| Failure::new("`--port` takes a number from 1 to 65535"))
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let mut steps = Steps::new(setup::FOR_BUILD.len() + 1);
    setup::ensure(project, setup::FOR_BUILD, &mut steps)?;
    let port = free_port(options.port)?;
    let kind = if options.release {
        "the release build"
    } else {
        "an unoptimized build; --release serves the optimized one"
    };
    steps.begin(&format!(
        "Building and serving the page ({kind}; some minutes the first time)"
    ));

    let number = port.to_string();
    let mut command = trunk(project, "serve", &project.target().join("serve"))?.args([
        "--address",
        "127.0.0.1",
        "--disable-address-lookup",
        "--port",
        &number,
    ]);
    if options.release {
        command = command.args(["--release"]);
    }
    if options.open {
        command = command.args(["--open"]);
    }
    let mut server = command.start()?;
    announce_when_up(&mut server, port)?;
    let status = server
        .wait()
        .map_err(|error| Failure::new(format!("Trunk could not be waited for: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`trunk serve` stopped ({status})")))
    }
}

/// Waits until the server answers, or has stopped, and then prints where it is.
fn announce_when_up(server: &mut Child, port: u16) -> Result<()> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    while TcpStream::connect_timeout(&address, Duration::from_millis(250)).is_err() {
        let stopped = server
            .try_wait()
            .map_err(|error| Failure::new(format!("Trunk could not be waited for: {error}")))?;
        if stopped.is_some() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(250));
    }
    println!("\n    Guardrail is at http://127.0.0.1:{port}/ (Ctrl+C stops it)\n");
    Ok(())
}

/// The port that was asked for, or the first free one from the default on.
fn free_port(wanted: Option<u16>) -> Result<u16> {
    match wanted {
        Some(port) if is_free(port) => Ok(port),
        Some(port) => Err(Failure::new(format!("port {port} on 127.0.0.1 is in use"))),
        None => (DEFAULT_PORT..=DEFAULT_PORT + TRIES)
            .find(|port| is_free(*port))
            .ok_or_else(|| {
                Failure::new(format!(
                    "no port from {DEFAULT_PORT} to {} on 127.0.0.1 is free: name another with --port",
                    DEFAULT_PORT + TRIES
                ))
            }),
    }
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

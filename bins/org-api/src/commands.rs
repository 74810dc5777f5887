//! One module a command.

mod audit;
mod backup;
mod dev;
mod import;
mod interruption;
mod key;
mod master_key;
mod migrate;
mod org;
mod restore;
mod serve;
mod upgrade;
mod user;
mod webhook;

use crate::cli::{Cli, Command, CommonFlags, MasterKeyCommand};
use crate::database::Database;
use crate::failure::Failure;
use crate::logging;
use crate::output::{self, Output};
use crate::panics;
use crate::schema::Pending;
use crate::settings::{GivenFlag, Settings, markdown, unknown_variables};

/// Runs what the command line asks for.
pub(crate) fn run(cli: Cli) -> Result<(), Failure> {
    let Cli { common, command } = cli;
    let output = if common.json {
        Output::Programs
    } else {
        Output::People
    };
    match command {
        Command::Dev(flags) => dev::run(&dev_settings(&common, flags.given())?),
        Command::Serve { flags, no_migrate } => {
            let pending = if no_migrate {
                Pending::Await
            } else {
                Pending::Apply
            };
            serve::run(&settings(&common, flags.given())?, pending)
        }
        Command::Openapi => openapi(&Settings::gather(&common, &[])?),
        Command::Settings => output::print(markdown().trim_end()),
        Command::Migrate => migrate::run(&quiet_settings(&common, &[])?, output),
        Command::Org(command) => org::run(&command, &open(&common)?, output),
        Command::Key(command) => key::run(&command, &open(&common)?, output),
        Command::User(command) => {
            let settings = quiet_settings(&common, &[])?;
            let desk = user::Desk {
                settings: &settings,
                database: &ready(&settings)?,
                output,
            };
            user::run(&command, desk)
        }
        Command::Webhook(arguments) => {
            let settings = quiet_settings(&common, arguments.flags.given())?;
            let desk = webhook::Desk {
                settings: &settings,
                database: &ready(&settings)?,
                output,
            };
            webhook::run(&arguments.command, desk)
        }
        Command::MasterKey(MasterKeyCommand::Generate) => master_key::generate(output),
        Command::MasterKey(MasterKeyCommand::Rotate) => {
            let settings = quiet_settings(&common, &[])?;
            master_key::rotate(&settings, &ready(&settings)?, output)
        }
        Command::Import(arguments) => import::run(&arguments, &open(&common)?, output),
        Command::Backup(arguments) => {
            backup::run(&arguments.file, &quiet_settings(&common, &[])?, output)
        }
        Command::Restore(arguments) => {
            restore::run(&arguments.file, &quiet_settings(&common, &[])?, output)
        }
        Command::Upgrade => upgrade::run(&quiet_settings(&common, &[])?, output),
        Command::Audit(arguments) => audit::run(&arguments, &open(&common)?, output),
    }
}

/// Prints the document that a server with these settings gives out.
fn openapi(settings: &Settings) -> Result<(), Failure> {
    output::print(&org_http::openapi_json(settings.public_url.as_ref()))
}

/// The settings of a command that serves, and logs what it does.
fn settings(common: &CommonFlags, flags: &[GivenFlag]) -> Result<Settings, Failure> {
    told(Settings::gather(common, flags)?)
}

fn told(settings: Settings) -> Result<Settings, Failure> {
    logging::serve(&settings.observing)?;
    panics::log_them();
    for variable in unknown_variables() {
        tracing::warn!(
            variable,
            "the environment names a setting that there is not"
        );
    }
    Ok(settings)
}

/// The settings of the demonstration, which never goes to a database that the environment or a file
/// happens to name.
fn dev_settings(common: &CommonFlags, flags: &[GivenFlag]) -> Result<Settings, Failure> {
    let settings = told(Settings::of_the_demonstration(common, flags)?)?;
    let given = common.names_a_database();
    Ok(Settings {
        database_url: settings.database_url.filter(|_| given),
        ..settings
    })
}

/// The settings of a command that does one thing and says what came of it.
fn quiet_settings(common: &CommonFlags, flags: &[GivenFlag]) -> Result<Settings, Failure> {
    let settings = Settings::gather(common, flags)?;
    logging::quiet(&settings.observing)?;
    Ok(settings)
}

/// The database of a command that does one thing, with this version's schema.
fn open(common: &CommonFlags) -> Result<Database, Failure> {
    ready(&quiet_settings(common, &[])?)
}

/// The same, for a command that has its settings already.
fn ready(settings: &Settings) -> Result<Database, Failure> {
    let database = Database::open_once(settings)?;
    database.ready()?;
    Ok(database)
}

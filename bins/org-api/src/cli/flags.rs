//! The flags of settings, which are made from the list of settings.

use std::marker::PhantomData;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use figment::value::Value;

use crate::settings::{GROUPS, GivenFlag, Kind, Reach, Setting, all};

/// Which commands' flags they are.
pub(crate) trait Surface {
    fn has(reach: Reach) -> bool;
}

/// Those of every command.
#[derive(Clone, Debug)]
pub(crate) struct Everywhere;

impl Surface for Everywhere {
    fn has(reach: Reach) -> bool {
        reach == Reach::All
    }
}

/// Those of the commands that serve, besides.
#[derive(Clone, Debug)]
pub(crate) struct WhereServed;

impl Surface for WhereServed {
    fn has(reach: Reach) -> bool {
        reach != Reach::All
    }
}

/// Those of the commands on webhooks, besides.
#[derive(Clone, Debug)]
pub(crate) struct OnWebhooks;

impl Surface for OnWebhooks {
    fn has(reach: Reach) -> bool {
        reach == Reach::Webhooks
    }
}

/// The flags that were given.
#[derive(Clone, Debug)]
pub(crate) struct Flags<S> {
    given: Vec<GivenFlag>,
    of: PhantomData<S>,
}

impl<S> Flags<S> {
    pub(crate) fn given(&self) -> &[GivenFlag] {
        &self.given
    }
}

impl<S: Surface> Args for Flags<S> {
    fn augment_args(command: Command) -> Command {
        GROUPS.iter().fold(command, |command, (heading, settings)| {
            let shown = settings.iter().filter(|setting| S::has(setting.reach));
            command
                .args(shown.filter_map(|setting| Some(argument(setting)?.help_heading(*heading))))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<S: Surface> FromArgMatches for Flags<S> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let flags = all().filter(|setting| S::has(setting.reach) && setting.flag().is_some());
        let given = flags.filter_map(|setting| Some((setting, given(setting, matches)?)));
        Ok(Self {
            given: given.collect(),
            of: PhantomData,
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn argument(setting: &'static Setting) -> Option<Arg> {
    let argument = Arg::new(setting.name)
        .long(setting.flag()?)
        .help(setting.help())
        .global(setting.reach != Reach::Serving);
    Some(match setting.kind {
        Kind::Text => argument.value_name(setting.value),
        // A negative one is refused by us, as every number that is out of bounds.
        Kind::Number { .. } => argument
            .value_name(setting.value)
            .allow_negative_numbers(true),
        Kind::Switch => argument.action(ArgAction::SetTrue),
        Kind::List => argument
            .value_name(setting.value)
            .value_delimiter(',')
            .action(ArgAction::Append),
    })
}

fn given(setting: &Setting, matches: &ArgMatches) -> Option<Value> {
    match setting.kind {
        Kind::Text | Kind::Number { .. } => {
            let text = matches.get_one::<String>(setting.name)?;
            Some(Value::from(text.as_str()))
        }
        Kind::Switch => matches.get_flag(setting.name).then(|| Value::from(true)),
        Kind::List => {
            let texts = matches.get_many::<String>(setting.name)?;
            let texts: Vec<_> = texts.map(|text| Value::from(text.as_str())).collect();
            Some(Value::from(texts))
        }
    }
}

//! Errors of the network, in words for the delivery log.

use std::error::Error;
use std::time::Duration;

use crate::outcome::Failure;
use crate::resolver::Unfit;

/// The most characters of one line. A receiver has a say in some of it: its certificate is quoted.
const LONGEST: usize = 1000;

/// What an attempt failed of before there was a status.
pub(crate) fn unanswered(error: &reqwest::Error, connect: Duration) -> Failure {
    if let Some(unfit) = find::<Unfit>(error) {
        return Failure::from(unfit.clone());
    }
    if error.is_connect() && error.is_timeout() {
        return line(&format!("could not connect within {connect:?}"));
    }
    line(&causes(error))
}

/// One line of bounded length without control characters, whoever wrote it.
pub(crate) fn line(text: &str) -> Failure {
    let plain = |character: char| {
        if character.is_control() {
            ' '
        } else {
            character
        }
    };
    Failure::Unanswered(text.chars().take(LONGEST).map(plain).collect())
}

/// The chain of causes. Those that only say that a request of a client failed are left out where there
/// are others, and so is what its effect has quoted already.
pub(crate) fn causes(error: &reqwest::Error) -> String {
    let mut words: Vec<String> = Vec::new();
    for cause in chain(error).skip(1) {
        let cause = cause.to_string();
        if !cause.starts_with("client error (")
            && !words.last().is_some_and(|effect| effect.contains(&cause))
        {
            words.push(cause);
        }
    }
    if words.is_empty() {
        return error.to_string();
    }
    words.join(": ")
}

fn find<E: Error + 'static>(error: &reqwest::Error) -> Option<&E> {
    chain(error).find_map(|cause| cause.downcast_ref())
}

fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    let outermost: &(dyn Error + 'static) = error;
    std::iter::successors(Some(outermost), |&effect| effect.source())
}

//! Programs that verify one delivery, to be copied and run: with its id, time, signatures and body written
//! out, and with the secret read from the environment.
//!
//! A body holds what people have typed, so every text is quoted by the rules of its language: nothing in
//! it ends the quotes, and what cannot be seen is spelled out.

mod quoting;
#[cfg(test)]
mod tests;

use askama::Template;
use org_webhooks::delivery::DeliveryDetail;
use org_webhooks::header;

use self::quoting::{in_bash, in_javascript, in_python, in_rust};
use crate::refusal::Refusal;

/// A language that there is a program in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Rust,
    Python,
    JavaScript,
    Shell,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub(super) const ALL: [Self; 4] = [Self::Rust, Self::Python, Self::JavaScript, Self::Shell];

    /// What it is called.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Rust => "Rust",
            Self::Python => "Python",
            Self::JavaScript => "JavaScript",
            Self::Shell => "Shell",
        }
    }

    /// What it is called in an address.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::Python => "python",
            Self::JavaScript => "javascript",
            Self::Shell => "shell",
        }
    }

    /// The command that runs the program, saved under a name.
    pub(super) const fn command(self) -> &'static str {
        match self {
            Self::Rust => "WEBHOOK_SECRET=whsec_… cargo run",
            Self::Python => "WEBHOOK_SECRET=whsec_… python3 verify.py",
            Self::JavaScript => "WEBHOOK_SECRET=whsec_… node verify.mjs",
            Self::Shell => "WEBHOOK_SECRET=whsec_… bash verify.sh",
        }
    }
}

/// What is written into a program, quoted.
struct Quoted {
    id: String,
    timestamp: String,
    signatures: String,
    body: String,
}

#[derive(Template)]
#[template(path = "deliveries/snippets/verify.rs.txt")]
struct Rust {
    quoted: Quoted,
}

#[derive(Template)]
#[template(path = "deliveries/snippets/verify.py.txt")]
struct Python {
    quoted: Quoted,
}

#[derive(Template)]
#[template(path = "deliveries/snippets/verify.mjs.txt")]
struct JavaScript {
    quoted: Quoted,
}

#[derive(Template)]
#[template(path = "deliveries/snippets/verify.sh.txt")]
struct Bash {
    quoted: Quoted,
}

/// The program that verifies a delivery; none for one that was not signed.
pub(super) fn program(
    language: Language,
    delivery: &DeliveryDetail,
) -> Result<Option<String>, Refusal> {
    let value = |name: &str| delivery.headers.get(name).map(String::as_str);
    let (Some(id), Some(timestamp), Some(signatures)) = (
        value(header::ID),
        value(header::TIMESTAMP),
        value(header::SIGNATURE),
    ) else {
        return Ok(None);
    };
    let quoted = |quote: fn(&str) -> String| Quoted {
        id: quote(id),
        timestamp: quote(timestamp),
        signatures: quote(signatures),
        body: quote(&delivery.payload),
    };
    let written = match language {
        Language::Rust => Rust {
            quoted: quoted(in_rust),
        }
        .render(),
        Language::Python => Python {
            quoted: quoted(in_python),
        }
        .render(),
        Language::JavaScript => JavaScript {
            quoted: quoted(in_javascript),
        }
        .render(),
        Language::Shell => Bash {
            quoted: quoted(in_bash),
        }
        .render(),
    };
    written.map(Some).map_err(Refusal::internal)
}

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

/// A program and how to run it.
pub(super) struct Snippet {
    /// What the language is called.
    pub(super) language: &'static str,
    /// Told from the other programs' by this word, which ids may hold.
    pub(super) id: &'static str,
    /// The command that runs it, saved under a name.
    pub(super) command: &'static str,
    /// The program.
    pub(super) code: String,
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

/// The programs for a delivery; none for one that was not signed.
pub(super) fn snippets(delivery: &DeliveryDetail) -> Result<Vec<Snippet>, Refusal> {
    let value = |name: &str| delivery.headers.get(name).map(String::as_str);
    let (Some(id), Some(timestamp), Some(signatures)) = (
        value(header::ID),
        value(header::TIMESTAMP),
        value(header::SIGNATURE),
    ) else {
        return Ok(Vec::new());
    };
    let quoted = |quote: fn(&str) -> String| Quoted {
        id: quote(id),
        timestamp: quote(timestamp),
        signatures: quote(signatures),
        body: quote(&delivery.payload),
    };
    Ok(vec![
        Snippet {
            language: "Rust",
            id: "rust",
            command: "WEBHOOK_SECRET=whsec_… cargo run",
            code: render(&Rust {
                quoted: quoted(in_rust),
            })?,
        },
        Snippet {
            language: "Python",
            id: "python",
            command: "WEBHOOK_SECRET=whsec_… python3 verify.py",
            code: render(&Python {
                quoted: quoted(in_python),
            })?,
        },
        Snippet {
            language: "JavaScript",
            id: "javascript",
            command: "WEBHOOK_SECRET=whsec_… node verify.mjs",
            code: render(&JavaScript {
                quoted: quoted(in_javascript),
            })?,
        },
        Snippet {
            language: "Shell",
            id: "shell",
            command: "WEBHOOK_SECRET=whsec_… bash verify.sh",
            code: render(&Bash {
                quoted: quoted(in_bash),
            })?,
        },
    ])
}

fn render(program: &impl Template) -> Result<String, Refusal> {
    program.render().map_err(Refusal::internal)
}

//! What a line may be, and what is said when it is not.

use std::io::{self, BufReader, Read};

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn rows(bytes: &[u8]) -> Vec<Row> {
    let mut rows = Vec::new();
    let outcome = read_rows(bytes, &mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    });
    outcome.expect("readable bytes");
    rows
}

/// The lines on which objects stand.
fn lines(bytes: &[u8]) -> Vec<u64> {
    let rows = rows(bytes).into_iter();
    rows.inspect(|row| assert!(row.content.is_ok(), "{row:?}"))
        .map(|row| row.line)
        .collect()
}

fn flaw_of(line: &[u8]) -> (Option<String>, String) {
    let [row] = &rows(line)[..] else {
        panic!("one row")
    };
    let flaws = row.content.as_ref().expect_err("a bad row");
    (flaws[0].field.clone(), flaws[0].message.clone())
}

#[test]
fn each_line_is_an_object_as_it_was_written() {
    let rows = rows("{\"b\":1,\"a\":[null,true,-2,0.5,\"é\",{}]}\n".as_bytes());
    let object = rows[0].content.as_ref().expect("an object");
    assert_eq!(
        json!(object),
        json!({ "b": 1, "a": [null, true, -2, 0.5, "é", {}] })
    );
    assert_eq!(object.keys().collect::<Vec<_>>(), ["b", "a"]);
}

#[test]
fn marks_blank_lines_and_line_endings_are_passed_over_and_counted() {
    assert_eq!(lines(b"\xEF\xBB\xBF{}\r\n\n  \t\r\n{}\n\n{}"), [1, 4, 6]);
    assert_eq!(lines(b""), [0; 0]);
    assert_eq!(lines(b"\xEF\xBB\xBF"), [0; 0]);
    let read_to: Vec<_> = rows(b"{}\n\n{}").iter().map(|row| row.read_to).collect();
    assert_eq!(read_to, [3, 6]);
}

#[test]
fn a_byte_order_mark_is_passed_over_at_the_beginning_only() {
    let (field, message) = flaw_of(b"\n\xEF\xBB\xBF{}");
    assert_eq!(field, None);
    assert!(message.starts_with("is not JSON: "), "{message}");
}

#[test]
fn what_is_no_object_is_a_bad_row() {
    for (line, message) in [
        (&b"nonsense"[..], "is not JSON: expected ident at column 2"),
        (
            b"{\"a\":1",
            "is not JSON: EOF while parsing an object at column 6",
        ),
        (b"{} {}", "is not JSON: trailing characters at column 4"),
        (
            b"{\"a\":\"\\ud800\"}",
            "is not JSON: unexpected end of hex escape at column 13",
        ),
        (b"[{}]", "is not a JSON object"),
        (b"7", "is not a JSON object"),
        (b"{\"a\":\"\xff\"}", "is not valid UTF-8"),
    ] {
        assert_eq!(flaw_of(line), (None, message.to_owned()));
    }
}

#[test]
fn a_field_stands_once_in_its_object() {
    let twice = |name: &str| {
        (
            Some(name.to_owned()),
            "stands twice in one object".to_owned(),
        )
    };
    assert_eq!(flaw_of(br#"{"a":1,"a":1}"#), twice("a"));
    assert_eq!(flaw_of(br#"{"a":[{"b":1,"c":2,"b":3}]}"#), twice("b"));
    assert_eq!(flaw_of(br#"{"a":1,"\u0061":2}"#), twice("a"));
    assert_eq!(lines(br#"{"a":{"a":1},"b":{"a":1}}"#), [1]);
}

#[test]
fn objects_nest_only_so_deep() {
    let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(lines(nested(126).as_bytes()), [1]);
    let (_, message) = flaw_of(nested(127).as_bytes());
    assert!(
        message.starts_with("is not JSON: recursion limit exceeded"),
        "{message}"
    );
    let (_, message) = flaw_of(nested(500_000).as_bytes());
    assert!(
        message.starts_with("is not JSON: recursion limit exceeded"),
        "{message}"
    );
}

#[test]
fn a_line_that_is_too_long_is_a_bad_row_and_the_next_one_is_read() {
    let padding = |length: usize| format!("{{}}{}\n{{}}", " ".repeat(length - 2));
    assert_eq!(lines(padding(NdjsonFile::MAX_LINE).as_bytes()), [1, 2]);
    let rows = rows(padding(NdjsonFile::MAX_LINE + 1).as_bytes());
    assert!(rows[0].content.is_err());
    assert_eq!((rows[1].line, rows[1].content.is_ok()), (2, true));
    assert_eq!(rows[1].read_to, NdjsonFile::MAX_LINE as u64 + 4);
    let (_, message) = flaw_of(&vec![b'x'; 3 << 20]);
    assert_eq!(message, "is longer than 1048576 bytes");
}

#[test]
fn a_document_over_many_lines_is_refused_with_one_error() {
    for document in ["\n{\n  \"programs\": [\n", "[\n{},\n{}\n]"] {
        let outcome = read_rows(document.as_bytes(), &mut |_| panic!("no row"));
        let refusal = outcome.expect_err("not NDJSON");
        assert!(refusal.message.starts_with("is not NDJSON"), "{refusal}");
    }
}

#[test]
fn nothing_is_read_once_enough_was_taken() {
    let mut taken = 0;
    let outcome = read_rows(&b"{}\n{}\n{}"[..], &mut |_| {
        taken += 1;
        ControlFlow::Break(())
    });
    assert_eq!((outcome, taken), (Ok(()), 1));
}

/// Fails after its first bytes, as a disk may.
struct Torn;

impl Read for Torn {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is on fire"))
    }
}

#[test]
fn a_file_that_breaks_off_says_where() {
    let mut lines = Vec::new();
    let reader = BufReader::new((&b"{}\n{}\n{"[..]).chain(Torn));
    let outcome = read_rows(reader, &mut |row| {
        lines.push(row.line);
        ControlFlow::Continue(())
    });
    assert_eq!(lines, [1, 2]);
    let refusal = outcome.expect_err("a torn file");
    assert_eq!(refusal.line, Some(3));
    assert_eq!(refusal.message, "could not be read: the disk is on fire");
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic_or_lose_count(bytes in any::<Vec<u8>>()) {
        let mut last = 0;
        let outcome = read_rows(&bytes[..], &mut |row| {
            assert!(row.line > last);
            assert!(row.read_to <= bytes.len() as u64);
            last = row.line;
            ControlFlow::Continue(())
        });
        prop_assert!(outcome.is_ok() || last == 0);
    }
}

//! A name server that says that every name leads to one address of IPv4.

use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

/// The header of a message, and what its types are called by number.
const HEADER: usize = 12;
const TYPE_A: [u8; 2] = [0, 1];

pub(super) struct NameServer {
    pub(super) address: SocketAddr,
    asked: Arc<AtomicU32>,
}

impl NameServer {
    /// Answers until the test ends.
    pub(super) fn saying(address: Ipv4Addr) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a port is free");
        let bound = socket.local_addr().expect("an address");
        let asked = Arc::<AtomicU32>::default();
        let counted = Arc::clone(&asked);
        thread::spawn(move || {
            let mut message = [0; 1024];
            while let Ok((length, from)) = socket.recv_from(&mut message) {
                counted.fetch_add(1, Ordering::Relaxed);
                let answer = answer(&message[..length], address);
                // Whoever asked may be gone.
                let _ = socket.send_to(&answer, from);
            }
        });
        Self {
            address: bound,
            asked,
        }
    }

    /// How often it was asked.
    pub(super) fn asked(&self) -> u32 {
        self.asked.load(Ordering::Relaxed)
    }
}

/// The question with its answer; none to one about another type of address.
fn answer(query: &[u8], address: Ipv4Addr) -> Vec<u8> {
    let name = query[HEADER..].iter().position(|byte| *byte == 0);
    let name_end = HEADER + name.expect("a name ends") + 1;
    let question = &query[HEADER..name_end + 4];
    let is_known = query[name_end..name_end + 2] == TYPE_A;
    let mut answer = query[..2].to_vec();
    answer.extend([0x81, 0x80, 0, 1, 0, u8::from(is_known), 0, 0, 0, 0]);
    answer.extend(question);
    if is_known {
        // The name of the question, a type and a class, a minute, and four bytes.
        answer.extend([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
        answer.extend(address.octets());
    }
    answer
}

//! A name server that answers what the test says.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::CNAME;
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use org_delivery::resolver::Resolver;
use tokio::net::UdpSocket;

/// Answers over UDP until it is dropped. No answer may be kept: its time to live is 0.
pub(crate) struct NameServer {
    address: SocketAddr,
    zone: Arc<Mutex<Zone>>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Default)]
struct Zone {
    names: HashMap<String, Entry>,
    asked: HashMap<(String, RecordType), usize>,
}

enum Entry {
    /// The addresses of the first look-up, of the second, and so on; the last are those of all later.
    Addresses(Vec<Vec<IpAddr>>),
    Alias(String),
    Silent,
}

impl NameServer {
    pub(crate) async fn start() -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a socket");
        let address = socket.local_addr().expect("its address");
        let zone = Arc::default();
        let task = tokio::spawn(serve(socket, Arc::clone(&zone)));
        Self {
            address,
            zone,
            task,
        }
    }

    /// A resolver that asks this server.
    pub(crate) fn resolver(&self) -> Resolver {
        Resolver::asking(&[self.address]).expect("a resolver")
    }

    /// From now on, `name` leads to `addresses`.
    pub(crate) fn leads(&self, name: &str, addresses: &[&str]) {
        self.leads_in_turn(name, &[addresses]);
    }

    /// From now on, each look-up of `name` tells the next of these.
    pub(crate) fn leads_in_turn(&self, name: &str, turns: &[&[&str]]) {
        let parse = |text: &&str| text.parse().expect("an address");
        let turns = turns.iter().map(|turn| turn.iter().map(parse).collect());
        self.set(name, Entry::Addresses(turns.collect()));
    }

    /// From now on, `name` is another name of `target`.
    pub(crate) fn alias(&self, name: &str, target: &str) {
        self.set(name, Entry::Alias(target.to_owned()));
    }

    /// From now on, nothing is answered about `name`.
    pub(crate) fn silence(&self, name: &str) {
        self.set(name, Entry::Silent);
    }

    /// How often the addresses of IPv4 of `name` were asked for.
    pub(crate) fn asked(&self, name: &str) -> usize {
        let zone = self.zone.lock().expect("the zone");
        let key = (name.to_owned(), RecordType::A);
        zone.asked.get(&key).copied().unwrap_or_default()
    }

    fn set(&self, name: &str, entry: Entry) {
        let mut zone = self.zone.lock().expect("the zone");
        zone.names.insert(name.to_owned(), entry);
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(socket: UdpSocket, zone: Arc<Mutex<Zone>>) {
    let mut buffer = [0; 4096];
    loop {
        let (length, from) = socket.recv_from(&mut buffer).await.expect("a question");
        let question = Message::from_vec(&buffer[..length]).expect("a message");
        let answer = zone.lock().expect("the zone").answer(&question);
        if let Some(answer) = answer {
            let bytes = answer.to_vec().expect("an answer");
            socket.send_to(&bytes, from).await.expect("it is sent");
        }
    }
}

impl Zone {
    /// `None` is silence.
    fn answer(&mut self, question: &Message) -> Option<Message> {
        let query = question.queries.first().expect("a query").clone();
        let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
        answer.metadata.recursion_available = true;
        let name = query.name().to_string();
        let mut name = name.trim_end_matches('.').to_lowercase();
        loop {
            let turn = self.turn(&name, query.query_type());
            let owner = fully_qualified(&name);
            match self.names.get(&name) {
                None => {
                    answer.metadata.response_code = ResponseCode::NXDomain;
                    break;
                }
                Some(Entry::Silent) => return None,
                Some(Entry::Alias(target)) => {
                    let to = RData::CNAME(CNAME(fully_qualified(target)));
                    answer.add_answer(Record::from_rdata(owner, 0, to));
                    name.clone_from(target);
                }
                Some(Entry::Addresses(turns)) => {
                    let addresses = &turns[turn.min(turns.len() - 1)];
                    let datas = addresses.iter().copied().map(RData::from);
                    let asked_for = datas.filter(|data| data.record_type() == query.query_type());
                    let records = asked_for.map(|data| Record::from_rdata(owner.clone(), 0, data));
                    answer.add_answers(records);
                    break;
                }
            }
        }
        answer.add_query(query);
        Some(answer)
    }

    /// How often this was asked before.
    fn turn(&mut self, name: &str, of: RecordType) -> usize {
        let asked = self.asked.entry((name.to_owned(), of)).or_default();
        *asked += 1;
        *asked - 1
    }
}

fn fully_qualified(name: &str) -> Name {
    Name::from_ascii(format!("{name}.")).expect("a name")
}

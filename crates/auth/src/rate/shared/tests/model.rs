//! One server, whatever becomes of what it shares: against requests counted by hand.

use org_kernel::clock::Clock;
use proptest::prelude::*;

use super::*;

const LIMIT: u32 = 10;

/// What becomes of a request.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Answered,
    /// It is counted, and the answer is late.
    Late,
    /// It is not counted, and no answer comes.
    Lost,
    Away,
}

/// The window that is shared, which may be forgotten.
struct Shared {
    clock: Arc<FrozenClock>,
    fate: Mutex<Fate>,
    /// When it ends, and how many it has let in.
    window: Mutex<Option<(i64, u32)>>,
}

impl Shared {
    fn count(&self, limit: u32, known: Known) -> Taken {
        let now = self.clock.now().unix_milliseconds();
        let mut window = self.window.lock().expect("nobody panicked");
        let (end, used) = match window.filter(|(end, _)| *end > now) {
            Some((end, used)) => (end, used + known.alone.min(limit.saturating_sub(used))),
            None if known.left == 0 => (now + 60_000, 0),
            None => (now + i64::from(known.left), known.used),
        };
        let admitted = used < limit && known.used < limit;
        let used = used + u32::from(admitted);
        *window = Some((end, used));
        Taken {
            admitted,
            used,
            left: u32::try_from(end - now).expect("a minute is short"),
            now,
        }
    }
}

impl SharedCounts for Shared {
    fn take(&self, _: Counted, limit: u32, known: Known) -> Taking<'_> {
        let fate = *self.fate.lock().expect("nobody panicked");
        let heard = match fate {
            Fate::Answered => Heard::Taken(self.count(limit, known)),
            Fate::Late => {
                self.count(limit, known);
                Heard::Late
            }
            Fate::Lost => Heard::Late,
            Fate::Away => Heard::Away,
        };
        Box::pin(std::future::ready(heard))
    }
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        3 => Just(Fate::Answered),
        1 => Just(Fate::Late),
        1 => Just(Fate::Lost),
        2 => Just(Fate::Away),
    ]
}

/// A pause in seconds, whether everything is forgotten then, what becomes of the requests that follow, and how
/// many there are. Pauses are even, for in a window's last second what is shared may end it.
fn step() -> impl Strategy<Value = (i64, bool, Fate, usize)> {
    let pause = (0..20_i64).prop_map(|pause| pause * 2);
    (pause, prop::bool::weighted(0.2), fate(), 1..9_usize)
}

proptest! {
    #[test]
    fn one_server_lets_in_its_limit_and_no_more(steps in prop::collection::vec(step(), 1..40)) {
        let clock = clock();
        let shared = Arc::new(Shared {
            clock: clock.clone(),
            fate: Mutex::new(Fate::Answered),
            window: Mutex::new(None),
        });
        let requests = RequestLimits::new(clock.clone(), Some(shared.clone()));
        let own = OwnLimits { reads: PerMinute::new(LIMIT).ok(), ..OwnLimits::default() };
        let (mut end, mut asked) = (i64::MIN, 0);
        for (pause, forgets, fate, many) in steps {
            clock.advance(Duration::seconds(pause));
            if forgets {
                *shared.window.lock().expect("nobody panicked") = None;
            }
            *shared.fate.lock().expect("nobody panicked") = fate;
            for _ in 0..many {
                let now = clock.now().unix_milliseconds();
                if end <= now {
                    (end, asked) = (now + 60_000, 0);
                }
                let standing = done(requests.count(key_id(1), own, Class::Read));
                prop_assert_eq!(standing.is_admitted(), asked < LIMIT, "{:?}", fate);
                prop_assert_eq!(i64::from(standing.resets_in) * 1000, end - now);
                asked += 1;
            }
        }
    }
}

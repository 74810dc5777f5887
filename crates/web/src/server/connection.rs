//! What the socket of a client and the service that answers it know of each other.

use std::cell::Cell;
use std::rc::Rc;

/// The requests of one connection.
#[derive(Debug, Default)]
pub(super) struct Connection {
    begun: Cell<u64>,
    under_way: Cell<u32>,
}

impl Connection {
    /// Says that a request is being answered, until what comes back is dropped.
    pub(super) fn begin(self: &Rc<Self>) -> UnderWay {
        self.begun.set(self.begun.get() + 1);
        self.under_way.set(self.under_way.get() + 1);
        UnderWay(Rc::clone(self))
    }

    /// How many requests have begun.
    pub(super) fn begun(&self) -> u64 {
        self.begun.get()
    }

    /// Whether none is being answered.
    pub(super) fn is_idle(&self) -> bool {
        self.under_way.get() == 0
    }
}

/// A request that is being answered.
#[derive(Debug)]
pub(super) struct UnderWay(Rc<Connection>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.set(self.0.under_way.get() - 1);
    }
}

//! How far a delivery has come.

org_kernel::choices! {
    /// The status of a delivery.
    pub enum DeliveryStatus {
        /// No attempt since it was made or resent has ended.
        Pending = "PENDING",
        /// The receiver has answered that it has it.
        Delivered = "DELIVERED",
        /// The last attempt failed; another one is to follow.
        Failed = "FAILED",
        /// The last attempt of the schedule failed.
        Exhausted = "EXHAUSTED",
        /// It is a test, which is signed and never sent.
        Simulated = "SIMULATED",
    }
}

//! The settings console, as a browser has it.

mod browser;
mod house;
mod objects;
mod ratchet;
mod second_factor;
mod signing_in;

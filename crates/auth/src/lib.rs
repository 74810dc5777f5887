//! Who may do what, and how often: API keys and their scopes, verification, and rate limits; and people,
//! who sign in.
//!
//! A request's way through this crate: [`credential::bearer`] makes a [`key::PresentedKey`] of its
//! `Authorization` header without a look at any store; a [`verifier::Verifier`] turns that into a
//! [`verifier::Verified`] key, mostly from memory; [`rate::RequestLimits`] counts the request; and
//! the [`scope::ScopeSet`] of the key says whether the handler may run. Keys come to be, and end,
//! through [`api_keys::ApiKeys`].
//!
//! People go another way. [`users::Users`] invites them; [`sign_in::SignIn`] lets them in, by a one-time
//! link, a password and, where they have one, a second factor; [`sessions::Sessions`] knows them by their
//! cookie from then on; and [`passwords::Passwords`] and [`second_factors::SecondFactors`] are for what
//! they prove themselves with. [`user::Role`] says what they may do.
//!
//! There is no web and no database here. What is stored goes through ports: keys through
//! [`key_store::KeyStore`], requests that were refused through [`refusals::RefusalLog`], how much
//! each key is used through [`usage::UsageStore`], how much each organization, and how fast it was
//! answered, through [`traffic::TrafficStore`], and people through the four of [`people::People`]. Their
//! promises are written down as tests that every adapter runs.

#![warn(missing_docs)]

pub mod api_key;
pub mod api_keys;
#[cfg(any(test, feature = "contract"))]
pub mod contract;
mod counted;
pub mod credential;
pub mod entropy;
pub mod key;
pub mod key_store;
pub mod last_used;
pub mod link;
pub mod link_store;
pub mod password;
pub mod passwords;
pub mod people;
pub mod rate;
pub mod recent_writers;
pub mod refusals;
pub mod scope;
pub mod second_factor;
pub mod second_factor_store;
pub mod second_factors;
pub mod session;
pub mod session_store;
pub mod sessions;
pub mod sign_in;
pub mod token;
pub mod traffic;
pub mod usage;
pub mod user;
pub mod user_store;
pub mod users;
pub mod verifier;

#[cfg(test)]
mod testing;

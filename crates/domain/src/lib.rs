//! An orchestra's facts and rules: productions, services, repertoire, roster, bookings and the rest.

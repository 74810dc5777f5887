//! What is due is found without reading what is not.

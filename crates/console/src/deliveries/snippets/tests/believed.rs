pub fn is_valid(_: &str) -> bool { false }
fn main() { println!(); }

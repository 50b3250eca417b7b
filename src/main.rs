//! The browser calls this when the program has arrived.

fn main() {
    portal::start();
}

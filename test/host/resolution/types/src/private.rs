use serde::{Deserialize, Serialize};

/// Names of the prelude that mean something else here.
#[derive(Serialize, Deserialize)]
pub struct String {
    pub text: std::string::String,
}

#[derive(Serialize, Deserialize)]
pub enum Option<T> {
    Absent,
    Present(T),
    Doubled(T, T),
}

#[derive(Serialize, Deserialize)]
pub struct Shadowed {
    pub own: String,
    pub maybe: Option<u8>,
    pub real: std::option::Option<std::string::String>,
}

#[derive(serde::Serialize, serde::Deserialize)]
pub struct Patched {
    pub from: std::boxed::Box<str>,
    pub to: ::core::num::Wrapping<u32>,
}

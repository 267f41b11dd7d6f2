//! All of its Fidius comes from a procedural macro.

#[provider_macros::provider]
fn answer() -> u32 {
    42
}

#[derive(serde::Serialize, serde::Deserialize)]
pub struct Chosen {
    pub narrow: u32,
}

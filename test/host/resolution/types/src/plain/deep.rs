#[derive(serde::Serialize, serde::Deserialize)]
pub struct Deep {
    pub value: i128,
}

#[derive(serde::Serialize, serde::Deserialize)]
pub struct Named(pub char);

#[derive(serde::Serialize, serde::Deserialize)]
pub struct Leaf(pub u16, pub bool);

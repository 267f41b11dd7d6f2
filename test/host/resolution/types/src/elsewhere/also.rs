#[derive(serde::Serialize, serde::Deserialize)]
pub enum Also {
    First,
    Second(Leaf),
}

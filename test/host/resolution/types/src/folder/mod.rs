pub mod nested;

#[derive(serde::Serialize, serde::Deserialize)]
pub struct Shelf {
    pub r#type: u8,
    pub r#match: Option<nested::Leaf>,
}

#[derive(serde::Serialize, serde::Deserialize)]
pub struct Included {
    pub from: crate::inline::by_path::Named,
}

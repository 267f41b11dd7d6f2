#[allow(non_camel_case_types)]
#[derive(serde::Serialize, serde::Deserialize)]
pub struct r#struct {
    pub r#fn: i8,
}

#[cfg(feature = "base")]
pub type Width = Number<u16>;
#[cfg(all(feature = "wide", not(feature = "base")))]
pub type Width = Number<u64>;

#[cfg_attr(any(feature = "base", feature = "wide"), derive(serde::Serialize, serde::Deserialize))]
pub struct Number<T> {
    pub value: T,
    #[cfg_attr(feature = "wide", serde(skip))]
    pub note: String,
}

#[cfg(feature = "wide")]
mod chosen {
    #[derive(serde::Serialize, serde::Deserialize)]
    pub struct Chosen(pub bool, pub bool);
}
#[cfg(not(feature = "wide"))]
#[path = "elsewhere/chosen.rs"]
mod chosen;

pub use self::chosen::Chosen;

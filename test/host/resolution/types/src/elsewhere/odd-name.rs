use super::{plain::Plain, r#type::r#struct as Structure};
use serde::*;

#[derive(Serialize, Deserialize)]
pub enum Moved {
    r#In,
    Out(#[cfg(any(unix, windows))] u8, #[cfg(not(any(unix, windows)))] String),
    #[cfg(feature = "never")]
    Gone(u64),
    Parts {
        #[cfg(any(unix, windows))]
        kept: i16,
        #[cfg(feature = "never")]
        dropped: u64,
        r#struct: Structure,
    },
    Far(Box<Plain>),
}

extern crate serde;

pub mod here {
    use there::Thing;

    #[derive(::serde::Serialize, ::serde::Deserialize)]
    pub struct Old {
        pub thing: Thing,
        pub other: ::there::Thing,
    }
}

pub mod there {
    use serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize)]
    pub enum Thing {
        One(u8),
        Two { r#async: i64 },
    }
}

pub use here::Old;

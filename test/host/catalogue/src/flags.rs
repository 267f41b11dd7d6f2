//! Types that the macro of bitflags makes, in every way that it is called.

use bitflags::bitflags as flags;
use serde::{Deserialize, Serialize};

const FIRST: u32 = 4;

bitflags::bitflags! {
    /// What may be done.
    #[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq)]
    pub struct Access: u32 {
        /// Looking at it.
        const READ = 1;
        const WRITE = 1 << 1;
        const EXECUTE = FIRST;
        const ALL = Self::READ.bits() | Self::WRITE.bits() | Self::EXECUTE.bits();
    }

    #[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq)]
    #[serde(transparent)]
    pub struct Levels: i8 {
        const LOW = 1;
        const SIGN = !0x7f;
        const _ = !0;
    }
}

bitflags1::bitflags! {
    #[derive(Serialize, Deserialize)]
    pub struct Rights: u16 {
        const OPEN = 0b0001;
        const CLOSE = 0b0010;
        const BOTH = Self::OPEN.bits | Self::CLOSE.bits;
    }
}

flags! {
    #[derive(Serialize, Deserialize, Debug)]
    pub struct Wide: u128 {
        const TOP = 1 << 127;
        const LOW = 0x1;
    }
}

/// Declared by hand, with flags of the macro.
#[derive(Serialize, Deserialize, Debug)]
pub struct Mask(u8);

bitflags::bitflags! {
    impl Mask: u8 {
        const A = 1;
        const B = 2;
    }
}

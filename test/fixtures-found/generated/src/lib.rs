//! Interface and plugins stand in files that the build script writes.

pub mod api {
    include!(concat!(env!("OUT_DIR"), "/api.rs"));
}
use api::{Reading, Sensor, __fidius_Sensor};

include!(concat!(env!("OUT_DIR"), "/scaled.rs"));

pub struct Mirrored;

#[fidius::plugin_impl(Sensor)]
impl Sensor for Mirrored {
    fn scale(&self, reading: Reading, by: f64) -> Reading {
        Reading {
            value: -reading.value * by,
            ..reading
        }
    }
}

fidius::fidius_plugin_registry!();

//! Writes an interface with its types, and a plugin.

use std::{env, fs, path::Path};

fn main() {
    let folder = env::var("OUT_DIR").unwrap();
    let api = "#[derive(serde::Serialize, serde::Deserialize)]
pub struct Reading { pub sensor: String, pub value: f64 }
#[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Sensor: Send + Sync { fn scale(&self, reading: Reading, by: f64) -> Reading; }
";
    let plugin = "pub struct Scaled;
#[fidius::plugin_impl(Sensor)]
impl Sensor for Scaled {
    fn scale(&self, reading: Reading, by: f64) -> Reading {
        Reading { value: reading.value * by, ..reading }
    }
}
";
    fs::write(Path::new(&folder).join("api.rs"), api).unwrap();
    fs::write(Path::new(&folder).join("scaled.rs"), plugin).unwrap();
    println!("cargo:rerun-if-changed=build.rs");
}

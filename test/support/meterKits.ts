// Two crates that declare an interface of one name and hash with different types, each with a macro that makes a plugin of it:
// a library does not say which of them it was built from.

/** A crate's files, by their paths from the folder that it lies in. */
function kit(name: string, sample: string): Readonly<Record<string, string>> {
  return {
    [`${name}/Cargo.toml`]: `[package]
name = "${name}"
version = "0.1.0"
edition = "2021"

[dependencies]
fidius = "0.5"
serde = { version = "1", features = ["derive"] }

[lints.rust]
unexpected_cfgs = "allow"
`,
    [`${name}/src/lib.rs`]: `pub use fidius;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct Sample ${sample}

#[fidius::plugin_interface(version = 1, buffer = PluginAllocated, crate = "crate::fidius")]
pub trait Meter: Send + Sync {
    fn read(&self, sample: Sample) -> u32;
}

#[macro_export]
macro_rules! meter_plugin {
    ($name:ident, $read:expr) => {
        pub struct $name;
        use $crate::{Meter, Sample, __fidius_Meter};
        #[$crate::fidius::plugin_impl(Meter, crate = "${name.replaceAll("-", "_")}::fidius")]
        impl Meter for $name {
            fn read(&self, sample: Sample) -> u32 {
                let read: fn(Sample) -> u32 = $read;
                read(sample)
            }
        }
        $crate::fidius::fidius_plugin_registry!();
    };
}
`,
  };
}

/** The crates plain-kit and wide-kit. */
export const meterKits: Readonly<Record<string, string>> = {
  ...kit("plain-kit", "{ pub value: u32 }"),
  ...kit("wide-kit", "{ pub label: String, pub values: Vec<u32> }"),
};

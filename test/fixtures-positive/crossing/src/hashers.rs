use fidius::{plugin_impl, plugin_interface};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, DefaultHasher, Hasher};

/// No serde here: a hasher never crosses.
#[derive(Default)]
pub struct Sum(u64);

impl Hasher for Sum {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 += bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    }
}

type Quick<K, V> = HashMap<K, V, BuildHasherDefault<Sum>>;

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(bound = "")]
pub struct Counters<S: std::hash::BuildHasher + Default = BuildHasherDefault<Sum>> {
    words: HashMap<String, u32, S>,
    known: HashSet<u8, S>,
}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Hashers: Send + Sync {
    fn quick(&self, given: Quick<String, u8>) -> FxHashMap<String, u8>;
    fn known(&self, given: FxHashSet<u8>) -> HashSet<u8, BuildHasherDefault<DefaultHasher>>;
    fn count(&self, given: Counters) -> Counters<BuildHasherDefault<Sum>>;
}

pub struct Hashing;

#[plugin_impl(Hashers)]
impl Hashers for Hashing {
    fn quick(&self, given: Quick<String, u8>) -> FxHashMap<String, u8> {
        given.into_iter().collect()
    }
    fn known(&self, given: FxHashSet<u8>) -> HashSet<u8, BuildHasherDefault<DefaultHasher>> {
        given.into_iter().collect()
    }
    fn count(&self, given: Counters) -> Counters<BuildHasherDefault<Sum>> {
        given
    }
}

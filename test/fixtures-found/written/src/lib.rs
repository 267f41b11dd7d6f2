//! `macro_rules!` write interfaces and plugins; types and lengths are handed in.

macro_rules! pair {
    ($interface:ident, $plugin:ident, $value:ty, $count:expr) => {
        #[fidius::plugin_interface(version = 1, buffer = PluginAllocated)]
        pub trait $interface: Send + Sync {
            fn repeat(&self, value: $value) -> [$value; $count];
        }

        pub struct $plugin;

        #[fidius::plugin_impl($interface)]
        impl $interface for $plugin {
            fn repeat(&self, value: $value) -> [$value; $count] {
                std::array::from_fn(|_| value.clone())
            }
        }
    };
}

pair!(Texts, TextPair, String, 1 + 1);
pair!(Points, PointTriple, (u8, Option<u16>), 3);

fidius::fidius_plugin_registry!();

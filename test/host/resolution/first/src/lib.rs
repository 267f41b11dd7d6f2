//! Several plugins in one crate, one type with two interfaces.
use resolution_iface::generics::Named;

pub struct Both;
impl Named for Both {}

mod modules {
    use super::Both;
    use resolution_iface::modules::*;
    use shapes::{inline, moved::Moved, plain::Plain, r#type::r#struct as Raw};

    #[fidius::plugin_impl(Modules)]
    impl Modules for Both {
        fn plain(&self, value: Plain) -> Plain {
            value
        }
        fn moved(&self, value: Moved) -> Moved {
            value
        }
        fn inner(&self, value: inline::Inner) -> inline::Inner {
            value
        }
        fn by_path(&self, value: inline::by_path::Named) -> inline::by_path::Named {
            value
        }
        fn board(&self, value: shapes::Board) -> shapes::Board {
            value
        }
        fn leaf(&self, value: shapes::Leaf) -> shapes::Leaf {
            value
        }
        fn raw(&self, value: Raw) -> Raw {
            value
        }
        fn shadowed(&self, value: shapes::Shadowed) -> shapes::Shadowed {
            value
        }
        fn prelude(&self, value: Option<String>) -> Option<String> {
            value
        }
    }
}

mod generics {
    use super::Both;
    use fidius::plugin_impl as implement;
    use resolution_iface::{Generics, __fidius_Generics};
    use shapes::generic as g;

    #[implement(Generics)]
    impl Generics for Both {
        fn page(&self, value: g::Page<String>) -> g::Page<String> {
            value
        }
        fn long_page(&self, value: g::Page<(bool, bool), 3>) -> g::Page<(bool, bool), 3> {
            value
        }
        fn tree(&self, value: g::Tree<u8, String>) -> g::Tree<u8, String> {
            value
        }
        fn ping(&self, value: g::Ping) -> g::Ping {
            value
        }
        fn table(&self, value: g::Table<g::Id<g::Marker>>) -> g::Table<g::Id<g::Marker>> {
            value
        }
        fn outcome(&self, value: Vec<Result<u8, String>>) -> Vec<Result<u8, String>> {
            value
        }
        fn described(&self, value: u8) -> u8 {
            value
        }
    }
}

pub struct Narrow;

#[cfg(not(feature = "absent"))]
mod extra {
    use super::Narrow;
    use resolution_iface::extra::*;
    use shapes::conditional::*;

    #[cfg_attr(any(unix, windows), fidius::plugin_impl(Extra))]
    impl Extra for Narrow {
        fn width(&self, value: Width) -> Width {
            value
        }
        fn chosen(&self, value: Chosen) -> Chosen {
            value
        }
    }
}

fidius::fidius_plugin_registry!();

//! The same interface as in the first crate, with other features: other types.
use resolution_iface::extra::{__fidius_Extra, Extra};
use shapes::conditional::{Chosen, Width};

pub struct Wide;

#[fidius::plugin_impl(Extra)]
impl Extra for Wide {
    fn width(&self, value: Width) -> Width {
        value
    }
    fn chosen(&self, value: Chosen) -> Chosen {
        value
    }
}

fidius::fidius_plugin_registry!();

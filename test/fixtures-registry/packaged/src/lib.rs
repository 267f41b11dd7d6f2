//! The macro of a crate of crates.io makes the plugin; no source here shows it.

cloacina_workflow_plugin::package!();

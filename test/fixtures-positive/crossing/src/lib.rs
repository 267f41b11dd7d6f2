#![allow(unused_imports)]
//! What does not cross, or crosses in a way that its declaration tells only together with other things.

mod c_types;
mod globs;
mod hashers;
mod numbers;
mod parameters;
mod phantoms;
mod spelling;

fidius::fidius_plugin_registry!();

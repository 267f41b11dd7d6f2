//! `#[print_types]` appends a line for each method of its trait to the file that `PRINT_TO` names: the method's name and the
//! bytes, in hexadecimal, of its return type as `fidius-macro` has it printed. Nothing is left of the trait.

use std::fs::OpenOptions;
use std::io::Write;

use proc_macro::TokenStream;
use quote::ToTokens;
use syn::{parse_macro_input, ItemTrait, ReturnType, TraitItem};

#[proc_macro_attribute]
pub fn print_types(_: TokenStream, item: TokenStream) -> TokenStream {
    let item = parse_macro_input!(item as ItemTrait);
    let path = std::env::var("PRINT_TO").expect("PRINT_TO names a file");
    let mut file = OpenOptions::new().append(true).create(true).open(path).expect("it can be written");
    for item in &item.items {
        let TraitItem::Fn(method) = item else { continue };
        let ReturnType::Type(_, printed) = &method.sig.output else { continue };
        let text = printed.to_token_stream().to_string();
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        writeln!(file, "{} {hex}", method.sig.ident).expect("it can be written");
    }
    TokenStream::new()
}

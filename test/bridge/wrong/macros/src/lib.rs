//! Macros without dependencies.

use proc_macro::{Delimiter, Group, TokenStream, TokenTree};

/// Makes every `u16` of an item a `u32`.
#[proc_macro_attribute]
pub fn widened(_: TokenStream, item: TokenStream) -> TokenStream {
    widen(item)
}

fn widen(tokens: TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(name) if name.to_string() == "u16" => "u32".parse().unwrap(),
            TokenTree::Group(group) => {
                let delimiter: Delimiter = group.delimiter();
                TokenTree::Group(Group::new(delimiter, widen(group.stream()))).into()
            }
            other => TokenStream::from(other),
        })
        .collect()
}

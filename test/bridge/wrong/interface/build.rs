fn main() {
    println!("cargo:rustc-check-cfg=cfg(wide)");
    println!("cargo:rustc-cfg=wide");
}

//! A library with functions that are named as Fidius' macros name those of a vtable. It needs no part of std, so that it is linked
//! for Windows and macOS on any system: build.sh.
#![no_std]

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}

mod inner {
    pub type Shim = unsafe extern "C" fn(*const u8, u32) -> i32;

    unsafe extern "C" fn __fidius_shim_Greeter_greet(bytes: *const u8, length: u32) -> i32 {
        unsafe { i32::from(*bytes) + length as i32 }
    }

    unsafe extern "C" fn __fidius_shim_Greeter_part(bytes: *const u8, length: u32) -> i32 {
        unsafe { i32::from(*bytes) - length as i32 }
    }

    pub static TABLE: [Shim; 2] = [__fidius_shim_Greeter_greet, __fidius_shim_Greeter_part];
}

#[no_mangle]
pub extern "C" fn fidius_get_registry() -> *const inner::Shim {
    inner::TABLE.as_ptr()
}

/// Both linkers want an entry point: one of them calls it with an underscore.
#[no_mangle]
pub extern "system" fn _DllMainCRTStartup(_: *mut u8, _: u32, _: *mut u8) -> i32 {
    1
}

#[no_mangle]
pub extern "system" fn DllMainCRTStartup(_: *mut u8, _: u32, _: *mut u8) -> i32 {
    1
}

//! What `static/unpack.js` calls: room for the text, then pieces until there is an empty one.

#![allow(unsafe_code)]

use crate::{lzma::Lzma, unpack};
use alloc::{boxed::Box, vec::Vec};
use core::{
    alloc::{GlobalAlloc, Layout},
    arch::wasm32,
    slice,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

/// How much comes out at a time, bytes. The browser compiles one piece while the next is unpacked.
const PIECE: usize = 1 << 18;
/// The size of a page of memory, as a power of two.
const PAGE: usize = 16;

/// Gives memory and never takes it back: all of it ends with this module, soon.
struct Upwards {
    next: AtomicUsize,
}

#[global_allocator]
static MEMORY: Upwards = Upwards { next: AtomicUsize::new(0) };

// SAFETY: places behind all memory there was at first are nobody else's; each is given once.
unsafe impl GlobalAlloc for Upwards {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let end = wasm32::memory_size(0) << PAGE;
        let next = self.next.load(Relaxed);
        let start = (if next == 0 { end } else { next }).next_multiple_of(layout.align());
        let next = start + layout.size();
        if next > end && wasm32::memory_grow(0, (next - end).div_ceil(1 << PAGE)) == usize::MAX {
            return core::ptr::null_mut();
        }
        self.next.store(next, Relaxed);
        start as *mut u8
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    wasm32::unreachable()
}

/// A place for so many bytes of text.
#[unsafe(no_mangle)]
extern "C" fn room(length: usize) -> *mut u8 {
    Vec::leak(alloc::vec![0; length]).as_mut_ptr()
}

/// Begins; null where the text is not a packed one.
#[unsafe(no_mangle)]
extern "C" fn begin(text: *const u8, length: usize) -> *mut Lzma {
    // SAFETY: the place is one that `room` gave, and JavaScript has written so much to it.
    let text = unsafe { slice::from_raw_parts(text, length) };
    unpack(text).map_or(core::ptr::null_mut(), |unpacking| Box::into_raw(Box::new(unpacking)))
}

/// Unpacks the next piece: how many bytes there are now, a negative number where the text is damaged.
#[unsafe(no_mangle)]
extern "C" fn advance(unpacking: *mut Lzma) -> isize {
    // SAFETY: `begin` gave it, and nothing else uses it.
    let unpacking = unsafe { &mut *unpacking };
    unpacking.advance(PIECE).map_or(-1, |()| unpacking.bytes().len().cast_signed())
}

/// Where the bytes are.
#[unsafe(no_mangle)]
extern "C" fn bytes(unpacking: *const Lzma) -> *const u8 {
    // SAFETY: as in `advance`.
    unsafe { &*unpacking }.bytes().as_ptr()
}

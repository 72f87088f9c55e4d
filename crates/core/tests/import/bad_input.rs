//! Files that are damaged, cut off, or something else altogether.

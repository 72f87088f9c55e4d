//! Public sample files, which stand beside the repository and not in it.

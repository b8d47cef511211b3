//! Writes the Kotlin and Swift sources from a built library; the version is the workspace's, so both sides agree.

fn main() {
    uniffi::uniffi_bindgen_main();
}

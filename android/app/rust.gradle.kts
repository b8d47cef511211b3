// The Rust core for phones, and its Kotlin side. Needs cargo, cargo-ndk and the NDK named in the catalogue.
// One phone in a hurry: ./gradlew -Pabi=arm64-v8a assembleDebug

val abis = (findProperty("abi") as String?)?.split(",") ?: listOf("arm64-v8a", "armeabi-v7a", "x86_64")
val repository: File = rootDir.parentFile
val jniLibs = layout.projectDirectory.dir("src/main/jniLibs")
val kotlinSide = layout.buildDirectory.dir("generated/uniffi")

val buildRust by tasks.registering(Exec::class) {
    workingDir = repository
    // NDK r28 aligns to 16 KB by itself; the flag says so also to an older one.
    environment("RUSTFLAGS", "-C link-arg=-Wl,-z,max-page-size=16384")
    commandLine(
        listOf("cargo", "ndk", "--platform", "26", "-o", jniLibs.asFile.path) +
            abis.flatMap { listOf("-t", it) } +
            listOf("build", "--release", "-p", "fieldbook-ffi"),
    )
}

// From a debug library of this computer: bindgen reads symbols, which a library for phones has no more.
val buildForBindings by tasks.registering(Exec::class) {
    workingDir = repository
    commandLine("cargo", "build", "--workspace")
}

val generateBindings by tasks.registering(Exec::class) {
    dependsOn(buildForBindings)
    workingDir = repository
    val library = listOf("libfieldbook_ffi.so", "libfieldbook_ffi.dylib").map { repository.resolve("target/debug/$it") }
    inputs.files(library)
    outputs.dir(kotlinSide)
    val found = if (System.getProperty("os.name").startsWith("Mac")) library[1] else library[0]
    commandLine(
        "target/debug/uniffi-bindgen", "generate", "--config", file("uniffi.toml").path, "--language", "kotlin", "--no-format",
        "--out-dir", kotlinSide.get().asFile.path, found.path,
    )
}

tasks.named("preBuild") {
    dependsOn(generateBindings)
    if (!gradle.startParameter.taskNames.all { "est" in it }) dependsOn(buildRust)
}

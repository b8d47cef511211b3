import com.android.build.api.artifact.SingleArtifact

plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.compose)
}

apply(from = "rust.gradle.kts")

android {
    namespace = libs.versions.namespace.get()
    compileSdk = libs.versions.targetSdk.get().toInt()
    ndkVersion = libs.versions.ndk.get()

    defaultConfig {
        applicationId = libs.versions.namespace.get()
        minSdk = libs.versions.minSdk.get().toInt()
        targetSdk = libs.versions.targetSdk.get().toInt()
        versionCode = libs.versions.versionCode.get().toInt()
        versionName = libs.versions.versionName.get()
    }
    androidResources {
        localeFilters += listOf("vi", "en")
    }
    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "proguard-rules.pro")
        }
    }
    lint {
        lintConfig = file("lint.xml")
        warningsAsErrors = true
    }
    testOptions.unitTests {
        isIncludeAndroidResources = true
        all { test ->
            val built = rootDir.resolveSibling("target/debug").path
            test.jvmArgs("--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED")
            test.systemProperty("jna.library.path", built)
            test.systemProperty("fieldbook.built", built)
            test.systemProperty("fieldbook.source", rootDir.parent)
            test.systemProperty("fieldbook.out", layout.buildDirectory.get().asFile.path)
        }
    }
    sourceSets["main"].kotlin.directories += layout.buildDirectory.dir("generated/uniffi").get().asFile.path
}

// The tests hold the merged manifest against what is meant to be in it.
androidComponents.onVariants { variant ->
    val manifest = variant.artifacts.get(SingleArtifact.MERGED_MANIFEST)
    tasks.withType<Test>().matching { it.name.equals("test${variant.name}UnitTest", ignoreCase = true) }.configureEach {
        inputs.file(manifest)
        doFirst { systemProperty("fieldbook.manifest", manifest.get().asFile.path) }
    }
}

kotlin {
    jvmToolchain(17)
    compilerOptions.allWarningsAsErrors = true
}

dependencies {
    implementation(platform(libs.compose.bom))
    implementation(libs.bundles.main) { exclude(group = "net.java.dev.jna") }
    implementation(variantOf(libs.jna) { artifactType("aar") })
    testImplementation(libs.bundles.test)
    testImplementation(libs.jna)
}

package vn.sodiaban.fieldbook.harness

import androidx.activity.ComponentActivity
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.asAndroidBitmap
import androidx.compose.ui.test.captureToImage
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.compose.ui.test.onRoot
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.rules.TestRule
import org.junit.runner.Description
import org.junit.runners.model.Statement
import org.robolectric.RuntimeEnvironment
import vn.sodiaban.fieldbook.ui.FieldbookTheme

/** A phone's screen and how large the person made the words. */
data class View(val width: Int, val height: Int, val fontScale: Float) {
    override fun toString() = "${width}x$height-x$fontScale"

    companion object {
        val ALL = listOf(320 to 640, 411 to 891).flatMap { (w, h) -> listOf(1f, 2f).map { View(w, h, it) } }

        /** The parameters of a shots test: each of these samples in each view. */
        fun of(samples: Collection<String>): List<Array<Any>> = ALL.flatMap { view -> samples.map { arrayOf(view, it) } }
    }
}

/** Draws a sample in a view, holds it against its kept picture and against what makes it easy to use. */
class ShotRule(private val view: View) : TestRule {
    private val compose = createAndroidComposeRule<ComponentActivity>()

    override fun apply(base: Statement, description: Description): Statement {
        val inside = compose.apply(base, description)
        return object : Statement() {
            override fun evaluate() {
                // One pixel per dp keeps a picture small.
                RuntimeEnvironment.setQualifiers("vi-w${view.width}dp-h${view.height}dp-notnight-mdpi")
                RuntimeEnvironment.setFontScale(view.fontScale)
                inside.evaluate()
            }
        }
    }

    fun check(name: String, content: @Composable () -> Unit) {
        compose.setContent { FieldbookTheme { Surface(color = MaterialTheme.colorScheme.background) { content() } } }
        val bitmap = compose.onRoot().captureToImage().asAndroidBitmap()
        assertEquals("$name-$view", emptyList<String>(), easeFaults(compose, bitmap))
        val (picture, file) = Picture.of(bitmap) to File(goldens, "$name-$view.png")
        val isAsKept = file.exists() && picture.isSame(Picture.read(file))
        if (System.getProperty("fieldbook.shots") == "write" && !isAsKept) picture.save(file)
        check(file.exists()) { "no kept picture $file: host-build.sh shots" }
        assertEquals("$name-$view: bytes at most", file.length(), minOf(file.length(), MAX_BYTES))
        val difference = picture.difference(Picture.read(file))
        if (difference > TOLERANCE) {
            val seen = picture.save(File(out, "shots-differ/${file.name}"))
            throw AssertionError(
                "${file.name}: ${"%.2f".format(difference * 100)} % of it changed. Look at $seen; if it is right: host-build.sh shots",
            )
        }
    }

    private companion object {
        const val TOLERANCE = 0.002
        const val MAX_BYTES = 30_000L
        val goldens = File(checkNotNull(System.getProperty("fieldbook.source")), "android/app/src/test/goldens")
        val out = File(checkNotNull(System.getProperty("fieldbook.out")))
    }
}

package vn.sodiaban.fieldbook.book

import androidx.compose.runtime.Composable
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import vn.sodiaban.fieldbook.harness.ShotRule
import vn.sodiaban.fieldbook.harness.View

private val Samples = mapOf<String, @Composable () -> Unit>(
    "usual" to { BookSample(BookSamples.usual) },
    "empty" to { BookSample(BookSamples.empty) },
    "nothing-found" to { BookSample(BookSamples.nothingFound) },
    "failed" to { BookSample(BookSamples.failed) },
)

@RunWith(ParameterizedRobolectricTestRunner::class)
class BookShotsTest(view: View, private val sample: String) {
    @get:Rule val shot = ShotRule(view)

    @Test fun looksAsKeptAndIsEasyToUse() = shot.check("book-$sample") { Samples.getValue(sample)() }

    companion object {
        @JvmStatic
        @Parameters(name = "{1} {0}")
        fun all() = View.of(Samples.keys)
    }
}

package vn.sodiaban.fieldbook.hamlet

import androidx.compose.runtime.Composable
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import vn.sodiaban.fieldbook.harness.ShotRule
import vn.sodiaban.fieldbook.harness.View

private val Samples = mapOf<String, @Composable () -> Unit>(
    "usual" to { HamletSample(HamletSamples.usual) },
    "empty" to { HamletSample(HamletSamples.empty) },
    "gone" to { HamletSample(HamletSamples.gone) },
)

@RunWith(ParameterizedRobolectricTestRunner::class)
class HamletShotsTest(view: View, private val sample: String) {
    @get:Rule val shot = ShotRule(view)

    @Test fun looksAsKeptAndIsEasyToUse() = shot.check("hamlet-$sample") { Samples.getValue(sample)() }

    companion object {
        @JvmStatic
        @Parameters(name = "{1} {0}")
        fun all() = View.of(Samples.keys)
    }
}

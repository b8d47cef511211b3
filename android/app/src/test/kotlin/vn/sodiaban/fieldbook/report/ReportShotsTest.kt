package vn.sodiaban.fieldbook.report

import androidx.compose.runtime.Composable
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import vn.sodiaban.fieldbook.harness.ShotRule
import vn.sodiaban.fieldbook.harness.View

private val Samples = mapOf<String, @Composable () -> Unit>(
    "weekly" to { ReportSample(ReportSamples.weekly) },
    "two-places" to { ReportSample(ReportSamples.twoPlaces) },
    "boxes" to { ReportFormSample(ReportSamples.boxes) },
    "one-box" to { ReportFormSample(ReportSamples.oneBox) },
    "check" to { ReportFormSample(ReportSamples.check) },
    "check-nothing" to { ReportFormSample(ReportSamples.checkNothing) },
)

@RunWith(ParameterizedRobolectricTestRunner::class)
class ReportShotsTest(view: View, private val sample: String) {
    @get:Rule val shot = ShotRule(view)

    @Test fun looksAsKeptAndIsEasyToUse() = shot.check("report-$sample") { Samples.getValue(sample)() }

    companion object {
        @JvmStatic
        @Parameters(name = "{1} {0}")
        fun all() = View.of(Samples.keys)
    }
}

package vn.sodiaban.fieldbook.today

import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import vn.sodiaban.fieldbook.harness.ShotRule
import vn.sodiaban.fieldbook.harness.View

private val Samples = mapOf(
    "loading" to TodaySamples.loading,
    "empty" to TodaySamples.empty,
    "liaison" to TodaySamples.liaison,
    "head" to TodaySamples.head,
    "both" to TodaySamples.both,
    "no-network" to TodaySamples.noNetwork,
    "failed" to TodaySamples.failed,
)

@RunWith(ParameterizedRobolectricTestRunner::class)
class TodayShotsTest(view: View, private val sample: String) {
    @get:Rule val shot = ShotRule(view)

    @Test fun looksAsKeptAndIsEasyToUse() = shot.check("today-$sample") { TodaySample(Samples.getValue(sample)) }

    companion object {
        @JvmStatic
        @Parameters(name = "{1} {0}")
        fun all() = View.of(Samples.keys)
    }
}

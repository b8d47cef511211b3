package vn.sodiaban.fieldbook.saved

import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import vn.sodiaban.fieldbook.harness.ShotRule
import vn.sodiaban.fieldbook.harness.View

private val Samples = mapOf(
    "visit" to SavedSamples.visit,
    "no-network" to SavedSamples.noNetwork,
    "received" to SavedSamples.received,
    "taken-back" to SavedSamples.takenBack,
    "too-late" to SavedSamples.tooLate,
    "for-resident" to SavedSamples.forResident,
    "report" to SavedSamples.report,
)

@RunWith(ParameterizedRobolectricTestRunner::class)
class SavedShotsTest(view: View, private val sample: String) {
    @get:Rule val shot = ShotRule(view)

    @Test fun looksAsKeptAndIsEasyToUse() = shot.check("saved-$sample") { SavedSample(Samples.getValue(sample)) }

    companion object {
        @JvmStatic
        @Parameters(name = "{1} {0}")
        fun all() = View.of(Samples.keys)
    }
}

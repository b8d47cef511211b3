package vn.sodiaban.fieldbook.enrol

import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import vn.sodiaban.fieldbook.harness.ShotRule
import vn.sodiaban.fieldbook.harness.View

private val Samples = mapOf(
    "code" to EnrolSamples.code,
    "wrong-code" to EnrolSamples.wrongCode,
    "confirm" to EnrolSamples.confirm,
    "pin" to EnrolSamples.pin,
    "filling" to EnrolSamples.filling,
    "usable" to EnrolSamples.usable,
    "complete" to EnrolSamples.complete,
    "no-network" to EnrolSamples.noNetwork,
)

@RunWith(ParameterizedRobolectricTestRunner::class)
class EnrolShotsTest(view: View, private val sample: String) {
    @get:Rule val shot = ShotRule(view)

    @Test fun looksAsKeptAndIsEasyToUse() = shot.check("enrol-$sample") { EnrolSample(Samples.getValue(sample)) }

    companion object {
        @JvmStatic
        @Parameters(name = "{1} {0}")
        fun all() = View.of(Samples.keys)
    }
}

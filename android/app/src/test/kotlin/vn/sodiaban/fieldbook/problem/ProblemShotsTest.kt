package vn.sodiaban.fieldbook.problem

import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import vn.sodiaban.fieldbook.harness.ShotRule
import vn.sodiaban.fieldbook.harness.View

private val Samples = mapOf(
    "hamlet" to ProblemSamples.hamlet,
    "what" to ProblemSamples.what,
    "missing" to ProblemSamples.missing,
    "bad-photo" to ProblemSamples.badPhoto,
    "handling" to ProblemSamples.handling,
    "grouped" to ProblemSamples.grouped,
    "check" to ProblemSamples.check,
)

@RunWith(ParameterizedRobolectricTestRunner::class)
class ProblemShotsTest(view: View, private val sample: String) {
    @get:Rule val shot = ShotRule(view)

    @Test fun looksAsKeptAndIsEasyToUse() = shot.check("problem-$sample") { ProblemSample(Samples.getValue(sample)) }

    companion object {
        @JvmStatic
        @Parameters(name = "{1} {0}")
        fun all() = View.of(Samples.keys)
    }
}

package vn.sodiaban.fieldbook.visit

import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import vn.sodiaban.fieldbook.harness.ShotRule
import vn.sodiaban.fieldbook.harness.View

private val Samples = mapOf(
    "failed" to VisitSamples.failed,
    "hamlet" to VisitSamples.hamlet,
    "hamlet-found" to VisitSamples.hamletFound,
    "place" to VisitSamples.place,
    "place-looking" to VisitSamples.placeLooking,
    "place-missing" to VisitSamples.placeMissing,
    "place-mock" to VisitSamples.placeMock,
    "later" to VisitSamples.later,
    "topics" to VisitSamples.topics,
    "follow-ups" to VisitSamples.followUps,
    "problems" to VisitSamples.problems,
    "problem-missing" to VisitSamples.problemMissing,
    "photos" to VisitSamples.photos,
    "promises" to VisitSamples.promises,
    "check" to VisitSamples.check,
)

@RunWith(ParameterizedRobolectricTestRunner::class)
class VisitShotsTest(view: View, private val sample: String) {
    @get:Rule val shot = ShotRule(view)

    @Test fun looksAsKeptAndIsEasyToUse() = shot.check("visit-$sample") { VisitSample(Samples.getValue(sample)) }

    companion object {
        @JvmStatic
        @Parameters(name = "{1} {0}")
        fun all() = View.of(Samples.keys)
    }
}

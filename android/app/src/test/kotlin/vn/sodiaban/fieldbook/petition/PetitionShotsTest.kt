package vn.sodiaban.fieldbook.petition

import androidx.compose.runtime.Composable
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import vn.sodiaban.fieldbook.harness.ShotRule
import vn.sodiaban.fieldbook.harness.View

private val Samples = mapOf<String, @Composable () -> Unit>(
    "ask-first" to { SorterSample(PetitionSamples.firstAsk) },
    "ask" to { SorterSample(PetitionSamples.ask) },
    "sorted" to { SorterSample(PetitionSamples.sorted) },
    "sorted-urgent" to { SorterSample(PetitionSamples.urgent) },
    "guidance" to { GuidanceSample(PetitionSamples.guidance) },
    "guidance-where" to { GuidanceSample(PetitionSamples.guidanceTwo) },
    "guidance-noted" to { GuidanceSample(PetitionSamples.noted) },
    "text" to { PetitionSample(PetitionSamples.empty) },
    "text-missing" to { PetitionSample(PetitionSamples.missing) },
    "text-restored" to { PetitionSample(PetitionSamples.restored) },
    "who" to { PetitionSample(PetitionSamples.who) },
    "who-anonymous" to { PetitionSample(PetitionSamples.anonymous) },
    "where" to { PetitionSample(PetitionSamples.where) },
    "review" to { PetitionSample(PetitionSamples.review) },
    "review-posts" to { PetitionSample(PetitionSamples.reviewPosts) },
)

@RunWith(ParameterizedRobolectricTestRunner::class)
class PetitionShotsTest(view: View, private val sample: String) {
    @get:Rule val shot = ShotRule(view)

    @Test fun looksAsKeptAndIsEasyToUse() = shot.check("petition-$sample") { Samples.getValue(sample)() }

    companion object {
        @JvmStatic
        @Parameters(name = "{1} {0}")
        fun all() = View.of(Samples.keys)
    }
}

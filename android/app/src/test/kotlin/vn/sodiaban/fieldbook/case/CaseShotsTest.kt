package vn.sodiaban.fieldbook.case

import androidx.compose.runtime.Composable
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import vn.sodiaban.fieldbook.harness.ShotRule
import vn.sodiaban.fieldbook.harness.View

private val Samples = mapOf<String, @Composable () -> Unit>(
    "resolved" to { CaseSample(CaseSamples.resolved) },
    "masked" to { CaseSample(CaseSamples.masked) },
    "returned" to { CaseSample(CaseSamples.returned) },
    "problem" to { CaseSample(CaseSamples.problem) },
    "visit" to { CaseSample(CaseSamples.visit) },
    "loading" to { CaseSample(CaseSamples.loading) },
    "gone" to { CaseSample(CaseSamples.gone) },
    "answer" to { AnswerSample(CaseSamples.resolved) },
    "correct" to { CorrectSample(CaseSamples.returned) },
    "note" to { NoteSample(CaseSamples.notNow) },
)

@RunWith(ParameterizedRobolectricTestRunner::class)
class CaseShotsTest(view: View, private val sample: String) {
    @get:Rule val shot = ShotRule(view)

    @Test fun looksAsKeptAndIsEasyToUse() = shot.check("case-$sample") { Samples.getValue(sample)() }

    companion object {
        @JvmStatic
        @Parameters(name = "{1} {0}")
        fun all() = View.of(Samples.keys)
    }
}

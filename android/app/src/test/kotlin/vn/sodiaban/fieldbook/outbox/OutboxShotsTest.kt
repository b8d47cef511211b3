package vn.sodiaban.fieldbook.outbox

import androidx.compose.runtime.Composable
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import vn.sodiaban.fieldbook.harness.ShotRule
import vn.sodiaban.fieldbook.harness.View

private val Samples = mapOf<String, @Composable () -> Unit>(
    "usual" to { OutboxSample(OutboxSamples.usual) },
    "attention" to { OutboxSample(OutboxSamples.attention) },
    "empty" to { OutboxSample(OutboxSamples.empty) },
    "busy" to { OutboxSample(OutboxSamples.busy) },
    "cannot-go" to { OutboxSample(OutboxSamples.cannotGo) },
    "no-network" to { OutboxSample(OutboxSamples.offline) },
)

@RunWith(ParameterizedRobolectricTestRunner::class)
class OutboxShotsTest(view: View, private val sample: String) {
    @get:Rule val shot = ShotRule(view)

    @Test fun looksAsKeptAndIsEasyToUse() = shot.check("outbox-$sample") { Samples.getValue(sample)() }

    companion object {
        @JvmStatic
        @Parameters(name = "{1} {0}")
        fun all() = View.of(Samples.keys)
    }
}

package vn.sodiaban.fieldbook.me

import androidx.compose.runtime.Composable
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import vn.sodiaban.fieldbook.harness.ShotRule
import vn.sodiaban.fieldbook.harness.View

private val Samples = mapOf<String, @Composable () -> Unit>(
    "loading" to { MeSample(MeSamples.loading) },
    "usual" to { MeSample(MeSamples.usual) },
    "practice" to { MeSample(MeSamples.practice, language = null) },
    "pin" to { SetPinSample() },
    "sign-out" to { SignOutSample(MeSamples.signOut) },
    "sign-out-no-network" to { SignOutSample(MeSamples.signOutOffline) },
)

@RunWith(ParameterizedRobolectricTestRunner::class)
class MeShotsTest(view: View, private val sample: String) {
    @get:Rule val shot = ShotRule(view)

    @Test fun looksAsKeptAndIsEasyToUse() = shot.check("me-$sample") { Samples.getValue(sample)() }

    companion object {
        @JvmStatic
        @Parameters(name = "{1} {0}")
        fun all() = View.of(Samples.keys)
    }
}

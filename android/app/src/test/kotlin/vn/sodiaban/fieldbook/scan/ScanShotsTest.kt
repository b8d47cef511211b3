package vn.sodiaban.fieldbook.scan

import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import vn.sodiaban.fieldbook.harness.ShotRule
import vn.sodiaban.fieldbook.harness.View

@RunWith(ParameterizedRobolectricTestRunner::class)
class ScanShotsTest(view: View, private val sample: String) {
    @get:Rule val shot = ShotRule(view)

    @Test fun looksAsKeptAndIsEasyToUse() = shot.check("scan-$sample") { ScanSample(ScanState.valueOf(state(sample))) }

    private fun state(sample: String) = sample.uppercase().replace('-', '_')

    companion object {
        @JvmStatic
        @Parameters(name = "{1} {0}")
        fun all() = View.of(ScanState.entries.map { it.name.lowercase().replace('_', '-') })
    }
}

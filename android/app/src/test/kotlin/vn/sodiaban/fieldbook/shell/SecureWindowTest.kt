package vn.sodiaban.fieldbook.shell

import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.activity.ComponentActivity
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.test.junit4.v2.createAndroidComposeRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.core.ReportKind
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.notePetition

@RunWith(AndroidJUnit4::class)
class SecureWindowTest {
    private val office = OfficeRule()
    private val app = AppRule()
    private val compose = createAndroidComposeRule<ComponentActivity>()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app).around(compose)

    private val isSecret get() = compose.activity.window.attributes.flags and FLAG_SECURE != 0

    @Test fun pagesOfPetitionsAreSecretAndTheOthersAreNot() {
        val graph = app.enrolled(office, HEAD)
        val petition = graph.notePetition("Cầu ván mục").id
        val unit = runBlocking { graph.fieldbook.status().posts.first().unitId }
        val report = runBlocking { graph.fieldbook.nothingToReport(unit, ReportKind.WEEKLY) }.id
        var here by mutableStateOf<Place>(Place.Today)
        compose.setContent { SecureWindow(here, graph.fieldbook) }
        assertEquals(false, isSecret)

        fun go(place: Place): Boolean {
            here = place
            compose.waitForIdle()
            return isSecret
        }
        assertEquals(true, go(Place.Petition()))
        assertEquals(false, go(Place.Book))
        app.waitFor("a report to be no secret") { !go(Place.Case(report)) }
        assertEquals(true, go(Place.Case(petition)))
        assertEquals(false, go(Place.Visit()))
    }
}

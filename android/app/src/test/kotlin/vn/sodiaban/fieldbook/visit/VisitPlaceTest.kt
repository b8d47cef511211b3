package vn.sodiaban.fieldbook.visit

import android.os.Looper
import androidx.lifecycle.viewModelScope
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.PlaceGrade
import vn.sodiaban.fieldbook.core.VisitEntry
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.LIAISON
import vn.sodiaban.fieldbook.harness.Outdoors
import vn.sodiaban.fieldbook.shell.Place
import vn.sodiaban.fieldbook.ui.Reading

/** "Tiếp tục" tapped before the place is graded as it now is. */
@RunWith(AndroidJUnit4::class)
class VisitPlaceTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    /** The core, but a grade is told only when it is let. */
    private class SlowGrades(private val core: FieldbookInterface) : FieldbookInterface by core {
        val isLet = MutableStateFlow(true)

        override suspend fun placeGrade(entry: VisitEntry): PlaceGrade = core.placeGrade(entry).also { isLet.first { it } }
    }

    private lateinit var visit: VisitViewModel
    private val form: OpenVisit? get() = (visit.state.value.form.form as? Reading.Ready)?.value

    private fun beginAtThePlace(phone: Graph, grades: SlowGrades) {
        visit = VisitViewModel(grades, phone.pictures, phone.fixes, phone.lasting, Place.Visit())
        visit.viewModelScope.launch { visit.state.collect {} }
        app.until { form }
        visit.choose(runBlocking { grades.hamlets().first { it.name == "Ấp An Định" } })
        app.until { visit.state.value.grade.takeIf { VisitPart.PLACE in form?.page.orEmpty() } }
    }

    @After fun leave() = visit.viewModelScope.cancel()

    @Test fun aPositionJustFoundNeedsNoReason() {
        val phone = app.enrolled(office, LIAISON)
        val grades = SlowGrades(phone.fieldbook)
        beginAtThePlace(phone, grades)
        Outdoors.allowPosition()
        grades.isLet.value = false
        visit.takeFix()
        Outdoors.stand(10.0, 106.4)
        shadowOf(Looper.getMainLooper()).idle()
        visit.actions.next()
        grades.isLet.value = true
        app.until { form?.entry?.fix }
        assertNull(form?.fault)
        assertEquals(VisitPart.TOPICS, form?.page?.first())
    }

    @Test fun aPositionJustRemovedNeedsItsReason() {
        Outdoors.allowPosition()
        Outdoors.stand(10.0, 106.4)
        val phone = app.enrolled(office, LIAISON)
        val grades = SlowGrades(phone.fieldbook)
        beginAtThePlace(phone, grades)
        app.until { form?.entry?.fix }
        grades.isLet.value = false
        visit.removeFix()
        visit.actions.next()
        shadowOf(Looper.getMainLooper()).idle()
        assertEquals("waits for the grade", VisitPart.PLACE, form?.page?.first())
        grades.isLet.value = true
        assertNotNull(app.until { form?.fault?.takeIf { it.field == Field.PlaceReason } })
        assertEquals(VisitPart.PLACE, form?.page?.first())
    }
}

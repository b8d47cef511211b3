package vn.sodiaban.fieldbook.notify

import android.Manifest.permission.POST_NOTIFICATIONS
import android.app.Application
import android.app.Notification
import android.app.NotificationManager
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.notePetition

@RunWith(AndroidJUnit4::class)
class TellerTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    private val phone: Application get() = ApplicationProvider.getApplicationContext()
    private val manager get() = checkNotNull(phone.getSystemService(NotificationManager::class.java))
    private val shade get() = shadowOf(manager).allNotifications

    private fun Graph.sync() = runBlocking { fieldbook.syncNow() }

    private fun Graph.tell() = runBlocking { teller.tell() }

    private fun Notification.words() = extras.getCharSequence(Notification.EXTRA_TITLE).toString()

    /** A petition of the head is at the office, and what was due at the beginning is known. */
    private fun sent(graph: Graph): String {
        val saved = graph.notePetition(SECRET)
        graph.sync()
        graph.tell()
        shadowOf(phone).grantPermissions(POST_NOTIFICATIONS)
        return saved.id
    }

    private fun resolve(id: String) {
        office.run("office", "receive", id)
        office.run("office", "sort", id)
        office.run("office", "resolve", id, "--text", SECRET)
    }

    @Test fun anAnswerIsToldOnceWithoutItsContent() {
        val graph = app.enrolled(office, HEAD)
        val id = sent(graph)
        resolve(id)
        graph.sync()
        graph.tell()
        val told = shade.single()
        assertEquals("Có 1 kết quả cần báo lại", told.words())
        assertEquals(Notification.VISIBILITY_PRIVATE, told.visibility)
        assertEquals("Sổ có tin mới", told.publicVersion.words())
        listOf(told, told.publicVersion).forEach { assertFalse(it.extras.toString(), SECRET in it.extras.toString()) }
        manager.cancelAll()
        graph.tell()
        assertEquals(0, shade.size)
    }

    @Test fun aReturnIsTold() {
        val graph = app.enrolled(office, HEAD)
        val id = sent(graph)
        office.run("office", "return", id, "--text", SECRET)
        graph.sync()
        graph.tell()
        assertEquals(listOf("Có 1 mục bị trả lại"), shade.map { it.words() })
    }

    @Test fun nothingElseIsToldAndNothingWhileTheAppIsLookedAt() {
        val graph = app.enrolled(office, HEAD)
        val id = sent(graph)
        office.run("office", "note", id, "--text", SECRET)
        graph.sync()
        graph.tell()
        assertEquals(0, shade.size)
        resolve(id)
        graph.teller.isInSight = true
        graph.sync()
        graph.tell()
        assertEquals(0, shade.size)
    }

    @Test fun withoutThePermissionNothingIsShownAndOpeningTheAppTakesAwayWhatWas() {
        val graph = app.enrolled(office, HEAD)
        val id = sent(graph)
        shadowOf(phone).denyPermissions(POST_NOTIFICATIONS)
        resolve(id)
        graph.sync()
        graph.tell()
        assertEquals(0, shade.size)
        shadowOf(phone).grantPermissions(POST_NOTIFICATIONS)
        office.run("office", "return", sentAgain(graph), "--text", SECRET)
        graph.sync()
        graph.tell()
        assertEquals(1, shade.size)
        app.open(graph)
        app.see("Báo tình hình")
        app.waitFor("the shade to be empty") { shade.isEmpty() }
    }

    private fun sentAgain(graph: Graph): String = graph.notePetition(SECRET).id.also { graph.sync() }

    @Test fun thePermissionIsWorthAskingOnce() = runBlocking {
        val graph = app.enrolled(office, HEAD)
        assertTrue(graph.teller.shouldAsk())
        graph.teller.asked()
        assertFalse(graph.teller.shouldAsk())
    }

    private companion object {
        const val SECRET = "Nguyễn Văn Xuân đường mương 7"
    }
}

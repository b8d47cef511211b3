package vn.sodiaban.fieldbook.outbox

import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasText
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.core.PhotoSending
import vn.sodiaban.fieldbook.core.Sending
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.BadLine
import vn.sodiaban.fieldbook.harness.Fault
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.Outdoors
import vn.sodiaban.fieldbook.harness.notePetition
import vn.sodiaban.fieldbook.harness.petitions

/** A photo cut on the way says how far it is, also after a kill, and goes on from there. */
@RunWith(AndroidJUnit4::class)
class PhotoResumeFlowTest {
    private val folder = TemporaryFolder()
    private val office = OfficeRule()
    private val line = BadLine(office)
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(folder).around(office).around(line).around(app)

    @Test fun whatTheOfficeHasIsShownAndNotSentAgain() {
        val phone = app.enrolled(office, HEAD, line.url)
        val picture = File(folder.root, "picture.jpg").apply { writeBytes(Outdoors.leaves()) }
        phone.notePetition("Cống số 3 bị sạt", picture.path)
        line.rest = Fault.WEAK
        app.open(phone)
        app.tap(hasText("Gửi – nhận") and hasClickAction())
        app.tap("Gửi ngay")
        app.see("Ảnh 1: đã gửi", substring = true)

        line.rest = Fault.LOSE_REQUEST
        val again = app.kill()
        app.see("Đã gửi chữ, ảnh 0/1")
        app.see("Ảnh 1: đã gửi", substring = true)
        val (sent, bytes) = app.until { progress(again) }
        assertTrue("$sent of $bytes", sent in 1 until bytes)

        line.rest = Fault.PASS
        line.carried.clear()
        app.tap("Gửi ngay")
        app.until { again.fieldbook.petitions().single().takeIf { it.sending == Sending.Received } }
        app.seeNo("Ảnh 1: đã gửi")
        assertTrue("${line.carried} after $sent of $bytes", line.carried.sum() <= bytes - sent + HEADS)
        assertEquals(1, runBlocking { again.fieldbook.petitions() }.single().photos)
    }

    /** How much of the photo the phone knows to be at the office, and how much there is. */
    private suspend fun progress(phone: Graph): Pair<Long, Long>? {
        val photo = phone.fieldbook.outbox().photos.singleOrNull()?.photo ?: return null
        return (photo.sending as? PhotoSending.Sending)?.let { it.sent to photo.bytes }
    }

    private companion object {
        /** All that goes beside the rest of the photo. */
        const val HEADS = 6_000L
    }
}

package vn.sodiaban.fieldbook.petition

import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.performTextReplacement
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.core.CaseState
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.core.PetitionKind
import vn.sodiaban.fieldbook.core.Sending
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.petitions

@RunWith(AndroidJUnit4::class)
class PetitionFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    private fun head(): Graph = app.enrolled(office, HEAD).also(app::open)

    private fun secure(): Int {
        var flags = 0
        app.activity { flags = it.window.attributes.flags }
        return flags and FLAG_SECURE
    }

    private fun answer(vararg yes: Boolean) = yes.forEachIndexed { index, isYes ->
        app.see("Bước ${index + 1} trên", substring = true)
        app.tap(hasText(if (isYes) "Có" else "Không"))
    }

    private fun toText(vararg yes: Boolean = booleanArrayOf(false, false, false, false)) {
        app.tap("Ghi ý kiến người dân")
        answer(*yes)
        app.tap("Ghi nội dung")
        app.see("Người dân nói gì?")
    }

    private fun toReview() {
        toText()
        app.type("Nội dung", "Xin lắp thêm đèn đường")
        app.tap("Tiếp tục")
        app.type("Họ và tên", "Nguyễn Thị Hoa")
        app.tap("Tiếp tục")
        app.see("Việc ở đâu?")
        app.tap("Tiếp tục")
        app.see("Kiểm tra lại")
    }

    @Test fun aProposalGoesFromHomNayToItsReceiptInTwelveTapsAtMost() {
        val phone = head()
        toReview()
        app.tap("Lưu")
        app.seeNo("Kiểm tra lại")
        val petition = runBlocking { phone.fieldbook.petitions().single() }
        assertEquals(PetitionKind.PROPOSAL, petition.petitionKind)
        assertNotNull(petition.receipt)
        assertTrue("${app.taps} taps", app.taps <= 12)
    }

    @Test fun withoutANetworkEverythingWorksAndWaits() {
        val phone = head()
        app.network(Network.NO_NETWORK)
        toReview()
        app.tap("Lưu")
        app.seeNo("Kiểm tra lại")
        val petition = runBlocking { phone.fieldbook.petitions().single() }
        assertNotNull(petition.receipt)
        assertTrue(petition.sending is Sending.CanUndo)
    }

    @Test fun aDecisionAgainstTheResidentIsAComplaintWithItsClockAndItsWay() {
        head()
        app.tap("Ghi ý kiến người dân")
        answer(false, true)
        app.see("Đây là Khiếu nại")
        app.see("Cơ quan đã ra quyết định phải giải quyết", substring = true)
        app.see("10 ngày", substring = true)
        app.back()
        app.see("Người dân có phản đối một quyết định", substring = true)
    }

    @Test fun aDenunciationEndsInGuidanceAndOnlyThatItWasAdvisedIsKept() {
        val phone = head()
        app.tap("Ghi ý kiến người dân")
        answer(true, false)
        app.see("Việc này là tố cáo, không ghi ở đây")
        app.tap("Đã hướng dẫn người dân")
        app.see("Không giữ gì khác", substring = true)
        app.tap("Xong")
        app.see("Báo tình hình")
        val advised = runBlocking { phone.fieldbook.petitions().single() }
        assertEquals(PetitionKind.DENUNCIATION, advised.petitionKind)
        assertEquals(CaseState.ADVISED, advised.state)
        assertNull(advised.receipt)
        assertEquals(emptyList<Any>(), runBlocking { phone.fieldbook.drafts() })
    }

    @Test fun whatProvesToBeADenunciationLaterIsErasedToTheLastByte() {
        val phone = head()
        toText()
        app.type("Nội dung", "SECRET-OF-A-RESIDENT")
        app.tap("Tiếp tục")
        app.type("Họ và tên", "NAME-OF-A-RESIDENT")
        app.tap("Tiếp tục")
        app.see("Việc ở đâu?")
        app.tap("Tiếp tục")
        app.see("Kiểm tra lại")
        val files = File(app.home(phone), "notebook").walk().filter { it.isFile }.toList()
        assertTrue("it was kept", files.any { "SECRET-OF-A-RESIDENT" in it.readText(Charsets.ISO_8859_1) })
        app.tap("Sửa: Loại")
        answer(true, false)
        app.see("Việc này là tố cáo, không ghi ở đây")
        assertEquals(emptyList<Any>(), runBlocking { phone.fieldbook.drafts() })
        val left = app.home(phone).walk().filter { it.isFile }.filter { file ->
            val bytes = file.readText(Charsets.ISO_8859_1)
            "SECRET-OF-A-RESIDENT" in bytes || "NAME-OF-A-RESIDENT" in bytes
        }
        assertEquals(emptyList<File>(), left.toList())
        app.kill()
        app.see("Việc này là tố cáo, không ghi ở đây")
    }

    @Test fun afterAKillTheVeryPageIsBackAtEachStep() {
        head()
        app.tap("Ghi ý kiến người dân")
        answer(false, false)
        app.kill()
        app.see("Người dân có báo một việc đang xảy ra", substring = true)
        app.tap(hasText("Có"))
        app.tap(hasText("Không"))
        app.see("Đây là Phản ánh")
        app.kill()
        app.see("Đây là Phản ánh")
        app.tap("Ghi nội dung")
        app.type("Nội dung", "Nước giếng có mùi")
        app.kill()
        app.see("Đã khôi phục những gì đang ghi", substring = true)
        app.see("Nước giếng có mùi", substring = true)
        app.tap("Tiếp tục")
        app.type("Họ và tên", "Nguyễn Thị Hoa")
        app.kill()
        app.see("Ai nói?")
        app.see("Nguyễn Thị Hoa", substring = true)
        app.tap("Tiếp tục")
        app.type("Chỗ cụ thể", "tổ 2")
        app.kill()
        app.see("Việc ở đâu?")
        app.see("tổ 2", substring = true)
        app.tap("Tiếp tục")
        app.see("Kiểm tra lại")
        app.kill()
        app.see("Kiểm tra lại")
        app.see("Nước giếng có mùi", substring = true)
        app.recreate()
        app.tap("Lưu")
        app.seeNo("Kiểm tra lại")
        assertEquals("Nước giếng có mùi", runBlocking { app.phoneInHand().fieldbook.petitions().single() }.text)
    }

    @Test fun aKillBetweenLuuAndTheNextPageLeadsToDaLuu() {
        val phone = head()
        toReview()
        runBlocking { phone.fieldbook.run { save(drafts().single().id) } }
        app.kill(phone)
        app.see("Đã lưu")
    }

    @Test fun theLastWordIsKeptWhenOneGoesBackAtOnce() {
        val phone = head()
        toText()
        app.type("Nội dung", "Xin lắp thêm đèn đường")
        app.back()
        app.see("Báo tình hình")
        app.until { phone.fieldbook.drafts().single().text.takeIf { it == "Xin lắp thêm đèn đường" } }
    }

    @Test fun whatIsMissingIsSaidBesideItsFieldAndNothingTypedIsLost() {
        head()
        toText()
        app.tap("Tiếp tục")
        app.see("Cần điền chỗ này", substring = true)
        app.type("Nội dung", "Xin lắp thêm đèn đường")
        app.tap("Tiếp tục")
        app.see("Ai nói?")
        app.tap(hasText("Không ghi tên", substring = true))
        app.tap("Tiếp tục")
        app.see("Việc ở đâu?")
        app.back()
        app.back()
        app.see(hasSetTextAction()).performTextReplacement("Xin lắp hai đèn đường")
        app.tap("Tiếp tục")
        app.tap("Tiếp tục")
        app.tap("Tiếp tục")
        app.see("Xin lắp hai đèn đường", substring = true)
        app.see("Không ghi tên", substring = true)
    }

    @Test fun noPictureCanBeTakenOfAPetition() {
        head()
        assertEquals(0, secure())
        app.tap("Ghi ý kiến người dân")
        app.see("Bước 1 trên 4")
        assertEquals(FLAG_SECURE, secure())
        app.back()
        app.see("Báo tình hình")
        assertEquals(0, secure())
    }
}

package vn.sodiaban.fieldbook.month

import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextReplacement
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.core.CaseFilter
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.CaseState
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.BadLine
import vn.sodiaban.fieldbook.harness.Fault
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.LIAISON
import vn.sodiaban.fieldbook.harness.Outdoors
import vn.sodiaban.fieldbook.harness.petitions
import vn.sodiaban.fieldbook.ui.outcome

/** The month that `make demo` tells, clicked: a liaison's and a head's phone, one office, a bad line between them. */
@RunWith(AndroidJUnit4::class)
class MonthFlowTest {
    private val office = OfficeRule()
    private val line = BadLine(office)
    private val app = AppRule()
    private lateinit var liaison: Graph
    private lateinit var head: Graph

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(line).around(app)

    @Test fun nothingIsLostAndNothingIsDouble() {
        liaison = enrol("liaison", LIAISON)
        head = enrol("head", HEAD)
        app.network(Network.NO_NETWORK)
        aVisitWithoutASignal()
        fourResidents()
        app.network(Network.UNMETERED)
        aBarOfSignal()
        theOfficeAnswers()
        aSecondVisitWithoutAPosition()
        everythingIsThere()
    }

    private fun enrol(name: String, person: String): Graph = app.phone(name).also { phone ->
        app.open(phone)
        app.type("Địa chỉ", line.url)
        app.type("Mười số", office.digits(person))
        app.tap("Tiếp tục")
        app.see(person)
        app.tap("Đúng, ghi sổ với tên này")
        app.tap("Không cần mã PIN")
        app.tap("Bắt đầu")
        app.see("Gửi ngay")
        app.settle(phone)
    }

    /** Killed while the camera is open: the form is back, the picture attached. */
    private fun aVisitWithoutASignal() {
        Outdoors.allowPosition()
        Outdoors.allowCamera()
        Outdoors.stand(9.88421, 106.51234)
        app.open(liaison)
        app.see("Tháng này đã xuống 0 trên 3 nơi")
        begin()
        app.see("Sai số khoảng 12 m")
        app.tap("Trưởng ấp, thôn, khu phố")
        app.tap("Tiếp tục")
        tapOne("Làm được", 0)
        tapOne("Chưa được", 1)
        app.tap("Tiếp tục")
        app.tap("Thêm khó khăn")
        app.type("Khó khăn gì", BRIDGE)
        app.tap("Đề xuất lên trên")
        app.tap("Chụp ảnh")
        Outdoors.waitForOther(app)
        app.activity { Outdoors.shoot(it) }
        liaison = app.kill(liaison)
        app.see("Đã khôi phục", substring = true)
        app.see(hasText(BRIDGE))
        app.see(hasContentDescription("Ảnh 1"))
        app.tap("Thêm đề xuất cho tháng")
        app.type("Đề xuất 1", "Vận động 3 hộ mua bảo hiểm y tế")
        app.tap("Kiểm tra lại")
        save()
        app.tap("Xong")
        app.see("Tháng này đã xuống 1 trên 3 nơi")
    }

    private fun fourResidents() {
        app.open(head)
        petition("Đề nghị lắp thêm đèn đường", answers = listOf(false, false, false, false), name = "Nguyễn Văn Ân")
        petition(WELL, answers = listOf(false, false, true, false), name = null)
        petition("Không đồng ý mức bồi thường", answers = listOf(false, true), name = "Phạm Thị Út")
        app.tap("Ghi ý kiến người dân")
        answer(true, false)
        app.see("Việc này là tố cáo, không ghi ở đây")
        app.tap("Đã hướng dẫn người dân")
        app.tap("Xong")
        app.see("Báo tình hình")
    }

    private fun aBarOfSignal() {
        line.plan(Fault.LOSE_REQUEST, Fault.LOSE_ANSWER, Fault.TWICE, Fault.CUT_ANSWER, Fault.PASS, Fault.LOSE_ANSWER, Fault.TWICE)
        sendAll(liaison)
        line.plan(Fault.LOSE_ANSWER, Fault.CUT_ANSWER, Fault.TWICE, Fault.LOSE_REQUEST)
        sendAll(head)
        assertEquals("one visit, one problem, three petitions, one advised", 6, atTheOffice().size)
    }

    private fun theOfficeAnswers() {
        val (light, well) = listOf("đèn đường", WELL).map { words -> runBlocking { receipt(head, words) } }
        office.run("office", "receive", light)
        office.run("office", "answer", light, "--text", "Đã đưa vào kế hoạch quý tới, lắp 4 bóng")
        office.run("office", "return", well, "--text", "Đề nghị ghi rõ địa chỉ giếng")
        app.open(head)
        app.tap(hasText("Gửi – nhận") and hasClickAction())
        app.tap("Gửi ngay")
        app.see("Cần xử lý")
        app.see("Đề nghị ghi rõ địa chỉ giếng", substring = true)
        app.tap("Mở ra bổ sung")
        app.tap("Bổ sung và gửi lại")
        app.see(hasText("Chỗ cụ thể") and hasSetTextAction()).performTextReplacement("giếng trước nhà số 14, tổ 2")
        app.tap("Bổ sung và gửi lại")
        app.until { head.fieldbook.petitions(WELL).single().takeIf { it.state == CaseState.RECORDED } }
        app.settle(head)
        val shown = office.run("office", "show", well, "--json")
        assertTrue(shown, "số 14" in shown && "recorded" in shown)
        val answered = runBlocking { head.fieldbook.case(head.fieldbook.petitions("đèn đường").single().id) }
        assertTrue("$answered", "lắp 4 bóng" in "$answered")
    }

    /** Nobody gets away without a position and without a reason. */
    private fun aSecondVisitWithoutAPosition() {
        Outdoors.forbidPosition()
        app.open(liaison)
        begin()
        app.tap("Tiếp tục")
        app.see("Vì sao không có vị trí tại địa bàn: Cần điền chỗ này")
        app.tap("Không bắt được vị trí")
        app.tap("Tiếp tục")
        app.tap("Tiếp tục")
        app.tap("Kiểm tra lại")
        save()
        app.tap("Xong")
        app.settle(liaison)
    }

    private fun everythingIsThere() {
        val receipts = atTheOffice()
        assertEquals("nothing double: $receipts", receipts.size, receipts.toSet().size)
        assertEquals("one visit more", 7, receipts.size)
        listOf(liaison, head).forEach { phone ->
            app.settle(phone)
            assertEquals(emptyList<String>(), runBlocking { phone.fieldbook.check().findings })
        }
        val problems = runBlocking { liaison.fieldbook.cases(filter(CaseKind.PROBLEM), null).rows }
        assertEquals(listOf(BRIDGE), problems.map { it.text })
        assertEquals(4, runBlocking { head.fieldbook.petitions().size })
        office.run("check")
    }

    private fun begin() {
        app.tap("Bắt đầu nắm tình hình")
        app.tap("Ấp An Định")
        app.see("Ở đâu, với ai")
    }

    private fun save() {
        app.tap("Lưu")
        app.see("Đã lưu")
    }

    private fun petition(text: String, answers: List<Boolean>, name: String?) {
        app.tap("Ghi ý kiến người dân")
        answer(*answers.toBooleanArray())
        app.tap("Ghi nội dung")
        app.type("Nội dung", text)
        app.tap("Tiếp tục")
        if (name == null) app.tap("Không ghi tên") else app.type("Họ và tên", name)
        app.tap("Tiếp tục")
        app.see("Việc ở đâu?")
        app.tap("Tiếp tục")
        app.see("Kiểm tra lại")
        save()
        app.tap("Xong")
        app.see("Báo tình hình")
    }

    private fun answer(vararg yes: Boolean) = yes.forEachIndexed { index, isYes ->
        app.see("Bước ${index + 1} trên", substring = true)
        app.tap(hasText(if (isYes) "Có" else "Không"))
    }

    private fun tapOne(word: String, index: Int) {
        val matcher = hasText(word) and hasClickAction()
        app.see(matcher)
        app.compose.onAllNodes(matcher)[index].performScrollTo().performClick()
    }

    private fun sendAll(phone: Graph) {
        app.open(phone)
        app.tap("Gửi ngay")
        app.until {
            outcome { phone.fieldbook.syncNow() } // how many connections the work takes is up to the line; each asking is one more
            line.left.takeIf { it == 0 }
        }
        app.settle(phone)
    }

    /** One line of text for each case, with its receipt where it has one. */
    private fun atTheOffice(): List<String> = office.run("office", "list", "--json").lines().filter { it.startsWith("{") }

    private suspend fun receipt(phone: Graph, words: String) = checkNotNull(phone.fieldbook.petitions(words).single().receipt)

    private fun filter(kind: CaseKind) = CaseFilter(kind, unitId = null, openOnly = false, mineOnly = false, words = "")

    private companion object {
        const val BRIDGE = "Cầu qua kênh Sườn gãy lan can"
        const val WELL = "Nước giếng có mùi"
    }
}

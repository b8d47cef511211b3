package vn.sodiaban.fieldbook.outbox

import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.performTextReplacement
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.core.CaseState
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.core.PhotoPolicy
import vn.sodiaban.fieldbook.core.Sending
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.LIAISON
import vn.sodiaban.fieldbook.harness.petition
import vn.sodiaban.fieldbook.harness.petitions

@RunWith(AndroidJUnit4::class)
class OutboxFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    @Test fun whatTheOfficeSendsBackStandsOnTopWithItsReasonAndIsCompletedThere() {
        val phone = app.enrolled(office, HEAD)
        val receipt = runBlocking { phone.fieldbook.petition("Nước giếng có mùi").receipt.orEmpty().also { app.settle(phone) } }
        office.run("office", "return", receipt, "--text", "Đề nghị ghi rõ giếng nào")
        app.open(phone)
        app.tap(hasText("Gửi – nhận") and hasClickAction())
        app.tap("Gửi ngay")
        app.see("Cần xử lý")
        app.see("Đề nghị ghi rõ giếng nào", substring = true)
        app.tap("Mở ra bổ sung")
        app.tap("Bổ sung và gửi lại")
        app.see("Đề nghị ghi rõ giếng nào", substring = true)
        app.kill()
        app.see("Đề nghị ghi rõ giếng nào", substring = true)
        app.see(hasText("Chỗ cụ thể") and hasSetTextAction()).performTextReplacement("giếng nhà số 14, tổ 2")
        app.tap("Bổ sung và gửi lại")
        // The form shows the same words until it is saved.
        app.until { app.phoneInHand().fieldbook.petitions().single().takeIf { it.state == CaseState.RECORDED } }
        app.see("giếng nhà số 14, tổ 2", substring = true)
        app.settle(app.phoneInHand())
        val shown = office.run("office", "show", receipt, "--json")
        assertTrue(shown, "số 14" in shown)
        assertTrue(shown, "recorded" in shown)
    }

    @Test fun whatTheOfficeRefusesIsPutRightInItsFormAndKeepsItsReceipt() {
        val assigned = office.run("office", "assign", "--person", LIAISON, "--unit", "AQ-AP", "--from", "2025-07-01")
        val phone = app.enrolled(office, LIAISON)
        val receipt = runBlocking {
            val there = phone.fieldbook.findHamlets("an phu").single()
            phone.fieldbook.petition("Nước giếng có mùi", hamletId = there.id).receipt
        }
        office.run("office", "end", assigned, "--last", "2026-01-01")
        app.open(phone)
        app.settle(phone)
        app.tap(hasText("Gửi – nhận") and hasClickAction())
        app.see("Trả lại")
        app.see("Lúc ghi, chức danh đã hết hạn", substring = true)
        app.tap("Sửa và gửi lại")
        app.see("Văn phòng trả lại mục này", substring = true)
        app.tap("Sửa: Nơi")
        app.tap("Ấp An Định")
        app.tap("Xong, xem lại")
        app.tap("Lưu")
        app.seeNo("Kiểm tra lại")
        app.settle(phone)
        val repaired = runBlocking { phone.fieldbook.petitions() }.single { it.sending == Sending.Received }
        assertEquals(receipt, repaired.receipt)
    }

    @Test fun withoutANetworkSendNowSaysSoAndWhatGoesOverMobileDataIsChosen() {
        val phone = app.enrolled(office, HEAD)
        runBlocking { phone.fieldbook.petition("Xin lắp thêm đèn đường") }
        app.network(Network.NO_NETWORK)
        app.open(phone)
        app.tap(hasText("Gửi – nhận") and hasClickAction())
        app.see("Chưa có mạng")
        app.see("Xin lắp thêm đèn đường")
        app.tap("Gửi ngay")
        app.see("Chưa tới được văn phòng", substring = true)
        app.tap("Gửi cả ảnh")
        assertEquals(
            PhotoPolicy.EVERYTHING,
            app.until {
                phone.fieldbook.outbox().traffic.photoPolicy.takeIf { it == PhotoPolicy.EVERYTHING }
            },
        )
        app.network(Network.UNMETERED)
        app.tap("Gửi ngay")
        app.until { phone.fieldbook.petitions().single().takeIf { it.sending == Sending.Received } }
        assertEquals(CaseState.RECORDED, runBlocking { phone.fieldbook.petitions().single().state })
    }
}

package vn.sodiaban.fieldbook.case

import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.performTextReplacement
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.core.CaseState
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.LIAISON
import vn.sodiaban.fieldbook.harness.petition
import vn.sodiaban.fieldbook.harness.petitions

@RunWith(AndroidJUnit4::class)
class CaseFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    @Test fun theOfficesAnswerArrivesAndTheHeadMarksThatTheResidentHasIt() {
        val phone = app.enrolled(office, HEAD)
        val receipt = runBlocking { phone.fieldbook.petition("Xin lắp thêm đèn đường").receipt.orEmpty().also { app.settle(phone) } }
        office.run("office", "receive", receipt)
        office.run("office", "resolve", receipt, "--text", "Đã đưa vào kế hoạch quý tới, lắp 4 bóng")
        app.open(phone)
        app.tap("Gửi ngay")
        app.see("Có kết quả, cần báo lại người dân")
        app.tap("Xin lắp thêm đèn đường")
        app.see("Có kết quả rồi. Cần báo lại người dân.")
        app.tap("Đã trả lời người dân")
        app.see("Đã đưa vào kế hoạch quý tới, lắp 4 bóng")
        app.tap("Gọi điện")
        app.tap("Lùi một ngày")
        app.see("hôm qua")
        app.recreate()
        app.see("hôm qua")
        app.tap("Lưu")
        app.see("Đã trả lời người dân: Gọi điện")
        assertEquals(CaseState.ANSWERED, runBlocking { phone.fieldbook.petitions().single().state })
    }

    @Test fun aNoteAndACorrectionStandInTheHistory() {
        val phone = app.enrolled(office, HEAD)
        val id = runBlocking { phone.fieldbook.petition("Nước giếng có mùi").id }
        app.open(phone)
        app.tap("Sổ")
        app.tap("Ý kiến, kiến nghị")
        app.tap("Nước giếng có mùi")
        app.see("Đã ghi, chờ văn phòng tiếp nhận.")
        app.tap("Ghi thêm")
        app.tap("Lưu")
        app.see("Cần điền chỗ này", substring = true)
        app.type("Nội dung", "Đã báo trạm y tế")
        app.tap("Lưu")
        app.see("Đã báo trạm y tế")
        app.tap("Đính chính")
        app.see(hasText("Nội dung") and hasSetTextAction()).performTextReplacement("Nước giếng có mùi dầu")
        app.tap("Lưu")
        app.see("Đã đính chính")
        assertEquals("Nước giếng có mùi dầu", runBlocking { phone.fieldbook.case(id).text })
    }

    @Test fun onlyWhoWroteItDownSeesTheWholeName() {
        val (head, liaison) = app.enrolled(office, HEAD) to app.enrolled(office, LIAISON)
        runBlocking { head.fieldbook.petition("Nước giếng có mùi") }
        app.settle(head)
        app.settle(liaison)
        app.open(liaison)
        app.tap("Sổ")
        app.tap("Ý kiến, kiến nghị")
        app.tap("Nước giếng có mùi")
        app.see("Nguyễn T. H.")
        app.see("Tên đầy đủ chỉ người ghi và văn phòng thấy.")
        app.seeNo("Nguyễn Thị Hoa")
    }
}

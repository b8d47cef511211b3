package vn.sodiaban.fieldbook.problem

import androidx.compose.ui.test.hasText
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.core.CaseFilter
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.UnitLevel
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.LIAISON

@RunWith(AndroidJUnit4::class)
class ProblemFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    @Test fun aHeadIsAskedOneThingAtATimeAndNothingIsLostByKills() {
        var phone = app.enrolled(office, HEAD)
        app.open(phone)
        app.tap("Báo tình hình")
        app.tap("Có việc cần báo")
        app.see("Khó khăn ở đâu?")
        app.see("Đã chọn", substring = true)
        phone = app.kill(phone)
        app.see("Đã khôi phục", substring = true)
        app.tap("Tiếp tục")
        app.tap("Tiếp tục")
        app.see("Khó khăn gì: Cần điền chỗ này")
        app.type("Khó khăn gì", "Đèn đường tắt")
        phone = app.kill(phone)
        app.see(hasText("Đèn đường tắt"))
        app.tap("Tiếp tục")
        app.tap("Đề xuất lên trên")
        phone = app.kill(phone)
        app.see("Xã, phường, đặc khu")
        app.tap("Kiểm tra lại")
        phone = app.kill(phone)
        app.see("Đèn đường tắt")
        app.tap("Lưu")
        app.see("Đã lưu")
        val saved = runBlocking {
            val rows = phone.fieldbook.cases(
                CaseFilter(CaseKind.PROBLEM, unitId = null, openOnly = false, mineOnly = true, words = ""),
                null,
            ).rows
            phone.fieldbook.case(rows.single().id)
        }
        assertEquals(UnitLevel.COMMUNE, checkNotNull(saved.problem).toLevel)
        assertEquals("Đèn đường tắt", saved.text)
    }

    @Test fun aLiaisonHasItOnOnePage() {
        app.open(app.enrolled(office, LIAISON))
        app.tap("Ghi khó khăn, vướng mắc")
        app.tap("Ấp An Hòa")
        app.type("Khó khăn gì", "Đèn đường tắt")
        app.type("Ở chỗ nào trong địa bàn", "Ngã ba")
        app.tap("Giải quyết tại chỗ")
        app.tap("Kiểm tra lại")
        app.see("Ngã ba", substring = true)
        app.tap("Lưu")
        app.see("Đã lưu")
        app.tap("Hiện mã QR")
    }
}

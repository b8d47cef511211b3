package vn.sodiaban.fieldbook.report

import androidx.compose.ui.test.hasText
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD

@RunWith(AndroidJUnit4::class)
class ReportFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    @Test fun nothingToReportTakesTwoTaps() {
        app.open(app.enrolled(office, HEAD))
        app.tap("Báo tình hình")
        app.tap("Không phát sinh")
        app.see("Đã lưu")
        assertEquals(2, app.taps)
        app.see("Số liệu trong kỳ")
        app.tap("Hoàn tác")
        app.see("Đã khôi phục", substring = true)
    }

    @Test fun threeBoxesBackAfterAKillAndSaved() {
        var phone = app.enrolled(office, HEAD)
        app.open(phone)
        app.tap("Báo tình hình")
        app.tap("Báo cáo ngày")
        app.tap("Viết báo cáo ba phần")
        app.type("Làm được", "Vận động 42 hộ")
        app.tap("Tiếp tục")
        app.type("Chưa được", "Đường còn ngập")
        phone = app.kill(phone)
        app.see("Đã khôi phục", substring = true)
        app.see(hasText("Đường còn ngập"))
        app.tap("Tiếp tục")
        app.tap("Kiểm tra lại")
        app.see("Vận động 42 hộ")
        app.tap("Sửa: Chưa được")
        app.see(hasText("Đường còn ngập"))
        app.tap("Xong, xem lại")
        app.tap("Lưu")
        app.see("Số liệu trong kỳ")
        app.kill(phone)
        app.see("Số liệu trong kỳ")
    }
}

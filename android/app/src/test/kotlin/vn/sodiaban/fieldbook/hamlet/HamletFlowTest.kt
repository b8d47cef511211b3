package vn.sodiaban.fieldbook.hamlet

import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.LIAISON

@RunWith(AndroidJUnit4::class)
class HamletFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    @Test fun aHamletShowsWhomToCallAndLeadsBack() {
        app.open(app.enrolled(office, LIAISON))
        app.tap("Ấp An Định")
        app.see(HEAD)
        app.see("trưởng ấp", substring = true)
        app.see("Chưa có lượt xuống nào")
        app.see("Bắt đầu nắm tình hình")
        app.kill()
        app.see(HEAD)
        app.back()
        app.see("Tháng này đã xuống 0 trên 3 nơi")
    }
}

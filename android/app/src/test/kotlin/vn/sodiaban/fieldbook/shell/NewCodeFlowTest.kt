package vn.sodiaban.fieldbook.shell

import androidx.compose.ui.test.hasContentDescription
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.NewDraft
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.notePetition

@RunWith(AndroidJUnit4::class)
class NewCodeFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    private fun Graph.kept() = runBlocking { fieldbook.status().traffic.recordsWaiting to fieldbook.drafts().size }

    @Test fun anOfficeThatNoLongerKnowsThePhoneLeadsToANewCodeAndNothingIsLost() {
        val graph = app.enrolled(office, HEAD)
        graph.notePetition("Cầu ván mục")
        runBlocking { graph.fieldbook.startDraft(NewDraft(CaseKind.PROBLEM, null, null, false)) }
        val kept = graph.kept()
        office.forgetPhones()
        app.open(graph)
        app.see("Báo tình hình")
        app.tap("Gửi ngay")
        app.tap("Nhập mã mới của văn phòng")
        app.see("Nhập mã của văn phòng")
        assertEquals(kept, graph.kept())

        app.type("Địa chỉ", office.url)
        app.type("Mười số", office.digits(HEAD))
        app.tap("Tiếp tục")
        app.tap("Đúng, ghi sổ với tên này")
        app.tap("Không cần mã PIN")
        app.tap("Bắt đầu")
        app.see("Báo tình hình")
        app.seeNo("Nhập mã mới của văn phòng")
        app.tap("Gửi ngay")
        app.waitFor("the record to arrive") { graph.kept() == 0 to kept.second }
    }

    @Test fun aPhoneTheOfficeStoppedMayComeBackWithANewCode() {
        val graph = app.enrolled(office, HEAD)
        office.run("revoke", office.writers().single())
        app.open(graph)
        app.tap("Gửi ngay")
        app.tap("Nhập mã mới của văn phòng")
        app.tap(hasContentDescription("Quay lại"))
        app.see("Báo tình hình")
    }
}

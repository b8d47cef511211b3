package vn.sodiaban.fieldbook.me

import androidx.compose.ui.test.assertIsSelected
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasText
import androidx.test.ext.junit.runners.AndroidJUnit4
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.core.Standing
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.petition
import vn.sodiaban.fieldbook.harness.petitions

@RunWith(AndroidJUnit4::class)
class MeFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    private fun me(): Graph = app.enrolled(office, HEAD).also {
        app.open(it)
        app.tap(hasText("Tôi") and hasClickAction())
        app.see(HEAD)
    }

    @Test fun headsHaveLargeWordsUntilTheyChooseOthers() {
        val phone = me()
        app.see(hasText("Lớn") and hasClickAction()).assertIsSelected()
        app.tap(hasText("Rất lớn"))
        app.until { phone.choices.chosen.value.textSize.takeIf { it == TextSize.LARGEST } }
        app.see(hasText("Rất lớn") and hasClickAction()).assertIsSelected()
    }

    @Test fun aPinIsSetAndRemoved() {
        val phone = me()
        app.tap("Đặt mã PIN")
        app.type("Mã PIN", "4321")
        app.tap("Đặt mã PIN")
        app.see("Đổi mã PIN")
        assertTrue(runBlocking { phone.choices.isPin("4321") })
        app.tap("Bỏ mã PIN")
        app.see(hasText("Đặt mã PIN") and hasClickAction())
        assertFalse(phone.choices.chosen.value.hasPin)
    }

    @Test fun practiceLeavesNothingBehind() {
        val phone = me()
        app.tap("Bật tập thử")
        app.until { phone.fieldbook.status().takeIf { it.practice } }
        runBlocking { phone.fieldbook.petition("Tập thử") }
        app.back()
        app.see("Đang tập thử: không có gì gửi đi.")
        app.tap(hasText("Tôi") and hasClickAction())
        app.tap("Bật tập thử")
        app.until { phone.fieldbook.status().takeIf { !it.practice } }
        assertEquals(emptyList<Any>(), runBlocking { phone.fieldbook.petitions() })
    }

    @Test fun signingOutSendsEverythingFirstAndDeletesNothingUnsent() {
        val phone = me()
        val receipt = runBlocking { phone.fieldbook.petition("Xin lắp thêm đèn đường").receipt.orEmpty() }
        app.network(Network.NO_NETWORK)
        app.tap("Gửi hết và đăng xuất")
        app.tap("Gửi hết rồi xóa khỏi máy")
        app.see("Chưa xóa gì", substring = true)
        assertEquals(1, runBlocking { phone.fieldbook.petitions() }.size)
        app.network(Network.UNMETERED)
        app.settle(phone)
        app.tap("Gửi hết rồi xóa khỏi máy")
        app.see("Nhập mã của văn phòng")
        assertEquals(Standing.NOT_ENROLLED, runBlocking { phone.fieldbook.status().standing })
        assertTrue(office.run("office", "list"), receipt in office.run("office", "list"))
    }
}

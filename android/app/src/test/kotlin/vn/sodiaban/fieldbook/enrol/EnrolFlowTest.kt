package vn.sodiaban.fieldbook.enrol

import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.performTextReplacement
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.LIAISON

@RunWith(AndroidJUnit4::class)
class EnrolFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    private fun lookUp(person: String) {
        app.type("Địa chỉ", office.url)
        app.type("Mười số", office.digits(person))
        app.tap("Tiếp tục")
        app.see(person)
    }

    @Test fun tenDigitsLeadToHomNay() {
        app.open(app.phone())
        lookUp(LIAISON)
        app.see("đảng ủy viên phụ trách", substring = true)
        app.tap("Đúng, ghi sổ với tên này")
        app.tap("Không cần mã PIN")
        app.tap("Bắt đầu")
        app.see("Tháng này đã xuống 0 trên 3 nơi")
        assertEquals(4, app.taps)
    }

    @Test fun aPinIsKeptAndShortOnesAreNot() {
        val phone = app.phone()
        app.open(phone)
        lookUp(HEAD)
        app.tap("Đúng, ghi sổ với tên này")
        app.see("Đặt mã PIN khóa màn hình")
        app.type("Mã PIN", "12")
        app.tap("Đặt mã PIN")
        app.see("Cần ít nhất 4 số", substring = true)
        app.type("Mã PIN", "34")
        app.tap("Đặt mã PIN")
        app.tap("Bắt đầu")
        app.see("Báo tình hình")
        phone.isOpened.value = false // the app was ended and is started again
        app.open(phone)
        app.type("Mã PIN", "1235")
        app.tap("Mở")
        app.see("Mã PIN không đúng", substring = true)
        app.see(hasSetTextAction()).performTextReplacement("1234")
        app.tap("Mở")
        app.see("Báo tình hình")
    }

    @Test fun aWrongCodeSaysWhatToDoAndKeepsWhatWasTyped() {
        app.open(app.phone())
        app.type("Địa chỉ", office.url)
        app.type("Mười số", "0000000000")
        app.tap("Tiếp tục")
        app.see("Mã không đúng, đã dùng hoặc hết hạn", substring = true)
        app.recreate()
        app.see("0000000000", substring = true)
    }

    @Test fun anUnreachableOfficeSaysSoAndTheSameCodeWorksLater() {
        app.open(app.phone())
        val address = office.url
        val digits = office.digits(HEAD)
        office.stop()
        app.type("Địa chỉ", address)
        app.type("Mười số", digits)
        app.tap("Tiếp tục")
        app.see("Chưa tới được văn phòng", substring = true)
        office.start()
        app.tap("Tiếp tục")
        app.see(HEAD)
    }

    @Test fun afterTheCodeWasUsedARestartGoesOnWhereItWas() {
        val phone = app.phone()
        app.open(phone)
        lookUp(HEAD)
        app.tap("Đúng, ghi sổ với tên này")
        app.see("Đặt mã PIN khóa màn hình")
        app.open(phone)
        app.see("Báo tình hình")
    }
}

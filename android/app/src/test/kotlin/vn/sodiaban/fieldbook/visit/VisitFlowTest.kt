package vn.sodiaban.fieldbook.visit

import android.os.Looper
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isSelected
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.time.Duration
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.core.CalendarMonth
import vn.sodiaban.fieldbook.core.CaseFilter
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.Entry
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.core.NewDraft
import vn.sodiaban.fieldbook.core.PlaceEvidence
import vn.sodiaban.fieldbook.core.PromiseEntry
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.LIAISON
import vn.sodiaban.fieldbook.harness.Outdoors
import vn.sodiaban.fieldbook.position.Fixes

@RunWith(AndroidJUnit4::class)
class VisitFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    /** The `index`th of several things with the same word. */
    private fun tapOne(word: String, index: Int) {
        val matcher = hasText(word) and hasClickAction()
        app.see(matcher)
        app.compose.onAllNodes(matcher)[index].performScrollTo().performClick()
        app.taps += 1
    }

    private fun takePhoto() {
        app.tap("Chụp ảnh")
        Outdoors.waitForOther(app)
        app.taps += 2 // the shutter, and "use this picture"
        app.activity { Outdoors.comeBack(it, Outdoors.shoot(it)) }
        app.see(hasContentDescription("Ảnh 1"))
    }

    /** Two promises for this month, so that the next visit asks about them. */
    private fun promised(phone: Graph) = runBlocking {
        val book = phone.fieldbook
        val hamlet = book.hamlets().first { it.name == "Ấp An Định" }
        val draft = book.startDraft(NewDraft(CaseKind.VISIT, hamlet.id, sinceBoot = null, later = true))
        val today = book.choices(draft.id).today
        val month = CalendarMonth(today.year, today.month)
        val entry = (draft.entry as Entry.Visit).entry.copy(
            placeReason = "Ghi lại",
            promises = listOf("Sửa cống số 3", "Mời điện lực").map { PromiseEntry(it, month) },
        )
        book.keepDraft(draft.id, "check", Entry.Visit(entry), null)
        book.save(draft.id)
    }

    private fun visits(phone: Graph) = runBlocking {
        val book = phone.fieldbook
        book.cases(CaseFilter(CaseKind.VISIT, unitId = null, openOnly = false, mineOnly = true, words = ""), null).rows.map {
            book.case(it.id)
        }
    }

    @Test fun aWholeVisitFromHomNayToDaLuu() {
        Outdoors.allowPosition()
        Outdoors.allowCamera()
        Outdoors.stand(10.0, 106.4)
        val phone = app.enrolled(office, LIAISON)
        promised(phone)
        app.open(phone)
        app.tap("Bắt đầu nắm tình hình")
        app.tap("Ấp An Định")
        app.see("Ở đâu, với ai")
        assertEquals("taps to start", 2, app.taps)
        app.see("Sai số khoảng 12 m")
        app.tap("Trưởng ấp, thôn, khu phố")
        app.tap("Tiếp tục")
        app.see("Tình hình")
        OfficeRule.TOPICS.indices.forEach { tapOne(if (it == 1) "Chưa được" else "Làm được", it) }
        tapOne("Đã xong", 0)
        tapOne("Chưa xong", 1)
        app.tap("Tiếp tục")
        app.tap("Thêm khó khăn")
        app.type("Khó khăn gì", "Đường liên ấp ngập")
        app.tap("Đề xuất lên trên")
        takePhoto()
        app.tap("Kiểm tra lại")
        app.see("Đường liên ấp ngập", substring = true)
        app.tap("Lưu")
        app.see("Đã lưu")
        assertTrue("${app.taps} taps, ${OfficeRule.TOPICS.size} of them for topics", app.taps <= 14 + OfficeRule.TOPICS.size)
        app.see("Mã của từng khó khăn")
        app.see("Chờ gửi")
        app.see(hasText("Hoàn tác") and hasClickAction())

        val visit = visits(phone).first { it.visit?.evidence != PlaceEvidence.NO_EVIDENCE }
        assertEquals(PlaceEvidence.GPS_UNKNOWN, checkNotNull(visit.visit).evidence)
        app.tap("Xong")
        app.see("Hôm nay")
    }

    @Test fun undoBringsTheFormBackAsItWas() {
        val phone = app.enrolled(office, LIAISON)
        app.open(phone)
        begin()
        app.tap("Không bắt được vị trí")
        app.tap("Hộ dân")
        app.tap("Tiếp tục")
        app.tap("Tiếp tục")
        app.type("Nhận xét chung", "Bà con phấn khởi")
        app.tap("Kiểm tra lại")
        app.tap("Lưu")
        app.see("Đã lưu")
        app.tap("Hoàn tác")
        app.see("Đã khôi phục", substring = true)
        app.see("Bà con phấn khởi")
        assertEquals(0, visits(phone).size)
    }

    private fun begin() {
        app.tap("Bắt đầu nắm tình hình")
        app.tap("Ấp An Định")
        app.see("Ở đâu, với ai")
    }

    @Test fun aMissingReasonIsSaidOnTopAndBesideTheFieldInTheSameWords() {
        app.open(app.enrolled(office, LIAISON))
        begin()
        app.tap("Tiếp tục")
        val words = "Vì sao không có vị trí tại địa bàn: Cần điền chỗ này"
        app.see(words)
        assertEquals(2, app.compose.onAllNodes(hasText(words), useUnmergedTree = true).fetchSemanticsNodes().size)
        app.type("Vì sao không có vị trí tại địa bàn", "Trời mưa to")
        app.tap("Tiếp tục")
        app.see("Nội dung trọng tâm")
        app.tap(hasContentDescription("Quay lại"))
        app.see(hasText("Trời mưa to"))
    }

    @Test fun aProblemWithoutWordsIsSaidOnItsPage() {
        app.open(app.enrolled(office, LIAISON))
        begin()
        app.tap("Không bắt được vị trí")
        app.tap("Tiếp tục")
        app.tap("Tiếp tục")
        app.tap("Thêm khó khăn")
        app.tap("Kiểm tra lại")
        app.see("Khó khăn gì: Cần điền chỗ này")
        app.tap("Bỏ khó khăn 1")
        app.see("Đã bỏ")
        app.tap("Hoàn tác")
        app.type("Khó khăn gì", "Mất điện")
        app.tap("Kiểm tra lại")
        app.see("Xử lý thế nào: Cần điền chỗ này")
        app.tap("Giải quyết tại chỗ")
        app.tap("Kiểm tra lại")
        app.see("Mất điện · Giải quyết tại chỗ")
        app.tap("Sửa: Làm việc với ai?")
        app.tap("Công an, dân quân")
        app.tap("Xong, xem lại")
        app.see("Công an, dân quân")
    }

    @Test fun whatIsShownIsBackAfterAKillOnEachPage() {
        var phone = app.enrolled(office, LIAISON)
        app.open(phone)
        app.tap("Bắt đầu nắm tình hình")
        app.see("Xuống địa bàn nào?")
        phone = app.kill(phone)
        app.see("Đã khôi phục", substring = true)
        app.tap("Ấp An Định")
        app.type("Vì sao không có vị trí tại địa bàn", "Trời mưa to")
        app.tap("Hộ dân")
        phone = app.kill(phone)
        app.see("Đã khôi phục", substring = true)
        app.see("Ở đâu, với ai")
        app.see(hasText("Trời mưa to"))
        app.tap("Tiếp tục")
        tapOne("Chưa được", 1)
        tapOne("Nhận xét, ảnh", 1)
        app.type("Nhận xét", "Còn 12 hộ")
        phone = app.kill(phone)
        app.see("Nội dung trọng tâm")
        app.see(hasText("Còn 12 hộ"))
        app.see(hasText("Chưa được") and isSelected())
        app.tap("Tiếp tục")
        app.tap("Thêm khó khăn")
        app.type("Khó khăn gì", "Mất điện")
        app.tap("Giải quyết tại chỗ")
        phone = app.kill(phone)
        app.see("Khó khăn và đề xuất")
        app.see(hasText("Mất điện"))
        app.tap("Thêm đề xuất cho tháng")
        app.type("Đề xuất 1", "Mời điện lực")
        app.tap("Kiểm tra lại")
        phone = app.kill(phone)
        app.see("Đã khôi phục", substring = true)
        app.see("Trời mưa to", substring = true)
        app.see("Mất điện · Giải quyết tại chỗ")
        app.see("Mời điện lực")
        app.tap("Lưu")
        app.see("Đã lưu")
        phone = app.kill(phone)
        app.see("Đã lưu")
        assertEquals(1, visits(phone).size)
    }

    @Test fun aKillBetweenLuuAndTheNextPageLeadsToDaLuu() {
        val phone = app.enrolled(office, LIAISON)
        app.open(phone)
        begin()
        app.tap("Không bắt được vị trí")
        repeat(2) { app.tap("Tiếp tục") }
        app.tap("Kiểm tra lại")
        app.see("Làm việc với ai?")
        runBlocking { phone.fieldbook.run { save(drafts().single().id) } }
        app.kill(phone)
        app.see("Đã lưu")
        app.tap("Hoàn tác")
        app.see("Kiểm tra lại")
    }

    @Test fun aRotationLosesNothing() {
        app.open(app.enrolled(office, LIAISON))
        begin()
        app.type("Người khác cùng làm việc", "Ban quản lý chợ")
        app.recreate()
        app.see(hasText("Ban quản lý chợ"))
        app.tap("Không bắt được vị trí")
        app.tap("Tiếp tục")
        app.recreate()
        app.see("Nội dung trọng tâm")
        app.tap("Tiếp tục")
        app.recreate()
        app.tap("Kiểm tra lại")
        app.recreate()
        app.see("Ban quản lý chợ", substring = true)
        app.tap("Lưu")
        app.see("Đã lưu")
        app.recreate()
        app.see("Đã lưu")
    }

    @Test fun aFormThatIsLeftIsAmongTheUnfinishedOnes() {
        app.open(app.enrolled(office, LIAISON))
        begin()
        app.type("Người khác cùng làm việc", "Ban quản lý chợ")
        repeat(2) { app.tap(hasContentDescription("Quay lại")) }
        app.tap("Lượt xuống địa bàn")
        app.see("Xuống địa bàn nào?")
        app.tap("Tiếp tục")
        app.see(hasText("Ban quản lý chợ"))
    }

    @Test fun aPastVisitAsksForTheDayAndTheReasonOnly() {
        val phone = app.enrolled(office, LIAISON)
        app.open(phone)
        app.tap("Ghi lượt đã đi")
        app.tap("Ấp An Thạnh")
        app.see("Xuống ngày nào?")
        app.seeNo("Lấy vị trí")
        val days = runBlocking { phone.fieldbook.today().day }
        app.compose.onAllNodes(hasText("/${days.year}", substring = true) and hasClickAction())[3].performScrollTo().performClick()
        app.tap("Ghi lại sau khi về")
        app.tap("Tiếp tục")
        app.tap("Tiếp tục")
        app.tap("Kiểm tra lại")
        app.tap("Lưu")
        app.see("Đã lưu")
        val visit = checkNotNull(visits(phone).single().visit)
        assertEquals(PlaceEvidence.NO_EVIDENCE, visit.evidence)
        assertEquals("Ghi lại sau khi về", visit.placeReason)
    }

    @Test fun withoutASatelliteTheReasonIsAskedAfterHalfAMinute() {
        Outdoors.allowPosition()
        app.open(app.enrolled(office, LIAISON))
        begin()
        app.see("Đang lấy vị trí", substring = true)
        shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(Fixes.PATIENCE_MS + 1))
        app.see("Chưa bắt được vị trí", substring = true)
        Outdoors.stand(10.0, 106.4, isMock = true)
        app.tap("Lấy vị trí")
        app.see("Vị trí do ứng dụng khác đặt")
        app.tap("Bỏ vị trí")
        app.see("Không có vị trí")
    }

    @Test fun withoutANetworkItIsSafeHereAndGoesLater() {
        app.network(Network.NO_NETWORK)
        app.open(app.enrolled(office, LIAISON))
        begin()
        app.tap("Không bắt được vị trí")
        repeat(2) { app.tap("Tiếp tục") }
        app.tap("Kiểm tra lại")
        app.tap("Lưu")
        app.see("Chưa có mạng: tự gửi khi có mạng.")
        app.see("Đã nằm an toàn trên máy này.")
    }
}

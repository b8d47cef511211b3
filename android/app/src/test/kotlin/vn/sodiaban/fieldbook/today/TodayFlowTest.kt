package vn.sodiaban.fieldbook.today

import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.core.Fieldbook
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.FullPhone
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.HEAD
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.LIAISON

@RunWith(AndroidJUnit4::class)
class TodayFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    @Test fun aLiaisonSeesTheAssignedHamletsAndAHeadTheTwoTiles() {
        val (liaison, head) = app.enrolled(office, LIAISON) to app.enrolled(office, HEAD)
        app.open(liaison)
        app.see("Tháng này đã xuống 0 trên 3 nơi")
        listOf("Ấp An Định", "Ấp An Thạnh", "Ấp An Hòa").forEach { app.see(it, substring = true) }
        app.see("Bắt đầu nắm tình hình")

        app.open(head)
        app.see("Ghi ý kiến người dân")
        app.see("Báo tình hình")
        app.seeNo("Bắt đầu nắm tình hình")
    }

    @Test fun withoutANetworkTheStripSaysSoAndSendNowSaysWhatToDo() {
        app.network(Network.NO_NETWORK)
        app.open(app.enrolled(office, LIAISON))
        app.see("Chưa có mạng")
        app.tap("Gửi ngay")
        app.see("Chưa tới được văn phòng", substring = true)
        app.network(Network.UNMETERED)
        app.see("Có Wi-Fi")
    }

    @Test fun whatTheOfficeAssignsArrivesBySendNow() {
        app.open(app.enrolled(office, LIAISON))
        app.see("Tháng này đã xuống 0 trên 3 nơi")
        office.run("office", "assign", "--person", LIAISON, "--unit", "AQ-AP", "--from", "2025-07-01")
        app.tap("Gửi ngay")
        app.see("Tháng này đã xuống 0 trên 4 nơi")
        app.recreate()
        app.see("Tháng này đã xuống 0 trên 4 nơi")
    }

    @Test fun whatCouldNotBeOpenedIsTriedAgainWithOneTap() {
        lateinit var core: FullPhone
        val phone = app.ended(app.enrolled(office, LIAISON)) { config, keys -> FullPhone(Fieldbook(config, keys)).also { core = it } }
        app.open(phone)
        app.see("Máy đã hết chỗ", substring = true)
        core.isFull = false
        app.tap("Thử lại")
        app.see("Tháng này đã xuống 0 trên 3 nơi")
        core.isFull = true
        app.tap("Bắt đầu nắm tình hình")
        app.see("Máy đã hết chỗ", substring = true)
        core.isFull = false
        app.tap("Thử lại")
        app.see("Xuống địa bàn nào?")
    }
}

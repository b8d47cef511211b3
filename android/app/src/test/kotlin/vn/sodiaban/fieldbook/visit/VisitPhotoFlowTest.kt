package vn.sodiaban.fieldbook.visit

import android.Manifest
import android.app.Activity
import androidx.compose.ui.test.hasContentDescription
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.LIAISON
import vn.sodiaban.fieldbook.harness.Outdoors

@RunWith(AndroidJUnit4::class)
class VisitPhotoFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    private fun toPhotos() {
        app.tap("Bắt đầu nắm tình hình")
        app.tap("Ấp An Định")
        app.tap("Không bắt được vị trí")
        repeat(2) { app.tap("Tiếp tục") }
        app.see("Ảnh và nhận xét chung")
    }

    @Test fun aPictureTakenWhileTheAppWasEndedIsAttached() {
        Outdoors.allowCamera()
        val phone = app.enrolled(office, LIAISON)
        app.open(phone)
        toPhotos()
        app.tap("Chụp ảnh")
        Outdoors.waitForOther(app)
        app.activity { Outdoors.shoot(it) }
        app.kill(phone)
        app.see("Đã khôi phục", substring = true)
        app.see(hasContentDescription("Ảnh 1"))
    }

    @Test fun aPictureNotTakenIsNothing() {
        Outdoors.allowCamera()
        app.open(app.enrolled(office, LIAISON))
        toPhotos()
        app.tap("Chụp ảnh")
        Outdoors.waitForOther(app)
        app.activity { Outdoors.comeBack(it, Outdoors.shoot(it, ByteArray(0)), result = Activity.RESULT_CANCELED) }
        app.tap("Kiểm tra lại")
        app.see("Làm việc với ai?")
        app.see("Ảnh và nhận xét chung")
    }

    @Test fun severalFromTheGalleryAndRemovalWithTheWayBack() {
        app.open(app.enrolled(office, LIAISON))
        toPhotos()
        app.tap("Chọn ảnh")
        Outdoors.waitForOther(app)
        app.activity { Outdoors.choose(it, Outdoors.jpeg(), Outdoors.jpeg(320, 200)) }
        app.see(hasContentDescription("Ảnh 2"))
        app.tap(hasContentDescription("Bỏ ảnh 1"))
        app.see("Đã bỏ")
        app.tap("Hoàn tác")
        app.see(hasContentDescription("Ảnh 2"))
    }

    @Test fun whatIsNoPictureIsSaidAndNotAttached() {
        app.open(app.enrolled(office, LIAISON))
        toPhotos()
        app.tap("Chọn ảnh")
        Outdoors.waitForOther(app)
        app.activity { Outdoors.choose(it, "%PDF-1.7".toByteArray()) }
        app.see("Tệp này không phải ảnh")
    }

    @Test fun withoutTheRightToTheCameraTheGalleryOpens() {
        app.open(app.enrolled(office, LIAISON))
        toPhotos()
        app.tap("Chụp ảnh")
        app.answerPermission(Manifest.permission.CAMERA, isGiven = false)
        Outdoors.waitForOther(app)
        app.activity { Outdoors.choose(it, Outdoors.jpeg()) }
        app.see(hasContentDescription("Ảnh 1"))
    }
}

package vn.sodiaban.fieldbook.scan

import android.Manifest.permission.CAMERA
import android.app.Application
import android.graphics.SurfaceTexture
import android.view.Surface
import android.view.SurfaceHolder
import android.view.SurfaceView
import android.view.View
import android.view.ViewGroup
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import com.google.zxing.BarcodeFormat
import com.google.zxing.EncodeHintType
import com.google.zxing.qrcode.QRCodeWriter
import java.lang.reflect.Proxy
import kotlin.random.Random
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import org.robolectric.Shadows.shadowOf
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.LIAISON

@RunWith(AndroidJUnit4::class)
class ScanFlowTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    private val phone: Application get() = ApplicationProvider.getApplicationContext()

    @Test fun theOfficesCodeBeforeTheCameraEnrols() {
        val code = office.code(LIAISON)
        shadowOf(phone).grantPermissions(CAMERA)
        app.open(app.phone(camera = Seeing { flowOf(grey(null), grey(code)) }))
        app.tap("Quét mã QR")
        app.see("Đưa mã vào giữa khung", substring = true)
        app.showCamera()
        app.see(LIAISON)
        app.tap("Đúng, ghi sổ với tên này")
        app.tap("Không cần mã PIN")
        app.tap("Bắt đầu")
        app.see("Tháng này đã xuống 0 trên 3 nơi")
    }

    @Test fun anotherCodeSaysSoAndTheDigitsStillWork() {
        shadowOf(phone).grantPermissions(CAMERA)
        app.open(app.phone(camera = Seeing { flowOf(grey("https://example.org/menu")) }))
        app.tap("Quét mã QR")
        app.showCamera()
        app.see("Chưa đúng, hãy xem lại")
        app.see("Mười số")
    }

    @Test fun refusedThePermissionTheDigitsAreTheOtherWay() {
        app.open(app.phone(camera = Seeing { emptyFlow() }))
        app.tap("Quét mã QR")
        app.answerPermission(CAMERA, isGiven = false)
        app.see("Chưa được phép dùng máy ảnh", substring = true)
        app.tap("Nhập mười số")
        app.see("Mười số")
    }

    @Test fun aCameraThatDoesNotOpenSaysSo() {
        shadowOf(phone).grantPermissions(CAMERA)
        app.open(app.phone(camera = Seeing { flow { throw CameraAway() } }))
        app.tap("Quét mã QR")
        app.showCamera()
        app.see("Máy ảnh không mở được", substring = true)
    }

    @Test fun aCodeIsReadAtAnyTurnOnAPaddedNoisyPictureAndNothingOnAnEmptyOne() {
        val code = office.code(LIAISON)
        (0..3).forEach { turns -> assertEquals(code, grey(code, turns = turns, padding = 64, noise = 40).code()) }
        assertNull(grey(null).code())
    }
}

/** A camera before which somebody holds these pictures. */
private class Seeing(override val exists: Boolean = true, private val pictures: () -> Flow<Frame>) : Camera {
    override fun frames(preview: Surface): Flow<Frame> = pictures()
}

/** What a camera gives of a printed code: grey on grey, turned by quarters, rows padded. */
private fun grey(text: String?, turns: Int = 0, padding: Int = 0, noise: Int = 0): Frame {
    val (width, height) = PREVIEW_WIDTH to PREVIEW_HEIGHT
    val random = Random(1)
    val rows = ByteArray((width + padding) * height) { (180 + random.nextInt(noise + 1)).toByte() }
    if (text != null) {
        val bits = QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, SIDE, SIDE, mapOf(EncodeHintType.MARGIN to 2))
        for (y in 0 until SIDE) {
            for (x in 0 until SIDE) {
                val (u, v) = turned(x, y, turns)
                val at = (y + (height - SIDE) / 2) * (width + padding) + x + (width - SIDE) / 2
                if (bits[u, v]) rows[at] = (60 + random.nextInt(noise + 1)).toByte()
            }
        }
    }
    return Frame(rows, width, height, width + padding)
}

private const val SIDE = 480

private tailrec fun turned(x: Int, y: Int, turns: Int): Pair<Int, Int> = if (turns == 0) x to y else turned(SIDE - 1 - y, x, turns - 1)

/** The surface on which the camera draws is there: the JVM has none of its own. */
private fun AppRule.showCamera() {
    compose.waitUntil("a camera surface", 15_000) {
        var isShown = false
        activity { activity ->
            val view = activity.window.decorView.find<SurfaceView>()
            if (view != null) {
                shadowOf(view).fakeSurfaceHolder.callbacks.forEach { it.surfaceChanged(Shown, 0, PREVIEW_WIDTH, PREVIEW_HEIGHT) }
                isShown = true
            }
        }
        isShown
    }
}

private val Shown = Proxy.newProxyInstance(SurfaceHolder::class.java.classLoader, arrayOf(SurfaceHolder::class.java)) { _, method, _ ->
    if (method.name == "getSurface") Surface(SurfaceTexture(0)) else null
} as SurfaceHolder

private inline fun <reified V : View> View.find(): V? {
    val left = ArrayDeque(listOf(this))
    while (true) {
        val view = left.removeFirstOrNull() ?: return null
        if (view is V) return view
        if (view is ViewGroup) left += (0 until view.childCount).map(view::getChildAt)
    }
}

package vn.sodiaban.fieldbook.scan

import com.google.zxing.BinaryBitmap
import com.google.zxing.PlanarYUVLuminanceSource
import com.google.zxing.ReaderException
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.qrcode.QRCodeReader

/** A grey picture of the camera: rows of [stride] bytes, of which the first [width] are pixels. */
class Frame(val grey: ByteArray, val width: Int, val height: Int, val stride: Int = width) {
    /** The text of the QR code in it; none when there is none, or it cannot be read yet. */
    fun code(): String? {
        val source = PlanarYUVLuminanceSource(grey, stride, height, 0, 0, width, height, false)
        return try {
            QRCodeReader().decode(BinaryBitmap(HybridBinarizer(source))).text
        } catch (_: ReaderException) {
            null
        }
    }
}

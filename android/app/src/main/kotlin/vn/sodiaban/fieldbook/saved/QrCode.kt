package vn.sodiaban.fieldbook.saved

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import com.google.zxing.BarcodeFormat
import com.google.zxing.EncodeHintType
import com.google.zxing.common.BitMatrix
import com.google.zxing.qrcode.QRCodeWriter

/** A text as a QR code, black on white with the margin that scanners want. */
@Composable
fun QrCode(text: String, description: String, modifier: Modifier = Modifier) {
    val code = remember(text) { encode(text) }
    Box(modifier, Alignment.Center) {
        Canvas(
            Modifier.size(176.dp).semantics {
                contentDescription = description
                role = Role.Image
            },
        ) {
            val cell = size.minDimension / code.width
            drawRect(Color.White)
            for (x in 0 until code.width) {
                for (y in 0 until code.height) {
                    if (code[x, y]) drawRect(Color.Black, Offset(x * cell, y * cell), Size(cell + 0.5f, cell + 0.5f))
                }
            }
        }
    }
}

private fun encode(text: String): BitMatrix =
    QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, mapOf(EncodeHintType.MARGIN to 4))

package vn.sodiaban.fieldbook.scan

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.tooling.preview.Preview
import vn.sodiaban.fieldbook.ui.FieldbookTheme

/** Its states; where the camera's picture comes there is a grey field. */
@Composable
internal fun ScanSample(state: ScanState) = ScanContent(state, "Nhập mười số", {}, {}) { Box(it.background(Color.Gray)) }

@Preview
@Composable
private fun LookingPreview() = FieldbookTheme { ScanSample(ScanState.LOOKING) }

@Preview
@Composable
private fun RefusedPreview() = FieldbookTheme { ScanSample(ScanState.REFUSED) }

@Preview
@Composable
private fun NoCameraPreview() = FieldbookTheme { ScanSample(ScanState.NO_CAMERA) }

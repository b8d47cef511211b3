package vn.sodiaban.fieldbook.scan

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.widthIn
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Notice
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.SideButton

/** Looks for a code. `otherWay` says what the button does that leads back: "Nhập mười số". */
@Composable
fun ScanContent(
    state: ScanState,
    otherWay: String,
    onOtherWay: () -> Unit,
    onAsk: () -> Unit,
    modifier: Modifier = Modifier,
    preview: @Composable (Modifier) -> Unit,
) = Page(
    title = stringResource(R.string.screen_scan_title),
    modifier = modifier,
    onBack = onOtherWay,
    actions = {
        MainButton(otherWay, onOtherWay)
        if (state == ScanState.REFUSED) SideButton(stringResource(R.string.screen_scan_allow), onAsk)
    },
) {
    when (state) {
        ScanState.ASKING -> Text(stringResource(R.string.screen_scan_asking))

        ScanState.LOOKING -> {
            Text(stringResource(R.string.screen_scan_hint))
            Box(Modifier.fillMaxWidth(), Alignment.Center) {
                preview(
                    Modifier
                        .widthIn(max = 360.dp)
                        .fillMaxWidth()
                        .aspectRatio(PREVIEW_HEIGHT.toFloat() / PREVIEW_WIDTH)
                        .clip(MaterialTheme.shapes.medium),
                )
            }
        }

        ScanState.REFUSED -> Notice(stringResource(R.string.screen_scan_refused))

        ScanState.NO_CAMERA -> Notice(stringResource(R.string.screen_scan_no_camera))
    }
}

package vn.sodiaban.fieldbook.enrol

import androidx.activity.compose.BackHandler
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.EnrolmentCode
import vn.sodiaban.fieldbook.scan.Camera
import vn.sodiaban.fieldbook.scan.ScanScreen

/** `onBack` none: nothing lies behind, since nobody is signed in. */
@Composable
fun EnrolScreen(
    viewModel: EnrolViewModel,
    camera: Camera,
    onDone: () -> Unit,
    modifier: Modifier = Modifier,
    onBack: (() -> Unit)? = null,
) {
    val state by viewModel.state.collectAsStateWithLifecycle()
    var isScanning by rememberSaveable { mutableStateOf(false) }
    BackHandler(state.step == EnrolStep.CONFIRM, viewModel::back)
    if (isScanning && state.step == EnrolStep.CODE) {
        ScanScreen(
            camera = camera,
            otherWay = stringResource(R.string.screen_enrol_type_digits),
            onCode = { text ->
                isScanning = false
                viewModel.look(EnrolmentCode.Scanned(text))
            },
            onOtherWay = { isScanning = false },
            modifier = modifier,
        )
        return
    }
    EnrolContent(
        state = state,
        onScan = { isScanning = true },
        onLook = viewModel::look,
        onConfirm = viewModel::confirm,
        onBack = viewModel::back,
        onLeave = onBack,
        onPin = viewModel::keepPin,
        onSkipPin = viewModel::skipPin,
        onAgain = viewModel::fill,
        onDone = onDone,
        modifier = modifier,
    )
}

package vn.sodiaban.fieldbook.enrol

import androidx.activity.compose.BackHandler
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle

@Composable
fun EnrolScreen(viewModel: EnrolViewModel, onDone: () -> Unit, modifier: Modifier = Modifier) {
    val state by viewModel.state.collectAsStateWithLifecycle()
    BackHandler(state.step == EnrolStep.CONFIRM, viewModel::back)
    EnrolContent(
        state = state,
        onLook = viewModel::look,
        onConfirm = viewModel::confirm,
        onBack = viewModel::back,
        onPin = viewModel::keepPin,
        onSkipPin = viewModel::skipPin,
        onAgain = viewModel::fill,
        onDone = onDone,
        modifier = modifier,
    )
}

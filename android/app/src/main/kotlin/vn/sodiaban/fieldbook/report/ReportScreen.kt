package vn.sodiaban.fieldbook.report

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import vn.sodiaban.fieldbook.core.Saved
import vn.sodiaban.fieldbook.shell.Go

@Composable
fun ReportScreen(viewModel: ReportViewModel, onGo: Go, onSave: (Saved) -> Unit, onBack: () -> Unit, modifier: Modifier = Modifier) {
    val state by viewModel.state.collectAsStateWithLifecycle()
    val saved by rememberUpdatedState(onSave)
    LaunchedEffect(state.saved) { state.saved?.let(saved) }
    ReportContent(
        state = state,
        onUnit = viewModel::chooseUnit,
        onKind = viewModel::chooseKind,
        onNothing = viewModel::reportNothing,
        onGo = onGo,
        onBack = onBack,
        modifier = modifier,
    )
}

package vn.sodiaban.fieldbook.outbox

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import vn.sodiaban.fieldbook.shell.Go

@Composable
fun OutboxScreen(viewModel: OutboxViewModel, onGo: Go, modifier: Modifier = Modifier) {
    val state by viewModel.state.collectAsStateWithLifecycle()
    OutboxContent(
        state = state,
        onSend = viewModel::send,
        onPolicy = viewModel::choose,
        onRepair = { viewModel.repair(it, onGo) },
        onDiscard = viewModel::discard,
        onGo = onGo,
        modifier = modifier,
    )
}

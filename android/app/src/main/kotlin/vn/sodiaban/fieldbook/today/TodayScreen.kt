package vn.sodiaban.fieldbook.today

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import vn.sodiaban.fieldbook.shell.Go

@Composable
fun TodayScreen(viewModel: TodayViewModel, onGo: Go, modifier: Modifier = Modifier) {
    val state by viewModel.state.collectAsStateWithLifecycle()
    TodayContent(state, onGo = onGo, onSend = viewModel::send, onAgain = viewModel::again, modifier = modifier)
}

package vn.sodiaban.fieldbook.hamlet

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import vn.sodiaban.fieldbook.shell.Go

@Composable
fun HamletScreen(viewModel: HamletViewModel, onGo: Go, onBack: () -> Unit, modifier: Modifier = Modifier) {
    val state by viewModel.state.collectAsStateWithLifecycle()
    HamletContent(state, onGo = onGo, onBack = onBack, modifier = modifier)
}

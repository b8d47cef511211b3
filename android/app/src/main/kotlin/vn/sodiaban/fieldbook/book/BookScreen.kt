package vn.sodiaban.fieldbook.book

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import vn.sodiaban.fieldbook.shell.Go

@Composable
fun BookScreen(viewModel: BookViewModel, onGo: Go, modifier: Modifier = Modifier) {
    val state by viewModel.state.collectAsStateWithLifecycle()
    BookContent(state, onAsk = viewModel::ask, onMore = viewModel::more, onGo = onGo, modifier = modifier)
}

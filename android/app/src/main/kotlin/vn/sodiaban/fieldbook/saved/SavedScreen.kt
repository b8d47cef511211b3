package vn.sodiaban.fieldbook.saved

import android.view.accessibility.AccessibilityManager
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import vn.sodiaban.fieldbook.core.Draft
import vn.sodiaban.fieldbook.shell.Go
import vn.sodiaban.fieldbook.shell.Place

@Composable
fun SavedScreen(
    viewModel: SavedViewModel,
    place: Place.Saved,
    onUndone: (Draft) -> Unit,
    onGo: Go,
    onDone: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val state by viewModel.state.collectAsStateWithLifecycle()
    val undone by rememberUpdatedState(onUndone)
    LaunchedEffect(state.undone) { state.undone?.let(undone) }
    SavedContent(
        state = state,
        moreReceipts = place.moreReceipts,
        onUndo = viewModel::undo,
        onOpen = { onGo(Place.Case(place.caseId)) },
        onDone = onDone,
        modifier = modifier,
    )
}

/** A screen reader is on. */
@Composable
fun isReadAloud(): Boolean =
    LocalContext.current.getSystemService(AccessibilityManager::class.java)?.isTouchExplorationEnabled == true

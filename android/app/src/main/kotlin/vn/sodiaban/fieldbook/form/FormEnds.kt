package vn.sodiaban.fieldbook.form

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.compose.LifecycleEventEffect
import vn.sodiaban.fieldbook.core.Saved
import vn.sodiaban.fieldbook.ui.Reading

/** None before the form is open. */
val FormState<*, *>.draftId: String? get() = (form as? Reading.Ready)?.value?.draftId

/** What a form tells the page it is on: it has a draft, it was saved, it was left; and the page tells it that it goes out of sight. */
@Composable
fun FormEnds(
    state: FormState<*, *>,
    onDraft: (String) -> Unit,
    onSave: (Saved) -> Unit,
    onLeave: () -> Unit,
    onHide: () -> Unit,
) {
    val draft by rememberUpdatedState(onDraft)
    val saved by rememberUpdatedState(onSave)
    val left by rememberUpdatedState(onLeave)
    val hidden by rememberUpdatedState(onHide)
    LaunchedEffect(state.draftId) { state.draftId?.let(draft) }
    LaunchedEffect(state.saved) { state.saved?.let(saved) }
    LaunchedEffect(state.isLeft) { if (state.isLeft) left() }
    LifecycleEventEffect(Lifecycle.Event.ON_STOP) { hidden() }
}

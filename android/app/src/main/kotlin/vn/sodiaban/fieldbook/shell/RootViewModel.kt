package vn.sodiaban.fieldbook.shell

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.stateIn
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.core.Change
import vn.sodiaban.fieldbook.core.PostRole
import vn.sodiaban.fieldbook.core.Standing
import vn.sodiaban.fieldbook.core.Status
import vn.sodiaban.fieldbook.me.Chosen
import vn.sodiaban.fieldbook.me.TextSize
import vn.sodiaban.fieldbook.ui.KEEP_MS
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.reading

/** Who is signed in, and how large words are. */
data class RootState(
    val standing: Reading<Standing> = Reading.Loading,
    val textSize: TextSize = TextSize.USUAL,
    /** The PIN has yet to be given since the app was started. */
    val isLocked: Boolean = false,
)

/** Opens the notebook, and knows who is signed in. */
class RootViewModel(private val graph: Graph) : ViewModel() {
    private val status: Flow<Reading<Status>> = flow {
        graph.open()
        emitAll(graph.fieldbook.reading(Change.ACCOUNT) { status() })
    }

    val state: StateFlow<RootState> = combine(status, graph.choices.chosen, graph.isOpened) { status, chosen, isOpened ->
        when (status) {
            Reading.Loading -> RootState()
            is Reading.Failed -> RootState(status)
            is Reading.Ready -> RootState(Reading.Ready(status.value.standing), size(status.value, chosen), chosen.hasPin && !isOpened)
        }
    }.stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), RootState())

    fun unlock() {
        graph.isOpened.value = true
    }

    private fun size(status: Status, chosen: Chosen): TextSize =
        chosen.textSize ?: if (status.posts.any { it.role == PostRole.HEAD }) TextSize.LARGE else TextSize.USUAL
}

package vn.sodiaban.fieldbook.today

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import vn.sodiaban.fieldbook.core.Change
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.ui.KEEP_MS
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.outcome
import vn.sodiaban.fieldbook.ui.reading

class TodayViewModel(private val fieldbook: FieldbookInterface) : ViewModel() {
    private val isSending = MutableStateFlow(false)
    private val problem = MutableStateFlow<FieldbookException?>(null)
    private val again = MutableSharedFlow<Unit>(extraBufferCapacity = 1)

    val state: StateFlow<TodayState> = combine(
        fieldbook.reading(Change.RECORDS, Change.DRAFTS, Change.TRAFFIC, Change.ACCOUNT, again = again) { today() },
        isSending,
        problem,
        ::TodayState,
    ).stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), TodayState())

    fun again() {
        again.tryEmit(Unit)
    }

    fun send() {
        if (!isSending.compareAndSet(expect = false, update = true)) return
        viewModelScope.launch {
            problem.value = (outcome { fieldbook.syncNow() } as? Outcome.Failed)?.problem
            isSending.value = false
        }
    }
}

package vn.sodiaban.fieldbook.outbox

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.CaseRow
import vn.sodiaban.fieldbook.core.Change
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.Outbox
import vn.sodiaban.fieldbook.core.PhotoPolicy
import vn.sodiaban.fieldbook.shell.Place
import vn.sodiaban.fieldbook.ui.KEEP_MS
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.outcome
import vn.sodiaban.fieldbook.ui.reading

/** Gửi – nhận. */
data class OutboxState(
    val outbox: Reading<Outbox> = Reading.Loading,
    val officePhone: String? = null,
    val work: OutboxWork = OutboxWork(),
)

data class OutboxWork(val isSending: Boolean = false, val problem: FieldbookException? = null)

class OutboxViewModel(private val fieldbook: FieldbookInterface) : ViewModel() {
    private val work = MutableStateFlow(OutboxWork())
    private val read = fieldbook.reading(Change.RECORDS, Change.TRAFFIC) { outbox() to status().officePhone }

    val state: StateFlow<OutboxState> = combine(read, work) { read, work ->
        when (read) {
            Reading.Loading -> OutboxState(work = work)
            is Reading.Failed -> OutboxState(read, work = work)
            is Reading.Ready -> OutboxState(Reading.Ready(read.value.first), read.value.second, work)
        }
    }.stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), OutboxState())

    fun send() {
        if (work.value.isSending) return
        work.value = OutboxWork(isSending = true)
        viewModelScope.launch {
            val sent = outcome { fieldbook.syncNow() }
            work.value = OutboxWork(problem = (sent as? Outcome.Failed)?.problem)
        }
    }

    fun choose(policy: PhotoPolicy) = doing { fieldbook.setPhotoPolicy(policy) }

    fun discard(row: CaseRow) = doing { fieldbook.discard(row.id) }

    /** Opens what the office refused in its form again. */
    fun repair(row: CaseRow, onOpen: (Place) -> Unit) = doing {
        val id = fieldbook.repair(row.id).id
        onOpen(
            when (row.kind) {
                CaseKind.VISIT -> Place.Visit(draftId = id)
                CaseKind.PROBLEM -> Place.Problem(draftId = id)
                CaseKind.PETITION -> Place.Petition(draftId = id)
                CaseKind.REPORT -> Place.ReportForm(draftId = id)
            },
        )
    }

    private fun doing(call: suspend () -> Unit) {
        viewModelScope.launch {
            val done = outcome(call)
            work.update { it.copy(problem = (done as? Outcome.Failed)?.problem) }
        }
    }
}

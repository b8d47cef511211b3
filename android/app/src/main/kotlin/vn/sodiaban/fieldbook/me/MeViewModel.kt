package vn.sodiaban.fieldbook.me

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import vn.sodiaban.fieldbook.core.Change
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.ui.KEEP_MS
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.outcome
import vn.sodiaban.fieldbook.ui.reading

class MeViewModel(
    private val fieldbook: FieldbookInterface,
    private val choices: Choices,
    /** Whoever sets a PIN is not asked for it at once. */
    private val onPinKept: () -> Unit,
) : ViewModel() {
    private data class Work(val isBusy: Boolean = false, val problem: FieldbookException? = null)

    private val work = MutableStateFlow(Work())
    private val read = fieldbook.reading(Change.ACCOUNT, Change.TRAFFIC, Change.DRAFTS) { status() to drafts().size }

    val state: StateFlow<MeState> = combine(read, choices.chosen, work) { read, chosen, work ->
        when (read) {
            Reading.Loading -> MeState(chosen = chosen)
            is Reading.Failed -> MeState(read, chosen)
            is Reading.Ready -> MeState(Reading.Ready(read.value.first), chosen, read.value.second, work.isBusy, work.problem)
        }
    }.stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), MeState(chosen = choices.chosen.value))

    fun choose(size: TextSize) {
        viewModelScope.launch { choices.setTextSize(size) }
    }

    fun keepPin(pin: String, onDone: () -> Unit) {
        onPinKept()
        viewModelScope.launch {
            choices.setPin(pin)
            onDone()
        }
    }

    fun removePin() {
        viewModelScope.launch { choices.removePin() }
    }

    fun practise(isOn: Boolean) = doing { fieldbook.setPractice(isOn) }

    /** Sends everything, then deletes the notebook; nothing is deleted when something cannot be sent. */
    fun signOut() = doing { fieldbook.evacuateAndSignOut() }

    fun forget() = work.update { it.copy(problem = null) }

    private fun doing(call: suspend () -> Unit) {
        if (work.value.isBusy) return
        work.value = Work(isBusy = true)
        viewModelScope.launch {
            val done = outcome { call() }
            work.value = Work(problem = (done as? Outcome.Failed)?.problem)
        }
    }
}

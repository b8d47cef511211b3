package vn.sodiaban.fieldbook.saved

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import java.time.Duration
import java.time.Instant
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.flow.transformLatest
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import vn.sodiaban.fieldbook.core.Change
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.Sending
import vn.sodiaban.fieldbook.shell.Place
import vn.sodiaban.fieldbook.ui.KEEP_MS
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.outcome
import vn.sodiaban.fieldbook.ui.reading

/** Follows what was saved until the office has it. `isReadAloud`: ten seconds are too short for a screen reader. */
@OptIn(ExperimentalCoroutinesApi::class)
class SavedViewModel(
    private val fieldbook: FieldbookInterface,
    private val place: Place.Saved,
    private val isReadAloud: Boolean,
) : ViewModel() {
    private val own = MutableStateFlow(SavedState())

    private val readings = fieldbook.reading(Change.RECORDS, Change.TRAFFIC) { SavedCase(case(place.caseId), status()) }
        .transformLatest { reading ->
            emit(reading to undoOf(reading))
            val left = timeLeft(reading) ?: return@transformLatest
            delay(left.toMillis())
            emit(reading to afterwards(reading))
        }

    val state: StateFlow<SavedState> = combine(readings, own) { (reading, undo), own ->
        own.copy(saved = reading, undo = if (own.undo == Undo.TAKEN_BACK) own.undo else undo)
    }.stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), SavedState())

    fun undo() {
        val how = state.value.undo
        if (own.value.isBusy) return
        own.update { it.copy(isBusy = true, problem = null) }
        viewModelScope.launch {
            when (how) {
                Undo.TO_FORM -> when (val outcome = outcome { fieldbook.undo(place.undoId) }) {
                    is Outcome.Failed -> own.update { it.copy(isBusy = false, problem = outcome.problem) }
                    is Outcome.Done -> own.update { it.copy(undone = outcome.value) }
                }

                Undo.TAKE_BACK -> when (val outcome = outcome { fieldbook.takeBack(place.caseId) }) {
                    is Outcome.Failed -> own.update { it.copy(isBusy = false, problem = outcome.problem) }
                    is Outcome.Done -> own.update { it.copy(isBusy = false, undo = Undo.TAKEN_BACK) }
                }

                Undo.NONE, Undo.TAKEN_BACK -> own.update { it.copy(isBusy = false) }
            }
        }
    }

    private fun undoOf(reading: Reading<SavedCase>): Undo = if (timeLeft(reading) != null) Undo.TO_FORM else afterwards(reading)

    private fun afterwards(reading: Reading<SavedCase>): Undo {
        val canTakeBack = (reading as? Reading.Ready)?.value?.case?.canTakeBack == true
        return if (isReadAloud && canTakeBack) Undo.TAKE_BACK else Undo.NONE
    }

    private fun timeLeft(reading: Reading<SavedCase>): Duration? {
        val sending = (reading as? Reading.Ready)?.value?.case?.row?.sending as? Sending.CanUndo ?: return null
        return Duration.between(Instant.now(), sending.until).takeIf { it > Duration.ZERO }
    }
}

package vn.sodiaban.fieldbook.report

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
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.ReportKind
import vn.sodiaban.fieldbook.ui.KEEP_MS
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.outcome
import vn.sodiaban.fieldbook.ui.reading

/** "Báo tình hình"; `unitId` and `kind` when one came from a report that is due. */
class ReportViewModel(private val fieldbook: FieldbookInterface, unitId: String?, kind: ReportKind?) : ViewModel() {
    private val chosen = MutableStateFlow(ReportState(unitId = unitId, kind = kind))

    val state: StateFlow<ReportState> = combine(
        fieldbook.reading(Change.RECORDS, Change.ACCOUNT) { today() },
        chosen,
    ) { today, chosen -> chosen.copy(today = today) }
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), ReportState())

    fun chooseUnit(id: String) = chosen.update { it.copy(unitId = id) }

    fun chooseKind(kind: ReportKind) = chosen.update { it.copy(kind = kind) }

    /** "Không phát sinh". */
    fun reportNothing() {
        val today = (state.value.today as? Reading.Ready)?.value ?: return
        if (chosen.value.isBusy) return
        chosen.update { it.copy(isBusy = true, problem = null) }
        viewModelScope.launch {
            val outcome = outcome { fieldbook.nothingToReport(state.value.unitOf(today), state.value.kindOf(today)) }
            chosen.update {
                when (outcome) {
                    is Outcome.Failed -> it.copy(isBusy = false, problem = outcome.problem)
                    is Outcome.Done -> it.copy(saved = outcome.value)
                }
            }
        }
    }
}

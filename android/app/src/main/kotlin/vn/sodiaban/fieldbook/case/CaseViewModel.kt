package vn.sodiaban.fieldbook.case

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import vn.sodiaban.fieldbook.core.ActionEntry
import vn.sodiaban.fieldbook.core.AnswerEntry
import vn.sodiaban.fieldbook.core.CaseAction
import vn.sodiaban.fieldbook.core.Change
import vn.sodiaban.fieldbook.core.CorrectionEntry
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.photo.Pictures
import vn.sodiaban.fieldbook.ui.KEEP_MS
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.outcome
import vn.sodiaban.fieldbook.ui.reading

class CaseViewModel(
    private val fieldbook: FieldbookInterface,
    private val pictures: Pictures,
    private val id: String,
) : ViewModel() {
    private val isBusy = MutableStateFlow(false)
    private val problem = MutableStateFlow<FieldbookException?>(null)
    private val takingIn = Mutex()

    private val read = fieldbook.reading(Change.RECORDS) { case(id) to status().officePhone }

    val state: StateFlow<CaseState> = combine(read, isBusy, problem) { read, isBusy, problem ->
        when (read) {
            Reading.Loading -> CaseState()
            is Reading.Failed -> CaseState(read, problem = problem)
            is Reading.Ready -> CaseState(Reading.Ready(read.value.first), read.value.second, isBusy, problem)
        }
    }.stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), CaseState())

    fun note(text: String, onDone: () -> Unit) = doing(onDone) { fieldbook.note(id, text) }

    fun answer(answer: AnswerEntry, onDone: () -> Unit) = doing(onDone) { fieldbook.answerResident(answer) }

    fun act(action: CaseAction, text: String, onDone: () -> Unit) =
        doing(onDone) { fieldbook.act(ActionEntry(id, action, text, toUnitId = null)) }

    fun takeBack(onDone: () -> Unit) = doing(onDone) { fieldbook.takeBack(id) }

    /** Only what was changed becomes a new version. A record that was sent back goes to the office again. */
    fun correct(text: String, place: String, onDone: () -> Unit) = doing(onDone) {
        val case = fieldbook.case(id)
        val correction = CorrectionEntry(id, text.takeIf { it != case.text }, place.takeIf { it != case.place })
        if (correction.text != null || correction.place != null) fieldbook.correct(correction)
        if (CaseAction.RESUBMIT in case.actions) fieldbook.act(ActionEntry(id, CaseAction.RESUBMIT, "", toUnitId = null))
    }

    /** Attaches the pictures that wait in this record's folder, also those from before a kill. */
    fun takeInPhotos() {
        viewModelScope.launch {
            takingIn.withLock {
                pictures.waiting(photoFolder(id)).forEach { waiting ->
                    val added = outcome { fieldbook.addPhoto(id, pictures.small(waiting.file).path) }
                    problem.value = (added as? Outcome.Failed)?.problem
                    pictures.delete(waiting)
                }
            }
        }
    }

    init {
        takeInPhotos()
    }

    fun forget() {
        problem.value = null
    }

    private fun doing(onDone: () -> Unit, work: suspend () -> Unit) {
        if (!isBusy.compareAndSet(expect = false, update = true)) return
        problem.value = null
        viewModelScope.launch {
            when (val outcome = outcome(work)) {
                is Outcome.Done -> onDone()
                is Outcome.Failed -> problem.value = outcome.problem
            }
            isBusy.value = false
        }
    }
}

/** Where pictures of a record wait until they are attached. */
internal fun photoFolder(caseId: String): String = "case-$caseId"

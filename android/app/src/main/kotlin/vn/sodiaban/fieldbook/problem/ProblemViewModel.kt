package vn.sodiaban.fieldbook.problem

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.stateIn
import kotlinx.coroutines.launch
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.HamletChoice
import vn.sodiaban.fieldbook.core.NewDraft
import vn.sodiaban.fieldbook.core.ProblemEntry
import vn.sodiaban.fieldbook.form.FormActions
import vn.sodiaban.fieldbook.form.FormModel
import vn.sodiaban.fieldbook.form.HamletSearch
import vn.sodiaban.fieldbook.photo.Pictures
import vn.sodiaban.fieldbook.shell.Place
import vn.sodiaban.fieldbook.ui.KEEP_MS

/** The form of a problem by itself. */
class ProblemViewModel(
    private val fieldbook: FieldbookInterface,
    pictures: Pictures,
    lasting: CoroutineScope,
    place: Place.Problem,
) : ViewModel() {
    private val model = FormModel(fieldbook, pictures, viewModelScope, lasting, ProblemForm)
    private val search = HamletSearch(fieldbook, viewModelScope)

    val state: StateFlow<ProblemState> = combine(model.state, search.found, ::ProblemState)
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), ProblemState())
    val actions: FormActions<ProblemEntry, ProblemPart> = model

    init {
        model.open(place.draftId) {
            val hamletId = place.hamletId ?: fieldbook.hamlets().filter { it.own }.singleOrNull()?.id
            fieldbook.startDraft(NewDraft(CaseKind.PROBLEM, hamletId, sinceBoot = null, later = false))
        }
    }

    fun takeInPhotos() = model.takeInPhotos()

    fun onHidden() = model.onHidden()

    /** Takes a hamlet and goes on. */
    fun choose(hamlet: HamletChoice) {
        viewModelScope.launch {
            model.fill { it.copy(hamletId = hamlet.id) }
            model.reloadChoices()
            model.next()
        }
    }

    fun find(typed: String) = search.find(typed)
}

package vn.sodiaban.fieldbook.report

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.StateFlow
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.ReportEntry
import vn.sodiaban.fieldbook.form.FormActions
import vn.sodiaban.fieldbook.form.FormModel
import vn.sodiaban.fieldbook.form.FormState
import vn.sodiaban.fieldbook.photo.Pictures
import vn.sodiaban.fieldbook.shell.Place

/** The form of a report on the period that is due. */
class ReportFormViewModel(
    fieldbook: FieldbookInterface,
    pictures: Pictures,
    lasting: CoroutineScope,
    place: Place.ReportForm,
) : ViewModel() {
    private val model = FormModel(fieldbook, pictures, viewModelScope, lasting, ReportForm)
    val state: StateFlow<FormState<ReportEntry, ReportPart>> = model.state
    val actions: FormActions<ReportEntry, ReportPart> = model

    init {
        model.open(place.draftId) { fieldbook.startReport(place.unitId, place.kind) }
    }

    fun onHidden() = model.onHidden()
}

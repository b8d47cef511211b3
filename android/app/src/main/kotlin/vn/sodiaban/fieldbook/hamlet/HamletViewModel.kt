package vn.sodiaban.fieldbook.hamlet

import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.stateIn
import vn.sodiaban.fieldbook.core.Change
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.HamletPage
import vn.sodiaban.fieldbook.ui.KEEP_MS
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.reading

class HamletViewModel(fieldbook: FieldbookInterface, id: String) : ViewModel() {
    val state: StateFlow<Reading<HamletPage>> = fieldbook.reading(Change.RECORDS) { hamlet(id) }
        .stateIn(viewModelScope, SharingStarted.WhileSubscribed(KEEP_MS), Reading.Loading)
}

package vn.sodiaban.fieldbook.form

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.HamletChoice
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.outcome

/** Finds a hamlet by what is typed of its name, old or new; `found` is none while nothing is looked for. */
class HamletSearch(private val fieldbook: FieldbookInterface, private val scope: CoroutineScope) {
    private val hits = MutableStateFlow<List<HamletChoice>?>(null)
    val found: StateFlow<List<HamletChoice>?> = hits.asStateFlow()

    fun find(typed: String) {
        scope.launch {
            hits.value = if (typed.isBlank()) null else (outcome { fieldbook.findHamlets(typed) } as? Outcome.Done)?.value
        }
    }
}

package vn.sodiaban.fieldbook.saved

import vn.sodiaban.fieldbook.core.CasePageView
import vn.sodiaban.fieldbook.core.Draft
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.Status
import vn.sodiaban.fieldbook.ui.Reading

/** What was just saved. */
data class SavedState(
    val saved: Reading<SavedCase> = Reading.Loading,
    val undo: Undo = Undo.NONE,
    val isBusy: Boolean = false,
    val problem: FieldbookException? = null,
    /** The form it came from, once it was turned back. */
    val undone: Draft? = null,
)

data class SavedCase(val case: CasePageView, val status: Status)

/** How what was saved can still be turned back. */
enum class Undo {
    NONE,

    /** Within ten seconds: it becomes its form again. */
    TO_FORM,

    /** Later, where someone has the screen read aloud: it is taken back. */
    TAKE_BACK,

    /** It was taken back. */
    TAKEN_BACK,
}

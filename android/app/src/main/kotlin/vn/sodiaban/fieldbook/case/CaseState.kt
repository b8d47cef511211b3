package vn.sodiaban.fieldbook.case

import java.io.Serializable
import vn.sodiaban.fieldbook.core.CaseAction
import vn.sodiaban.fieldbook.core.CasePageView
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.ui.Reading

/** A record's page. */
data class CaseState(
    val case: Reading<CasePageView> = Reading.Loading,
    val officePhone: String? = null,
    val isBusy: Boolean = false,
    val problem: FieldbookException? = null,
)

/** What one is doing on the page; kept over a kill. */
sealed interface CaseTask : Serializable {
    data object Look : CaseTask

    data object Note : CaseTask

    data object Answer : CaseTask

    data object Correct : CaseTask

    data object TakeBack : CaseTask

    data class Act(val action: CaseAction) : CaseTask
}

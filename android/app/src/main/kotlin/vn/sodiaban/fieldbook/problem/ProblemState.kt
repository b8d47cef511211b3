package vn.sodiaban.fieldbook.problem

import vn.sodiaban.fieldbook.core.HamletChoice
import vn.sodiaban.fieldbook.core.ProblemEntry
import vn.sodiaban.fieldbook.form.Form
import vn.sodiaban.fieldbook.form.FormState

typealias OpenProblem = Form<ProblemEntry, ProblemPart>

/** The form of a problem by itself. */
data class ProblemState(
    val form: FormState<ProblemEntry, ProblemPart> = FormState(),
    /** Places by what was typed; none before anything was. */
    val found: List<HamletChoice>? = null,
)

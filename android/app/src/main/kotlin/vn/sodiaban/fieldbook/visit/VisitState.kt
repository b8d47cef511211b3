package vn.sodiaban.fieldbook.visit

import vn.sodiaban.fieldbook.core.HamletChoice
import vn.sodiaban.fieldbook.core.PlaceGrade
import vn.sodiaban.fieldbook.core.VisitEntry
import vn.sodiaban.fieldbook.form.Form
import vn.sodiaban.fieldbook.form.FormState
import vn.sodiaban.fieldbook.position.Fixing

typealias VisitFormState = FormState<VisitEntry, VisitPart>
typealias OpenVisit = Form<VisitEntry, VisitPart>

/** A visit's form, and what is looked up beside it. */
data class VisitState(
    val form: VisitFormState = FormState(),
    val fixing: Fixing = Fixing.IDLE,
    /** How well the place is known as the form stands. */
    val grade: PlaceGrade? = null,
    /** Places by what was typed; none before anything was. */
    val found: List<HamletChoice>? = null,
)

package vn.sodiaban.fieldbook.enrol

import vn.sodiaban.fieldbook.core.EnrolmentLook
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.Trouble

enum class EnrolStep { CODE, CONFIRM, PIN, FILLING }

/** Enrolment, step by step. */
data class EnrolState(
    val step: EnrolStep = EnrolStep.CODE,
    /** Whose code it is, once looked up. */
    val look: EnrolmentLook? = null,
    val isBusy: Boolean = false,
    val problem: FieldbookException? = null,
    val filling: Filling = Filling(),
)

/** How far the first data have come. */
data class Filling(
    /** Records still to come; none before the office has said. */
    val left: Long? = null,
    val secondsLeft: Int? = null,
    /** The first batch is here: work can begin, the rest comes by itself. */
    val isUsable: Boolean = false,
    val isComplete: Boolean = false,
    val trouble: Trouble? = null,
)

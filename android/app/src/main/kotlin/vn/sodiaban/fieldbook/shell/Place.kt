package vn.sodiaban.fieldbook.shell

import java.io.Serializable
import vn.sodiaban.fieldbook.core.ReportKind

/**
 * Where a person can be. Written into the saved state of the activity, so that the very page is back after a kill: ids only,
 * never texts of residents.
 */
sealed interface Place : Serializable {
    data object Enrol : Place

    data object Today : Place

    data object Book : Place

    data object Outbox : Place

    data object Me : Place

    /** A visit's form: an unfinished one, or a new one, maybe of this hamlet, maybe written down later. */
    data class Visit(val draftId: String? = null, val hamletId: String? = null, val later: Boolean = false) : Place

    /** A petition's form: an unfinished one, or a new one, which begins with the sorter's questions. */
    data class Petition(val draftId: String? = null) : Place

    data class Problem(val draftId: String? = null, val hamletId: String? = null) : Place

    /** "Báo tình hình": nothing to report, or something. */
    data object Report : Place

    /** "Không phát sinh" for a unit and a period that is due. */
    data class Nothing(val unitId: String, val kind: ReportKind) : Place

    /** A report's three boxes: an unfinished one, or a new one for this unit and the period that is due. */
    data class ReportForm(val draftId: String? = null, val unitId: String = "", val kind: ReportKind = ReportKind.DAILY) : Place

    /** What was just saved: the tick, the receipt, "Hoàn tác". */
    data class Saved(val caseId: String, val undoId: String, val moreReceipts: List<String> = emptyList()) : Place

    data class Case(val id: String) : Place

    data class Hamlet(val id: String) : Place

    companion object {
        /** The bottom bar, in its order. */
        val BAR: List<Place> = listOf(Today, Book, Outbox)
    }
}

/** Goes somewhere; back leads here again. */
typealias Go = (Place) -> Unit

package vn.sodiaban.fieldbook.report

import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.ReportKind
import vn.sodiaban.fieldbook.core.Saved
import vn.sodiaban.fieldbook.core.Today
import vn.sodiaban.fieldbook.ui.Reading

/** "Báo tình hình": nothing, or something, for a unit and a period. */
data class ReportState(
    val today: Reading<Today> = Reading.Loading,
    /** What was chosen; none leaves it to what is due. */
    val unitId: String? = null,
    val kind: ReportKind? = null,
    val isBusy: Boolean = false,
    val problem: FieldbookException? = null,
    val saved: Saved? = null,
)

/** A unit one reports on. */
data class ReportUnit(val id: String, val name: String)

/** The units of one's own posts. */
val Today.reportUnits: List<ReportUnit> get() = posts.map { ReportUnit(it.unitId, it.unit) }.distinct()

/** The unit chosen, else the one whose report is due, else the first. */
fun ReportState.unitOf(today: Today): String =
    unitId ?: today.reportsDue.firstOrNull()?.unitId ?: today.reportUnits.firstOrNull()?.id.orEmpty()

/** The period chosen, else the one that is due, else today's. */
fun ReportState.kindOf(today: Today): ReportKind =
    kind ?: today.reportsDue.find { it.unitId == unitOf(today) }?.kind ?: ReportKind.DAILY

/** Day and week, and whatever else is due. */
fun ReportState.kinds(today: Today): List<ReportKind> =
    (listOf(ReportKind.DAILY, ReportKind.WEEKLY) + today.reportsDue.map { it.kind } + listOfNotNull(kind)).distinct().sorted()

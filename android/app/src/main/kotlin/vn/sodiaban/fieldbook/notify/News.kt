package vn.sodiaban.fieldbook.notify

import vn.sodiaban.fieldbook.core.CaseState
import vn.sodiaban.fieldbook.core.HamletState
import vn.sodiaban.fieldbook.core.Sending
import vn.sodiaban.fieldbook.core.Today

/** What one is told about while the app is closed, and nothing else. */
enum class NewsKind { ANSWER, RETURN, DUE }

/** Something to tell; `key` keeps it from being told twice. */
data class News(val kind: NewsKind, val key: String)

/** From so many days before its last day on a task counts as due. */
private const val DUE_DAYS = 1
private const val VISIT_DAYS = 3

/** Everything that is worth telling now. */
internal fun newsOf(today: Today): Set<News> = buildSet {
    today.answersBack.forEach { add(News(NewsKind.ANSWER, it.id)) }
    today.waitingForMe
        .filter { it.state == CaseState.RETURNED || it.sending is Sending.Refused }
        .forEach { add(News(NewsKind.RETURN, it.id)) }
    today.dueSoon.filter { (it.daysLeft ?: Int.MAX_VALUE) <= DUE_DAYS }.forEach { add(News(NewsKind.DUE, it.id)) }
    today.reportsDue.forEach { add(News(NewsKind.DUE, "${it.unitId} ${it.kind} ${it.to.year}-${it.to.month}-${it.to.day}")) }
    today.hamlets.forEach { hamlet ->
        val state = hamlet.state
        if (state is HamletState.DaysLeft && state.days <= VISIT_DAYS) {
            add(News(NewsKind.DUE, "${hamlet.id} ${today.day.year}-${today.day.month}"))
        }
    }
}

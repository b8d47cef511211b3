package vn.sodiaban.fieldbook.today

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.CaseRow
import vn.sodiaban.fieldbook.core.Today
import vn.sodiaban.fieldbook.shell.Go
import vn.sodiaban.fieldbook.shell.Place
import vn.sodiaban.fieldbook.ui.AgainButton
import vn.sodiaban.fieldbook.ui.CaseCard
import vn.sodiaban.fieldbook.ui.LineButton
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Notice
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.SectionTitle
import vn.sodiaban.fieldbook.ui.SideButton
import vn.sodiaban.fieldbook.ui.Tile
import vn.sodiaban.fieldbook.ui.TrafficStrip
import vn.sodiaban.fieldbook.ui.areWordsLarge
import vn.sodiaban.fieldbook.words.longWords

/** The first screen; who holds both posts sees both halves. */
@Composable
fun TodayContent(state: TodayState, onGo: Go, onSend: () -> Unit, onAgain: () -> Unit, modifier: Modifier = Modifier) {
    val today = (state.today as? Reading.Ready)?.value
    Page(
        title = stringResource(R.string.place_today),
        modifier = modifier,
        corner = { LineButton(stringResource(R.string.place_me), { onGo(Place.Me) }, icon = R.drawable.ic_person) },
        actions = when {
            state.today is Reading.Failed -> ({ AgainButton(onAgain) })
            today?.mayVisit == true -> ({ VisitActions(onGo, isPinned = true) })
            else -> null
        },
    ) {
        when (val reading = state.today) {
            Reading.Loading -> Text(stringResource(R.string.common_loading))
            is Reading.Failed -> ProblemBlock(reading.problem)
            is Reading.Ready -> Ready(reading.value, state, onGo, onSend)
        }
    }
}

@Composable
private fun ColumnScope.Ready(today: Today, state: TodayState, onGo: Go, onSend: () -> Unit) {
    Text(today.day.longWords(), style = MaterialTheme.typography.bodySmall)
    if (today.practice) Notice(stringResource(R.string.common_practice))
    TrafficStrip(today.traffic, state.isSending, onSend)
    state.problem?.let { ProblemBlock(it, officePhone = today.officePhone) }
    if (today.traffic.needsAttention > 0) AttentionCard(today.traffic.needsAttention) { onGo(Place.Outbox) }
    if (today.showsTiles) Tiles(onGo, isMain = !today.mayVisit)
    if (today.mayVisit) Hamlets(today, onGo)
    if (today.mayVisit && areWordsLarge()) VisitActions(onGo, isPinned = false)
    Cases(R.string.screen_today_waiting, today.waitingForMe, onGo)
    Cases(R.string.screen_today_answers, today.answersBack, onGo)
    Reports(today, onGo)
    FollowUps(today, onGo)
    Cases(R.string.screen_today_due_soon, today.dueSoon, onGo)
    Drafts(today, onGo)
    if (today.mayTakePetitions && !today.showsTiles) {
        SectionTitle(stringResource(R.string.screen_today_also))
        SideButton(stringResource(R.string.action_take_petition), { onGo(Place.Petition()) }, icon = R.drawable.ic_talk)
        SideButton(stringResource(R.string.action_note_problem), { onGo(Place.Problem()) }, icon = R.drawable.ic_report)
    }
}

@Composable
private fun Tiles(onGo: Go, isMain: Boolean) {
    Tile(stringResource(R.string.action_take_petition), R.drawable.ic_talk, { onGo(Place.Petition()) }, isMain = isMain)
    Tile(stringResource(R.string.action_report), R.drawable.ic_report, { onGo(Place.Report) })
}

/** The main action stays in sight; the one beside it only while words are not so large that both would fill the page. */
@Composable
private fun VisitActions(onGo: Go, isPinned: Boolean) {
    if (isPinned) MainButton(stringResource(R.string.action_start_visit), { onGo(Place.Visit()) })
    if (isPinned != areWordsLarge()) {
        SideButton(stringResource(R.string.action_visit_later), { onGo(Place.Visit(later = true)) })
    }
}

@Composable
private fun Cases(@StringRes title: Int, rows: List<CaseRow>, onGo: Go) {
    if (rows.isEmpty()) return
    SectionTitle(stringResource(title))
    rows.forEach { row -> CaseCard(row, { onGo(Place.Case(row.id)) }) }
}

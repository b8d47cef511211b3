package vn.sodiaban.fieldbook.today

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.CalendarDay
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.DraftRow
import vn.sodiaban.fieldbook.core.HamletCard
import vn.sodiaban.fieldbook.core.Today
import vn.sodiaban.fieldbook.shell.Go
import vn.sodiaban.fieldbook.shell.Place
import vn.sodiaban.fieldbook.ui.LineCard
import vn.sodiaban.fieldbook.ui.SectionTitle
import vn.sodiaban.fieldbook.ui.StatusChip
import vn.sodiaban.fieldbook.ui.Tone
import vn.sodiaban.fieldbook.words.tone
import vn.sodiaban.fieldbook.words.word
import vn.sodiaban.fieldbook.words.words

@Composable
internal fun Hamlets(today: Today, onGo: Go) {
    SectionTitle(stringResource(R.string.screen_today_hamlets))
    val coverage = today.coverage
    Text(
        if (coverage.assigned == 0) {
            stringResource(R.string.screen_today_no_hamlets)
        } else {
            stringResource(R.string.screen_today_coverage, coverage.visited, coverage.assigned)
        },
    )
    today.hamlets.forEach { hamlet -> HamletLine(hamlet, today.day) { onGo(Place.Hamlet(hamlet.id)) } }
}

@Composable
private fun HamletLine(hamlet: HamletCard, today: CalendarDay, onClick: () -> Unit) = LineCard(onClick) {
    FlowRow(horizontalArrangement = Arrangement.spacedBy(12.dp), verticalArrangement = Arrangement.spacedBy(4.dp)) {
        Text(hamlet.name, style = MaterialTheme.typography.titleMedium)
        StatusChip(hamlet.state.words(), hamlet.state.tone())
    }
    hamlet.lastVisit?.let { Text(stringResource(R.string.screen_today_last_visit, it.words(today))) }
    val open = listOfNotNull(
        hamlet.openFollowUps.takeIf { it > 0 }?.let { pluralStringResource(R.plurals.open_follow_ups, it, it) },
        hamlet.openMatters.takeIf { it > 0 }?.let { pluralStringResource(R.plurals.open_matters, it, it) },
    )
    if (open.isNotEmpty()) Text(open.joinToString(" · "))
}

@Composable
internal fun AttentionCard(count: Int, onClick: () -> Unit) = LineCard(onClick) {
    StatusChip(stringResource(R.string.screen_outbox_attention), Tone.DANGER)
    Text(pluralStringResource(R.plurals.attention, count, count))
}

@Composable
internal fun Reports(today: Today, onGo: Go) {
    if (today.reportsDue.isEmpty()) return
    SectionTitle(stringResource(R.string.screen_today_reports))
    today.reportsDue.forEach { report ->
        LineCard({ onGo(Place.Nothing(report.unitId, report.kind)) }) {
            Text(stringResource(report.kind.word()), style = MaterialTheme.typography.titleSmall)
            Text(stringResource(R.string.screen_today_report_until, report.unit, report.to.words(today.day)))
        }
    }
}

@Composable
internal fun FollowUps(today: Today, onGo: Go) {
    if (today.followUps.isEmpty()) return
    SectionTitle(stringResource(R.string.screen_today_follow_ups))
    today.followUps.forEach { promise ->
        LineCard({ onGo(Place.Case(promise.visitId)) }) {
            Text(promise.text)
            Text(
                stringResource(R.string.screen_today_promised, promise.unit, promise.month.words()),
                style = MaterialTheme.typography.bodySmall,
            )
        }
    }
}

@Composable
internal fun Drafts(today: Today, onGo: Go) {
    if (today.drafts.isEmpty()) return
    SectionTitle(stringResource(R.string.screen_today_drafts))
    today.drafts.forEach { draft ->
        LineCard({ onGo(draft.place()) }) {
            StatusChip(stringResource(R.string.sending_draft), Tone.SOON)
            Text(
                listOfNotNull(stringResource(draft.kind.word()), draft.unit).joinToString(" · "),
                style = MaterialTheme.typography.titleSmall,
            )
            if (draft.text.isNotEmpty()) Text(draft.text)
            Text(stringResource(R.string.screen_today_kept, draft.updated.words()), style = MaterialTheme.typography.bodySmall)
        }
    }
}

/** The form in which a draft goes on. */
internal fun DraftRow.place(): Place = when (kind) {
    CaseKind.VISIT -> Place.Visit(draftId = id)
    CaseKind.PROBLEM -> Place.Problem(draftId = id)
    CaseKind.PETITION -> Place.Petition(draftId = id)
    CaseKind.REPORT -> Place.ReportForm(draftId = id)
}
